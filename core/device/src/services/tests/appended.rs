//! Taps that are appended as one row each, and what is made of them when somebody looks.

use super::world::{ANA, BEN, Phone, World};
use crate::error::Error;
use crate::people::pin::PinDraft;
use crate::services::feedback::FeedbackDraft;
use crate::store::{FILE, outbox};

fn tap(phone: &Phone, score: i64) -> String {
    phone.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score, ..Default::default() }).unwrap()
}

/// Frames in the log of the store: a commit writes one for each page that it touches.
pub(super) fn frames(phone: &Phone) -> u64 {
    std::fs::metadata(phone.dir.path().join(format!("{FILE}-wal"))).unwrap().len() / (4_096 + 24)
}

pub(super) fn numbers(phone: &Phone) -> Vec<u64> {
    let unsent = phone.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 1_000, 1 << 20, false)?)).unwrap();
    unsent.iter().map(|(item, _)| item.seq).collect()
}

/// The files as a dead battery leaves them, opened again.
pub(super) fn after_a_kill(phone: &Phone) -> (tempfile::TempDir, Phone) {
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(phone.dir.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let core = phone.open_at(copy.path());
    let kept = tempfile::tempdir().unwrap();
    (kept, Phone { core, dir: copy, seed: phone.seed, clock: phone.clock.clone() })
}

#[test]
fn a_tap_writes_a_page_and_the_list_has_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let first = tap(&ana, 1);
    let before = frames(&ana);
    let more: Vec<String> = (0..20).map(|n| tap(&ana, 1 + n % 5)).collect();
    // Now and then a page is full, and the one above it hears of the next.
    let written = frames(&ana) - before;
    assert!((20..=40).contains(&written), "{written} pages for 20 taps");
    assert_eq!(ana.core.inner.store.appended(), 21);
    let list = ana.core.feedback().list(&Default::default()).unwrap().list;
    assert_eq!(ana.core.inner.store.appended(), 0);
    assert_eq!(list.len(), 21);
    assert!(std::iter::once(&first).chain(&more).all(|id| list.iter().any(|row| row.id == *id)));
    assert_eq!(numbers(&ana), (1..=21).collect::<Vec<_>>());
    let check = ana.core.check().unwrap();
    assert!(check.problems.is_empty(), "{:?}", check.problems);
}

#[test]
fn not_more_than_sixty_four_lie_appended() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    for _ in 0..200 {
        tap(&ana, 4);
        assert!(ana.core.inner.store.appended() <= 64);
    }
    assert_eq!(numbers(&ana), (1..=200).collect::<Vec<_>>());
}

#[test]
fn a_kill_takes_no_tap_and_gives_no_number_twice() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    (0..5).for_each(|_| drop(tap(&ana, 4)));
    assert_eq!(ana.core.inner.store.appended(), 5, "somebody looked: this shows nothing");
    let (_kept, again) = after_a_kill(&ana);
    tap(&again, 5);
    assert_eq!(numbers(&again), (1..=6).collect::<Vec<_>>());
    assert_eq!(again.core.feedback().list(&Default::default()).unwrap().list.len(), 6);
}

#[test]
fn a_contact_behind_a_tap_has_the_next_number_and_a_tap_behind_it_the_one_after() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    tap(&ana, 4);
    ana.core.interactions().open(Default::default()).unwrap();
    tap(&ana, 4);
    assert_eq!(numbers(&ana), [1, 2, 3]);
    world.push(&ana);
    tap(&ana, 3);
    assert_eq!(numbers(&ana), [4]);
}

#[test]
fn two_programs_with_one_store_see_each_others_taps_and_never_share_a_number() {
    let world = World::new();
    let ana = world.phone(10, &[ANA, BEN]);
    let core = ana.open_at(ana.dir.path());
    tap(&ana, 1);
    assert_eq!(core.feedback().list(&Default::default()).unwrap().list.len(), 1);
    for n in 0..4 {
        tap(&ana, 1 + n);
        core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 5, ..Default::default() }).unwrap();
    }
    assert_eq!(numbers(&ana), (1..=9).collect::<Vec<_>>());
    // The other one says who writes from now on; this one has read who did.
    let before = ana.core.feedback().detail(&tap(&ana, 2)).unwrap().person;
    core.people().use_person("ben").unwrap();
    let after = ana.core.feedback().detail(&tap(&ana, 2)).unwrap().person;
    assert_ne!(before, after);
}

#[test]
fn a_tap_goes_by_what_is_so_now_not_by_what_the_tap_before_read() {
    let world = World::new();
    let ana = world.phone(10, &[ANA, BEN]);
    let by = |id: &str| ana.core.feedback().detail(id).unwrap().person;
    ana.core.people().use_person("ana").unwrap();
    let (one, two) = (tap(&ana, 1), tap(&ana, 1));
    ana.core.people().use_person("ben").unwrap();
    let three = tap(&ana, 1);
    assert_eq!(by(&one), by(&two));
    assert_ne!(by(&two), by(&three));
    // A PIN is asked for with the next tap.
    ana.core.people().set_pin(&PinDraft { pin: "294817".into(), ..Default::default() }).unwrap();
    tap(&ana, 2);
    ana.core.people().lock();
    let locked = ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 5, ..Default::default() });
    assert!(matches!(locked, Err(Error::Locked(_))), "{locked:?}");
}

#[test]
fn a_clock_that_was_set_back_between_two_taps_is_noticed_once() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    world.wait(7_200_000);
    tap(&ana, 4);
    tap(&ana, 4);
    assert_eq!(ana.core.inner.store.appended(), 2);
    world.set(3_600_000);
    tap(&ana, 4);
    tap(&ana, 4);
    assert_eq!(ana.core.inner.store.appended(), 5, "the jump is a fact of its own");
    assert_eq!(numbers(&ana), (1..=5).collect::<Vec<_>>());
    tap(&ana, 4);
    assert_eq!(numbers(&ana).len(), 6);
}

#[test]
fn a_tap_that_is_refused_leaves_nothing_behind() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    tap(&ana, 4);
    for (touchpoint, score) in [("front-desk", 9), ("nowhere", 3)] {
        assert!(ana.core.feedback().give(FeedbackDraft { touchpoint: touchpoint.into(), score, ..Default::default() }).is_err());
    }
    tap(&ana, 4);
    assert_eq!(numbers(&ana), [1, 2]);
}

/// Two processes: the other one taps between this one's settling and its transaction. Found by reading.
#[test]
fn a_tap_of_another_program_amid_the_begin_of_a_writing_is_neither_lost_nor_numbered_twice() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let other = ana.open_at(ana.dir.path());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..60 {
                other.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 1 + n % 5, ..Default::default() }).unwrap();
            }
        });
        for _ in 0..60 {
            ana.core.interactions().open(Default::default()).unwrap();
        }
    });
    assert_eq!(numbers(&ana), (1..=120).collect::<Vec<_>>());
    assert_eq!(ana.core.feedback().list(&Default::default()).unwrap().list.len(), 60);
    let check = ana.core.check().unwrap();
    assert!(check.problems.is_empty(), "{:?}", check.problems);
}

#[test]
fn a_tap_that_could_not_be_committed_or_that_panicked_leaves_no_gap_in_the_numbers() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    tap(&ana, 4);
    let write = |pen: &mut crate::capture::Pen<'_>| {
        let id = pen.id();
        let event = frontline_domain::fact::InteractionEvent { interaction: id };
        let scope = pen.site(frontline_domain::EntryType::INTERACTION_VOIDED)?;
        pen.fact(scope, &frontline_domain::fact::Fact::InteractionVoided(event)).map(|_| ())
    };
    let thrown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ana.core.inner.append(|pen| -> Result<(), crate::error::Fault> {
            write(pen)?;
            panic!("amid it")
        })
    }));
    assert!(thrown.is_err());
    // What is written fails to be committed: a foreign key that is looked at then.
    let refused = ana.core.inner.store.append(|tx| {
        tx.refuse_at_commit()?;
        let mut touched = crate::observe::Touched::default();
        ana.core.inner.note_as(tx, &mut touched, crate::people::current(tx)?, write)
    });
    assert!(refused.is_err());
    tap(&ana, 4);
    assert_eq!(numbers(&ana), [1, 2]);
}
