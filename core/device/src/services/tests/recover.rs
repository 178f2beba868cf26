//! Taking over from a damaged store: amid a kill, without the copy of the identity, with what a checklist needs.

use std::fs;
use std::path::{Path, PathBuf};

use frontline_domain::form::Raw;

use super::world::{ANA, Phone, World};
use crate::services::feedback::FeedbackDraft;
use crate::services::procedures::answer::AnswerDraft;
use crate::store::{intents, meta};
use crate::{Core, Error};

fn close(core: Core) {
    let Core { inner } = core;
    drop(std::sync::Arc::into_inner(inner).expect("nobody else holds it"));
}

fn give(phone: &Phone, score: i64) {
    phone.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score, ..Default::default() }).unwrap();
}

/// A phone that was enrolled, with three things on it alone, closed.
fn closed(world: &World, seed: u64) -> (tempfile::TempDir, Vec<String>) {
    let ana = world.phone(seed, &[ANA]);
    ana.core.inner.keep_identity();
    (1..=3).for_each(|score| give(&ana, score));
    let ids = captured(&ana.core);
    close(ana.core);
    (ana.dir, ids)
}

fn captured(core: &Core) -> Vec<String> {
    let all = core.status().captured(None, u32::MAX).unwrap();
    all.into_iter().filter(|c| c.what != "storage-set-aside").map(|c| c.id).collect()
}

fn break_header(dir: &Path) {
    let mut bytes = fs::read(dir.join("store.db")).unwrap();
    bytes[..4_096].fill(0x11);
    fs::write(dir.join("store.db"), bytes).unwrap();
}

fn set_aside(world: &World, dir: &Path) -> PathBuf {
    match world.open_at(50, dir) {
        Err(Error::StorageCorrupt { kept_at }) => kept_at.into(),
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn a_kill_amid_the_moving_is_gone_on_from_and_nothing_is_left_behind() {
    let world = World::new();
    let (dir, ids) = closed(&world, 31);
    break_header(dir.path());
    // As a kill leaves it: the folder with its list and its copies, one of the files moved.
    let kept = dir.path().join("set-aside-00");
    fs::create_dir(&kept).unwrap();
    for name in ["keys", "keys.copy"] {
        fs::copy(dir.path().join(name), kept.join(name)).unwrap();
    }
    fs::write(kept.join("moving"), "store.db\nstore.db-wal\nstore.db-shm\nsuspect\nidentity").unwrap();
    fs::rename(dir.path().join("store.db"), kept.join("store.db")).unwrap();
    assert_eq!(set_aside(&world, dir.path()), kept, "it is said although the damage was met in another life");
    assert!(kept.join("identity").exists() && !kept.join("moving").exists());
    let core = world.open_at(51, dir.path()).unwrap();
    assert_eq!(captured(&core), ids);
    assert_eq!(core.status().now().unwrap().set_aside.len(), 1);
}

#[test]
fn a_kill_before_the_taking_over_begins_it_anew_and_twice_is_once() {
    let world = World::new();
    let (dir, ids) = closed(&world, 32);
    break_header(dir.path());
    let kept = set_aside(&world, dir.path());
    // The new store is lost before anybody used it, and the old one lies where it was put.
    for name in ["store.db", "identity"] {
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    assert_eq!(set_aside(&world, dir.path()), kept);
    for n in 0..3 {
        let core = world.open_at(60 + n, dir.path()).unwrap();
        assert_eq!(captured(&core), ids);
        assert_eq!(core.status().captured(None, 100).unwrap().len(), 4, "with one word on the store");
        close(core);
    }
}

#[test]
fn a_device_whose_copy_of_the_identity_is_gone_is_known_by_the_pages_that_are_left() {
    let world = World::new();
    let (dir, ids) = closed(&world, 33);
    fs::remove_file(dir.path().join("identity")).unwrap();
    break_header(dir.path());
    set_aside(&world, dir.path());
    let core = world.open_at(52, dir.path()).unwrap();
    let status = core.status().now().unwrap();
    assert!(status.device.is_some() && status.person.is_some());
    assert_eq!((captured(&core), status.set_aside[0].missing), (ids, 0));
}

#[test]
fn a_last_commit_that_the_power_cut_in_two_is_no_damage() {
    let world = World::new();
    let ana = world.phone(34, &[ANA]);
    (1..=3).for_each(|score| give(&ana, score));
    let torn = tempfile::tempdir().unwrap();
    for name in ["keys", "store.db", "store.db-wal"] {
        fs::copy(ana.dir.path().join(name), torn.path().join(name)).unwrap();
    }
    let log = torn.path().join("store.db-wal");
    let frames = crate::salvage::log::frames(&log).unwrap();
    let last = frames.iter().rposition(|f| f.is_valid && f.commits()).unwrap();
    let mut bytes = fs::read(&log).unwrap();
    bytes[frames[last].at as usize + 9] ^= 1;
    fs::write(&log, bytes).unwrap();
    let core = world.open_at(53, torn.path()).expect("it opens as after any power cut");
    assert_eq!(captured(&core).len(), 2, "what was not whole was promised to nobody");
    assert!(core.check().unwrap().problems.is_empty());
}

#[test]
fn edits_of_a_checklist_are_taken_over_with_all_that_making_them_anew_needs() {
    let world = World::new();
    let ana = world.phone(35, &[ANA]);
    ana.core.inner.keep_identity();
    let run = ana.core.procedures().start("opening-checks").unwrap();
    for (item, value) in [("door", Raw::Bool(true)), ("remarks", Raw::Text("first".into())), ("remarks", Raw::Text("second".into()))] {
        world.wait(1_000);
        ana.core.procedures().answer(AnswerDraft { run: run.clone(), item: item.into(), value, seen: None }).unwrap();
    }
    let edits = |core: &Core| core.inner.read(|db| Ok(intents::of(db, run.parse().unwrap())?)).unwrap();
    let before = edits(&ana.core);
    close(ana.core);
    break_header(ana.dir.path());
    set_aside(&world, ana.dir.path());
    let core = world.open_at(54, ana.dir.path()).unwrap();
    assert_eq!(edits(&core), before);
    assert_eq!(before[2].builds_on, [before[1].id]);
}

#[test]
fn a_wrong_key_opens_nothing_and_moves_nothing() {
    let world = World::new();
    let (dir, _) = closed(&world, 36);
    let names = || {
        let mut all: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        all.sort();
        all
    };
    let before = (names(), fs::read(dir.path().join("store.db")).unwrap());
    let wrong = crate::store::Store::open(dir.path(), &[8; 32], &crate::system::SystemRandom);
    assert!(matches!(wrong, Err(crate::store::StoreError::WrongKey)));
    assert_eq!((names(), fs::read(dir.path().join("store.db")).unwrap()), before);
}

#[test]
fn new_work_after_a_damage_is_numbered_in_a_series_of_its_own() {
    let world = World::new();
    let (dir, _) = closed(&world, 37);
    break_header(dir.path());
    set_aside(&world, dir.path());
    let core = world.open_at(55, dir.path()).unwrap();
    let (epoch, next) = core.inner.read(|db| Ok(meta::series(db)?)).unwrap();
    assert_eq!(next, 2, "the word on the store is its first");
    assert_ne!(epoch.0, 37);
}
