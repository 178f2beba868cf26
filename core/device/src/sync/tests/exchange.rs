//! Facts, feeds and numbers.

use super::fake::{Cut, ORG};
use super::*;
use frontline_domain::{Scope, TypeSet};
use frontline_protocol::sync::{Judged, LaterVerdict, Verdict};
use frontline_protocol::{Entry, Header};

#[test]
fn what_two_phones_captured_offline_joins() {
    let fake = Arc::new(Fake::new());
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    ana.feedback(5);
    ana.feedback(4);
    ben.feedback(1);
    let report = ana.sync();
    assert_eq!((report.done.stored, report.sent, report.unsent), (2, 2, 0));
    assert_eq!(ben.sync().done.received, 2);
    assert_eq!(ana.sync().done.received, 1);
    assert_eq!((ana.scores(), ben.scores()), (vec![1, 4, 5], vec![1, 4, 5]));
    assert_eq!(ana.count(State::Stored), 2);
    // Nothing new: one round trip, nothing changed.
    let idle = ana.sync();
    assert_eq!((idle.round_trips, idle.done.received, idle.done.stored), (1, 0, 0));
}

#[test]
fn an_answer_that_was_lost_costs_a_resend_and_nothing_twice() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    for score in 1..=5 {
        ana.feedback(score);
    }
    fake.state().cuts = vec![Cut::After; 10];
    for _ in 0..10 {
        assert_eq!(wait(ana.core.sync_now()), Err(crate::Error::Offline(crate::net::Unreached::NoNetwork)));
    }
    assert_eq!(ana.sync().done.stored, 5);
    assert_eq!(fake.state().feeds[&HARBOUR].len(), 5);
    assert_eq!(ana.epoch(), ana.outbox()[0].epoch);
}

#[test]
fn a_server_that_says_nothing_uses_up_no_more_than_the_time_that_was_lent() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(4);
    fake.state().cuts = vec![Cut::Silent; 10];
    let report = wait(ana.core.sync_slice(30)).unwrap();
    assert_eq!((report.ended, report.done.stored), (Ended::OutOfTime, 0));
    assert!(report.not_before_ms.is_some(), "and is not asked again at once");
    fake.state().cuts.clear();
    assert_eq!(wait(ana.core.sync_slice(60_000)).unwrap().done.stored, 1);
}

#[test]
fn a_small_page_at_a_time_brings_the_same() {
    let fake = Arc::new(Fake::new());
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    for n in 0..50 {
        ana.feedback(n % 5 + 1);
    }
    ana.sync();
    fake.state().page_rows = 3;
    let report = ben.sync();
    assert_eq!(report.done.received, 50);
    assert!(report.round_trips >= 17, "{}", report.round_trips);
    assert_eq!(ben.scores(), ana.scores());
}

#[test]
fn a_slice_of_no_time_does_nothing_and_a_later_one_goes_on() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(3);
    assert_eq!(wait(ana.core.sync_slice(0)).unwrap().ended, Ended::OutOfTime);
    assert_eq!(wait(ana.core.sync_slice(60_000)).unwrap().done.stored, 1);
}

#[test]
fn an_expired_nonce_costs_one_more_round_trip() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(3);
    fake.state().nonce = vec![9, 9];
    assert_eq!(ana.sync().done.stored, 1);
    assert_eq!(fake.state().requests, 2);
}

#[test]
fn two_copies_of_a_phone_are_told_apart_and_lose_nothing() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(1);
    ana.sync();
    let copy = ana.copy(&fake);
    // Both give number 2 to something else.
    ana.feedback(2);
    copy.feedback(3);
    ana.sync();
    let report = copy.sync();
    assert!(report.done.epoch_renewed);
    assert_eq!(copy.scores(), [1, 2, 3], "what the other copy did comes back as a colleague's work");
    // The series is closed for both.
    ana.feedback(4);
    assert!(ana.sync().done.epoch_renewed);
    copy.sync();
    assert_eq!((ana.scores(), copy.scores()), (vec![1, 2, 3, 4], vec![1, 2, 3, 4]));
    assert_eq!(fake.state().feeds[&HARBOUR].len(), 4);
    assert_ne!(ana.epoch(), copy.epoch());
    assert_eq!(copy.count(State::Captured) + copy.count(State::Held) + copy.count(State::Quarantined), 0);
}

#[test]
fn a_phone_restored_from_a_backup_offers_its_old_numbers_first() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(1);
    let restored = ana.copy(&fake);
    ana.sync();
    ana.feedback(2);
    ana.sync();
    // The backup has 1 unsent: the same hash is simply a receipt. Its next number was used since.
    let report = restored.sync();
    assert!(report.done.epoch_renewed);
    assert_eq!((report.done.stored, report.done.reissued), (1, 0));
    assert_eq!(restored.scores(), [1, 2]);
    assert_eq!(fake.state().feeds[&HARBOUR].len(), 2);
}

#[test]
fn work_whose_series_is_closed_again_and_again_names_all_that_it_stood_in_for() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(1);
    let copy = ana.copy(&fake);
    let first = ana.outbox()[0].hash;
    fake.state().close_next = 3;
    let report = ana.sync();
    assert_eq!((report.done.reissued, report.done.stored), (3, 1));
    let stored = ana.outbox().pop().unwrap().hash;
    let entry = ana.core.inner.read(|db| Ok(crate::store::entries::by_hash(db, &stored)?)).unwrap().unwrap().entry;
    let links: Vec<_> = entry.header.replaces.iter().flat_map(frontline_protocol::Instead::links).map(|link| link.hash).collect();
    assert_eq!((links.len(), links.last()), (3, Some(&first)));
    // The copy issues the same work again, and it is there once.
    fake.state().close_next = 1;
    copy.sync();
    assert_eq!((ana.scores(), copy.scores()), (vec![1], vec![1]));
    assert_eq!(fake.state().feeds[&HARBOUR].len(), 1);
}

#[test]
fn a_server_set_back_gets_again_what_it_lost() {
    for other_life in [true, false] {
        let fake = Arc::new(Fake::new());
        let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
        for score in 1..=3 {
            ana.feedback(score);
            ana.sync();
        }
        ben.sync();
        ben.feedback(5);
        ben.sync();
        ana.sync();
        fake.state().set_back(2, other_life);
        // Ben offers again what the server lost of his; Ana what it lost of hers.
        ben.feedback(4);
        let report = ben.sync();
        assert_eq!(report.done.rewound.len(), 1, "{report:?}");
        assert_eq!(report.done.doubted, if other_life { 1 } else { 2 });
        ana.sync();
        ben.sync();
        assert_eq!(fake.state().feeds[&HARBOUR].len(), 5);
        assert_eq!((ana.scores(), ben.scores()), (vec![1, 2, 3, 4, 5], vec![1, 2, 3, 4, 5]));
        assert_eq!((ana.count(State::Stored), ben.count(State::Stored)), (3, 2));
        // What both hold is confirmed again.
        let unsure = ana.core.inner.read(|db| Ok(crate::store::entries::after(db, 0, 1_000)?)).unwrap();
        assert!(unsure.iter().all(|h| h.confirmed && h.place.is_some()));
    }
}

#[test]
fn a_right_that_is_withdrawn_takes_what_came_by_it_and_never_own_work() {
    let fake = Arc::new(Fake::new());
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    ana.feedback(5);
    ana.sync();
    ben.feedback(2);
    ben.sync();
    assert_eq!(ben.scores(), [2, 5]);
    fake.state().granted.remove(&HARBOUR);
    ben.feedback(3);
    assert_eq!(ben.sync().done.dropped, 1);
    assert_eq!(ben.scores(), [2, 3]);
    fake.state().granted.insert(HARBOUR, TypeSet::of(&[EntryType::FEEDBACK_GIVEN]));
    assert_eq!(ben.sync().done.received, 1);
    assert_eq!(ben.scores(), [2, 3, 5]);
}

#[test]
fn a_verdict_that_comes_later_is_applied_and_one_about_anothers_bytes_is_not() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    let (bad, _good) = (ana.feedback(2), ana.feedback(3));
    fake.state().refuse.insert(bad, REFUSED);
    let report = ana.sync();
    assert_eq!(report.done.quarantined.get(&REFUSED), Some(&1));
    let items = ana.outbox();
    assert_eq!((items[0].state, items[0].code), (State::Quarantined, Some(REFUSED)));
    let device = ana.core.inner.read(|db| Ok(meta::identity(db)?)).unwrap().device;
    let later = |item: &OutboxItem, hash: &[u8]| {
        let mut hash8 = [0; 8];
        hash8.copy_from_slice(&hash[..8]);
        let receipt = items[1].receipt.clone().unwrap();
        let judged = Judged { epoch: item.epoch, seq: item.seq, hash8: hash8.into(), verdict: Verdict::Stored(receipt) };
        let body = frontline_domain::cbor::encode(&LaterVerdict { judged });
        fake.state().write(Scope::Device(device), EntryType::VERDICT, body);
    };
    later(&items[0], &[0xee; 32]);
    let report = ana.sync();
    assert_eq!((report.done.not_ours, ana.count(State::Quarantined)), (1, 1));
    later(&items[0], items[0].hash.as_bytes());
    ana.sync();
    assert_eq!(ana.count(State::Stored), 2);
}

#[test]
fn what_the_server_says_of_an_entry_again_counts_once_and_what_it_says_anew_counts() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    let (bad, _good) = (ana.feedback(2), ana.feedback(3));
    fake.state().refuse.insert(bad, REFUSED);
    assert_eq!(ana.sync().done.quarantined.get(&REFUSED), Some(&1));
    let item = ana.outbox().remove(0);
    let receipt = ana.outbox()[1].receipt.clone().unwrap();
    let device = ana.core.inner.read(|db| Ok(meta::identity(db)?)).unwrap().device;
    let heard = |verdict: Verdict| {
        let mut hash8 = [0; 8];
        hash8.copy_from_slice(&item.hash.as_bytes()[..8]);
        let judged = Judged { epoch: item.epoch, seq: item.seq, hash8: hash8.into(), verdict };
        fake.state().write(Scope::Device(device), EntryType::VERDICT, frontline_domain::cbor::encode(&LaterVerdict { judged }));
        let report = ana.sync();
        let now = ana.outbox().remove(0);
        (report.done.held, report.done.quarantined.values().sum::<u64>(), now.state, now.code)
    };
    let (waits, other) = (Code::WAITS_FOR_DEPENDENCY, Code::UNSOUND_CHANGE);
    assert_eq!(heard(Verdict::Quarantined(REFUSED)), (0, 0, State::Quarantined, Some(REFUSED)));
    assert_eq!(heard(Verdict::Quarantined(other)), (0, 1, State::Quarantined, Some(other)));
    assert_eq!(heard(Verdict::Held(waits)), (1, 0, State::Held, Some(waits)));
    assert_eq!(heard(Verdict::Held(waits)), (0, 0, State::Held, Some(waits)));
    // Held for the reason for which it is refused then: that is news.
    assert_eq!(heard(Verdict::Quarantined(waits)), (0, 1, State::Quarantined, Some(waits)));
    assert_eq!(heard(Verdict::Stored(receipt)).2, State::Stored);
    // What is stored is not held any more.
    assert_eq!(heard(Verdict::Held(waits)), (0, 0, State::Stored, None));
}

#[test]
fn rows_that_belong_elsewhere_are_set_aside_one_by_one_and_the_rest_is_taken() {
    let fake = Arc::new(Fake::new());
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    ana.feedback(4);
    ana.sync();
    {
        let mut state = fake.state();
        let (id, bytes) = state.feeds[&HARBOUR][0].clone();
        let good = Entry::read(&bytes, 1 << 20).unwrap();
        let other = frontline_domain::OrgId::from_bytes([9; 16]);
        for header in [Header { org: other, ..good.header.clone() }, Header { scope: Scope::Org, ..good.header.clone() }] {
            let stray = Entry::make(header, good.body.clone()).bytes().to_vec();
            state.feeds.get_mut(&HARBOUR).unwrap().push((id, stray));
        }
    }
    ana.feedback(5);
    ana.sync();
    let report = ben.sync();
    assert_eq!(report.done.set_aside.get(&EntryType(0)), Some(&2), "{report:?}");
    assert_eq!((report.done.received, ben.scores()), (2, vec![4, 5]));
}

#[test]
fn a_second_person_joins_the_same_device() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(5);
    let before = ana.epoch();
    assert!(matches!(wait(ana.core.enrol("https://frontline.example", "wrong", "test")), Err(crate::Error::Invalid { .. })));
    let elsewhere = wait(ana.core.enrol("https://other.example", "Ben", "test"));
    assert!(matches!(elsewhere, Err(crate::Error::Invalid { .. })));
    let plain = wait(ana.core.enrol("http://frontline.example", "Ben", "test"));
    assert!(matches!(plain, Err(crate::Error::Invalid { field, .. }) if field == "server"));
    let answer = wait(ana.core.enrol("https://frontline.example/", "Ben", "test")).unwrap();
    assert_eq!((answer.org, answer.device), (ORG, ana.core.inner.read(|db| Ok(meta::identity(db)?)).unwrap().device));
    assert_eq!(ana.core.people().list().unwrap().len(), 2);
    assert_eq!(ana.epoch(), before);
    assert_eq!(ana.sync().done.stored, 1);
}

#[test]
fn a_wrong_clock_is_put_right_by_the_server() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.sync();
    let now = ana.core.inner.read(|db| Ok(ana.core.inner.now(db)?)).unwrap();
    let server = fake.state().now_ms;
    assert!((now.server_estimate() - server).abs() < 1_000, "{} {server}", now.server_estimate());
}

#[test]
fn what_syncs_moved_is_counted_over_restarts_of_the_app() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(3);
    let first = ana.sync();
    fake.state().cuts = vec![Cut::Before];
    assert!(wait(ana.core.sync_now()).is_err());
    let core = open(ana.dir.path(), &fake, 5);
    let second = wait(core.sync_now()).unwrap();
    let now = core.status().now().unwrap();
    assert_eq!((now.sync_sessions, now.bytes_up), (2, first.bytes_up + second.bytes_up));
    assert_eq!(now.bytes_down, first.bytes_down + second.bytes_down);
}
