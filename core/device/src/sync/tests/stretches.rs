//! Receipts of many at once are each one's own.

use super::*;

#[test]
fn receipts_of_many_at_once_are_those_of_each() {
    let fake = Arc::new(Fake::new());
    fake.state().stretched = true;
    let ana = Phone::new(&fake, "ana");
    ana.sync();
    for score in [1, 2, 3, 4, 5] {
        ana.feedback(score);
    }
    let report = ana.sync();
    assert_eq!((report.done.stored, report.unsent), (5, 0));
    let held = ana.outbox();
    assert_eq!(held.iter().map(|i| i.state).collect::<Vec<_>>(), vec![State::Stored; 5]);
    let first = held[0].receipt.clone().expect("a receipt").number;
    for (item, number) in held.iter().zip(first..) {
        let receipt = item.receipt.as_ref().expect("a receipt");
        let entry = ana.core.inner.read(|db| Ok(crate::store::entries::by_hash(db, &item.hash)?)).unwrap().expect("held");
        assert_eq!(receipt.number, number);
        assert_eq!(receipt.effective_ms, entry.entry.header.moment.server_estimate());
        assert_eq!(entry.place.map(|p| (p.number, p.effective_ms)), Some((number, receipt.effective_ms)));
    }
    assert_eq!(ana.scores(), vec![1, 2, 3, 4, 5]);
    assert!(ana.core.check().unwrap().problems.is_empty());
    // Told once more, after the answer was lost, they change nothing.
    ana.feedback(1);
    fake.state().cuts = vec![fake::Cut::After];
    assert!(wait(ana.core.sync_now()).is_err());
    ana.sync();
    assert_eq!(ana.count(State::Stored), 6);
}

#[test]
fn receipts_about_other_bytes_are_not_taken() {
    let fake = Arc::new(Fake::new());
    let ana = Phone::new(&fake, "ana");
    ana.sync();
    {
        let mut state = fake.state();
        (state.stretched, state.of_other_bytes) = (true, true);
    }
    ana.feedback(1);
    ana.feedback(2);
    let report = wait(ana.core.sync_now()).unwrap();
    assert_eq!((report.ended, report.done.stored, ana.count(State::Captured)), (Ended::Stuck, 0, 2));
    fake.state().of_other_bytes = false;
    ana.sync();
    assert_eq!(ana.count(State::Stored), 2);
}
