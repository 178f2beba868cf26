//! Attempts at quizzes: graded again, kept in a row, and what is refused about them.

use std::collections::BTreeMap;

use frontline_domain::fact::{AttemptFinished, AttemptStarted, Fact, QuestionAnswered};
use frontline_domain::form::Value;
use frontline_domain::quiz::Outcome;
use frontline_domain::*;
use frontline_protocol::Code;
use frontline_protocol::sync::Verdict;
use frontline_server::admin::LetIn;
use frontline_server::store::AttemptRow;

use crate::phone::Phone;
use crate::world::{World, bundle, slug, text};

fn id(n: u8) -> CaptureId {
    CaptureId::from_bytes([n; 16])
}
fn right() -> BTreeMap<Slug, Value> {
    BTreeMap::from([(slug("grind"), Value::Choice(slug("finer"))), (slug("taste"), Value::Bool(true))])
}
fn finished(n: u8, module: ReleaseHash, answers: BTreeMap<Slug, Value>, points: u32) -> Fact {
    Fact::AttemptFinished(AttemptFinished { attempt: id(n), module, answers, points, of: 4, passed: points >= 3 })
}
async fn say(phone: &mut Phone, world: &World, fact: &Fact) -> Verdict {
    let entry = phone.make(phone.header(world, fact.entry_type()), fact.encode());
    phone.offer(world, &entry).await
}
async fn rows(world: &World, org: OrgId) -> Vec<AttemptRow> {
    world.app.store.read().await.unwrap().attempts(org, "coffee").await.unwrap()
}
fn is_stored(verdict: Verdict) {
    assert!(matches!(verdict, Verdict::Stored(_)), "{verdict:?}");
}

#[tokio::test]
async fn an_attempt_is_graded_again_and_its_row_says_what_came_of_it() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let module = world.release("module", "coffee").await;
    is_stored(say(&mut ana, &world, &Fact::AttemptStarted(AttemptStarted { id: id(1), module })).await);
    let begun_ms = world.now_ms();
    let answered = |value| Fact::QuestionAnswered(QuestionAnswered { attempt: id(1), module, item: slug("grind"), value });
    is_stored(say(&mut ana, &world, &answered(Value::Choice(slug("coarser")))).await);
    assert_eq!(rows(&world, world.org()).await[0].attempt.outcome, None);
    assert_eq!(world.app.store.read().await.unwrap().open_attempts(world.org()).await.unwrap().len(), 1);
    world.wait(60_000);
    is_stored(say(&mut ana, &world, &finished(1, module, right(), 4)).await);
    // Handed in once: what comes after, from a clone of the phone say, is stored and changes nothing.
    let worse = BTreeMap::from([(slug("taste"), Value::Bool(true))]);
    is_stored(say(&mut ana, &world, &finished(1, module, worse, 1)).await);
    let rows = rows(&world, world.org()).await;
    let outcome = Outcome { at_ms: begun_ms + 60_000, points: 4, of: 4, passed: true };
    assert_eq!(
        (rows.len(), rows[0].person, rows[0].attempt.started_ms, rows[0].attempt.outcome),
        (1, ana.enrolled.person, begun_ms, Some(outcome))
    );
    assert!(world.app.store.read().await.unwrap().open_attempts(world.org()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_result_that_the_answers_are_not_worth_is_set_aside_and_can_not_be_let_in() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let module = world.release("module", "coffee").await;
    is_stored(say(&mut ana, &world, &Fact::AttemptStarted(AttemptStarted { id: id(1), module })).await);
    let wrong = BTreeMap::from([(slug("grind"), Value::Choice(slug("coarser"))), (slug("taste"), Value::Bool(true))]);
    for (points, passed) in [(4, true), (1, true), (0, false)] {
        let fact = AttemptFinished { attempt: id(1), module, answers: wrong.clone(), points, of: 4, passed };
        let verdict = say(&mut ana, &world, &Fact::AttemptFinished(fact)).await;
        assert_eq!(verdict, Verdict::Quarantined(Code::GRADED_OTHERWISE), "{points}");
    }
    assert_eq!(rows(&world, world.org()).await[0].attempt.outcome, None);
    let mut desk = world.desk().await;
    let refused = desk.quarantine(true, 10).await.unwrap();
    assert_eq!(refused.len(), 3);
    assert!(matches!(desk.let_in(refused[0].hash).await.unwrap(), LetIn::Impossible(Code::GRADED_OTHERWISE)));
    drop(desk);
    is_stored(say(&mut ana, &world, &finished(1, module, wrong, 1)).await);
}

#[tokio::test]
async fn what_is_no_answer_or_no_quiz_is_refused_with_its_reason() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let module = world.release("module", "coffee").await;
    let procedure = world.release("procedure", "opening").await;
    let never = ReleaseHash::from_bytes([9; 32]);
    let answered = |item: &str, value| Fact::QuestionAnswered(QuestionAnswered { attempt: id(1), module, item: slug(item), value });
    let none = Code::NOT_AN_ANSWER;
    for (fact, code) in [
        (Fact::AttemptStarted(AttemptStarted { id: id(1), module: never }), Code::UNKNOWN_RELEASE),
        (Fact::AttemptStarted(AttemptStarted { id: id(1), module: procedure }), Code::UNKNOWN_RELEASE),
        (answered("grind", Value::Choice(slug("sideways"))), none),
        (answered("grind", Value::Bool(true)), none),
        (answered("taste", Value::Na(None)), none),
        (answered("read", Value::Bool(true)), none),
        (answered("nowhere", Value::Bool(true)), none),
        (finished(1, module, BTreeMap::from([(slug("nowhere"), Value::Bool(true))]), 0), none),
        (finished(1, module, BTreeMap::from([(slug("grind"), Value::Text("finer".into()))]), 0), none),
        (finished(1, never, right(), 4), Code::UNKNOWN_RELEASE),
        (finished(1, module, right(), 5), Code::OUT_OF_RANGE),
    ] {
        assert_eq!(say(&mut ana, &world, &fact).await, Verdict::Quarantined(code), "{fact:?}");
    }
    let mut bytes = answered("taste", Value::Bool(true)).encode();
    bytes.push(0);
    let entry = ana.make(ana.header(&world, EntryType::QUESTION_ANSWERED), bytes);
    assert_eq!(ana.offer(&world, &entry).await, Verdict::Quarantined(Code::UNREADABLE));
    assert!(rows(&world, world.org()).await.is_empty());
}

#[tokio::test]
async fn a_version_published_in_mid_attempt_leaves_it_open_and_it_is_finished_on_its_own() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let old = world.release("module", "coffee").await;
    is_stored(say(&mut ana, &world, &Fact::AttemptStarted(AttemptStarted { id: id(1), module: old })).await);
    let mut next = bundle();
    next.releases[3].title = text("Coffee, second edition");
    let plan = world.push(&next).await.to_string();
    assert!(plan.contains("~ module coffee: 1 person has begun it: an open attempt stays on the version it began with; lessons that say the same stay read; new attempts use this one"), "{plan}");
    let new = world.release("module", "coffee").await;
    assert_ne!(old, new);
    // It claims to be of the new version: stored as a fact, and no part of the attempt.
    is_stored(say(&mut ana, &world, &finished(1, new, right(), 4)).await);
    assert_eq!(rows(&world, world.org()).await[0].attempt.outcome, None);
    is_stored(say(&mut ana, &world, &finished(1, old, right(), 4)).await);
    let rows = rows(&world, world.org()).await;
    assert_eq!((rows.len(), rows[0].attempt.module, rows[0].attempt.outcome.map(|o| o.passed)), (1, old, Some(true)));
}

#[tokio::test]
async fn an_attempt_is_its_persons_and_its_organisations_own() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let mut cy = Phone::enrol_in(&world, other.org, "harbour", "ana").await;
    let module = world.release("module", "coffee").await;
    is_stored(say(&mut ana, &world, &Fact::AttemptStarted(AttemptStarted { id: id(1), module })).await);
    // The same id, by somebody else and in another organisation: attempts of their own.
    is_stored(say(&mut ben, &world, &finished(1, module, right(), 4)).await);
    is_stored(say(&mut cy, &world, &finished(1, module, right(), 4)).await);
    let rows = rows(&world, world.org()).await;
    assert_eq!(rows.len(), 2);
    let of = |person| rows.iter().find(|r| r.person == person).unwrap().attempt.outcome;
    assert_eq!((of(ana.enrolled.person), of(ben.enrolled.person).is_some()), (None, true));
    assert_eq!(self::rows(&world, other.org).await.len(), 1);
}
