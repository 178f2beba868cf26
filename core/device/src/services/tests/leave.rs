//! Signing out and starting over: what stays, what goes, and in which order.

use super::is_invalid;
use super::media::{photo_of_the_shelf, shelf_run};
use super::world::*;
use crate::people::pin::PinDraft;
use crate::services::feedback::FeedbackDraft;
use crate::services::leave::{self, Leaving, SignedOut};
use crate::services::piece::Piece;
use crate::store::outbox::State;
use crate::store::wipe::wipe_by;
use crate::store::{StoreError, drafts};
use crate::{Error, Lock};

fn tap(core: &crate::Core) -> Result<String, Error> {
    core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 4, ..FeedbackDraft::default() })
}

fn names(dir: &std::path::Path) -> Vec<String> {
    let all = std::fs::read_dir(dir).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap());
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

#[test]
fn a_kill_at_any_point_of_a_reset_leaves_a_store_to_use_or_nothing_to_read() {
    let (mut steps, mut usable) = (0, 0);
    loop {
        let world = World::new();
        let phone = world.phone(10, &[ANA]);
        tap(&phone.core).unwrap();
        drop(phone.core);
        let dir = phone.dir.path();
        // A store that was set aside, with its copy of what opens it.
        let aside = dir.join("set-aside-0123456789abcdef");
        std::fs::create_dir(&aside).unwrap();
        for name in ["keys", "store.db"] {
            std::fs::copy(dir.join(name), aside.join(name)).unwrap();
        }
        let mut left = steps;
        let died = wipe_by(dir, &mut |_| {
            left -= 1;
            if left < 0 { Err(StoreError::Io(std::io::Error::other("killed"))) } else { Ok(()) }
        });
        if died.is_ok() {
            assert!(names(dir).is_empty(), "{:?}", names(dir));
            break;
        }
        // While anything is there that holds captured work, what opens it is whole or gone: it never goes last.
        let opens = [dir, &aside].iter().any(|d| d.join("keys").exists() || d.join("keys.copy").exists());
        let whole = [dir, &aside].iter().all(|d| d.join("store.db").exists());
        assert!(whole || !opens, "after {steps} steps: {:?}", names(dir));
        // Of the store that was set aside it is told once.
        let again = world.open_at(11, dir).or_else(|_| world.open_at(12, dir));
        let again = again.unwrap_or_else(|e| panic!("after {steps} steps: {e}"));
        let status = again.status().now().unwrap();
        match status.device {
            Some(_) => {
                // Beside it, what is told of the store that was set aside.
                let unsent = again.status().captured(None, 10).unwrap();
                let taps = unsent.iter().filter(|one| one.what == "feedback-given" && one.state.state == State::Captured).count();
                assert_eq!((taps, again.feedback().list(&Piece::default()).unwrap().list.len()), (1, 1), "{unsent:?}");
                usable += 1;
            }
            None => assert!(!names(dir).iter().any(|n| n.starts_with("set-aside") || n == "wiping" || n == "identity"), "{:?}", names(dir)),
        }
        steps += 1;
    }
    assert!(steps > 10 && usable == 1, "only before the mark is it the old store: {usable} of {steps}");
}

#[test]
fn a_reset_asks_for_unsent_work_first_and_carries_it_out() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    tap(&phone.core).unwrap();
    drop(phone.core);
    let dir = phone.dir.path();
    is_invalid(leave::reset(world.options_at(11, dir), Leaving::default()), "file", "unsent");
    let file = tempfile::tempdir().unwrap().keep().join("carried.frontline");
    let carried = leave::reset(world.options_at(12, dir), Leaving { file: Some(&file), ..Leaving::default() }).unwrap();
    assert_eq!(carried.entries, 1);
    assert!(file.exists() && names(dir).is_empty(), "{:?}", names(dir));
    let fresh = world.open_at(13, dir).unwrap();
    assert_eq!(fresh.status().now().unwrap().device, None);
}

#[test]
fn a_reset_takes_no_store_that_is_open_and_no_file_that_is_there() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    tap(&phone.core).unwrap();
    let (dir, file) = (phone.dir.path(), phone.dir.path().join("../a-letter.frontline"));
    std::fs::write(&file, "a letter").unwrap();
    let leaving = || Leaving { file: Some(&file), ..Leaving::default() };
    assert_eq!(leave::reset(world.options_at(11, dir), leaving()).err(), Some(Error::Busy));
    tap(&phone.core).unwrap();
    drop(phone.core);
    is_invalid(leave::reset(world.options_at(12, dir), leaving()), "file", "new");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a letter");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(leave::reset(world.options_at(13, dir), leaving()).unwrap().entries, 2);
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn nobody_lets_go_what_a_colleague_began_behind_a_pin_but_who_leads() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let people = phone.core.people();
    let pin = |pin: &str, old: Option<&str>| PinDraft { person: None, pin: pin.into(), old: old.map(str::to_owned) };
    // Ben leads; Ana has begun something behind her PIN.
    people.switch(&ANA.to_string(), None).unwrap();
    people.set_pin(&pin("270512", None)).unwrap();
    phone.core.drafts().keep("contact/new", "half a sentence").unwrap();
    people.switch(&BEN.to_string(), None).unwrap();
    let refused = Some(Error::Unauthorized { device: None });
    assert_eq!(people.sign_out(&ANA.to_string(), true).err(), refused, "anybody is Ben, as long as he has no PIN");
    people.set_pin(&pin("270512", None)).unwrap();
    assert_eq!(people.sign_out(&ANA.to_string(), true).err(), None, "who leads lets go what somebody left behind");
    let phone = world.phone(30, &[ANA, BEN]);
    let people = phone.core.people();
    people.switch(&BEN.to_string(), None).unwrap();
    people.set_pin(&pin("270512", None)).unwrap();
    phone.core.drafts().keep("contact/new", "half a sentence").unwrap();
    people.switch(&ANA.to_string(), None).unwrap();
    assert_eq!(people.sign_out(&BEN.to_string(), true).err(), Some(Error::Unauthorized { device: None }));
    people.switch(&BEN.to_string(), Some("270512")).unwrap();
    assert_eq!(people.sign_out(&BEN.to_string(), true).unwrap().drafts, 1);
}

#[test]
fn who_signs_out_leaves_their_unsent_work_and_nothing_that_opens_their_drafts() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let (people, inner) = (phone.core.people(), &phone.core.inner);
    people.set_pin(&PinDraft { pin: "4071".into(), ..PinDraft::default() }).unwrap();
    tap(&phone.core).unwrap();
    phone.core.drafts().keep("contact/new", "Promised").unwrap();
    is_invalid(people.sign_out("ana", false), "drafts", "unsent");
    assert_eq!(people.sign_out("ana", true), Ok(SignedOut { unsent: 1, drafts: 1 }));
    assert!(inner.read(|db| Ok(drafts::of(db, ANA)?)).unwrap().is_empty());
    assert!(!inner.store.has_pin(ANA).unwrap());
    assert!(matches!(people.use_person("ana"), Err(Error::NotFound { .. })));
    assert_eq!(people.list().unwrap().len(), 1);
    // Ben goes on, and Ana's work with the next sync.
    tap(&phone.core).unwrap();
    // With her word that she left, which the server goes by.
    let unsent = phone.core.status().captured(None, 50).unwrap();
    assert_eq!(unsent.iter().filter(|one| one.what == "person-on-device").count(), 1, "{unsent:?}");
    world.push(&phone);
    assert_eq!(phone.core.status().now().unwrap().stored, 3);
}

#[test]
fn a_kill_amid_a_sign_out_lets_nobody_in_without_the_pin() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    phone.core.people().set_pin(&PinDraft { pin: "4071".into(), ..PinDraft::default() }).unwrap();
    phone.core.drafts().keep("contact/new", "Promised").unwrap();
    // As the first commit leaves it: she is off the device, and her PIN still guards what she began.
    phone.core.inner.write(crate::observe::Origin::Local, |tx, _| Ok(crate::store::enrolled::remove(tx, ANA)?)).unwrap();
    let again = phone.open_at(phone.dir.path());
    assert!(matches!(again.people().use_person("ana"), Err(Error::NotFound { .. })));
    assert!(again.drafts().list().unwrap().is_empty(), "Ben's, who is next");
    assert!(again.inner.store.has_pin(ANA).unwrap());
}

#[test]
fn after_the_lease_nothing_opens_until_the_server_has_spoken_and_no_clock_makes_it_longer() {
    const DAY: u64 = 86_400_000;
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    tap(&phone.core).unwrap();
    world.wait(13 * DAY);
    tap(&phone.core).unwrap();
    let until = phone.core.status().now().unwrap().lease_until.unwrap();
    assert_eq!(until, START + 14 * DAY as i64);
    world.wait(DAY + 1);
    let over = Err(Error::Locked(Lock::Lease));
    assert_eq!(tap(&phone.core), over);
    assert_eq!(phone.core.feedback().list(&Piece::default()).map(|_| String::new()), over);
    assert_eq!(phone.core.training().list().map(|_| String::new()), over);
    let status = phone.core.status().now().unwrap();
    assert!(status.lease_over && status.unsent == 2);
    // Opened anew at that time, then with the clock set back: the highest time that was seen counts.
    let again = phone.open_at(phone.dir.path());
    assert_eq!(tap(&again), over);
    drop(again);
    world.set(5 * DAY);
    let again = phone.open_at(phone.dir.path());
    assert_eq!(tap(&again), over);
    assert!(again.check().unwrap().problems.is_empty());
    assert_eq!(again.export(&phone.dir.path().join("unsent.frontline")).unwrap().entries, 2);
    // The server speaks: it says what time it is, too.
    again
        .inner
        .write(crate::observe::Origin::Remote, |tx, _| {
            crate::lease::contact(tx, START + 5 * DAY as i64)?;
            Ok(crate::store::meta::put(tx, crate::store::meta::key::CONTACT, &(LIFE, START + 5 * DAY as i64))?)
        })
        .unwrap();
    tap(&again).unwrap();
}

#[test]
fn a_store_of_a_newer_app_is_refused_as_it_is_and_its_work_can_be_carried_out() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    for score in [4, 5] {
        phone.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score, ..FeedbackDraft::default() }).unwrap();
    }
    photo_of_the_shelf(&phone, &shelf_run(&world, &phone), 1);
    drop(phone.core);
    let dir = phone.dir.path();
    let was = crate::store::pretend_version(dir, &[7; 32], 99).unwrap();
    let before = bytes_of(dir);
    is_invalid(world.open_at(11, dir).map(|_| ()), "store", "newer");
    let out = tempfile::tempdir().unwrap();
    let carried = crate::services::salvage(dir, &[7; 32], &out.path().join("unsent.frontline"), &crate::system::SystemRandom).unwrap();
    assert_eq!((carried.entries, carried.pictures, carried.left_out), (4, 2, 0));
    is_invalid(world.open_at(11, dir).map(|_| ()), "store", "newer");
    assert!(bytes_of(dir) == before, "{:?}", names(dir));
    // The app is updated: everything is as it was.
    crate::store::pretend_version(dir, &[7; 32], was).unwrap();
    assert_eq!(world.open_at(12, dir).unwrap().status().now().unwrap().unsent, 4);
}

#[test]
fn a_store_of_a_newer_app_that_was_killed_keeps_its_log_too() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    for _ in 0..3 {
        tap(&phone.core).unwrap();
    }
    // As a kill leaves it: what was captured last lies in the log alone.
    let killed = tempfile::tempdir().unwrap();
    for name in ["store.db", "store.db-wal", "keys", "keys.copy"] {
        std::fs::copy(phone.dir.path().join(name), killed.path().join(name)).unwrap();
    }
    crate::store::pretend_version(killed.path(), &[7; 32], 99).unwrap();
    let before = bytes_of(killed.path());
    assert!(!before[&killed.path().join("store.db-wal")].is_empty());
    is_invalid(world.open_at(11, killed.path()).map(|_| ()), "store", "newer");
    let file = tempfile::tempdir().unwrap().keep().join("unsent.frontline");
    assert_eq!(crate::services::salvage(killed.path(), &[7; 32], &file, &crate::system::SystemRandom).unwrap().entries, 3);
    assert!(bytes_of(killed.path()) == before, "{:?}", names(killed.path()));
}

/// Every byte of a folder, but for what SQLite makes of its log in memory.
fn bytes_of(dir: &std::path::Path) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut out = std::collections::BTreeMap::new();
    for one in std::fs::read_dir(dir).unwrap().map(|one| one.unwrap().path()) {
        match one.is_dir() {
            true => out.extend(bytes_of(&one)),
            false if one.ends_with("store.db-shm") => {}
            false => drop(out.insert(one.clone(), std::fs::read(&one).unwrap())),
        }
    }
    out
}
