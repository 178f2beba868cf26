//! Clones, restored phones, and what a device has reported.

use frontline_domain::Epoch;
use frontline_domain::document::Heads;
use frontline_domain::form::Value;
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry};

use crate::phone::{Phone, replacing};
use crate::world::{World, counts};

/// Offers in a fresh series what had no receipt.
fn again(phone: &mut Phone, epoch: u64, unsent: &[&Entry]) -> Vec<Entry> {
    (phone.epoch, phone.next) = (Epoch(epoch), 1);
    unsent
        .iter()
        .map(|entry| {
            let mut header = entry.header.clone();
            (header.epoch, header.seq, header.replaces) = (phone.epoch, phone.next, replacing(entry));
            phone.make(header, entry.body.clone())
        })
        .collect()
}

#[tokio::test]
async fn two_clones_of_a_phone_lose_nothing_and_store_nothing_twice() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let shared = ana.feedback(&world, 1).await;
    let mut clone = ana.clone();
    let hers = ana.feedback(&world, 2).await;
    let his = clone.feedback(&world, 3).await;
    assert_eq!(hers.id(), his.id(), "two clones both own the next number");

    assert!(ana.sync(&world, &[shared.clone(), hers.clone()]).await.verdicts.iter().all(|j| matches!(j.verdict, Verdict::Stored(_))));
    let answer = clone.sync(&world, &[shared.clone(), his.clone()]).await;
    assert!(answer.epoch_closed);
    assert!(matches!(answer.verdicts[0].verdict, Verdict::Stored(_)), "the same bytes are simply a receipt");
    assert_eq!(answer.verdicts[1].verdict, Verdict::Quarantined(Code::NUMBER_USED_TWICE));

    let fresh = again(&mut clone, 77, &[&his]);
    let answer = clone.sync(&world, &fresh).await;
    assert!(!answer.epoch_closed && matches!(answer.verdicts[0].verdict, Verdict::Stored(_)));
    let late = ana.feedback(&world, 4).await;
    let answer = ana.sync(&world, std::slice::from_ref(&late)).await;
    assert!(answer.epoch_closed, "closed for both");
    assert_eq!(answer.verdicts[0].verdict, Verdict::Quarantined(Code::CLOSED_EPOCH));
    let fresh = again(&mut ana, 78, &[&late]);
    assert!(matches!(ana.offer(&world, &fresh[0]).await, Verdict::Stored(_)));
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["feedback-given"], counts["held"]), (4, 0));
}

#[tokio::test]
async fn two_replays_of_one_entry_are_stored_once() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let unsent = ana.feedback(&world, 1).await;
    let mut clone = ana.clone();
    let one = again(&mut ana, 81, &[&unsent]);
    let Verdict::Stored(receipt) = ana.offer(&world, &one[0]).await else { panic!("not stored") };
    let two = again(&mut clone, 82, &[&unsent]);
    let answer = clone.sync(&world, &two).await;
    assert_eq!(answer.verdicts.len(), 2, "the receipt of what is stored, and the fate of the offer");
    assert_eq!(answer.verdicts[0].verdict, Verdict::Stored(receipt));
    assert_eq!(answer.verdicts[1].verdict, Verdict::Replaced);
    assert_eq!(clone.offer(&world, &unsent).await, Verdict::Replaced);
    assert_eq!(counts(&world, world.org()).await["feedback-given"], 1);
}

#[tokio::test]
async fn work_that_two_clones_issue_again_and_again_before_any_receipt_is_stored_once() {
    for her_last_comes_first in [true, false] {
        let world = World::begin().await;
        let mut ana = Phone::enrol(&world, "harbour", "ana").await;
        let unsent = ana.feedback(&world, 1).await;
        let mut clone = ana.clone();
        // Hers was issued again twice; the second one came to the server, in a series that was closed by then.
        let second = again(&mut ana, 81, &[&unsent]);
        let third = again(&mut ana, 82, &[&second[0]]);
        let his = again(&mut clone, 83, &[&unsent]);
        let (first, last, by) =
            if her_last_comes_first { (&mut ana, &mut clone, (&third[0], &his[0])) } else { (&mut clone, &mut ana, (&his[0], &third[0])) };
        let (hers_first, then) = by;
        (first.epoch, first.next) = (hers_first.header.epoch, hers_first.header.seq + 1);
        assert!(matches!(first.offer(&world, hers_first).await, Verdict::Stored(_)));
        (last.epoch, last.next) = (then.header.epoch, then.header.seq + 1);
        let answer = last.sync(&world, std::slice::from_ref(then)).await;
        let verdicts: Vec<_> = answer.verdicts.iter().map(|judged| judged.verdict.clone()).collect();
        assert!(matches!(verdicts[..], [Verdict::Stored(_), Verdict::Replaced]), "{verdicts:?}");
        assert_eq!(counts(&world, world.org()).await["feedback-given"], 1);
        // Whatever else of the chain arrives late: it is closed, and nothing of it waits.
        for late in [&unsent, &second[0]] {
            (ana.epoch, ana.next) = (late.header.epoch, late.header.seq + 1);
            assert_eq!(ana.offer(&world, late).await, Verdict::Replaced);
        }
        let counts = counts(&world, world.org()).await;
        assert_eq!((counts["feedback-given"], counts["held"]), (1, 0));
    }
}

#[tokio::test]
async fn what_waits_in_a_closed_series_is_closed_with_the_work_that_is_stored_for_it_however_often_it_was_issued() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut clone = ana.clone();
    let (hers, his) = (ana.feedback(&world, 1).await, clone.feedback(&world, 2).await);
    assert!(matches!(ana.offer(&world, &hers).await, Verdict::Stored(_)));
    // His series is closed, and so is the next one that he takes, before he hears of either.
    assert_eq!(clone.offer(&world, &his).await, Verdict::Quarantined(Code::NUMBER_USED_TWICE));
    let second = again(&mut clone, 91, &[&his]);
    let mut other = clone.clone();
    let stray = {
        (other.epoch, other.next) = (Epoch(91), 1);
        other.feedback(&world, 3).await
    };
    assert!(matches!(other.offer(&world, &stray).await, Verdict::Stored(_)));
    (clone.epoch, clone.next) = (Epoch(91), 2);
    assert_eq!(clone.offer(&world, &second[0]).await, Verdict::Quarantined(Code::NUMBER_USED_TWICE));
    assert_eq!(counts(&world, world.org()).await["held"], 2);
    let third = again(&mut clone, 92, &[&second[0]]);
    assert!(matches!(clone.offer(&world, &third[0]).await, Verdict::Stored(_)));
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["feedback-given"], counts["held"]), (3, 0));
}

#[tokio::test]
async fn a_replay_of_what_was_stored_meanwhile_gets_the_originals_receipt() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 1).await;
    let first = ana.offer(&world, &entry).await;
    let replay = again(&mut ana, 90, &[&entry]);
    let answer = ana.sync(&world, &replay).await;
    assert_eq!(answer.verdicts[0].verdict, first);
    assert_eq!((answer.verdicts[0].epoch, answer.verdicts[0].seq), (entry.header.epoch, entry.header.seq));
    assert_eq!(answer.verdicts[1].verdict, Verdict::Replaced);
}

#[tokio::test]
async fn a_restored_phone_is_noticed_by_the_number_it_would_give_next() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let backup = ana.clone();
    let entry = ana.feedback(&world, 1).await;
    ana.sync(&world, &[entry]).await;
    let mut restored = Phone { nonce: ana.nonce.clone(), ..backup };
    assert!(restored.sync(&world, &[]).await.epoch_closed);
}

#[tokio::test]
async fn a_device_has_reported_when_everything_below_its_next_number_has_a_verdict() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let reported = async |world: &World, ana: &Phone| {
        world.app.flush_contacts().await.unwrap();
        let row = world.app.store.read().await.unwrap().device(world.org(), ana.enrolled.device).await.unwrap().unwrap();
        (row.last_contact_ms, row.reported_through_ms)
    };
    let (one, two) = (ana.feedback(&world, 1).await, ana.feedback(&world, 2).await);
    world.wait(1_000);
    ana.sync(&world, &[one]).await;
    assert_eq!(reported(&world, &ana).await, (Some(world.now_ms()), None), "the second is still on the phone");
    world.wait(1_000);
    ana.sync(&world, &[two]).await;
    assert_eq!(reported(&world, &ana).await.1, Some(world.now_ms()));
    world.wait(1_000);
    ana.sync(&world, &[]).await;
    assert_eq!(reported(&world, &ana).await.1, Some(world.now_ms()), "an idle contact reports too");
}

#[tokio::test]
async fn what_a_clone_stored_in_the_series_they_share_is_not_kept_from_a_phone_whose_receipts_a_restore_took() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    ana.sync_all(&world).await;
    let backup = world.dir().join("backup");
    frontline_server::backup::make(&world.app, &backup).await.unwrap();
    let mut clone = ana.clone();
    let (mut run, nothing) = (ana.run([1; 16]), Heads::default());
    let hers = ana.answer(&world, &mut run, [1; 16], "doors", Value::Bool(true), &nothing).await;
    let his = [clone.feedback(&world, 1).await, clone.feedback(&world, 2).await];
    assert!(matches!(clone.try_sync(&world, &clone.ask(&his)).await.unwrap().verdicts[..], [_, _]));

    // The server loses what he has receipts for, and stores hers under the first of those numbers.
    let world = world.restored(&backup).await;
    assert!(matches!(ana.offer(&world, &hers).await, Verdict::Stored(_)));
    let answer = clone.sync(&world, &[]).await;
    assert!(!answer.epoch_closed, "nothing tells of two copies yet");
    assert!(clone.rows.iter().any(|(_, _, entry)| entry.hash() == hers.hash()), "his cursor passed it");
}
