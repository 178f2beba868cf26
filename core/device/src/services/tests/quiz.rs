//! Attempts at a quiz, on phones with real stores.

use crate::services::training::{AttemptState, ModuleState};
use frontline_domain::form::Raw;
use frontline_domain::release::Content;
use frontline_protocol::Code;

use super::is_invalid;
use super::world::{ANA, BEN, Phone, World, module};
use crate::Error;
use crate::services::training::attempts::QuizAnswerDraft;
use crate::services::training::paper::AttemptDetail;
use crate::services::training::{Best, QuizSummary};
use crate::store::outbox::{self, State};
use frontline_domain::quiz::Worth;

fn list(names: &[&str]) -> Raw {
    Raw::List(names.iter().map(|n| (*n).to_owned()).collect())
}
fn text(word: &str) -> Raw {
    Raw::Text(word.to_owned())
}
fn answer(phone: &Phone, attempt: &str, item: &str, value: Raw) -> Result<(), Error> {
    phone.core.training().quiz_answer(QuizAnswerDraft { attempt: attempt.into(), item: item.into(), value })
}
fn begin(phone: &Phone) -> String {
    phone.core.training().quiz_start("coffee-basics").unwrap()
}
/// Answers everything; 8 points where `milk` is right.
fn answer_all(phone: &Phone, attempt: &str, milk: &[&str]) {
    answer(phone, attempt, "grind", text("finer")).unwrap();
    answer(phone, attempt, "milk", list(milk)).unwrap();
    answer(phone, attempt, "water", Raw::Number("94".into())).unwrap();
    answer(phone, attempt, "clean", Raw::Bool(true)).unwrap();
}
fn standing(phone: &Phone) -> QuizSummary {
    phone.core.training().list().unwrap().remove(0).quiz.expect("the module has a quiz")
}
fn shown(phone: &Phone, attempt: &str) -> AttemptDetail {
    phone.core.training().attempt(attempt).unwrap()
}
/// The module as version 2, in which nothing is right that was right before.
fn publish_version_2(world: &World) {
    let mut next = module();
    if let Content::Module(module) = &mut next.content
        && let Some(quiz) = &mut module.quiz
    {
        quiz.form.sections[0].items.truncate(2);
        quiz.form.sections[0].items[1].slug = "another-question".parse().unwrap();
    }
    world.publish(&next);
}

#[test]
fn an_attempt_is_graded_at_once_and_the_list_says_how_one_stands() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let fresh = standing(&ana);
    assert_eq!(
        (fresh.questions, fresh.mastery_score, fresh.attempts, fresh.left, fresh.best, fresh.passed),
        (4, 75, 0, Some(2), None, false)
    );
    let attempt = begin(&ana);
    assert_eq!(ana.core.training().list().unwrap()[0].status, ModuleState::Begun);
    answer_all(&ana, &attempt, &["cold", "boiled"]);
    let result = ana.core.training().quiz_submit(&attempt).unwrap();
    assert_eq!((result.points, result.of, result.passed, result.left), (4, 8, false, Some(1)));
    world.wait(60_000);
    let second = begin(&ana);
    assert_ne!(second, attempt);
    answer_all(&ana, &second, &["cold", "fresh"]);
    assert!(ana.core.training().quiz_submit(&second).unwrap().passed);
    let now = standing(&ana);
    assert_eq!((now.attempts, now.left, now.best, now.passed), (2, Some(0), Some(Best { points: 8, of: 8 }), true));
    is_invalid(ana.core.training().quiz_start("coffee-basics"), "module", "attempts");
    let opened = ana.core.training().open("coffee-basics").unwrap();
    assert_eq!(opened.attempts.iter().map(|a| a.points).collect::<Vec<_>>(), [Some(4), Some(8)]);
    world.join(&[&ana]);
    assert_eq!(standing(&ana), now);
    assert!(ana.core.check().unwrap().problems.is_empty());
}

#[test]
fn an_attempt_goes_on_at_the_exact_question_after_a_restart() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let attempt = begin(&ana);
    answer(&ana, &attempt, "grind", text("coarser")).unwrap();
    answer(&ana, &attempt, "water", Raw::Number("93".into())).unwrap();
    answer(&ana, &attempt, "grind", text("finer")).unwrap();
    let before = shown(&ana, &attempt);
    let again = ana.open_at(ana.dir.path());
    let after = again.training().attempt(&attempt).unwrap();
    assert_eq!(after, before);
    assert_eq!((after.status, after.missing), (AttemptState::Open, 2));
    let order: Vec<&str> = after.questions.iter().filter(|q| q.kind != "note" && q.value.is_none()).map(|q| q.item.as_str()).collect();
    assert_eq!(after.next.as_deref(), order.first().copied());
    assert_eq!(again.training().quiz_start("coffee-basics").unwrap(), attempt, "the open attempt goes on");
}

#[test]
fn a_version_that_is_published_in_mid_attempt_changes_nothing_in_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let attempt = begin(&ana);
    answer(&ana, &attempt, "grind", text("finer")).unwrap();
    let before = shown(&ana, &attempt);
    publish_version_2(&world);
    world.join(&[&ana]);
    let after = shown(&ana, &attempt);
    assert_eq!((&after.questions, &after.release), (&before.questions, &before.release));
    assert_eq!(begin(&ana), attempt);
    answer_all(&ana, &attempt, &["cold", "fresh"]);
    assert!(ana.core.training().quiz_submit(&attempt).unwrap().passed);
    // What was passed stays passed; the new version has its own attempts.
    let now = standing(&ana);
    assert_eq!((now.questions, now.attempts, now.left, now.passed), (1, 1, Some(2), true));
    let next = begin(&ana);
    assert_ne!(shown(&ana, &next).release, after.release);
    is_invalid(answer(&ana, &next, "grind", text("finer")), "item", "exists");
    answer(&ana, &next, "another-question", text("finer")).unwrap();
}

#[test]
fn what_is_right_is_shown_only_when_nothing_can_be_gained_by_knowing() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let attempt = begin(&ana);
    answer_all(&ana, &attempt, &["boiled"]);
    let says = |attempt: &str| serde_json::to_string(&shown(&ana, attempt)).unwrap();
    let open = says(&attempt) + &serde_json::to_string(&ana.core.training().open("coffee-basics").unwrap()).unwrap();
    for secret in ["\"right\"", "\"why\"", "\"graded\"", "\"points\":4", "Because", "tolerance"] {
        assert!(!open.contains(secret), "{secret} is told before handing in");
    }
    ana.core.training().quiz_submit(&attempt).unwrap();
    let failed = shown(&ana, &attempt);
    let milk = failed.questions.iter().find(|q| q.item == "milk").unwrap();
    assert_eq!((milk.graded, milk.points, &milk.right, &milk.why), (Some(Worth::Wrong), Some(0), &None, &None));
    let second = begin(&ana);
    answer_all(&ana, &second, &["cold"]);
    ana.core.training().quiz_submit(&second).unwrap();
    let told = shown(&ana, &attempt);
    assert!(told.questions.iter().filter(|q| q.kind != "note").all(|q| q.right.is_some()), "no attempt is left");
    assert_eq!(shown(&ana, &second).questions.iter().find(|q| q.item == "milk").unwrap().graded, Some(Worth::Partly));
}

#[test]
fn an_attempt_that_is_wrongly_answered_finished_or_somebody_elses_is_refused() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let attempt = begin(&phone);
    is_invalid(answer(&phone, &attempt, "grind", text("sideways")), "grind", "choice");
    is_invalid(answer(&phone, &attempt, "water", Raw::Number("93.25".into())), "water", "decimals");
    is_invalid(answer(&phone, &attempt, "milk", text("cold")), "milk", "kind");
    is_invalid(answer(&phone, &attempt, "clean", Raw::Na(None)), "clean", "na");
    is_invalid(answer(&phone, &attempt, "read-this", text("read")), "item", "exists");
    is_invalid(answer(&phone, "nonsense", "grind", text("finer")), "attempt", "id");
    is_invalid(phone.core.training().quiz_submit(&attempt), "attempt", "required");
    phone.core.people().use_person("ben").unwrap();
    assert!(matches!(answer(&phone, &attempt, "grind", text("finer")), Err(Error::NotFound { .. })));
    assert!(matches!(phone.core.training().attempt(&attempt), Err(Error::NotFound { .. })));
    assert_ne!(begin(&phone), attempt);
    phone.core.people().use_person("ana").unwrap();
    answer_all(&phone, &attempt, &["cold"]);
    phone.core.training().quiz_submit(&attempt).unwrap();
    is_invalid(answer(&phone, &attempt, "grind", text("coarser")), "attempt", "finished");
    is_invalid(phone.core.training().quiz_submit(&attempt), "attempt", "finished");
    assert!(matches!(phone.core.training().quiz_start("tea"), Err(Error::NotFound { .. })));
}

#[test]
fn an_attempt_whose_handing_in_was_refused_is_open_again_and_keeps_its_answers() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let attempt = begin(&ana);
    answer_all(&ana, &attempt, &["cold", "fresh"]);
    ana.core.training().quiz_submit(&attempt).unwrap();
    let refuse = |tx: &crate::store::Tx<'_>, touched: &mut crate::observe::Touched| {
        let last = outbox::newest(tx, i64::MAX, 1)?.remove(0);
        outbox::set_state(tx, &last, State::Quarantined, Some(Code::GRADED_OTHERWISE), None)?;
        let held = crate::store::entries::by_hash(tx, &last.hash)?.expect("held");
        crate::project::refresh(tx, &crate::project::subject(&held.entry).expect("an attempt"), touched)
    };
    ana.core.inner.write(crate::observe::Origin::Remote, refuse).unwrap();
    let now = shown(&ana, &attempt);
    assert_eq!((now.status, now.missing, now.state.map(|s| s.state)), (AttemptState::Open, 0, Some(State::Quarantined)));
    assert!(!standing(&ana).passed);
    assert!(ana.core.check().unwrap().problems.is_empty());
    assert!(ana.core.training().quiz_submit(&attempt).unwrap().passed);
}

#[test]
fn attempts_begun_on_two_phones_beyond_the_limit_do_not_count() {
    let world = World::new();
    let (one, two) = (world.phone(10, &[ANA]), world.phone(11, &[ANA]));
    for phone in [&one, &two] {
        for _ in 0..2 {
            world.wait(60_000);
            let attempt = begin(phone);
            answer_all(phone, &attempt, &["cold"]);
            phone.core.training().quiz_submit(&attempt).unwrap();
        }
    }
    // In this world both phones are given everything, as those of a shift lead are.
    world.join(&[&one, &two]);
    for phone in [&one, &two] {
        let now = standing(phone);
        assert_eq!((now.attempts, now.beyond, now.left), (2, 2, Some(0)));
        assert!(phone.core.check().unwrap().problems.is_empty());
    }
}
