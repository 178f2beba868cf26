//! Rebuilding, checking, carrying out.

use crate::store::outbox::State;
use frontline_domain::action::Priority;
use frontline_domain::form::Raw;
use frontline_domain::{EntryType, Scope};
use frontline_protocol::Entry;

use super::media::{photo_of_the_shelf, shelf_run};
use super::parcel::carried;
use super::world::{ANA, BEN, HARBOUR, Phone, World};
use crate::services::actions::{ActionDraft, Change, ChangeDraft, From};
use crate::services::feedback::FeedbackDraft;
use crate::services::interactions::{CloseDraft, CustomerDraft, OpenDraft};
use crate::services::procedures::answer::AnswerDraft;
use crate::services::training::attempts::QuizAnswerDraft;
use crate::store::{dump, entries, outbox};

/// A day of a little of everything on two phones, part of it sent.
fn busy(world: &World) -> (Phone, Phone) {
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = ana.core.procedures().start("opening-checks").unwrap();
    ana.core.procedures().start("opening-checks").unwrap();
    let answer = |phone: &Phone, item: &str, value: Raw| {
        world.wait(1_000);
        phone.core.procedures().answer(AnswerDraft { run: run.clone(), item: item.into(), value, seen: None }).unwrap();
    };
    answer(&ana, "door", Raw::Bool(true));
    photo_of_the_shelf(&ana, &shelf_run(world, &ana), 1);
    world.join(&[&ana, &ben]);
    answer(&ana, "fridge-temp", Raw::Number("4".into()));
    answer(&ben, "fridge-temp", Raw::Number("5".into()));
    answer(&ben, "fridge-temp/2", Raw::Number("5".into()));
    for score in 1..=5 {
        ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score, ..Default::default() }).unwrap();
    }
    let contact = ana.core.interactions().open(OpenDraft::default()).unwrap();
    world.wait(5_000);
    ana.core.interactions().pause(&contact).unwrap();
    let customer = CustomerDraft { phone: Some("+351 912 345 678".into()), ..Default::default() };
    ana.core.interactions().customer(&contact, customer.clone()).unwrap();
    let other = ben.core.interactions().open(OpenDraft { customer: Some(customer), ..Default::default() }).unwrap();
    ben.core.interactions().close(CloseDraft { id: other, reason: "refund".into(), outcome: "solved".into(), channel: None }).unwrap();
    let from = From { run: run.clone(), item: "door".into(), demand: None };
    let draft = ActionDraft { title: "Mend the door".into(), priority: Priority::High, owner: None, due_ms: None, from: Some(from) };
    let action = ana.core.actions().open(draft).unwrap();
    world.join(&[&ana, &ben]);
    for (phone, title) in [(&ana, "Mend both doors"), (&ben, "Mend the lock")] {
        let draft = ChangeDraft { action: action.clone(), change: Change::Title(title.into()), seen: None };
        phone.core.actions().change(draft).unwrap();
    }
    ana.core.training().progress("coffee-basics", "beans", 2).unwrap();
    let attempt = ana.core.training().quiz_start("coffee-basics").unwrap();
    let value = Raw::Text("finer".into());
    ana.core.training().quiz_answer(QuizAnswerDraft { attempt, item: "grind".into(), value }).unwrap();
    world.join(&[&ana, &ben]);
    ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 5, ..Default::default() }).unwrap();
    answer(&ana, "remarks", Raw::Text("unsent".into()));
    (ana, ben)
}

#[test]
fn projections_rebuilt_from_what_was_captured_equal_what_was_there() {
    let world = World::new();
    let (ana, ben) = busy(&world);
    for phone in [&ana, &ben] {
        let before = phone.core.inner.read(|db| Ok(dump::projections(db)?)).unwrap();
        // Nothing waits for a run here, and no content shows a picture: `sync/tests/full.rs` has some.
        let may_be_empty = |table: &str| ["run_waiting", "media"].contains(&table);
        assert!(before.iter().all(|(table, rows)| !rows.is_empty() || may_be_empty(table)), "{:?}", before.keys());
        phone.core.rebuild().unwrap();
        let after = phone.core.inner.read(|db| Ok(dump::projections(db)?)).unwrap();
        assert_eq!(before, after);
        let report = phone.core.check().unwrap();
        assert_eq!(report.problems, [] as [&str; 0]);
        assert!(report.compared > 20);
    }
}

#[test]
fn a_check_finds_a_list_that_differs_and_changes_nothing() {
    let world = World::new();
    let (ana, _) = busy(&world);
    let id = ana.core.feedback().list(&Default::default()).unwrap().list[0].id.clone();
    let bytes = *id.parse::<frontline_domain::CaptureId>().unwrap().as_bytes();
    ana.core.inner.write(crate::observe::Origin::Local, |tx, _| Ok(crate::store::feedback::clear(tx, &bytes)?)).unwrap();
    let report = ana.core.check().unwrap();
    assert_eq!(report.problems.len(), 1);
    assert!(report.problems[0].starts_with("feedback: rows here 5, in a rebuild 6, the same in both 5"), "{:?}", report.problems);
    assert_eq!(ana.core.feedback().list(&Default::default()).unwrap().list.len(), 5);
    ana.core.rebuild().unwrap();
    assert_eq!(ana.core.feedback().list(&Default::default()).unwrap().list.len(), 6);
}

#[test]
fn an_entry_of_a_later_build_is_kept_raw_and_survives_a_rebuild() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    world.write(Scope::Site(HARBOUR), EntryType(119), b"from the future".to_vec());
    world.pull(&ana);
    ana.core.rebuild().unwrap();
    let held = ana.core.inner.read(|db| Ok(entries::count(db, Some(EntryType(119)))?)).unwrap();
    assert_eq!(held, 1);
    assert!(ana.core.check().unwrap().problems.is_empty());
}

#[test]
fn unsent_work_is_carried_out_signed_and_stays_in_the_queue() {
    let world = World::new();
    let (ana, _) = busy(&world);
    let file = ana.dir.path().join("unsent.frontline");
    let exported = ana.core.export(&file).unwrap();
    assert_eq!(exported.entries, 2);
    assert_eq!((exported.pictures, exported.sealed), (2, true), "the photo and its small one");
    let (entries, pictures) = carried(&file);
    let types: Vec<EntryType> = entries.iter().map(|e| e.header.entry_type).collect();
    assert_eq!(types, [EntryType::FEEDBACK_GIVEN, EntryType::RUN_CHANGED]);
    assert_eq!(pictures.len(), 2);
    assert_eq!(ana.core.status().now().unwrap().unsent, 2);
}

#[test]
fn unsent_rows_are_found_by_their_frame_alone() {
    let world = World::new();
    let (ana, _) = busy(&world);
    // What a damaged file leaves: pages in no order, without tables.
    let mut heap = vec![0x5a; 777];
    let offered = ana.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 10, 1 << 20, false)?)).unwrap();
    for (_, bytes) in &offered {
        heap.extend(crate::salvage::frame(bytes));
        heap.extend([0; 99]);
    }
    let torn = crate::salvage::frame(&offered[0].1);
    heap.extend(&torn[..torn.len() / 2]);
    let found = crate::salvage::find(&heap);
    assert_eq!(found.iter().map(Entry::bytes).collect::<Vec<_>>(), offered.iter().map(|(_, b)| b.as_slice()).collect::<Vec<_>>());
}

#[test]
fn the_sync_centre_lists_every_captured_thing_newest_first() {
    let world = World::new();
    let (ana, _) = busy(&world);
    let all = ana.core.status().captured(None, 100).unwrap();
    assert_eq!(all.len(), 19);
    assert_eq!((all[0].what.as_str(), all[0].state.state), ("run-changed", State::Captured));
    assert!(all[2].state.state == State::Stored && all[2].state.number.is_some());
    let page = ana.core.status().captured(Some(all[4].row), 3).unwrap();
    assert_eq!(page, all[5..8]);
}

#[test]
fn a_capture_costs_little_more_than_the_commit_that_makes_it_durable() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let clock = crate::system::SystemClock;
    let now = || frontline_domain::env::Clock::now(&clock).mono_ms;
    let give = || {
        ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 4, ..Default::default() }).unwrap();
    };
    let bare = |n: u64| {
        ana.core.inner.write(crate::observe::Origin::Local, |tx, _| Ok(crate::store::meta::put(tx, "yardstick", &n)?)).unwrap();
    };
    (0..50).for_each(|n| (give(), bare(n)).0);
    // In turns, so that whatever else the machine does falls on both.
    let (mut row, mut capture, turns, each) = (0, 0, 20, 20);
    for _ in 0..turns {
        let start = now();
        (0..each).for_each(bare);
        let middle = now();
        (0..each).for_each(|_| give());
        (row, capture) = (row + middle - start, capture + now() - middle);
    }
    let rounds = (turns * each) as f64;
    let (row, capture) = (row as f64 / rounds, capture as f64 / rounds);
    println!("one-row commit {row:.3} ms, feedback.give {capture:.3} ms, ratio {:.2}", capture / row.max(0.001));
    let (mut listed, mut piece) = (0, crate::services::piece::Piece::default());
    loop {
        let read = ana.core.feedback().list(&piece).unwrap();
        listed += read.list.len();
        piece.after = read.next;
        if piece.after.is_none() {
            break;
        }
    }
    assert_eq!(listed, 450);
}

#[test]
fn damage_met_while_open_is_set_aside_at_the_next_opening_and_unsent_work_is_carried_out_of_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    for n in 0..400 {
        let comment = Some(format!("{n} {}", "long ".repeat(60)));
        ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 3, comment, ..Default::default() }).unwrap();
    }
    // Closing moves everything from the journal into the file.
    let broken = tempfile::tempdir().unwrap();
    let crate::Core { inner } = ana.core;
    drop(std::sync::Arc::into_inner(inner).expect("nobody else holds it"));
    for name in ["store.db", "keys"] {
        std::fs::copy(ana.dir.path().join(name), broken.path().join(name)).unwrap();
    }
    let file = broken.path().join("store.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let pages = bytes.len() / 4096;
    for page in [pages / 2, pages / 2 + 1, pages * 3 / 4] {
        bytes[page * 4096 + 200] ^= 0xff;
    }
    std::fs::write(&file, &bytes).unwrap();

    let again = world.open_at(20, broken.path()).expect("the first page is whole");
    let met = again.check();
    let is_said = met.as_ref().is_ok_and(|met| met.problems.iter().any(|problem| problem.starts_with("the file: ")));
    assert!(is_said || matches!(met, Err(crate::Error::StorageCorrupt { .. })), "{met:?}");
    drop(again);
    let Err(crate::Error::StorageCorrupt { kept_at }) = world.open_at(20, broken.path()) else { panic!("opened") };
    let out = broken.path().join("saved.frontline");
    let exported = crate::services::salvage(std::path::Path::new(&kept_at), &[7; 32], &out, &crate::system::SystemRandom).unwrap();
    assert!(exported.entries >= 360, "{} of 400", exported.entries);
    assert_eq!(carried(&out).0.len() as u64, exported.entries);
    assert!(world.open_at(20, broken.path()).is_ok(), "a new store begins");
}
