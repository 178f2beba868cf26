//! A device that stands where it stood says so in sixteen bytes, and is told no less for it.

use frontline_domain::permission::Role;
use frontline_protocol::stance::Stance;
use frontline_protocol::sync::{Answer, Request};
use frontline_protocol::{Code, frame, limits};
use frontline_server::Front;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::phone::Phone;
use crate::wire;
use crate::world::World;

/// What the phone says by its digest, after an answer that told nothing new.
fn by_digest(phone: &Phone, still: &Answer) -> Request {
    let whole = phone.ask(&[]);
    let stance = Stance { cursors: whole.cursors, reads: still.reads.clone(), app: whole.app, reader: whole.reader };
    Request { cursors: Vec::new(), app: None, reader: None, stance: Some(stance.digest().into()), ..whole }
}

async fn settled(world: &World, phone: &mut Phone) -> Answer {
    loop {
        let answer = phone.sync(world, &[]).await;
        if answer.is_still() {
            return answer;
        }
    }
}

#[tokio::test]
async fn nothing_new_is_little_said_and_what_is_new_comes_all_the_same() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let still = settled(&world, &mut ana).await;
    assert!(!still.reads.is_empty() && !still.reads_stand);

    let answer = ana.try_sync(&world, &by_digest(&ana, &still)).await.unwrap();
    assert!(answer.is_still() && answer.reads.is_empty() && answer.reads_stand && answer.nonce.is_empty());

    // Own work goes out beside it, and what others did comes in.
    let (hers, his) = (ana.feedback(&world, 5).await, ben.feedback(&world, 4).await);
    ben.sync(&world, &[his]).await;
    let ask = Request { offers: vec![hers.bytes().to_vec().into()], ..by_digest(&ana, &still) };
    let answer = ana.try_sync(&world, &ask).await.unwrap();
    assert_eq!(answer.verdicts.len(), 1);
    assert!(answer.reads_stand && !answer.pages.is_empty());
}

#[tokio::test]
async fn an_idle_exchange_is_little_with_all_that_http_adds() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let still = settled(&world, &mut ana).await;
    let running = wire::serve(&world, Front::default()).await;
    let mut stream = TcpStream::connect(running.addr).await.unwrap();
    // The other server of this world does not remember it yet: say it whole, then by its digest.
    let mut exchange = async |ask: &Request| {
        let body = ana.sealed("/v1/sync", &frame::pack(ask));
        let head = format!("POST /v1/sync HTTP/1.1\r\naccept: */*\r\nhost: 127.0.0.1:65535\r\ncontent-length: {}\r\n\r\n", body.len());
        let asked = [head.into_bytes(), body].concat();
        stream.write_all(&asked).await.unwrap();
        let mut told = vec![0; 64 << 10];
        let read = stream.read(&mut told).await.unwrap();
        asked.len() + read
    };
    exchange(&ana.ask(&[])).await;
    // As devices ask where their line is whole: for as much as a round has, which is not said.
    let bytes = exchange(&Request { page_bytes: limits::ROUND as u32, ..by_digest(&ana, &still) }).await;
    assert!(bytes <= 400, "{bytes} bytes");
    running.shutdown().await;
}

#[tokio::test]
async fn a_stance_that_is_not_the_devices_last_one_has_to_be_said_whole() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let (hers, his) = (settled(&world, &mut ana).await, settled(&world, &mut ben).await);
    let refused = async |phone: &Phone, ask: &Request| {
        let (status, refused) = phone.try_sync(&world, ask).await.unwrap_err();
        (status.as_u16(), refused.code)
    };
    assert_eq!(refused(&ana, &by_digest(&ben, &his)).await, (409, Code::SAY_IT_WHOLE));
    let unknown = Request { stance: Some([7; 16].into()), ..by_digest(&ana, &hers) };
    assert_eq!(refused(&ana, &unknown).await, (409, Code::SAY_IT_WHOLE));
    assert!(ana.try_sync(&world, &by_digest(&ana, &hers)).await.is_ok());
}

#[tokio::test]
async fn a_right_that_ended_is_told_to_whoever_said_where_it_stands_by_a_digest() {
    let world = World::begin().await;
    let mut cy = Phone::enrol(&world, "marina", "cy").await;
    let (person, scope) = (world.person("cy").await, world.scope("harbour").await);
    let mut desk = world.desk().await;
    desk.grant(person, Role::Supervisor, scope).await.unwrap();
    desk.close().await.unwrap();
    let still = settled(&world, &mut cy).await;
    assert!(still.reads.iter().any(|(s, _)| *s == scope));
    let mut desk = world.desk().await;
    desk.withdraw(person, Role::Supervisor, scope).await.unwrap();
    desk.close().await.unwrap();
    let answer = cy.try_sync(&world, &by_digest(&cy, &still)).await.unwrap();
    assert!(!answer.reads_stand && !answer.reads.is_empty() && !answer.reads.iter().any(|(s, _)| *s == scope));
}
