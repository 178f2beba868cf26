//! A server that stops: what it acknowledged is stored, whatever was under way.

use std::time::Duration;

use frontline_protocol::Entry;
use frontline_protocol::frame;
use frontline_protocol::sync::{Answer, Verdict};
use frontline_server::{Front, Limits};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::phone::Phone;
use crate::wire::{answer, request, serve, sync};
use crate::world::{World, counts};

async fn is_stored(world: &World, entry: &Entry) -> bool {
    let stored = world.app.store.read().await.unwrap().entry(world.org(), entry.id()).await.unwrap();
    stored.is_some_and(|row| row.bytes == entry.bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_whose_body_is_slow_is_finished_answered_and_stored() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 5).await;
    let running = serve(&world, Front::default()).await;
    let addr = running.addr;
    let (head, body) = request(&ana, &ana.ask(std::slice::from_ref(&entry)));
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(&[&head[..], &body[..body.len() / 2]].concat()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let stopping = tokio::spawn(running.shutdown());
    while TcpStream::connect(addr).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!stopping.is_finished() && !is_stored(&world, &entry).await, "it waits for what is under way");
    stream.write_all(&body[body.len() / 2..]).await.unwrap();
    let (status, body) = answer(&mut stream).await.expect("an answer");
    assert_eq!(status, 200);
    let answer: Answer = frame::unpack("an answer", &body).unwrap();
    assert!(matches!(answer.verdicts[0].verdict, Verdict::Stored(_)));
    stopping.await.unwrap();
    assert!(is_stored(&world, &entry).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_does_not_come_to_its_end_is_neither_answered_nor_stored_and_may_be_sent_again() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 5).await;
    let limits = Limits { patience: Duration::from_millis(300), ..Limits::default() };
    let running = serve(&world, Front { limits, ..Front::default() }).await;
    let (head, body) = request(&ana, &ana.ask(std::slice::from_ref(&entry)));
    let mut stream = TcpStream::connect(running.addr).await.unwrap();
    stream.write_all(&[&head[..], &body[..body.len() - 1]].concat()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    running.shutdown().await;
    assert_eq!(answer(&mut stream).await, None);
    assert!(!is_stored(&world, &entry).await);

    let again = serve(&world, Front::default()).await;
    let answer = sync(again.addr, &ana, &ana.ask(std::slice::from_ref(&entry))).await.expect("an answer");
    assert!(matches!(answer.verdicts[0].verdict, Verdict::Stored(_)));
    again.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_phones_that_push_while_it_stops_nothing_acknowledged_is_lost_and_nothing_is_stored_twice() {
    let world = World::begin().await;
    let running = serve(&world, Front::default()).await;
    let addr = running.addr;
    let mut phones = Vec::new();
    for _ in 0..6 {
        let mut phone = Phone::enrol(&world, "harbour", "ana").await;
        let mut entries = Vec::new();
        for _ in 0..400 {
            entries.push(phone.feedback(&world, 4).await);
        }
        phones.push((phone, entries));
    }
    let pushing: Vec<_> = phones
        .into_iter()
        .map(|(mut phone, entries)| {
            tokio::spawn(async move {
                let mut acknowledged = 0;
                for (n, entry) in entries.iter().enumerate() {
                    phone.next = n as u64 + 2;
                    let Some(answer) = sync(addr, &phone, &phone.ask(std::slice::from_ref(entry))).await else { break };
                    assert!(matches!(answer.verdicts[0].verdict, Verdict::Stored(_)));
                    phone.apply(&answer);
                    acknowledged += 1;
                }
                (phone, entries, acknowledged)
            })
        })
        .collect();
    while counts(&world, world.org()).await.get("feedback-given").is_none_or(|n| *n < 30) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    running.shutdown().await;
    let mut left = Vec::new();
    for pushed in pushing {
        let (phone, entries, acknowledged) = pushed.await.unwrap();
        assert!(acknowledged > 0 && acknowledged < entries.len(), "it was stopped amid the work: {acknowledged}");
        for entry in &entries[..acknowledged] {
            assert!(is_stored(&world, entry).await, "acknowledged and lost");
        }
        left.push((phone, entries));
    }
    let again = serve(&world, Front::default()).await;
    for (phone, entries) in &mut left {
        phone.next = entries.len() as u64 + 1;
        let answer = sync(again.addr, phone, &phone.ask(entries)).await.expect("an answer");
        assert!(answer.verdicts.iter().all(|j| matches!(j.verdict, Verdict::Stored(_))));
    }
    again.shutdown().await;
    assert_eq!(counts(&world, world.org()).await["feedback-given"], 6 * 400);
}
