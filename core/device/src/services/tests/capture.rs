//! The write path and those who are told.

use std::sync::{Arc, Mutex};

use frontline_domain::form::Raw;

use super::world::{ANA, World};
use crate::Core;
use crate::observe::{Observer, Origin, Topic};
use crate::services::feedback::FeedbackDraft;
use crate::services::procedures::answer::AnswerDraft;
use crate::store::{StoreError, entries, outbox};

fn tap() -> FeedbackDraft {
    FeedbackDraft { touchpoint: "front-desk".into(), score: 4, ..Default::default() }
}

#[test]
fn what_was_captured_is_there_after_a_restart_entry_row_and_queue() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let id = ana.core.feedback().give(tap()).unwrap();
    // The files as they lie there now, without a clean close: what a dead battery leaves.
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(ana.dir.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let again = ana.open_at(copy.path());
    assert_eq!(again.feedback().detail(&id).unwrap().score, 4);
    let unsent = again.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 10, 1 << 20, false)?)).unwrap();
    assert_eq!(unsent.len(), 1);
    assert_eq!((unsent[0].0.seq, unsent[0].0.scope.to_string()), (1, format!("site/{}", super::world::HARBOUR)));
}

#[test]
fn a_capture_that_fails_in_the_middle_leaves_no_entry_no_row_no_gap_in_the_numbers() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = ana.core.procedures().start("opening-checks").unwrap();
    let before = ana.core.inner.read(|db| Ok(entries::count(db, None)?)).unwrap();
    let failed = ana.core.inner.capture(|pen| {
        pen.inner.random.id();
        let id = pen.id();
        let closed = frontline_domain::fact::InteractionEvent { interaction: id };
        pen.fact(pen.site(frontline_domain::EntryType::INTERACTION_VOIDED)?, &frontline_domain::fact::Fact::InteractionVoided(closed))?;
        Err::<(), _>(StoreError::NotEnrolled.into())
    });
    assert!(failed.is_err());
    assert_eq!(ana.core.inner.read(|db| Ok(entries::count(db, None)?)).unwrap(), before);
    assert!(ana.core.interactions().list(&Default::default()).unwrap().list.is_empty());
    let draft = AnswerDraft { run, item: "door".into(), value: Raw::Bool(true), seen: None };
    ana.core.procedures().answer(draft).unwrap();
    let unsent = ana.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 10, 1 << 20, false)?)).unwrap();
    assert_eq!(unsent[0].0.seq, 1, "the number that was not used is the next one's");
}

type Told = (Topic, Vec<String>, Origin, usize);

#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<Told>>,
    core: Mutex<Option<Core>>,
}
impl Observer for Ear {
    fn told(&self, topic: Topic, ids: &[String], origin: Origin) {
        // It reads and writes the store from within: it would hang here if any lock were held.
        let core = self.core.lock().unwrap().clone();
        let seen = core.map_or(0, |core| {
            core.people().use_person("ana").unwrap();
            core.feedback().list(&Default::default()).unwrap().list.len()
        });
        self.heard.lock().unwrap().push((topic, ids.to_vec(), origin, seen));
    }
}

#[test]
fn observers_are_told_after_the_commit_and_under_no_lock_until_they_unsubscribe() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    ana.core.people().use_person("ana").unwrap();
    let ear = Arc::new(Ear::default());
    *ear.core.lock().unwrap() = Some(ana.core.clone());
    let subscription = ana.core.subscribe(ear.clone());
    let id = ana.core.feedback().give(tap()).unwrap();
    let heard = std::mem::take(&mut *ear.heard.lock().unwrap());
    assert_eq!(heard[0], (Topic::Feedback, vec![id], Origin::Local, 1), "what is told of can be read");
    let captured = &ana.core.status().captured(None, 1).unwrap()[0];
    assert_eq!((heard[1].0, &heard[1].1), (Topic::Sync, &vec![captured.id.clone()]), "what was captured is told by its hash");
    world.push(&ana);
    assert!(ear.heard.lock().unwrap().iter().all(|h| h.2 == Origin::Remote));
    drop(subscription);
    ear.heard.lock().unwrap().clear();
    ana.core.feedback().give(tap()).unwrap();
    assert!(ear.heard.lock().unwrap().is_empty());
    *ear.core.lock().unwrap() = None;
}

#[test]
fn an_observer_that_panics_does_not_undo_what_was_captured() {
    struct Bad;
    impl Observer for Bad {
        fn told(&self, _: Topic, _: &[String], _: Origin) {
            panic!("a fault of the shell");
        }
    }
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let _subscription = ana.core.subscribe(Arc::new(Bad));
    assert!(ana.core.feedback().give(tap()).is_ok());
    assert_eq!(ana.core.feedback().list(&Default::default()).unwrap().list.len(), 1);
}

#[test]
fn threads_that_capture_at_once_each_get_their_number() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..25).for_each(|_| drop(ana.core.feedback().give(tap()).unwrap())));
        }
    });
    let unsent = ana.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 1_000, 1 << 20, false)?)).unwrap();
    assert_eq!(unsent.iter().map(|(item, _)| item.seq).collect::<Vec<_>>(), (1..=100).collect::<Vec<_>>());
}
