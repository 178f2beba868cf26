//! Feedback, contacts and training.

use super::is_invalid;
use super::world::{ANA, BEN, World};
use crate::Error;
use crate::services::feedback::FeedbackDraft;
use crate::services::interactions::{CloseDraft, OpenDraft};
use crate::services::training::CardDetail;
use crate::services::training::ModuleState;
use crate::store::outbox::State;
use frontline_domain::metrics::interaction::ContactState;

fn tap(score: i64) -> FeedbackDraft {
    FeedbackDraft { touchpoint: "front-desk".into(), score, ..Default::default() }
}

#[test]
fn a_tap_is_listed_with_its_state_and_the_state_follows_the_server() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let draft = FeedbackDraft { reason: Some("queue".into()), comment: Some("  long wait ".into()), ..tap(2) };
    let id = ana.core.feedback().give(draft).unwrap();
    let shown = ana.core.feedback().detail(&id).unwrap();
    assert_eq!((shown.score, shown.comment.as_deref(), shown.person.as_str()), (2, Some("long wait"), "Ana"));
    assert_eq!(shown.state.unwrap().state, State::Captured);
    world.push(&ana);
    let stored = ana.core.feedback().list(&Default::default()).unwrap().list.remove(0).state.unwrap();
    assert_eq!(stored.state, State::Stored);
    assert!(stored.number.is_some());
    let status = ana.core.status().now().unwrap();
    assert_eq!((status.unsent, status.stored), (0, 1));
}

#[test]
fn a_wrong_tap_says_what_is_wrong_and_captures_nothing() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let feedback = ana.core.feedback();
    for score in [0, 6, -1, 300] {
        is_invalid(feedback.give(tap(score)), "score", "range");
    }
    is_invalid(feedback.give(FeedbackDraft { reason: Some("weather".into()), ..tap(3) }), "reason", "choice");
    is_invalid(feedback.give(FeedbackDraft { reason: Some("Bad Name".into()), ..tap(3) }), "reason", "name");
    is_invalid(feedback.give(FeedbackDraft { comment: Some("x".repeat(5_000)), ..tap(3) }), "comment", "length");
    is_invalid(feedback.give(FeedbackDraft { touchpoint: "Front desk".into(), ..tap(3) }), "touchpoint", "name");
    let nowhere = feedback.give(FeedbackDraft { touchpoint: "moon".into(), ..tap(3) });
    assert_eq!(nowhere, Err(Error::NotFound { what: "touchpoint named moon".into() }));
    is_invalid(feedback.detail("nonsense"), "id", "id");
    assert_eq!(ana.core.status().now().unwrap().unsent, 0);
    assert_eq!(feedback.list(&Default::default()).unwrap().list.len(), 0);
}

#[test]
fn a_contact_is_timed_by_the_monotonic_clock_and_pauses_stand_still() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let log = ana.core.interactions();
    let id =
        log.open(OpenDraft { channel: Some("desk".into()), touchpoint: Some("front-desk".into()), reason: None, customer: None }).unwrap();
    world.wait(40_000);
    assert_eq!(log.detail(&id).unwrap().active_ms, 40_000);
    log.pause(&id).unwrap();
    world.wait(50_000);
    log.resume(&id).unwrap();
    world.wait(60_000);
    log.close(CloseDraft { id: id.clone(), reason: "refund".into(), outcome: "solved".into(), channel: None }).unwrap();
    world.wait(1_000_000);
    let shown = log.detail(&id).unwrap();
    assert_eq!((shown.status, shown.active_ms), (ContactState::Closed, 100_000));
    assert_eq!(
        (shown.reason.as_deref(), shown.channel.as_deref(), shown.outcome.as_deref()),
        (Some("refund"), Some("desk"), Some("solved"))
    );
}

#[test]
fn a_contact_takes_only_the_steps_that_fit_where_it_stands() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let log = ana.core.interactions();
    is_invalid(log.open(OpenDraft { reason: Some("weather".into()), ..Default::default() }), "reason", "choice");
    is_invalid(log.open(OpenDraft { channel: Some("smoke".into()), ..Default::default() }), "channel", "choice");
    let id = log.open(OpenDraft::default()).unwrap();
    let close = |reason: &str, outcome: &str| CloseDraft { id: id.clone(), reason: reason.into(), outcome: outcome.into(), channel: None };
    is_invalid(log.resume(&id), "id", "state");
    log.pause(&id).unwrap();
    is_invalid(log.pause(&id), "id", "state");
    is_invalid(log.close(close("weather", "solved")), "reason", "choice");
    is_invalid(log.close(close("refund", "weather")), "outcome", "choice");
    log.close(close("refund", "abandoned")).unwrap();
    is_invalid(log.close(close("refund", "solved")), "id", "state");
    is_invalid(log.resume(&id), "id", "state");
    log.void(&id).unwrap();
    is_invalid(log.void(&id), "id", "state");
    assert_eq!(log.detail(&id).unwrap().status, ContactState::Voided);
    let nobody = log.pause("00000000-0000-4000-8000-000000000000");
    assert_eq!(nobody, Err(Error::NotFound { what: "contact with this id".into() }));
}

#[test]
fn a_lesson_goes_on_at_the_exact_card_in_the_readers_language() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let training = phone.core.training();
    let row = training.list().unwrap().remove(0);
    assert_eq!((row.id.as_str(), row.status, row.assigned, row.overdue), ("coffee-basics", ModuleState::New, true, false));
    assert_eq!(training.open("coffee-basics").unwrap().resume, ("beans".into(), 1));

    training.progress("coffee-basics", "beans", 2).unwrap();
    assert_eq!(training.open("coffee-basics").unwrap().resume, ("beans".into(), 2));
    training.progress("coffee-basics", "beans", 3).unwrap();
    training.progress("coffee-basics", "beans", 1).unwrap();
    let module = training.open("coffee-basics").unwrap();
    assert_eq!((module.lessons[0].card, module.lessons[0].furthest, module.resume), (1, 3, ("beans".into(), 1)));
    training.progress("coffee-basics", "beans", 3).unwrap();
    assert_eq!(training.open("coffee-basics").unwrap().resume, ("milk".into(), 1));
    training.progress("coffee-basics", "milk", 2).unwrap();
    assert_eq!(training.list().unwrap()[0].status, ModuleState::Done);

    phone.core.people().use_person("ben").unwrap();
    let module = phone.core.training().open("coffee-basics").unwrap();
    let CardDetail::Text(words) = &module.lessons[0].cards[0] else { panic!("another card") };
    assert_eq!((words.text.as_str(), words.dir), ("بطاقة 1", frontline_domain::Dir::Rtl));
    assert_eq!(module.resume, ("beans".into(), 1));
    world.wait(4_000_000);
    assert!(phone.core.training().list().unwrap()[0].overdue);
}

#[test]
fn a_card_that_is_not_there_is_refused() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let training = ana.core.training();
    is_invalid(training.progress("coffee-basics", "beans", 4), "card", "range");
    is_invalid(training.progress("coffee-basics", "beans", 0), "card", "range");
    is_invalid(training.progress("coffee-basics", "tea", 1), "lesson", "exists");
    assert!(matches!(training.progress("tea", "beans", 1), Err(Error::NotFound { .. })));
    assert!(matches!(training.open("opening-checks"), Err(Error::NotFound { .. })));
}

#[test]
fn only_people_enrolled_here_may_write_here() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    assert!(matches!(ana.core.people().use_person("ben"), Err(Error::NotFound { .. })));
    let people = ana.core.people().list().unwrap();
    assert_eq!((people.len(), people[0].slug.as_str(), people[0].site.as_str(), people[0].current), (1, "ana", "harbour", true));
}
