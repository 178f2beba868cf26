//! A server that turns the device away.

use super::fake::HARBOUR;
use super::*;
use crate::Error;
use crate::observe::{Observer, Origin, Topic};
use crate::services::feedback::FeedbackDraft;
use frontline_domain::Scope;
use frontline_domain::record::{Device, Record};

fn blocked(phone: &Phone) -> Option<&'static str> {
    phone.core.status().now().unwrap().blocked.map(|b| b.code)
}

#[derive(Default)]
struct Told(std::sync::Mutex<usize>);
impl Observer for Told {
    fn told(&self, topic: Topic, _: &[String], _: Origin) {
        *self.0.lock().unwrap() += usize::from(topic == Topic::Sync);
    }
}

#[test]
fn a_device_that_is_turned_away_says_why_until_it_is_spoken_with_again_and_loses_nothing() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(1);
    assert_eq!(blocked(&ana), None);
    fake.state().turn_away = Some(Code::UNKNOWN_DEVICE);
    let told = Arc::new(Told::default());
    let subscription = ana.core.subscribe(told.clone());
    for _ in 0..2 {
        let said = wait(ana.core.sync_now()).unwrap_err();
        assert_eq!((said.kind(), said.to_string().as_str()), ("unauthorized", Code::UNKNOWN_DEVICE.text()));
    }
    assert_eq!(*told.0.lock().unwrap(), 1, "the sync centre is shown anew, once");
    drop(subscription);
    // It is kept: the app is opened again, without a network.
    let again = open(ana.dir.path(), &fake, 5);
    let now = again.status().now().unwrap();
    let why = now.blocked.unwrap();
    assert_eq!((why.code, why.reason, now.unsent), ("UNKNOWN_DEVICE", Code::UNKNOWN_DEVICE.text(), 1));
    assert!((why.since_ms - fake.state().now_ms).abs() < 10_000, "{}", why.since_ms);
    fake.state().cuts = vec![fake::Cut::Before];
    assert!(matches!(wait(again.sync_now()), Err(Error::Offline(_))));
    assert_eq!(again.status().now().unwrap().blocked, Some(why), "no network is no other answer");
    drop(again);
    ana.feedback(2);
    fake.state().turn_away = None;
    assert_eq!(ana.sync().done.stored, 2);
    assert_eq!(blocked(&ana), None);
}

#[test]
fn an_app_that_is_too_old_is_told_so_and_so_is_whoever_asks_later() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.feedback(1);
    fake.state().turn_away = Some(Code::VERSION);
    assert!(
        matches!(wait(ana.core.sync_now()), Err(Error::Invalid { field, message, .. }) if field == "app" && message == Code::VERSION.text())
    );
    assert_eq!(blocked(&ana), Some("VERSION"));
    // Another reason takes its place; enrolling again ends it.
    fake.state().turn_away = Some(Code::UNKNOWN_DEVICE);
    assert!(wait(ana.core.sync_now()).is_err());
    assert_eq!(blocked(&ana), Some("UNKNOWN_DEVICE"));
    wait(ana.core.enrol("https://frontline.example", "Ana", "test")).unwrap();
    assert_eq!(blocked(&ana), None);
}

#[test]
fn a_revoked_device_whose_work_is_answered_with_refusals_knows_that_it_is_revoked() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "Ana");
    ana.sync();
    let late = ana.feedback(4);
    let id = ana.core.inner.read(|db| Ok(meta::identity(db)?)).unwrap().device;
    {
        let mut state = fake.state();
        let record = Device { id, name: "harbour-1".into(), revoked: true };
        state.write(Scope::Device(id), EntryType::DEVICE, record.encode());
        state.granted.clear();
        state.refuse.insert(late, Code::REVOKED);
    }
    let report = ana.sync();
    assert_eq!(report.done.quarantined.get(&Code::REVOKED), Some(&1));
    assert_eq!(report.blocked.map(|b| b.number), Some(Code::DEVICE_REVOKED));
    assert_eq!(blocked(&ana), Some("DEVICE_REVOKED"));
    assert_eq!(ana.scores(), [4], "its own work stays on it");
    // What it had received is gone; whoever misses it is told why.
    let said = ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 3, ..Default::default() }).unwrap_err();
    assert_eq!(said.to_string(), Code::DEVICE_REVOKED.text());
    // What needs none of that is captured, and stays where it is refused.
    let later = ana.feedback(2);
    fake.state().refuse.insert(later, Code::REVOKED);
    assert_eq!(ana.sync().blocked.map(|b| b.number), Some(Code::DEVICE_REVOKED));
    assert_eq!((ana.scores(), ana.count(State::Quarantined)), (vec![2, 4], 2));
    assert!(!fake.state().granted.contains_key(&HARBOUR));
}
