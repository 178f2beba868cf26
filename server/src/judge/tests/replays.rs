//! The same work under several names: stored once, whichever comes first.

use frontline_domain::document::Heads;
use frontline_domain::form::Value;
use frontline_domain::{EntryType, Epoch};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, Instead};

use super::{REFUSED, WAYS, at_bench, harbour, is_stored, judged, number, of_type, one};
use crate::judge::given::{Became, take_back};
use crate::phone::{Phone, replacing};
use crate::world::{World, counts};

/// Issued again in this series, in the stead of it.
fn again(phone: &mut Phone, epoch: u64, of: &Entry) -> Entry {
    (phone.epoch, phone.next) = (Epoch(epoch), 1);
    let mut header = of.header.clone();
    (header.epoch, header.seq, header.replaces) = (phone.epoch, phone.next, replacing(of));
    phone.make(header, of.body.clone())
}

#[tokio::test]
async fn an_entry_that_is_sent_again_has_the_same_receipt_and_is_stored_once() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    for way in WAYS {
        let entry = way.entry(&world, &mut ana, |_| ()).await;
        let first = one(&world, &ana, &entry).await;
        world.wait(60_000);
        assert!(is_stored(&first) && one(&world, &ana, &entry).await == first, "{way:?}");
        let refused = way.entry(&world, &mut ana, |h| h.person = frontline_domain::PersonId::from_bytes([9; 16])).await;
        for _ in 0..2 {
            assert_eq!(one(&world, &ana, &refused).await, REFUSED(Code::NOT_CERTIFIED), "{way:?}");
        }
    }
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["feedback-given"], counts["clock-jumped"], counts["quarantined"]), (1, 1, 2));
}

#[tokio::test]
async fn a_replay_of_what_was_stored_meanwhile_gets_the_originals_receipt() {
    let world = World::begin().await;
    for way in WAYS {
        let (mut ana, _) = harbour(&world).await;
        let original = way.entry(&world, &mut ana, |_| ()).await;
        let stored = one(&world, &ana, &original).await;
        let replay = again(&mut ana, 70, &original);
        let verdicts = judged(&world, &ana, std::slice::from_ref(&replay)).await;
        assert_eq!(verdicts, [stored, Verdict::Replaced], "{way:?}: of the first, and of its other name");
        assert_eq!(one(&world, &ana, &replay).await, Verdict::Replaced);
    }
}

#[tokio::test]
async fn an_original_that_comes_behind_its_replay_is_replaced() {
    let world = World::begin().await;
    for way in WAYS {
        let (mut ana, _) = harbour(&world).await;
        let (epoch, original) = (ana.epoch, way.entry(&world, &mut ana, |_| ()).await);
        let replay = again(&mut ana, 71, &original);
        assert!(is_stored(&one(&world, &ana, &replay).await));
        // Another replay of the same, by a copy of the phone.
        let second = again(&mut ana, 72, &original);
        let verdicts = judged(&world, &ana, &[second]).await;
        assert!(is_stored(&verdicts[0]) && verdicts[1] == Verdict::Replaced, "{way:?}: {verdicts:?}");
        (ana.epoch, ana.next) = (epoch, 2);
        assert_eq!(one(&world, &ana, &original).await, Verdict::Replaced, "{way:?}");
        let next = way.entry(&world, &mut ana, |_| ()).await;
        assert!(is_stored(&one(&world, &ana, &next).await), "what comes next in its series is new");
    }
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["feedback-given"], counts["clock-jumped"]), (2, 2));
}

#[tokio::test]
async fn another_entry_under_the_number_of_a_stored_one_does_not_pass_for_it() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut copy = ana.clone();
    let (hers, his) = (ana.feedback(&world, 1).await, copy.feedback(&world, 2).await);
    assert_eq!(hers.id(), his.id());
    assert!(is_stored(&one(&world, &ana, &hers).await));
    // Named as what `his` is offered in the stead of, hers is not it: the work is other work.
    let replay = again(&mut copy, 73, &his);
    let verdicts = judged(&world, &copy, &[replay]).await;
    assert!(verdicts.len() == 1 && is_stored(&verdicts[0]), "{verdicts:?}");
    assert_eq!(counts(&world, world.org()).await["feedback-given"], 2);
}

#[tokio::test]
async fn nobody_issues_a_colleagues_work_again() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let hers = ana.feedback(&world, 1).await;
    let mut header = ben.header(&world, EntryType::FEEDBACK_GIVEN);
    header.replaces = Some(Instead::of(&hers));
    let forged = ben.make(header, hers.body.clone());
    assert_eq!(one(&world, &ben, &forged).await, REFUSED(Code::OTHER_DEVICE));
    assert!(is_stored(&one(&world, &ana, &hers).await), "hers is not closed by it");
}

#[tokio::test]
async fn a_number_that_was_given_back_to_something_else_is_not_taken_again_by_what_waited_under_it() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let ben = Phone::enrol(&world, "harbour", "ben").await;
    let (nonce, mut run) = ([4; 16], ana.run([4; 16]));
    let first = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(true), &Heads::default()).await;
    // Two copies of her phone: what one of them has under this number was stored before the server was restored.
    let mut copy = ana.clone();
    let stored_before = copy.feedback(&world, 1).await;
    let heads = run.heads();
    let on_it = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(false), &heads).await;
    assert_eq!(on_it.id(), stored_before.id());
    assert_eq!(one(&world, &ana, &on_it).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    let (by, past) = (ben.enrolled.device, world.now_ms() - 90_000);
    let became = at_bench(&world, async |bench| take_back(bench, by, &stored_before, past).await.unwrap()).await;
    assert_eq!(became, Became::Stored);
    assert!(is_stored(&one(&world, &ana, &first).await));
    assert_eq!(one(&world, &ana, &on_it).await, REFUSED(Code::NUMBER_USED_TWICE), "its phone issues it again");
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["run-changed"], counts["feedback-given"]), (1, 1));
    // Found by the simulator, seed 537: the replay was stored beside it.
    let mut header = of_type(&ana, &world, EntryType::RUN_CHANGED);
    (header.epoch, header.seq, header.rebuild, header.replaces) = (Epoch(8), 1, 1, Some(Instead::of(&on_it)));
    ana.epoch = Epoch(8);
    let replay = ana.answer_as(&world, header, &mut run, nonce, "doors", Value::Bool(false), &heads).await;
    assert!(is_stored(&one(&world, &ana, &replay).await));
}

#[tokio::test]
async fn what_was_given_back_after_a_restore_is_known_when_its_author_offers_it() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let ben = Phone::enrol(&world, "harbour", "ben").await;
    let mut lost = Vec::new();
    for score in 1..=3 {
        lost.push(ana.feedback(&world, score).await);
    }
    let (org, by, past) = (world.org(), ben.enrolled.device, world.now_ms() - 90_000);
    // In any order, as pages of several phones come.
    for entry in [&lost[2], &lost[0]] {
        for became in [Became::Stored, Became::Known] {
            assert_eq!(at_bench(&world, async |bench| take_back(bench, by, entry, past).await.unwrap()).await, became);
        }
    }
    let row = world.app.store.read().await.unwrap().epoch(org, ana.enrolled.device, ana.epoch).await.unwrap().unwrap();
    assert_eq!(row.highest_seq, 3, "the highest number that was given, not the last that came back");
    let verdicts = judged(&world, &ana, &lost).await;
    for (n, verdict) in verdicts.iter().enumerate() {
        let Verdict::Stored(receipt) = verdict else { panic!("{verdict:?}") };
        assert_eq!(receipt.effective_ms == past, n != 1, "with the time that it had, if it was given back");
    }
    assert!(number(&verdicts[1]) > number(&verdicts[0]));
    assert_eq!(counts(&world, org).await["feedback-given"], 3);
}
