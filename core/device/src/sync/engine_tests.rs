//! The course of a sync, without a store and without a network.

use super::*;
use frontline_domain::Incarnation;
use frontline_domain::{EntryType, SiteId};
use frontline_protocol::sync::{Judged, Page};
use frontline_protocol::{Code, Mark, Refused, Tag};

const HARBOUR: Scope = Scope::Site(SiteId::from_bytes([1; 16]));
const TYPES: TypeSet = TypeSet::of(&[EntryType::RUN_CHANGED]);

fn mark(number: u64) -> Mark {
    Mark { number, tag: Tag::from_bytes([number as u8; 16]) }
}
fn answer() -> Answer {
    Answer {
        version: 1,
        incarnation: Incarnation(7),
        time_ms: 1_000,
        nonce: vec![1].into(),
        epoch_closed: false,
        verdicts: vec![],
        stretches: vec![],
        reads: vec![(HARBOUR, TYPES)],
        reads_stand: false,
        pages: vec![],
        disagrees: vec![],
        more: false,
        backed_up: None,
        customers: None,
        segments: vec![],
    }
}
fn page(from: u64, to: u64) -> Page {
    Page { scope: HARBOUR, types: TYPES, from: mark(from), to: mark(to), rows: vec![], mac: None, keys: None }
}
fn answered(answer: Answer) -> Input {
    Input::Answered { answer: Box::new(answer), sent: Sent { offers: 2, bytes_up: 10, bytes_down: 20, ..Sent::default() } }
}
fn moved() -> Input {
    Input::Applied(Applied { tally: Tally { progress: true, ..Tally::default() }, ..Applied::default() })
}
fn unmoved(unsent: u64) -> Input {
    Input::Applied(Applied { unsent, ..Applied::default() })
}
fn failed(failure: Failure) -> Input {
    Input::Failed { failure, jitter: 0 }
}
fn one(engine: &mut Engine, now: u64, input: Input) -> Output {
    let mut out = engine.step(now, input);
    assert_eq!(out.len(), 1, "{out:?}");
    match out.remove(0) {
        // Rights come with each answer; no test here is about them.
        Output::Apply(Work::Rights(..)) => one(engine, now, unmoved(0)),
        other => other,
    }
}
fn started() -> Engine {
    let mut engine = Engine::new(Settings::default());
    assert!(matches!(one(&mut engine, 0, Input::Start { deadline_ms: None }), Output::Send(_)));
    engine
}
fn ended(output: Output) -> Report {
    match output {
        Output::Done(report) => report,
        other => panic!("not done: {other:?}"),
    }
}

#[test]
fn an_idle_sync_is_one_round_trip() {
    let mut engine = started();
    assert!(matches!(one(&mut engine, 1, answered(answer())), Output::Apply(Work::Finish(_))));
    let report = ended(one(&mut engine, 2, unmoved(0)));
    assert_eq!((report.ended, report.round_trips, report.bytes_up, report.bytes_down), (Ended::Complete, 1, 10, 20));
}

#[test]
fn a_closed_epoch_is_renewed_with_the_verdicts_and_before_any_page() {
    let mut engine = started();
    let verdict =
        Judged { epoch: frontline_domain::Epoch(1), seq: 1, hash8: [0; 8].into(), verdict: frontline_protocol::sync::Verdict::Replaced };
    let closed = Answer { epoch_closed: true, verdicts: vec![verdict], pages: vec![page(0, 5)], ..answer() };
    assert!(matches!(one(&mut engine, 1, answered(closed)), Output::Apply(Work::Judge { epoch_closed: true, .. })));
    assert!(matches!(one(&mut engine, 1, moved()), Output::Apply(Work::Page { .. })));
    assert!(matches!(one(&mut engine, 1, moved()), Output::Apply(Work::Finish(_))));
    // What was issued again goes out.
    assert!(matches!(one(&mut engine, 1, unmoved(3)), Output::Send(_)));
}

#[test]
fn a_closed_epoch_is_renewed_even_where_no_offer_was_judged() {
    let mut engine = started();
    let closed = Answer { epoch_closed: true, ..answer() };
    assert_eq!(one(&mut engine, 1, answered(closed)), Output::Apply(Work::Judge { judged: vec![], stretches: vec![], epoch_closed: true }));
}

#[test]
fn it_asks_again_while_more_waits_or_offers_remain() {
    let mut engine = started();
    one(&mut engine, 1, answered(Answer { more: true, pages: vec![page(0, 5)], ..answer() }));
    one(&mut engine, 1, moved());
    assert!(matches!(one(&mut engine, 1, unmoved(0)), Output::Send(_)));
    one(&mut engine, 1, answered(answer()));
    assert!(matches!(one(&mut engine, 1, Input::Applied(Applied { unsent: 1, ..Applied::default() })), Output::Send(_)));
    one(&mut engine, 1, answered(answer()));
    assert_eq!(ended(one(&mut engine, 1, unmoved(0))).round_trips, 3);
}

#[test]
fn a_server_that_brings_nothing_on_is_not_asked_for_ever() {
    let mut engine = started();
    for _ in 0..STUCK_AFTER - 1 {
        one(&mut engine, 1, answered(Answer { more: true, ..answer() }));
        assert!(matches!(one(&mut engine, 1, unmoved(4)), Output::Send(_)));
    }
    one(&mut engine, 1, answered(Answer { more: true, ..answer() }));
    let report = ended(one(&mut engine, 1, unmoved(4)));
    assert_eq!((report.ended, report.unsent), (Ended::Stuck, 4));
}

#[test]
fn a_scope_that_disagrees_is_asked_for_with_older_marks_in_the_next_round() {
    let mut engine = started();
    one(&mut engine, 1, answered(Answer { disagrees: vec![HARBOUR], ..answer() }));
    match one(&mut engine, 1, unmoved(0)) {
        Output::Send(ask) => assert_eq!(ask.older, BTreeSet::from([HARBOUR])),
        other => panic!("{other:?}"),
    }
    one(&mut engine, 1, answered(Answer { pages: vec![page(0, 5)], ..answer() }));
    one(&mut engine, 1, moved());
    assert_eq!(ended(one(&mut engine, 1, unmoved(0))).ended, Ended::Complete);
}

#[test]
fn a_slice_stops_between_pages_but_never_before_verdicts() {
    let mut engine = Engine::new(Settings::default());
    one(&mut engine, 0, Input::Start { deadline_ms: Some(100) });
    let verdict =
        Judged { epoch: frontline_domain::Epoch(1), seq: 1, hash8: [0; 8].into(), verdict: frontline_protocol::sync::Verdict::Replaced };
    let full = Answer { verdicts: vec![verdict], pages: vec![page(0, 5), page(5, 9)], ..answer() };
    assert!(matches!(one(&mut engine, 150, answered(full)), Output::Apply(Work::Judge { .. })));
    assert_eq!(ended(one(&mut engine, 151, moved())).ended, Ended::OutOfTime);

    one(&mut engine, 200, Input::Start { deadline_ms: Some(300) });
    one(&mut engine, 250, answered(Answer { pages: vec![page(0, 5), page(5, 9)], ..answer() }));
    assert_eq!(ended(one(&mut engine, 301, moved())).ended, Ended::OutOfTime);

    assert_eq!(ended(one(&mut engine, 400, Input::Start { deadline_ms: Some(400) })).ended, Ended::OutOfTime);
}

#[test]
fn lent_time_that_is_over_cuts_a_message_off_and_the_next_one_is_smaller() {
    let mut engine = Engine::new(Settings::default());
    let Output::Send(first) = one(&mut engine, 0, Input::Start { deadline_ms: Some(100) }) else { panic!("nothing sent") };
    let report = ended(one(&mut engine, 100, failed(Failure::Timeout)));
    assert_eq!(report.ended, Ended::OutOfTime);
    assert!(report.not_before_ms.is_some_and(|at| at > 100));
    let Output::Send(next) = one(&mut engine, 200, Input::Start { deadline_ms: Some(300) }) else { panic!("nothing sent") };
    assert!(next.offer_bytes < first.offer_bytes, "{next:?}");
    // What the server said at that very moment it said.
    let report = ended(one(&mut engine, 300, failed(Failure::Portal { status: 302 })));
    assert_eq!(report.ended, Ended::Failed(Failure::Portal { status: 302 }));
}

#[test]
fn a_new_nonce_is_kept_and_the_message_signed_again_once() {
    let mut engine = started();
    let refused = || failed(Failure::NewNonce { nonce: vec![9] });
    assert_eq!(one(&mut engine, 1, refused()), Output::Apply(Work::Nonce(vec![9])));
    assert!(matches!(one(&mut engine, 1, unmoved(5)), Output::Send(_)));
    assert!(matches!(ended(one(&mut engine, 1, refused())).ended, Ended::Failed(Failure::NewNonce { .. })));
    // In the middle of a sync as well.
    one(&mut engine, 2, Input::Start { deadline_ms: None });
    one(&mut engine, 2, answered(Answer { more: true, ..answer() }));
    one(&mut engine, 2, moved());
    one(&mut engine, 2, refused());
    assert!(matches!(one(&mut engine, 2, unmoved(0)), Output::Send(_)));
}

#[test]
fn a_connection_that_breaks_is_tried_again_with_growing_waits_and_then_left() {
    let mut engine = started();
    let mut waits = vec![];
    let mut now = 0;
    let report = loop {
        match one(&mut engine, now, failed(Failure::Cut)) {
            Output::Wait { until_ms } => {
                waits.push(until_ms - now);
                now = until_ms;
                assert!(matches!(one(&mut engine, now, Input::Tick), Output::Send(_)));
            }
            output => break ended(output),
        }
    };
    assert_eq!(waits, [250, 500]);
    assert_eq!(report.ended, Ended::Failed(Failure::Cut));
    assert!(report.not_before_ms.is_some_and(|at| at > now));
    // The next sync that fails waits longer: failures in a row count over syncs.
    one(&mut engine, now, Input::Start { deadline_ms: None });
    assert_eq!(one(&mut engine, now, failed(Failure::Cut)), Output::Wait { until_ms: now + 2_000 });
}

#[test]
fn a_portal_or_no_network_ends_the_sync_at_once() {
    for failure in [Failure::NoNetwork, Failure::Portal { status: 302 }, Failure::Untrusted] {
        let mut engine = started();
        let report = ended(one(&mut engine, 1, failed(failure.clone())));
        assert_eq!(report.ended, Ended::Failed(failure));
    }
}

#[test]
fn a_busy_server_is_not_asked_before_the_time_it_named() {
    let mut engine = started();
    match one(&mut engine, 1_000, failed(Failure::Busy { retry_after_ms: Some(2_000) })) {
        Output::Wait { until_ms } => assert!(until_ms >= 3_000),
        other => panic!("{other:?}"),
    }
    let mut engine = started();
    let report = ended(one(&mut engine, 1_000, failed(Failure::Busy { retry_after_ms: Some(120_000) })));
    assert!(report.not_before_ms.is_some_and(|at| at >= 121_000));
}

#[test]
fn news_of_a_sync_that_was_dropped_halfway_changes_nothing() {
    let mut engine = started();
    one(&mut engine, 1, answered(Answer { pages: vec![page(0, 5), page(5, 9)], ..answer() }));
    // The future was dropped here; the shell starts another one.
    assert!(matches!(one(&mut engine, 2, Input::Start { deadline_ms: None }), Output::Send(_)));
    assert!(engine.step(3, moved()).is_empty());
    assert!(engine.step(3, Input::Tick).is_empty());
}

#[test]
fn without_room_own_work_goes_on_in_smaller_and_smaller_steps_and_pages_wait() {
    let verdict =
        Judged { epoch: frontline_domain::Epoch(1), seq: 1, hash8: [0; 8].into(), verdict: frontline_protocol::sync::Verdict::Replaced };
    let full = || answered(Answer { verdicts: vec![verdict.clone()], pages: vec![page(0, 5)], more: true, ..answer() });
    let asked = |output: Output| match output {
        Output::Send(ask) => (ask.offer_entries, ask.page_bytes),
        other => panic!("{other:?}"),
    };
    let mut engine = started();
    one(&mut engine, 1, full());
    one(&mut engine, 1, moved());
    assert_eq!(asked(one(&mut engine, 1, Input::NoRoom { unsent: 9 })), (64, 0));
    // The pages of what follows are not even looked at.
    assert!(matches!(one(&mut engine, 1, full()), Output::Apply(Work::Judge { .. })));
    assert_eq!(
        asked(one(&mut engine, 1, Input::Applied(Applied { tally: Tally { progress: true, ..Tally::default() }, unsent: 4 }))),
        (64, 0)
    );
    for smaller in [16, 4, 1] {
        one(&mut engine, 1, full());
        assert_eq!(asked(one(&mut engine, 1, Input::NoRoom { unsent: 4 })), (smaller, 0));
    }
    one(&mut engine, 1, full());
    let report = ended(one(&mut engine, 1, unmoved(0)));
    assert_eq!((report.ended, report.unsent), (Ended::NoRoom, 0));

    // Nothing of one's own is left: there is no reason to ask again. And the next sync begins as usual.
    let Output::Send(ask) = one(&mut engine, 1, Input::Start { deadline_ms: None }) else { panic!("a start sends") };
    assert_eq!(ask.offer_entries, limits::ROUND_ENTRIES);
    one(&mut engine, 1, answered(Answer { pages: vec![page(0, 5)], ..answer() }));
    assert_eq!(ended(one(&mut engine, 1, Input::NoRoom { unsent: 0 })).ended, Ended::NoRoom);

    // Not room for one receipt: that is said, not tried for ever.
    one(&mut engine, 1, Input::Start { deadline_ms: None });
    let mut steps = vec![];
    let report = loop {
        one(&mut engine, 1, full());
        match one(&mut engine, 1, Input::NoRoom { unsent: 3 }) {
            Output::Send(ask) => steps.push(ask.offer_entries),
            output => break ended(output),
        }
    };
    assert_eq!((steps, report.ended, report.unsent), (vec![64, 16, 4, 1], Ended::NoRoom, 3));
}

#[test]
fn a_server_that_closes_every_series_is_not_asked_for_ever() {
    let mut engine = started();
    let renewed = || Input::Applied(Applied { unsent: 3, tally: Tally { progress: true, epoch_renewed: true, ..Tally::default() } });
    for _ in 0..=RENEWALS {
        assert!(matches!(one(&mut engine, 1, answered(Answer { epoch_closed: true, ..answer() })), Output::Apply(Work::Judge { .. })));
        assert!(matches!(one(&mut engine, 1, renewed()), Output::Apply(Work::Finish(_))));
        match one(&mut engine, 1, unmoved(3)) {
            Output::Send(_) => {}
            Output::Done(report) => {
                assert_eq!(report.ended, Ended::Stuck);
                return;
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("it went on");
}

#[test]
fn what_is_too_large_is_said_in_smaller_pieces_at_once_and_given_up_where_the_smallest_is_too_large() {
    let asked = |output: Output| match output {
        Output::Send(ask) => (ask.offer_bytes, ask.page_bytes as usize),
        other => panic!("{other:?}"),
    };
    let refused = || Failure::Refused(Refused { code: Code::LIMIT, detail: None, nonce: None, time_ms: 0 });
    for failure in [refused(), Failure::TooLarge { most: limits::BODY }] {
        let mut engine = started();
        for smaller in 1..=limits::SMALLER {
            let size = limits::ROUND >> (2 * smaller);
            assert_eq!(asked(one(&mut engine, 1, Input::Failed { failure: failure.clone(), jitter: 0 })), (size, size));
        }
        let report = ended(one(&mut engine, 1, Input::Failed { failure: failure.clone(), jitter: 0 }));
        assert_eq!(report.ended, Ended::Failed(failure));
    }
}
