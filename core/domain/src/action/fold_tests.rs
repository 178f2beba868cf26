//! An action is the same in whatever order its facts came, and nothing that somebody set vanishes unseen.

use proptest::prelude::*;

use super::fold::{Held, Written, fold};
use super::{Escalation, Priority, Status, escalation};
use crate::fact::Fact;
use crate::fact::action::{ActionChanged, ActionCommented, ActionOpened, Sets};
use crate::{CaptureId, DemandId, PersonId, Scope, SiteId};

const ANA: PersonId = PersonId::from_bytes([1; 16]);
const BEN: PersonId = PersonId::from_bytes([2; 16]);
const DEMAND: DemandId = DemandId::from_bytes([9; 16]);
const HOUR: i64 = 3_600_000;

fn id(n: u8) -> CaptureId {
    CaptureId::from_bytes([n; 16])
}
fn opened(n: u8) -> ActionOpened {
    let title = "Mend the door seal".to_owned();
    ActionOpened { id: id(n), demand: Some(DEMAND), origin: None, title, priority: Priority::Normal, owner: None, due_ms: Some(HOUR) }
}
fn changed(n: u8, sets: Sets, saw: &[u8]) -> ActionChanged {
    ActionChanged { id: id(n), action: id(100), sets, saw: saw.iter().map(|n| id(*n)).collect() }
}
fn status(from: Status, to: Status) -> Sets {
    Sets::Status { from, to, reason: to.wants_reason().then(|| "the part is not here".to_owned()) }
}

#[test]
fn two_who_did_not_see_each_other_clash_and_whoever_saw_both_ends_it() {
    let (a, b) = (changed(2, Sets::Due(Some(2 * HOUR)), &[1]), changed(3, Sets::Due(Some(9 * HOUR)), &[1]));
    let (first, choice) = (opened(1), changed(4, Sets::Due(Some(9 * HOUR)), &[2, 3]));
    let mut facts = vec![
        Held { what: Written::Opened(&first), by: ANA, at_ms: 0 },
        Held { what: Written::Changed(&a), by: ANA, at_ms: 10 },
        Held { what: Written::Changed(&b), by: BEN, at_ms: 20 },
    ];
    let stands = fold(facts.clone()).expect("it was opened");
    assert_eq!((stands.due.is_clash(), stands.clashes(), stands.due_ms()), (true, 1, Some(2 * HOUR)), "as late as the earliest");
    assert_eq!(stands.due.seen(), [id(3), id(2)]);
    facts.push(Held { what: Written::Changed(&choice), by: BEN, at_ms: 30 });
    let stands = fold(facts).expect("it was opened");
    assert_eq!((stands.clashes(), stands.due_ms()), (0, Some(9 * HOUR)));
}

#[test]
fn done_on_one_phone_and_impossible_on_another_leaves_it_to_one_who_leads() {
    let (first, done, cannot) =
        (opened(1), changed(2, status(Status::Open, Status::Done), &[1]), changed(3, status(Status::Open, Status::CannotDo), &[1]));
    let facts = [
        Held { what: Written::Opened(&first), by: ANA, at_ms: 0 },
        Held { what: Written::Changed(&done), by: ANA, at_ms: 10 },
        Held { what: Written::Changed(&cannot), by: BEN, at_ms: 20 },
    ];
    let stands = fold(facts).expect("it was opened");
    assert!(stands.state.is_clash() && stands.status().is_to_review());
    // Whoever works on stays with the work where somebody else was done.
    let works = changed(4, status(Status::Open, Status::InProgress), &[1]);
    let facts = facts.into_iter().chain([Held { what: Written::Changed(&works), by: BEN, at_ms: 5 }]);
    assert_eq!(fold(facts).expect("it was opened").status(), Status::InProgress);
}

#[test]
fn what_two_phones_take_up_from_one_demand_is_one_action_and_no_clash_where_they_say_the_same() {
    let (one, two) = (opened(1), opened(2));
    let mut other = opened(2);
    other.owner = Some(BEN);
    let twice = |second| {
        fold([Held { what: Written::Opened(&one), by: ANA, at_ms: 0 }, Held { what: Written::Opened(second), by: BEN, at_ms: 10 }])
            .expect("it was opened")
    };
    assert_eq!((twice(&two).clashes(), twice(&two).opened_by), (0, ANA));
    assert_eq!((twice(&other).clashes(), twice(&other).owner()), (1, Some(BEN)));
}

#[test]
fn nobody_undoes_what_one_who_leads_said_by_claiming_another_state_to_start_from() {
    let (first, done) = (opened(1), changed(2, status(Status::Open, Status::Done), &[1]));
    let verified = changed(3, status(Status::Done, Status::Verified), &[2]);
    let back = changed(4, status(Status::Rejected, Status::InProgress), &[3]);
    let choice = changed(5, Sets::Status { from: Status::Done, to: Status::Done, reason: None }, &[2, 3]);
    let mut facts = vec![
        Held { what: Written::Opened(&first), by: ANA, at_ms: 0 },
        Held { what: Written::Changed(&done), by: ANA, at_ms: 10 },
        Held { what: Written::Reviewed(&verified), by: BEN, at_ms: 20 },
        Held { what: Written::Changed(&back), by: ANA, at_ms: 30 },
    ];
    assert_eq!(fold(facts.clone()).map(|one| (one.status(), one.clashes())), Some((Status::Verified, 0)));
    // Nor by “choosing” what was replaced: what was verified stands beside it, for one who leads to see.
    facts.push(Held { what: Written::Changed(&choice), by: ANA, at_ms: 40 });
    let stands = fold(facts).expect("it was opened");
    assert!(stands.state.values.iter().any(|one| one.value == Status::Verified), "{:?}", stands.state);
    let twice = ActionChanged { saw: vec![id(3), id(3)], ..choice.clone() };
    assert!(Fact::ActionChanged(twice).check().is_err());
}

#[test]
fn taking_up_again_what_is_done_opens_nothing_anew() {
    let (first, again) = (opened(1), opened(9));
    let done = changed(2, status(Status::Open, Status::Done), &[1]);
    let facts = [
        Held { what: Written::Opened(&first), by: ANA, at_ms: 0 },
        Held { what: Written::Changed(&done), by: ANA, at_ms: 10 },
        Held { what: Written::Opened(&again), by: BEN, at_ms: 20 },
    ];
    assert_eq!(fold(facts).map(|one| (one.status(), one.clashes())), Some((Status::Done, 0)));
}

#[test]
fn what_is_taken_up_from_a_demand_is_one_action_at_its_place_and_another_at_another() {
    let site = |n| Scope::Site(SiteId::from_bytes([n; 16]));
    assert_eq!(opened(1).action(site(1)), opened(2).action(site(1)));
    assert_ne!(opened(1).action(site(1)), opened(1).action(site(2)), "nobody opens it from elsewhere");
    let free = ActionOpened { demand: None, ..opened(1) };
    assert_ne!(free.action(site(1)), free.action(site(2)));
    // Nor by opening one of their own whose id is that of an action here.
    let forged = ActionOpened { id: opened(1).action(site(1)), demand: None, ..opened(1) };
    assert_ne!(forged.action(site(2)), opened(1).action(site(1)));
}

#[test]
fn it_comes_to_the_shift_lead_when_it_is_late_and_to_the_manager_by_its_priority() {
    let (mut first, done) = (opened(1), changed(2, status(Status::Open, Status::Done), &[1]));
    let at = |first: &ActionOpened, now_ms| {
        escalation(&fold([Held { what: Written::Opened(first), by: ANA, at_ms: 0 }]).expect("opened"), now_ms)
    };
    assert_eq!((at(&first, HOUR), at(&first, HOUR + 1)), (None, Some(Escalation::Supervisor)));
    assert_eq!((at(&first, 73 * HOUR - 1), at(&first, 73 * HOUR)), (Some(Escalation::Supervisor), Some(Escalation::Manager)));
    first.priority = Priority::Urgent;
    assert_eq!(at(&first, 5 * HOUR), Some(Escalation::Manager));
    let facts = [Held { what: Written::Opened(&first), by: ANA, at_ms: 0 }, Held { what: Written::Changed(&done), by: ANA, at_ms: 1 }];
    assert_eq!(escalation(&fold(facts).expect("opened"), 999 * HOUR), None);
}

#[test]
fn a_step_that_does_not_follow_is_refused_by_the_body_itself() {
    let check = |sets, is_review| {
        let body = changed(2, sets, &[1]);
        if is_review { Fact::ActionReviewed(body) } else { Fact::ActionChanged(body) }.check()
    };
    assert_eq!(check(status(Status::Open, Status::Done), false), Ok(()));
    assert!(check(status(Status::Open, Status::Verified), true).is_err());
    assert!(check(status(Status::Done, Status::Verified), false).is_err(), "only who leads verifies");
    assert_eq!(check(status(Status::Done, Status::Verified), true), Ok(()));
    assert!(check(Sets::Status { from: Status::Open, to: Status::CannotDo, reason: Some("  ".into()) }, false).is_err());
    assert!(Fact::ActionChanged(changed(2, Sets::Due(None), &[])).check().is_err());
    assert!(Fact::ActionChanged(changed(2, Sets::Title(" ".into()), &[1])).check().is_err());
}

fn any_sets() -> impl Strategy<Value = Sets> {
    prop_oneof![
        (0..3u8).prop_map(|n| Sets::Title(format!("title {n}"))),
        (0..4usize).prop_map(|n| Sets::Priority(Priority::ALL[n])),
        prop_oneof![Just(None), Just(Some(ANA)), Just(Some(BEN))].prop_map(Sets::Owner),
        (0..3i64).prop_map(|n| Sets::Due(Some(n))),
        (0..6usize, 0..6usize).prop_map(|(a, b)| Sets::Status { from: Status::ALL[a], to: Status::ALL[b], reason: None }),
    ]
}

proptest! {
    #[test]
    fn order_and_repetition_make_no_difference(
        written in proptest::collection::vec((any_sets(), proptest::collection::vec(1..30u8, 1..4), 0..50i64), 0..12),
        order in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let first = opened(1);
        let changes: Vec<ActionChanged> =
            written.iter().enumerate().map(|(n, (sets, saw, _))| changed(n as u8 + 2, sets.clone(), saw)).collect();
        let words = ActionCommented { id: id(99), action: id(100), text: "seen".into(), photos: vec![] };
        let mut all = vec![
            Held { what: Written::Opened(&first), by: ANA, at_ms: 0 },
            Held { what: Written::Commented(&words), by: BEN, at_ms: 7 },
        ];
        all.extend(changes.iter().zip(&written).map(|(one, (.., at_ms))| Held { what: Written::Changed(one), by: BEN, at_ms: *at_ms }));
        let in_order = fold(all.clone());
        let mixed = order.iter().filter_map(|n| all.get(n % (all.len() + 3)).copied()).chain(all.iter().copied());
        prop_assert_eq!(&fold(mixed), &in_order);
        let stands = in_order.expect("it was opened");
        // Whatever was set and nobody saw replaced stands, and something always does.
        let seen: Vec<CaptureId> = changes.iter().filter(|one| matches!(one.sets, Sets::Title(_))).flat_map(|one| one.saw.clone()).collect();
        let titles = changes.iter().filter(|one| matches!(one.sets, Sets::Title(_)) && !seen.contains(&one.id)).map(|one| one.id);
        let standing = stands.title.seen();
        prop_assert!(titles.into_iter().all(|id| standing.contains(&id)));
        prop_assert!(!stands.title.values.is_empty() && !stands.state.values.is_empty());
    }
}
