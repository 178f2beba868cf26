//! Runs: joined, refused, rebuilt, made anew.

use super::fake::Cut;
use super::*;
use frontline_protocol::sync::{Judged, LaterVerdict, Verdict};

fn two() -> (Arc<Fake>, ReleaseHash, Phone, Phone, DocId) {
    let fake = Arc::new(Fake::new());
    let release = procedure(&fake);
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    ana.sync();
    ben.sync();
    let run = ana.run(release);
    assert_eq!(ben.run(release), run);
    (fake, release, ana, ben, run)
}

#[test]
fn a_run_filled_on_two_phones_offline_joins_and_a_clash_keeps_both_values() {
    let (_fake, release, ana, ben, run) = two();
    ana.answer(run, release, "door", "shut");
    ana.answer(run, release, "light", "on");
    ben.answer(run, release, "fridge", "4");
    ben.answer(run, release, "light", "off");
    ana.sync();
    ben.sync();
    ana.sync();
    for phone in [&ana, &ben] {
        assert_eq!(phone.texts(run, "door"), ["shut"]);
        assert_eq!(phone.texts(run, "fridge"), ["4"]);
        assert_eq!(phone.texts(run, "light"), ["off", "on"]);
    }
    assert_eq!(ana.document(run).heads(), ben.document(run).heads());
    let row = ana.core.inner.read(|db| Ok(runs::get(db, run)?)).unwrap().unwrap();
    assert_eq!((row.answered, row.clashes), (3, 1));
}

#[test]
fn a_refused_edit_takes_with_it_what_built_on_it_and_the_rest_is_made_anew() {
    let (fake, release, ana, ben, run) = two();
    let bad = ana.answer(run, release, "door", "ajar");
    ana.answer(run, release, "fridge", "4");
    ana.answer(run, release, "door", "shut");
    ana.answer(run, release, "light", "on");
    fake.state().refuse.insert(bad, REFUSED);
    let report = ana.sync();
    // "shut" replaced the refused "ajar": refused with it. The two others were only made after it.
    assert_eq!(report.done.quarantined.get(&REFUSED), Some(&2), "{report:?}");
    assert_eq!(report.done.reissued, 2);
    assert_eq!(ana.texts(run, "door"), Vec::<String>::new());
    assert_eq!((ana.texts(run, "fridge"), ana.texts(run, "light")), (vec!["4".to_owned()], vec!["on".to_owned()]));
    assert_eq!((ana.count(State::Quarantined), ana.count(State::Stored)), (2, 2));
    assert!(ana.outbox().iter().filter(|i| i.state == State::Quarantined).all(|i| i.code == Some(REFUSED)));
    ben.sync();
    assert_eq!((ben.texts(run, "fridge"), ben.texts(run, "light")), (vec!["4".to_owned()], vec!["on".to_owned()]));
    // A new edit goes through, under the rebuilt actor.
    ana.answer(run, release, "door", "shut");
    ana.sync();
    ben.sync();
    assert_eq!(ben.texts(run, "door"), ["shut"]);
    assert_eq!(ana.document(run).heads(), ben.document(run).heads());
}

#[test]
fn an_author_does_not_clash_with_himself_after_a_rebuild() {
    let (fake, release, ana, ben, run) = two();
    let bad = ana.answer(run, release, "door", "ajar");
    ana.answer(run, release, "light", "on");
    ana.answer(run, release, "light", "off");
    fake.state().refuse.insert(bad, REFUSED);
    ana.sync();
    ben.sync();
    assert_eq!((ana.texts(run, "light"), ben.texts(run, "light")), (vec!["off".to_owned()], vec!["off".to_owned()]));
}

#[test]
fn an_edit_made_before_a_colleagues_arrived_still_replaces_nothing_unseen_after_a_rebuild() {
    let (fake, release, ana, ben, run) = two();
    let bad = ana.answer(run, release, "door", "ajar");
    ana.answer(run, release, "light", "on");
    ben.answer(run, release, "light", "off");
    ben.sync();
    fake.state().refuse.insert(bad, REFUSED);
    ana.sync();
    ben.sync();
    assert_eq!(
        (ana.texts(run, "light"), ben.texts(run, "light")),
        (vec!["off".to_owned(), "on".to_owned()], vec!["off".to_owned(), "on".to_owned()])
    );
}

#[test]
fn a_copied_phone_makes_its_edits_anew_in_its_new_series() {
    let (fake, release, ana, ben, run) = two();
    ana.answer(run, release, "door", "shut");
    ana.sync();
    let copy = ana.copy(&fake);
    ana.answer(run, release, "fridge", "4");
    copy.answer(run, release, "light", "on");
    copy.feedback(3);
    ana.sync();
    let report = copy.sync();
    assert!(report.done.epoch_renewed);
    assert_eq!(report.done.reissued, 2);
    ben.sync();
    ana.sync();
    for phone in [&ana, &ben, &copy] {
        let all: Vec<_> = ["door", "fridge", "light"].iter().flat_map(|i| phone.texts(run, i)).collect();
        assert_eq!(all, ["shut", "4", "on"]);
    }
    assert_eq!(ana.document(run).heads(), copy.document(run).heads());
    assert_eq!(copy.count(State::Quarantined) + copy.count(State::Captured), 0);
}

#[test]
fn an_original_that_was_stored_after_all_stands_and_its_replay_is_closed() {
    let (fake, release, ana, ben, run) = two();
    ana.answer(run, release, "door", "shut");
    let copy = ana.copy(&fake);
    // The copy's server takes it; the answer is lost; then this phone's series is closed under it.
    fake.state().cuts = vec![Cut::After];
    assert!(wait(copy.core.sync_now()).is_err());
    copy.feedback(1);
    copy.sync();
    ana.feedback(2);
    ana.answer(run, release, "light", "on");
    ana.sync();
    ben.sync();
    copy.sync();
    for phone in [&ana, &ben, &copy] {
        assert_eq!((phone.texts(run, "door"), phone.texts(run, "light")), (vec!["shut".to_owned()], vec!["on".to_owned()]));
    }
    assert_eq!(ana.document(run).heads(), ben.document(run).heads());
}

#[test]
fn an_edit_that_was_let_in_late_is_made_anew_once() {
    let (fake, release, ana, ben, run) = two();
    let bad = ana.answer(run, release, "door", "ajar");
    fake.state().refuse.insert(bad, REFUSED);
    ana.sync();
    assert_eq!(ana.texts(run, "door"), Vec::<String>::new());
    let item = ana.outbox().into_iter().find(|i| i.state == State::Quarantined).unwrap();
    fake.state().refuse.clear();
    let device = ana.core.inner.read(|db| Ok(meta::identity(db)?)).unwrap().device;
    let mut hash8 = [0; 8];
    hash8.copy_from_slice(&item.hash.as_bytes()[..8]);
    let judged = Judged { epoch: item.epoch, seq: item.seq, hash8: hash8.into(), verdict: Verdict::Remake };
    let body = frontline_domain::cbor::encode(&LaterVerdict { judged });
    for _ in 0..2 {
        fake.state().write(frontline_domain::Scope::Device(device), EntryType::VERDICT, body.clone());
        ana.sync();
    }
    ben.sync();
    assert_eq!((ana.texts(run, "door"), ben.texts(run, "door")), (vec!["ajar".to_owned()], vec!["ajar".to_owned()]));
    assert_eq!(fake.state().feeds[&HARBOUR].len(), 1);
}

#[test]
fn a_change_that_came_before_its_procedure_is_shown_once_that_comes() {
    let fake = Arc::new(Fake::new());
    let release = procedure(&fake);
    let org = fake.state().feeds.remove(&frontline_domain::Scope::Org).unwrap();
    let ben = Phone::new(&fake, "Ben");
    ben.sync();
    fake.state().feeds.insert(frontline_domain::Scope::Org, org.clone());
    let ana = Phone::new(&fake, "Ana");
    ana.sync();
    let run = ana.run(release);
    ana.answer(run, release, "door", "shut");
    ana.sync();
    fake.state().feeds.remove(&frontline_domain::Scope::Org);
    ben.sync();
    assert_eq!(ben.texts(run, "door"), Vec::<String>::new());
    fake.state().feeds.insert(frontline_domain::Scope::Org, org);
    ben.sync();
    assert_eq!(ben.texts(run, "door"), ["shut"]);
}

#[test]
fn two_hundred_changes_of_a_run_that_come_in_one_page_are_one_load_and_one_projection() {
    let (_fake, release, ana, ben, run) = two();
    ana.answer(run, release, "door", "shut");
    ben.answer(run, release, "light", "off");
    ana.sync();
    ben.sync();
    for n in 0..199 {
        ana.answer(run, release, ["door", "fridge", "light"][n % 3], &n.to_string());
    }
    ana.sync();
    let _ = crate::project::counted::take();
    let report = ben.sync();
    assert_eq!((report.round_trips, report.done.received), (1, 199));
    let counted = crate::project::counted::take();
    assert_eq!((counted.loads, counted.projections), (1, 1));
    assert_eq!(ana.document(run).heads(), ben.document(run).heads());
    assert_eq!(ben.texts(run, "light"), ["197", "off"]);
    // What came with one page is not looked at again with the next.
    ana.answer(run, release, "door", "last");
    ana.sync();
    ben.sync();
    assert_eq!(ben.texts(run, "door"), ["last"]);
    assert!(ben.core.check().unwrap().problems.is_empty());
}

#[test]
fn a_refused_change_amid_a_page_of_one_run_costs_only_what_builds_on_it() {
    let (fake, release, ana, ben, run) = two();
    ana.answer(run, release, "door", "shut");
    ana.sync();
    ben.sync();
    let bad = ana.answer(run, release, "light", "on");
    for n in 0..50 {
        ana.answer(run, release, "fridge", &n.to_string());
    }
    ana.answer(run, release, "light", "off");
    ben.answer(run, release, "fridge", "Ben's");
    fake.state().refuse.insert(bad, REFUSED);
    ben.sync();
    ana.sync();
    ben.sync();
    ana.sync();
    for phone in [&ana, &ben] {
        assert_eq!(phone.texts(run, "door"), ["shut"]);
        assert_eq!(phone.texts(run, "fridge"), ["49", "Ben's"]);
        assert_eq!(phone.texts(run, "light"), Vec::<String>::new());
        assert!(phone.core.check().unwrap().problems.is_empty());
    }
    assert_eq!(ana.document(run).heads(), ben.document(run).heads());
}
