//! What a device, and an organisation with all its devices, may ask for; and that one organisation's storm is no
//! other's.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use frontline_domain::fact::{Fact, RunSealed};
use frontline_domain::{AnswersHash, DocId, EntryType};
use frontline_protocol::sync::{Stretch, Verdict};
use frontline_protocol::{Code, Entry};
use frontline_server::judge::entry::Offer;
use frontline_server::judge::push::Push;
use frontline_server::{Rate, RateLimits};
use tokio::task::JoinSet;

use crate::phone::Phone;
use crate::world::World;

fn rate(requests: u32, entries: u32) -> Rate {
    let some = |n| NonZeroU32::new(n).unwrap();
    Rate { requests: some(requests), mib: some(1), entries: some(entries) }
}

#[tokio::test]
async fn a_device_that_asks_too_much_is_told_when_to_come_back_and_then_nothing_is_missing() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    // Ten a minute's worth saved up: ten requests.
    world.app.rates.limit(RateLimits { device: rate(1, 1_000), organisation: rate(1_000, 1_000) });
    for _ in 0..10 {
        ana.sync(&world, &[]).await;
    }
    let entry = ana.feedback(&world, 5).await;
    let (status, refused) = ana.try_sync(&world, &ana.ask(std::slice::from_ref(&entry))).await.unwrap_err();
    assert_eq!((status, refused.code), (StatusCode::TOO_MANY_REQUESTS, Code::BUSY));
    let said = refused.detail.unwrap();
    assert!(said.contains("this device") && said.contains("requests") && said.contains("in 1 s"), "{said}");
    assert!(matches!(ben.sync(&world, &[]).await.verdicts[..], []), "another device goes on");
    world.wait(61_000);
    assert!(matches!(ana.offer(&world, &entry).await, Verdict::Stored(_)));
    assert!(world.app.metrics.render().contains("frontline_over_rate_total{whose=\"device\",what=\"requests\"} 1"));
}

#[tokio::test]
async fn what_an_organisation_pushes_too_much_holds_up_its_own_devices_and_no_others() {
    let world = World::begin().await;
    let neighbour = world.neighbour().await;
    let (mut ana, ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let mut theirs = Phone::enrol_in(&world, neighbour.org, "harbour", "ana").await;
    world.app.rates.limit(RateLimits { device: rate(1_000, 1_000), organisation: rate(1_000, 1) });
    let mut many = Vec::new();
    for _ in 0..30 {
        many.push(ana.feedback(&world, 4).await);
    }
    assert_eq!(ana.sync(&world, &many).await.verdicts.len(), 30, "what is under way is taken, into debt");
    let (status, refused) = ben.try_sync(&world, &ben.ask(&[])).await.unwrap_err();
    let said = refused.detail.unwrap();
    assert!(status == StatusCode::TOO_MANY_REQUESTS && said.contains("this organisation") && said.contains("entries"), "{said}");
    let entry = theirs.feedback(&world, 3).await;
    assert!(matches!(theirs.offer(&world, &entry).await, Verdict::Stored(_)));
}

#[tokio::test]
async fn a_refusal_says_after_how_many_seconds_in_its_head() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    world.app.rates.limit(RateLimits { device: rate(6, 1), organisation: rate(1_000, 1_000) });
    let body = frontline_protocol::frame::pack(&ana.ask(&[]));
    for _ in 0..60 {
        assert_eq!(world.send(ana.signed(body.clone())).await.0, StatusCode::OK);
    }
    let router = frontline_server::http::router(world.app.clone());
    let response = tower::ServiceExt::oneshot(router, ana.signed(body)).await.unwrap();
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "1");
}

async fn push_of(world: &World, phone: &mut Phone, many: usize) -> Push {
    let mut offers = Vec::new();
    for _ in 0..many {
        offers.push(Offer::read(phone.feedback(world, 5).await.bytes().to_vec()));
    }
    Push {
        org: phone.enrolled.org,
        device: phone.enrolled.device,
        epoch: phone.epoch,
        next_seq: None,
        contact: phone.contact,
        arrived_ms: world.now_ms(),
        app: None,
        offers,
        customers: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_storm_of_one_organisation_does_not_keep_another_waiting() {
    let world = World::begin().await;
    let neighbour = world.neighbour().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut theirs = Phone::enrol_in(&world, neighbour.org, "harbour", "ana").await;
    let (mut storm, done) = (JoinSet::new(), Arc::new(AtomicUsize::new(0)));
    let mut pushes = Vec::new();
    for _ in 0..400 {
        pushes.push(push_of(&world, &mut ana, 2).await);
    }
    let one = push_of(&world, &mut theirs, 1).await;
    for push in pushes {
        let (writer, done) = (world.app.writer().clone(), done.clone());
        storm.spawn(async move {
            let outcome = writer.push(push).await;
            done.fetch_add(1, Ordering::SeqCst);
            outcome.is_ok()
        });
    }
    // All of them wait, but for those that are being judged.
    while done.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let outcome = world.app.writer().push(one).await.unwrap();
    let before = done.load(Ordering::SeqCst);
    assert!(matches!(outcome.verdicts[0].verdict, Verdict::Stored(_)));
    assert!(before < 300, "{before} of 400 were judged before it");
    assert!(storm.join_all().await.into_iter().all(|judged| judged), "and the storm is judged whole");
}

#[tokio::test]
async fn a_large_push_is_judged_in_parts_that_leave_room_for_others_and_is_answered_as_one() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut large = Vec::new();
    let sealed = Fact::RunSubmitted(RunSealed { run: DocId::from_bytes([3; 16]), answers: AnswersHash::from_bytes([4; 32]) });
    for _ in 0..5_000 {
        let header = ana.header(&world, EntryType::RUN_SUBMITTED);
        large.push(ana.make(header, sealed.encode()));
    }
    let answer = ana.sync(&world, &large).await;
    assert!(!answer.epoch_closed && answer.verdicts.len() == 5_000);
    let mut marks: Vec<u64> = Vec::new();
    for judged in &answer.verdicts {
        let Verdict::Stored(receipt) = &judged.verdict else { panic!("{judged:?}") };
        marks.push(receipt.mark.number);
    }
    marks.dedup();
    // A receipt names the mark at the end of its commit, or one within it.
    assert!(marks.len() >= 3, "{marks:?}");
    assert!(ana.sync(&world, &[]).await.verdicts.is_empty());
    let row = world.app.store.read().await.unwrap().epoch(world.org(), ana.enrolled.device, ana.epoch).await.unwrap().unwrap();
    assert_eq!((row.judged_to, row.highest_seq, row.closed_ms), (5_000, 5_000, None));
}

#[tokio::test]
async fn thousands_of_plain_facts_are_told_in_one_word_that_is_as_good_as_each_ones_receipt() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut all = Vec::new();
    for n in 0..3_000u16 {
        all.push(ana.feedback(&world, 1 + (n % 5) as u8).await);
    }
    let answer = ana.sync(&world, &all).await;
    let [stretch] = &answer.stretches[..] else { panic!("{:?}", answer.stretches) };
    assert_eq!((answer.verdicts.len(), stretch.seq, stretch.count), (0, all[0].header.seq, 3_000));
    let hash8 = |entry: &Entry| *entry.hash().as_bytes().first_chunk::<8>().unwrap();
    assert_eq!(*stretch.digest, Stretch::digest(all.iter().map(hash8)));
    let mut tx = world.app.store.read().await.unwrap();
    for (entry, number) in all.iter().zip(stretch.number..) {
        let stored = tx.entry(world.org(), entry.id()).await.unwrap().unwrap();
        assert_eq!((stored.number, stored.hash, &stored.bytes[..]), (number, entry.hash(), entry.bytes()));
        assert_eq!(stored.effective_ms, entry.header.moment.server_estimate());
    }
    // Sent again, each has the same receipt, told one by one.
    let again = ana.sync(&world, &all[..40]).await;
    assert_eq!((again.verdicts.len(), again.stretches.len()), (40, 0));
    for (judged, number) in again.verdicts.iter().zip(stretch.number..) {
        let Verdict::Stored(receipt) = &judged.verdict else { panic!("{judged:?}") };
        assert_eq!((receipt.number, receipt.committed_ms), (number, stretch.committed_ms));
    }
}

#[tokio::test]
async fn thousands_of_facts_that_are_refused_are_judged_in_parts_and_each_has_its_verdict() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut all = Vec::new();
    for _ in 0..2_100 {
        let header = frontline_protocol::Header {
            person: frontline_domain::PersonId::from_bytes([9; 16]),
            ..ana.header(&world, EntryType::FEEDBACK_GIVEN)
        };
        let body = ana.feedback(&world, 4).await.body;
        all.push(ana.make(header, body));
    }
    let answer = ana.sync(&world, &all).await;
    assert_eq!((answer.verdicts.len(), answer.stretches.len()), (2_100, 0));
    assert!(answer.verdicts.iter().all(|judged| judged.verdict == Verdict::Quarantined(Code::NOT_CERTIFIED)));
    let row = world.app.store.read().await.unwrap().epoch(world.org(), ana.enrolled.device, ana.epoch).await.unwrap().unwrap();
    assert_eq!(row.highest_seq, all.last().unwrap().header.seq);
}
