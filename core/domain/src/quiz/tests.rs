use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::fact::{AttemptFinished, AttemptStarted, QuestionAnswered};
use crate::form::item::{Choice, FillIn, Match, NumberRule, One, Order, Several};
use crate::form::{Decimal, Key, Section, Value};
use crate::{CaptureId, Lang, ReleaseHash, Slug, Text};

fn slug(name: &str) -> Slug {
    name.parse().expect("a slug")
}
fn text(words: &str) -> Text {
    Text::plain("en".parse::<Lang>().expect("a tag"), words)
}
fn number(digits: &str) -> Decimal {
    digits.parse().expect("a number")
}
fn choices(names: &[&str]) -> Vec<Choice> {
    names.iter().map(|n| Choice::new(slug(n), text(n))).collect()
}
fn some(names: &[&str]) -> Value {
    Value::Choices(names.iter().map(|n| slug(n)).collect())
}
fn item(name: &str, kind: ItemKind, points: u32, key: Option<Key>) -> Item {
    Item {
        slug: slug(name),
        kind,
        label: text(name),
        help: None,
        required: false,
        na: Default::default(),
        visible_if: None,
        constraint: None,
        default: None,
        calculate: None,
        weight: points,
        critical: false,
        evidence: None,
        answer_key: key,
        rules: Vec::new(),
        reference: None,
    }
}
fn key(value: Value) -> Option<Key> {
    Some(Key { value, tolerance: None, also: vec![], why: None })
}

/// 10 points: a choice of 2, a multi-choice of 4 with two right of five, a boolean of 1, a number of 3.
fn quiz() -> Quiz {
    let rule = NumberRule { unit: None, min: None, max: None, decimals: 1, target: None };
    let items = vec![
        item("read-this", ItemKind::Note, 0, None),
        item("grind", ItemKind::Choice(One(choices(&["finer", "coarser", "same"]))), 2, key(Value::Choice(slug("finer")))),
        item(
            "milk",
            ItemKind::MultiChoice(Several(choices(&["cold", "fresh", "boiled", "reheated", "warm"]))),
            4,
            key(some(&["cold", "fresh"])),
        ),
        item("taste-first", ItemKind::Boolean, 1, key(Value::Bool(true))),
        item(
            "water",
            ItemKind::Number(rule),
            3,
            Some(Key { value: Value::Number(number("93")), tolerance: Some(number("1")), also: vec![], why: None }),
        ),
    ];
    let section =
        Section { asked_of: None, slug: slug("all"), label: text("All"), help: None, visible_if: None, weight: 1, repeat: None, items };
    Quiz { form: Form { pass_mark: None, sections: vec![section] }, mastery_score: 70, attempts: Some(2), shuffle: Shuffle::Both }
}
fn answers(list: &[(&str, Value)]) -> BTreeMap<Slug, Value> {
    list.iter().map(|(name, value)| (slug(name), value.clone())).collect()
}
fn all_right() -> BTreeMap<Slug, Value> {
    answers(&[
        ("grind", Value::Choice(slug("finer"))),
        ("milk", some(&["cold", "fresh"])),
        ("taste-first", Value::Bool(true)),
        ("water", Value::Number(number("92.0"))),
    ])
}
fn points(name: &str, value: Value) -> u32 {
    let graded = grade(&quiz(), &answers(&[(name, value)]));
    graded.items.iter().find(|i| i.item == slug(name)).expect("graded").points
}

#[test]
fn every_right_answer_has_its_points_and_nothing_has_none() {
    let right = grade(&quiz(), &all_right());
    assert_eq!((right.points, right.of, right.passed), (10, 10, true));
    assert!(right.items.iter().all(|i| i.worth() == Worth::Right) && right.items.len() == 4);
    let none = grade(&quiz(), &BTreeMap::new());
    assert_eq!((none.points, none.of, none.passed), (0, 10, false));
    assert!(none.items.iter().all(|i| i.worth() == Worth::Unanswered));
}

#[test]
fn the_mastery_score_is_reached_at_its_very_point() {
    let mut given = all_right();
    given.remove(&slug("water"));
    let seven = grade(&quiz(), &given);
    assert_eq!((seven.points, seven.passed), (7, true));
    given.remove(&slug("taste-first"));
    assert_eq!((grade(&quiz(), &given).points, grade(&quiz(), &given).passed), (6, false));
}

#[test]
fn a_number_is_right_up_to_the_ends_of_its_tolerance() {
    for (digits, worth) in [("92", 3), ("94", 3), ("93.0", 3), ("91.9", 0), ("94.1", 0), ("-93", 0)] {
        assert_eq!(points("water", Value::Number(number(digits))), worth, "{digits}");
    }
}

#[test]
fn a_multi_choice_counts_right_picks_less_wrong_ones_so_that_guessing_gains_nothing() {
    let worth = |picked: &[&str]| points("milk", some(picked));
    // Two right of five, 4 points: a right pick is worth 1/2, a wrong one costs 1/3, rounded down.
    assert_eq!(worth(&["cold", "fresh"]), 4);
    assert_eq!(worth(&["cold"]), 2);
    assert_eq!(worth(&["cold", "fresh", "warm"]), 2, "4 × 2/3 = 2.67");
    assert_eq!(worth(&["cold", "boiled"]), 0, "4 × 1/6 = 0.67");
    assert_eq!(worth(&["cold", "fresh", "boiled", "reheated", "warm"]), 0, "ticking everything");
    assert_eq!(worth(&["boiled", "reheated"]), 0, "never below nothing");
    assert_eq!(worth(&[]), 0);
}

#[test]
fn a_critical_question_that_is_not_wholly_right_fails_the_whole() {
    let mut quiz = quiz();
    quiz.form.sections[0].items[3].critical = true;
    let mut given = all_right();
    assert!(grade(&quiz, &given).passed);
    given.insert(slug("taste-first"), Value::Bool(false));
    let graded = grade(&quiz, &given);
    assert_eq!((graded.points, graded.passed), (9, false));
}

#[test]
fn answers_of_the_wrong_kind_and_to_no_question_are_worth_nothing() {
    let given = answers(&[
        ("grind", Value::Text("finer".into())),
        ("milk", Value::Choice(slug("cold"))),
        ("taste-first", Value::Na(None)),
        ("water", Value::Text("93".into())),
        ("read-this", Value::Bool(true)),
        ("nowhere", Value::Bool(true)),
    ]);
    let graded = grade(&quiz(), &given);
    assert_eq!((graded.points, graded.of, graded.items.len()), (0, 10, 4));
}

#[test]
fn points_beyond_all_bounds_do_not_overflow() {
    let mut quiz = quiz();
    for item in &mut quiz.form.sections[0].items {
        item.weight = u32::MAX;
    }
    let graded = grade(&quiz, &all_right());
    assert_eq!((graded.points, graded.of, graded.passed), (u32::MAX, u32::MAX, true));
}

#[test]
fn an_attempt_has_one_order_everywhere_and_the_next_one_another() {
    let (quiz, section) = (quiz(), &quiz().form.sections[0]);
    let names =
        |n: u8| -> Vec<String> { quiz.items_of(CaptureId::from_bytes([n; 16]), section).iter().map(|i| i.slug.to_string()).collect() };
    assert_eq!(names(1), names(1));
    let orders: BTreeSet<Vec<String>> = (0..40).map(names).collect();
    assert!(orders.len() > 10, "of 24 orders, 40 attempts saw {}", orders.len());
    assert!(orders.iter().all(|o| o[0] == "read-this" && o.iter().collect::<BTreeSet<_>>().len() == 5));
    let milk = &section.items[2];
    let picks =
        |n: u8| -> Vec<String> { quiz.choices_of(CaptureId::from_bytes([n; 16]), milk).iter().map(|c| c.slug.to_string()).collect() };
    assert_eq!(picks(1), picks(1));
    assert!((0..40).map(picks).collect::<BTreeSet<_>>().len() > 10);
    let plain = Quiz { shuffle: Shuffle::No, ..quiz.clone() };
    let first = plain.items_of(CaptureId::from_bytes([9; 16]), section);
    assert_eq!(first.iter().map(|i| i.slug.as_str()).collect::<Vec<_>>(), ["read-this", "grind", "milk", "taste-first", "water"]);
    // Frozen: a phone of last year and a server of today show the same.
    assert_eq!(names(7), ["read-this", "taste-first", "milk", "water", "grind"]);
}

const V1: ReleaseHash = ReleaseHash::from_bytes([1; 32]);
const V2: ReleaseHash = ReleaseHash::from_bytes([2; 32]);
fn id(n: u8) -> CaptureId {
    CaptureId::from_bytes([n; 16])
}
fn finished(n: u8, module: ReleaseHash, points: u32) -> AttemptFinished {
    AttemptFinished { attempt: id(n), module, answers: all_right(), points, of: 10, passed: points >= 7 }
}

#[test]
fn an_attempt_stays_with_its_version_and_is_handed_in_once() {
    let started = AttemptStarted { id: id(1), module: V1 };
    let answered = |value| QuestionAnswered { attempt: id(1), module: V1, item: slug("grind"), value };
    let (first, second) = (answered(Value::Choice(slug("same"))), answered(Value::Choice(slug("finer"))));
    let elsewhere = QuestionAnswered { module: V2, ..answered(Value::Choice(slug("coarser"))) };
    let open = [Step::Started(&started), Step::Answered(&first), Step::Answered(&second), Step::Answered(&elsewhere)];
    let attempt = Attempt::of(open.into_iter().zip(10..)).expect("an attempt");
    assert_eq!(attempt.answers, answers(&[("grind", Value::Choice(slug("finer")))]));
    assert_eq!((attempt.started_ms, attempt.outcome), (10, None));

    let (other, once, again) = (finished(1, V2, 10), finished(1, V1, 6), finished(1, V1, 10));
    let mut handed_in = attempt;
    for (step, at_ms) in [Step::Finished(&other), Step::Finished(&once), Step::Finished(&again), Step::Answered(&first)].iter().zip(20..) {
        handed_in.take(step, at_ms);
    }
    assert_eq!(handed_in.outcome, Some(Outcome { at_ms: 21, points: 6, of: 10, passed: false }));
    assert_eq!(handed_in.answers, all_right());
    assert_eq!(Attempt::of([]), None);
}

#[test]
fn attempts_begun_beyond_the_limit_do_not_count_and_another_version_has_its_own() {
    let attempt = |n: u8, module, started_ms, points: Option<u32>| Attempt {
        id: id(n),
        module,
        started_ms,
        answers: BTreeMap::new(),
        outcome: points.map(|points| Outcome { at_ms: started_ms + 5, points, of: 10, passed: points >= 7 }),
    };
    let two = |_: &ReleaseHash| Some(2);
    // Two phones that did not know of each other: the third by time is beyond, in whatever order they come.
    let mut list = vec![attempt(3, V1, 30, Some(10)), attempt(1, V1, 10, Some(4)), attempt(2, V1, 20, Some(6))];
    let failed = Standing { attempts: 2, beyond: 1, best: Some((6, 10)), passed: false };
    assert_eq!(standing(&list, two), failed);
    list.reverse();
    assert_eq!(standing(&list, two), failed);
    assert!(standing(&list, |_| None).passed);
    list.push(attempt(4, V2, 40, Some(8)));
    list.push(attempt(5, V2, 50, None));
    assert_eq!(standing(&list, two), Standing { attempts: 4, beyond: 1, best: Some((8, 10)), passed: true });
    assert_eq!(standing(&[], two), Standing::default());
}

#[test]
fn orders_pairs_and_gaps_count_what_is_right_of_them() {
    let ranked = |names: &[&str]| Value::Ranked(names.iter().map(|n| slug(n)).collect());
    let pairs = |all: &[(&str, &str)]| Value::Cells(all.iter().map(|(a, b)| (slug(a), slug(b))).collect());
    let gaps = |all: &[&str]| Value::Texts(all.iter().map(|t| (*t).to_owned()).collect());
    let steps = ["wash", "rinse", "dry", "stack"];
    let order = item("steps", ItemKind::Order(Order(choices(&steps))), 7, key(ranked(&steps)));
    let matching = ItemKind::Match(Match { left: choices(&["red", "blue", "green"]), right: choices(&["floor", "table", "glass", "bin"]) });
    let cloths = item("cloths", matching, 6, key(pairs(&[("red", "floor"), ("blue", "table"), ("green", "glass")])));
    let also = vec![vec!["five".to_owned()], vec![]];
    let filled = Key { value: gaps(&["5", "Crème"]), tolerance: None, also, why: None };
    let sentence = item("milk", ItemKind::FillIn(FillIn { gaps: 2 }), 3, Some(filled));
    let worth = |item: &Item, value: Value| crate::form::key::worth(item, &value, item.weight);
    for (value, points) in [
        (ranked(&steps), 7),
        (ranked(&["rinse", "wash", "dry", "stack"]), 3),
        (ranked(&["stack", "wash", "rinse", "dry"]), 0),
        (Value::Bool(true), 0),
    ] {
        assert_eq!(worth(&order, value.clone()), points, "{value:?}");
    }
    for (all, points) in [
        ([("red", "floor"), ("blue", "table"), ("green", "glass")], 6),
        ([("red", "floor"), ("blue", "glass"), ("green", "table")], 2),
        ([("red", "bin"), ("blue", "glass"), ("green", "table")], 0),
    ] {
        assert_eq!(worth(&cloths, pairs(&all)), points, "{all:?}");
    }
    for (all, points) in [
        (["5", "creme"], 3),
        ([" FIVE", "CRÈME "], 3),
        (["\u{665}\u{200f}", "cre\u{301}me"], 3),
        (["５", "milk"], 1),
        (["5", "milk"], 1),
        (["6", "milk"], 0),
    ] {
        assert_eq!(worth(&sentence, gaps(&all)), points, "{all:?}");
    }
    let quiz = Quiz { shuffle: Shuffle::No, ..quiz() };
    for n in 0..200u8 {
        let shown = quiz.choices_of(CaptureId::from_bytes([n; 16]), &order);
        assert_eq!(shown.len(), steps.len());
        assert!(!shown.iter().map(|c| c.slug.as_str()).eq(steps), "what is asked for is not shown");
    }
    assert!(is_short(&gaps(&[&"x".repeat(limits::GAP)])) && !is_short(&gaps(&[&"x".repeat(limits::GAP + 1)])));
}
