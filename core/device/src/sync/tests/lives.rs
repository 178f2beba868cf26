//! A server that is restored, and restored again; rights that end. Each of these was found by the simulator.

use super::fake::{Backup, Cut, Fake, HARBOUR};
use super::*;
use frontline_domain::record::{Person, Record};
use frontline_domain::{PersonId, Scope, TypeSet};

/// What a rebuild would show otherwise than the phone does.
fn problems(phone: &Phone) -> Vec<String> {
    phone.core.check().unwrap().problems
}

fn somebody(fake: &Arc<Fake>, n: u8) {
    let id = PersonId::from_bytes([n; 16]);
    let person = Person {
        id,
        slug: format!("person-{n}").parse().unwrap(),
        name: format!("Person {n}"),
        language: "en".parse().unwrap(),
        withdrawn: false,
    };
    fake.state().write(HARBOUR, EntryType::PERSON, person.encode());
}

#[test]
fn a_receipt_of_a_life_that_the_cursor_never_met_is_not_believed_whatever_its_number() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    (1..=4).for_each(|n| somebody(&fake, n));
    let early = fake.state().backup();
    (5..=8).for_each(|n| somebody(&fake, n));
    ana.sync();
    let late = fake.state().backup();

    // Back to four entries. Of this life Ana hears only that her feedback is the fifth; then the network goes.
    fake.state().restore(early);
    ana.feedback(4);
    fake.state().cuts = vec![Cut::Not, Cut::Before];
    assert!(wait(ana.core.sync_now()).is_err());
    assert_eq!(ana.count(State::Stored), 1);
    // Back to eight, of the first life: where Ana's cursor stands, above her receipt.
    fake.state().restore(late);
    ana.sync();
    ana.sync();
    assert_eq!(ana.count(State::Stored), 1);
    let stored: usize = fake.state().feeds.get(&HARBOUR).map_or(0, Vec::len);
    assert_eq!(stored, 9, "eight people and the feedback");
}

#[test]
fn what_is_fed_again_under_another_number_is_shown_by_that() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    somebody(&fake, 1);
    let before = fake.state().backup();
    somebody(&fake, 2);
    ana.sync();
    let second = fake.state().feeds[&HARBOUR][1].clone();
    fake.state().restore(before);
    somebody(&fake, 3);
    fake.state().feeds.get_mut(&HARBOUR).unwrap().push(second);
    ana.sync();
    assert_eq!(problems(&ana), Vec::<String>::new());
}

#[test]
fn a_run_that_stays_when_the_rights_end_keeps_its_procedure() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    let release = procedure(&fake);
    ana.sync();
    let run = ana.run(release);
    ana.answer(run, release, "door", "closed");
    ana.sync();
    fake.state().granted.clear();
    ana.sync();
    assert_eq!(problems(&ana), Vec::<String>::new());
    ana.core.rebuild().unwrap();
    assert_eq!(ana.texts(run, "door"), ["closed"]);
}

#[test]
fn an_answer_that_was_refused_and_is_stored_by_a_restored_server_is_in_its_run_again() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    let release = procedure(&fake);
    ana.sync();
    let before = fake.state().backup();
    let run = ana.run(release);
    let answer = ana.answer(run, release, "door", "closed");
    fake.state().refuse.insert(answer, REFUSED);
    ana.sync();
    assert_eq!((ana.count(State::Quarantined), ana.texts(run, "door").len()), (1, 0));
    fake.state().refuse.clear();
    fake.state().restore(before);
    ana.sync();
    ana.sync();
    assert_eq!((ana.count(State::Stored), ana.texts(run, "door")), (1, vec!["closed".to_owned()]));
    assert_eq!(problems(&ana), Vec::<String>::new());
}

#[test]
fn what_was_received_under_a_right_that_a_restored_server_lost_counts_only_once_it_is_fed_again() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    somebody(&fake, 1);
    let before = fake.state().backup();
    somebody(&fake, 2);
    ana.sync();
    let granted = fake.state().granted.clone();
    fake.state().restore(before);
    fake.state().granted.insert(HARBOUR, TypeSet::EMPTY);
    ana.sync();
    fake.state().granted = granted;
    ana.sync();
    let held = ana.core.inner.read(|db| Ok(crate::store::entries::after(db, 0, 100)?)).unwrap();
    let of_harbour: Vec<bool> =
        held.iter().filter(|h| h.entry.header.scope == Scope::Site(super::fake::SITE)).map(|h| h.confirmed).collect();
    assert!(of_harbour.iter().filter(|confirmed| **confirmed).count() == 1, "the first alone: {of_harbour:?}");
}

#[test]
fn a_receipt_is_doubted_when_the_right_to_its_feed_ends_before_the_cursor_met_the_servers_new_life() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    let before = fake.state().backup();
    ana.feedback(4);
    ana.sync();
    // Ana hears that the server knows no such place as her cursor's; then the network goes.
    fake.state().restore(before);
    fake.state().cuts = vec![Cut::Not, Cut::Before];
    assert!(wait(ana.core.sync_now()).is_err());
    fake.state().granted.insert(HARBOUR, TypeSet::EMPTY);
    ana.sync();
    assert_eq!(ana.count(State::Stored), 1);
    let stored: usize = fake.state().feeds.get(&HARBOUR).map_or(0, Vec::len);
    assert_eq!(stored, 1, "what she was told by the former life is offered again");
}

struct GaveWay {
    fake: Arc<Fake>,
    ana: Phone,
    run: DocId,
    release: ReleaseHash,
    /// Backups: of before all of it, and one with the original.
    before: Backup,
    with_it: Backup,
}

/// Ana's answer was stored, issued again to a life that had it not, and gave way to its original in one that had.
/// `alone`: it builds on nothing; else on Ben's answer, which left her phone.
fn gave_way(alone: bool) -> GaveWay {
    let fake = Arc::new(Fake::new());
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    let release = procedure(&fake);
    let before = fake.state().backup();
    ana.sync();
    ben.sync();
    let run = ana.run(release);
    if !alone {
        ben.run(release);
        ben.answer(run, release, "door", "closed");
        ben.sync();
        ana.sync();
    }
    ana.answer(run, release, "fridge", "4");
    ana.sync();
    let with_it = fake.state().backup();
    fake.state().granted.insert(HARBOUR, TypeSet::EMPTY);
    ana.sync();
    // A life without either; her series turns out to be another copy's, so that she issues hers again.
    fake.state().restore(before.clone());
    (fake.state().close_next, fake.state().cuts) = (1, vec![Cut::Not, Cut::Not, Cut::Before]);
    assert!(wait(ana.core.sync_now()).is_err());
    assert_eq!(ana.count(State::Reissued), 1);
    fake.state().restore(with_it.clone());
    ana.sync();
    ana.sync();
    assert_eq!((ana.count(State::Stored), ana.count(State::Replaced)), (1, 1));
    assert_eq!(problems(&ana), Vec::<String>::new());
    GaveWay { fake, ana, run, release, before, with_it }
}

#[test]
fn an_answer_that_gave_way_to_its_original_is_in_no_run_after_the_next_life_said_so_again() {
    let GaveWay { fake, ana, with_it, .. } = gave_way(false);
    fake.state().restore(with_it);
    ana.sync();
    ana.sync();
    assert_eq!((ana.count(State::Stored), ana.count(State::Replaced)), (1, 1));
    assert_eq!(problems(&ana), Vec::<String>::new());
}

#[test]
fn an_answer_that_gave_way_to_its_original_is_in_its_run_while_a_life_that_may_have_neither_is_asked() {
    let GaveWay { fake, ana, run, release, before, .. } = gave_way(true);
    // The run is not looked through again for what came before this.
    ana.answer(run, release, "light", "on");
    fake.state().restore(before);
    fake.state().cuts = vec![Cut::Not, Cut::Before];
    assert!(wait(ana.core.sync_now()).is_err());
    assert_eq!((ana.count(State::Captured), ana.count(State::Replaced)), (3, 0), "all are offered again");
    assert_eq!(problems(&ana), Vec::<String>::new());
}

#[test]
fn what_was_made_on_an_answer_whose_replay_a_restored_server_stored_is_made_anew_on_that() {
    let GaveWay { fake, ana, run, release, before, .. } = gave_way(true);
    ana.answer(run, release, "fridge", "5");
    let original = ana.outbox().into_iter().find(|i| i.state == State::Stored).unwrap().hash;
    fake.state().restore(before);
    fake.state().replaced = [original].into();
    ana.sync();
    ana.sync();
    // Not beside it: she does not clash with herself.
    assert_eq!(ana.texts(run, "fridge"), ["5"]);
    assert_eq!((ana.count(State::Stored), ana.count(State::Held) + ana.count(State::Captured)), (2, 0));
    assert_eq!(problems(&ana), Vec::<String>::new());
}

/// Ben's answer, stored and read by Ana; and a backup of before it.
fn ben_answered() -> (Arc<Fake>, Phone, Phone, DocId, ReleaseHash, Backup) {
    let fake = Arc::new(Fake::new());
    let release = procedure(&fake);
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    ana.sync();
    ben.sync();
    let before = fake.state().backup();
    let run = ben.run(release);
    ana.run(release);
    ben.answer(run, release, "fridge", "4");
    ben.sync();
    ana.sync();
    (fake, ana, ben, run, release, before)
}

#[test]
fn what_was_made_on_a_colleagues_answer_that_another_life_has_under_another_name_is_made_anew_on_that() {
    let (fake, ana, ben, run, release, before) = ben_answered();
    ana.answer(run, release, "fridge", "5");
    ana.sync();
    // Ben's series turns out to be another copy's, so that his answer comes under another name; Ana's waits for the first.
    fake.state().restore(before);
    fake.state().close_next = 1;
    ben.sync();
    assert_eq!(ben.count(State::Reissued), 1);
    ana.sync();
    ana.sync();
    ben.sync();
    assert_eq!((ana.texts(run, "fridge"), ben.texts(run, "fridge")), (vec!["5".to_owned()], vec!["5".to_owned()]));
    assert_eq!(ana.count(State::Held) + ana.count(State::Captured), 0);
    assert_eq!((problems(&ana), problems(&ben)), (Vec::<String>::new(), Vec::<String>::new()));
}

#[test]
fn a_receipt_under_a_cursor_that_was_not_stated_is_not_taken_over_into_a_restored_servers_life() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    somebody(&fake, 1);
    ana.sync();
    let before = fake.state().backup();
    ana.feedback(4);
    ana.sync();
    // More scopes than a message takes, all of them before the site's.
    for n in 0..u32::try_from(frontline_protocol::limits::CURSORS).unwrap() {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        fake.state().granted.insert(Scope::Person(PersonId::from_bytes(id)), TypeSet::all());
    }
    wait(ana.core.sync_now()).unwrap();
    fake.state().restore(before);
    let report = wait(ana.core.sync_now()).unwrap();
    assert_eq!(report.ended, Ended::Stuck, "of some scopes nothing was heard, and that is said");
    let stored: usize = fake.state().feeds.get(&HARBOUR).map_or(0, Vec::len);
    assert_eq!((ana.count(State::Stored), stored), (1, 2), "one person and the feedback, which came again");
}

#[test]
fn what_was_made_on_a_colleagues_answer_is_made_anew_where_a_life_has_its_original_again() {
    let (fake, ana, ben, run, release, before) = ben_answered();
    let with_original = fake.state().backup();
    // A life that has it under another name, on which Ana builds.
    fake.state().restore(before);
    fake.state().close_next = 1;
    ben.sync();
    ana.sync();
    ana.answer(run, release, "fridge", "5");
    // And one that has the original again, and has never heard of the other name.
    fake.state().restore(with_original);
    for phone in [&ben, &ana, &ana, &ben] {
        phone.sync();
    }
    assert_eq!((ana.texts(run, "fridge"), ben.texts(run, "fridge")), (vec!["5".to_owned()], vec!["5".to_owned()]));
    assert_eq!(ana.count(State::Held) + ana.count(State::Captured), 0);
    assert_eq!((problems(&ana), problems(&ben)), (Vec::<String>::new(), Vec::<String>::new()));
}

#[test]
fn an_answer_over_two_colleagues_stays_over_both_where_both_come_under_other_names() {
    let fake = Arc::new(Fake::new());
    let release = procedure(&fake);
    let (ana, ben, carl) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"), Phone::new(&fake, "Carl"));
    for phone in [&ana, &ben, &carl] {
        phone.sync();
    }
    let before = fake.state().backup();
    let run = ben.run(release);
    for (phone, text) in [(&ben, "4"), (&carl, "5"), (&ana, "6")] {
        phone.run(release);
        phone.sync();
        phone.answer(run, release, "fridge", text);
        phone.sync();
    }
    fake.state().restore(before);
    fake.state().close_next = 1;
    for phone in [&ben, &carl, &carl, &ana, &ana, &ben, &carl] {
        phone.sync();
    }
    let texts = [&ana, &ben, &carl].map(|phone| phone.texts(run, "fridge"));
    assert_eq!(texts, [["6"], ["6"], ["6"]].map(|one| one.map(str::to_owned).to_vec()));
    assert_eq!(ana.count(State::Held) + ana.count(State::Captured), 0);
    assert_eq!([&ana, &ben, &carl].map(problems), [(); 3].map(|()| Vec::<String>::new()));
}
