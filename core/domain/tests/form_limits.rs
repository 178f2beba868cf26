//! Forms at the edge of their limits: as long, as often, as deep and as interwoven as one may be.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

use std::sync::Arc;

use frontline_domain::form::response::{Around, At, Given, Response};
use frontline_domain::form::screen::View;
use frontline_domain::form::speech::English;
use frontline_domain::form::{Expr, Form, Item, ItemKind, NaRule, Plan, Section, Value, expr, limits};
use frontline_domain::{Lang, Text};

fn text(words: &str) -> Text {
    Text::plain("en".parse().unwrap(), words)
}

fn item(slug: &str, kind: ItemKind) -> Item {
    Item { na: NaRule::Yes, ..Item::new(slug.parse().unwrap(), kind, text(slug)) }
}

fn section(slug: &str, repeat: Option<u16>, items: Vec<Item>) -> Section {
    Section { asked_of: None, slug: slug.parse().unwrap(), label: text(slug), help: None, visible_if: None, weight: 1, repeat, items }
}

fn tree(words: &str) -> Expr {
    Expr(expr::parse(words).unwrap_or_else(|e| panic!("{e}")).node)
}

fn open(sections: Vec<Section>) -> Response {
    let plan = Plan::of(Form { sections, pass_mark: None }).unwrap();
    Response::open(Arc::new(plan), Around::at(0, "UTC"), [])
}

fn one(n: u16) -> Given {
    Given::One(Value::Number(n.to_string().parse().unwrap()))
}

/// Each item asks for the one before it: the longest chain that a form can be.
#[test]
fn a_chain_through_all_items_is_followed_to_its_end() {
    let items = (0..limits::ITEMS).map(|n| {
        let mut new = item(&format!("i{n}"), if n == 0 { ItemKind::Number(Default::default()) } else { ItemKind::Calculated });
        new.calculate = (n > 0).then(|| tree(&format!("i{} + 1", n - 1)));
        new
    });
    let mut filled = open(vec![section("all", None, items.collect())]);
    let changes = filled.answer(At { item: 0, instance: 0 }, one(1)).unwrap();
    assert_eq!(changes.items.len(), limits::ITEMS, "each of them is another");
    let language: Lang = "en".parse().unwrap();
    let view = View { response: &filled, speech: &English, language: &language, languages: &[], locked: None };
    let last = view.item(At { item: limits::ITEMS as u32 - 1, instance: 0 });
    assert_eq!(last.reads.as_deref(), Some("2000"));
}

#[test]
fn a_circle_through_all_items_is_refused_and_named() {
    let items = (0..limits::ITEMS).map(|n| {
        let mut new = item(&format!("i{n}"), ItemKind::Calculated);
        new.calculate = Some(tree(&format!("i{} + 1", (n + 1) % limits::ITEMS)));
        new
    });
    let flaws = Plan::of(Form { sections: vec![section("all", None, items.collect())], pass_mark: None }).unwrap_err();
    let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    let by = ["‘i1’", "‘i2’", "‘i3’", "‘i4’", "‘i5’", "‘i6’", "1992 others", "‘i1999’"].join(", then ");
    assert_eq!(told, [format!("‘i0’ follows from itself, by way of {by}")]);
}

#[test]
fn a_section_repeats_as_often_as_it_may_and_no_oftener() {
    let count = limits::REPEATS;
    let mut temperatures = item("temp", ItemKind::Number(Default::default()));
    temperatures.constraint = Some((tree("temp <= 300"), text("too warm")));
    let mut sum = item("all-of-them", ItemKind::Calculated);
    sum.calculate = Some(tree("sum(temp)"));
    let mut filled = open(vec![section("fridges", Some(count), vec![temperatures]), section("end", None, vec![sum])]);
    for n in 0..count {
        filled.answer(At { item: 0, instance: n }, one(n)).unwrap();
    }
    assert!(filled.answer(At { item: 0, instance: count }, one(1)).is_err());
    assert!(filled.grow(0).is_err());
    let language: Lang = "en".parse().unwrap();
    let view = View { response: &filled, speech: &English, language: &language, languages: &[], locked: None };
    assert_eq!(view.item(At { item: 1, instance: 0 }).reads.as_deref(), Some("19900"));
}

/// As many items as a form may have, in one section that repeats as often as it may.
#[test]
fn the_largest_form_of_all_is_opened_and_answered() {
    let items: Vec<Item> = (0..limits::ITEMS).map(|n| item(&format!("i{n}"), ItemKind::Number(Default::default()))).collect();
    let mut filled = open(vec![section("all", Some(limits::REPEATS), items)]);
    for n in 0..limits::REPEATS {
        filled.answer(At { item: n.into(), instance: n }, one(1)).unwrap();
    }
    println!("{} items in {} instances", limits::ITEMS, limits::REPEATS);
    assert_eq!(filled.all().count(), limits::ITEMS * usize::from(limits::REPEATS));
}

#[test]
fn texts_and_expressions_are_taken_up_to_their_last_byte() {
    for (kind, most) in [(ItemKind::Text, limits::TEXT), (ItemKind::LongText, limits::LONG_TEXT)] {
        let item = item("remarks", kind);
        assert!(item.check(&Value::Text("a".repeat(most))).is_ok());
        assert!(item.check(&Value::Text("a".repeat(most + 1))).is_err(), "{most}");
        // Bytes, not letters.
        assert!(item.check(&Value::Text("é".repeat(most / 2 + 1))).is_err(), "{most}");
    }
    let mut long = "door or ".repeat(expr::MAX_LENGTH / 8 - 1);
    long += "door";
    long += &" ".repeat(expr::MAX_LENGTH - long.len());
    assert_eq!(long.len(), expr::MAX_LENGTH);
    let mut door = item("door", ItemKind::Boolean);
    door.required = true;
    let mut shown = item("shown", ItemKind::Boolean);
    shown.visible_if = Some(tree(&long));
    let mut filled = open(vec![section("all", None, vec![door, shown])]);
    assert!(!filled.slot(At { item: 1, instance: 0 }).unwrap().visible);
    filled.answer(At { item: 0, instance: 0 }, Given::One(Value::Bool(true))).unwrap();
    assert!(filled.slot(At { item: 1, instance: 0 }).unwrap().visible);
    assert!(expr::parse(&(long + " ")).is_err());
}
