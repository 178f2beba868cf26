//! PINs: who may set one, what a wrong one costs, what a kill leaves.

use frontline_domain::pin::TRIES;
use frontline_domain::record::{Organisation, PinUnlocked, Policy};
use frontline_domain::{DeviceId, Scope};

use super::is_invalid;
use super::world::*;
use crate::people::pin::PinDraft;
use crate::services::feedback::FeedbackDraft;
use crate::store::pins;
use crate::{Error, Lock};

fn pin(person: Option<&str>, pin: &str, old: Option<&str>) -> PinDraft {
    PinDraft { person: person.map(str::to_owned), pin: pin.into(), old: old.map(str::to_owned) }
}

fn tap(core: &crate::Core) -> Result<String, Error> {
    core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 4, ..FeedbackDraft::default() })
}

/// Lets every wait end, and gives a wrong PIN, until it is locked.
fn lock_out(world: &World, core: &crate::Core, who: &str) {
    for _ in 0..TRIES {
        world.wait(3_600_000);
        is_invalid(core.people().switch(who, Some("0000")), "pin", "wrong");
    }
    world.wait(3_600_000);
    is_invalid(core.people().switch(who, Some("4071")), "pin", "locked");
}

#[test]
fn a_try_is_on_the_disk_before_the_pin_is_looked_at() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    phone.core.people().set_pin(&pin(None, "4071", None)).unwrap();
    let inner = &phone.core.inner;
    let counted = |n: u32| inner.read(|db| Ok(pins::tries(db, ANA)?)).unwrap().wrong == n;
    for n in 1..=3 {
        // The app dies while the PIN is being checked.
        let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            inner.prove_with(ANA, "pin", || {
                assert!(counted(n), "the try is there already");
                std::panic::panic_any("killed");
            })
        }));
        assert!(died.is_err() && counted(n));
    }
    // Opened anew from its files, as after a kill: the wait stands, for the right PIN too.
    let again = phone.open_at(phone.dir.path());
    is_invalid(again.people().switch("ana", Some("4071")), "pin", "wait");
    world.wait(30_000);
    again.people().switch("ana", Some("4071")).unwrap();
    assert!(counted(0), "the right one takes the count back");
}

#[test]
fn a_restart_of_the_machine_ends_no_wait() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    phone.core.people().set_pin(&pin(None, "4071", None)).unwrap();
    for wrong in ["4070", "4072", "4073"] {
        is_invalid(phone.core.people().switch("ana", Some(wrong)), "pin", "wrong");
    }
    // The machine was started anew since: its monotonic clock says 31 s, and nothing of what was before.
    world.wait(30_000);
    let inner = &phone.core.inner;
    inner
        .write(crate::observe::Origin::Local, |tx, _| {
            let tries = pins::tries(tx, ANA)?;
            Ok(pins::set_tries(tx, ANA, &pins::Tries { boot: 99, mono_ms: u64::MAX, ..tries })?)
        })
        .unwrap();
    phone.core.people().switch("ana", Some("4071")).unwrap();
}

#[test]
fn a_lock_is_opened_by_who_leads_there_or_by_the_servers_word_and_by_nobody_else() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let people = phone.core.people();
    people.set_pin(&pin(Some("ana"), "4071", None)).unwrap();
    is_invalid(people.unlock("ana", "ben", "5938"), "by", "pin");
    people.set_pin(&pin(Some("ben"), "5938", None)).unwrap();
    lock_out(&world, &phone.core, "ana");
    let forbidden = Err(Error::Unauthorized { device: None });
    assert_eq!(people.unlock("ana", "ana", "4071"), forbidden);
    assert_eq!(people.unlock("ben", "ana", "4071"), forbidden, "Ana is staff");
    is_invalid(people.unlock("ana", "ben", "5939"), "pin", "wrong");
    assert!(people.list().unwrap().iter().any(|p| p.slug == "ana" && p.locked));
    people.unlock("ana", "ben", "5938").unwrap();
    people.switch("ana", Some("4071")).unwrap();
    let said = phone.core.status().captured(None, 50).unwrap();
    let said: Vec<_> = said.iter().filter(|one| one.what == "person-on-device").collect();
    assert_eq!(said.len(), 1, "on its way to the server, once: what was refused says nothing");

    lock_out(&world, &phone.core, "ana");
    let device = DeviceId::from_bytes([10; 16]);
    world.record(Scope::Device(device), &PinUnlocked { device, person: ANA, at_ms: START + 1 });
    world.pull(&phone);
    people.switch("ana", Some("4071")).unwrap();
    // The same order does not help a second time, nor one to another device.
    lock_out(&world, &phone.core, "ana");
    world.record(Scope::Org, &PinUnlocked { device: DeviceId::from_bytes([11; 16]), person: ANA, at_ms: START + 2 });
    world.pull(&phone);
    is_invalid(people.switch("ana", Some("4071")), "pin", "locked");
}

#[test]
fn a_supervisor_of_elsewhere_and_one_whose_right_ended_unlock_nothing() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let people = phone.core.people();
    people.set_pin(&pin(Some("ana"), "4071", None)).unwrap();
    people.set_pin(&pin(Some("ben"), "5938", None)).unwrap();
    let inner = &phone.core.inner;
    // Ana is enrolled for another site than the one that Ben leads at.
    inner
        .write(crate::observe::Origin::Local, |tx, _| {
            let mut ana = crate::store::enrolled::all(tx)?.remove(0);
            ana.site = frontline_domain::SiteId::from_bytes([8; 16]);
            Ok(crate::store::enrolled::put(tx, &ana)?)
        })
        .unwrap();
    assert_eq!(people.unlock("ana", "ben", "5938"), Err(Error::Unauthorized { device: None }));
}

#[test]
fn whoever_needs_a_pin_by_policy_writes_nothing_before_it_is_set() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    tap(&phone.core).unwrap();
    let policy = Policy { pin_required: true, ..Policy::default() };
    world.record(
        Scope::Org,
        &Organisation { id: ORG, name: "Harbour".into(), languages: vec!["en".parse().unwrap()], policy, recovery: None },
    );
    world.pull(&phone);
    is_invalid(tap(&phone.core), "pin", "unset");
    phone.core.people().set_pin(&pin(None, "4071", None)).unwrap();
    tap(&phone.core).unwrap();
    phone.core.people().lock();
    assert_eq!(tap(&phone.core), Err(Error::Locked(Lock::Pin)));
}

#[test]
fn neither_the_header_nor_the_store_tells_the_pin_and_another_stores_key_does_not_try_it() {
    let world = World::new();
    let (phone, other) = (world.phone(10, &[ANA, BEN]), world.phone(11, &[ANA]));
    let people = phone.core.people();
    people.set_pin(&pin(Some("ana"), "602214076", None)).unwrap();
    let header = std::fs::read(phone.dir.path().join("keys")).unwrap();
    assert!(!header.windows(9).any(|w| w == b"602214076"));
    // Ana's slot, moved into the header of another store of hers: there even the right PIN opens nothing.
    other.core.people().set_pin(&pin(None, "4071", None)).unwrap();
    assert!(phone.core.inner.store.open_person(ANA, "602214076").unwrap().is_some());
    crate::store::move_slot(phone.dir.path(), other.dir.path(), ANA);
    assert!(other.core.inner.store.has_pin(ANA).unwrap());
    assert!(other.core.inner.store.open_person(ANA, "602214076").unwrap().is_none());
    is_invalid(people.set_pin(&pin(Some("ben"), "1111", None)), "pin", "trivial");
    is_invalid(people.set_pin(&pin(Some("ben"), "5938", Some("1"))), "old", "none");
    is_invalid(people.switch("ben", Some("5938")), "pin", "none");
}

#[test]
fn of_each_try_it_is_noted_when_it_was_and_what_came_before_it_ends_with_the_right_one() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    let people = phone.core.people();
    people.set_pin(&pin(None, "4071", None)).unwrap();
    let inner = &phone.core.inner;
    let noted = || inner.read(|db| Ok(pins::tries(db, ANA)?)).unwrap();
    let set = |tries: pins::Tries| inner.store.write(|tx| pins::set_tries(tx, ANA, &tries)).unwrap();
    let code = || inner.store.write(|tx| crate::people::pin::code_used(tx, ANA, START)).unwrap();

    let old = pins::Tries { wrong: 1, mono_ms: 3, boot: 99, unlocked_ms: 5, code_ms: Some(START) };
    set(old);
    world.wait(30_000);
    is_invalid(people.switch("ana", Some("4072")), "pin", "wrong");
    let now = inner.read(|db| Ok(inner.now(db)?)).unwrap();
    assert_eq!(noted(), pins::Tries { wrong: 2, mono_ms: now.mono_ms, boot: now.boot, ..old });

    // The right PIN ends the count, and what a code had opened.
    inner.prove(ANA, "4071", "pin").unwrap();
    assert_eq!(noted(), pins::Tries { wrong: 0, code_ms: None, mono_ms: now.mono_ms, boot: now.boot, ..old });

    // A code lets try again, and set another PIN, once.
    set(pins::Tries { wrong: TRIES, ..old });
    code();
    assert_eq!(noted(), pins::Tries { wrong: 0, ..old });
    set(pins::Tries { wrong: 2, ..old });
    people.set_pin(&pin(None, "5938", None)).unwrap();
    assert_eq!(noted(), pins::Tries { wrong: 0, code_ms: None, ..old });
    is_invalid(people.set_pin(&pin(None, "4071", None)), "old", "required");
}

/// Asks at each change of people who is at the phone.
struct Looks(crate::Core, std::sync::Mutex<Vec<bool>>);
impl crate::observe::Observer for Looks {
    fn told(&self, topic: crate::observe::Topic, _: &[String], _: crate::observe::Origin) {
        if topic == crate::observe::Topic::People {
            let signed_in = self.0.people().me().unwrap().signed_in;
            self.1.lock().unwrap().push(signed_in);
        }
    }
}

#[test]
fn whoever_is_told_of_a_new_pin_or_a_switch_finds_that_person_signed_in() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let looks = std::sync::Arc::new(Looks(phone.core.clone(), std::sync::Mutex::default()));
    let _told = phone.core.subscribe(looks.clone());
    let people = phone.core.people();
    people.set_pin(&PinDraft { person: None, pin: "4071".into(), old: None }).unwrap();
    people.lock();
    people.switch("ana", Some("4071")).unwrap();
    assert_eq!(*looks.1.lock().unwrap(), [true, true]);
    people.lock();
    assert!(!people.me().unwrap().signed_in);
}
