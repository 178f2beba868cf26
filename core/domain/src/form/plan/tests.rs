//! What is wrong with forms, and where.

use super::{Flaw, Place, Plan};
use crate::form::expr::Found;
use crate::form::response::tests::{item, number, rule, section, shown_if, worked_out};
use crate::form::{Form, ItemKind, Section, Then};

fn flaws(sections: Vec<Section>) -> Vec<(Place, Found, String)> {
    let found = Plan::of(Form { sections, pass_mark: None }).err().unwrap_or_default();
    found.into_iter().map(|Flaw { place, error }| (place, error.found, error.message)).collect()
}

#[test]
fn every_flaw_is_found_at_once_and_says_where() {
    let mut second = section("second", None, vec![rule("fridge", Then::FailSection, number("till"))]);
    second.visible_if = Some(crate::form::response::tests::tree("frige > 5"));
    let shows = rule(
        "till > 1",
        Then::Show(vec!["tilll".parse().expect("a slug"), "shows".parse().expect("a slug")]),
        item("shows", ItemKind::Boolean),
    );
    let all = flaws(vec![section("first", None, vec![number("fridge"), shown_if("fridge > \"a\"", number("x")), shows]), second]);
    let places: Vec<(Place, Found)> = all.iter().map(|(place, found, _)| (*place, *found)).collect();
    assert_eq!(
        places,
        [
            (Place::Visible(1), Found::Kind),
            (Place::Section(1), Found::Name),
            (Place::Rule(3, 0), Found::Kind),
            (Place::Shown(2, 0, 0), Found::Name),
            (Place::Shown(2, 0, 1), Found::Circle),
        ],
        "{all:?}"
    );
    assert!(all[1].2.contains("did you mean ‘fridge’"), "{all:?}");
}

#[test]
fn what_follows_from_itself_is_refused_by_its_names() {
    let circle = flaws(vec![section(
        "all",
        None,
        vec![shown_if("b > 1", number("a")), shown_if("c > 1", number("b")), shown_if("a > 1", number("c"))],
    )]);
    assert_eq!(circle, [(Place::Visible(0), Found::Circle, "‘a’ follows from itself, by way of ‘b’, then ‘c’".to_owned())]);
    let itself = flaws(vec![section("all", None, vec![shown_if("a > 1", number("a"))])]);
    assert_eq!(itself, [(Place::Visible(0), Found::Circle, "‘a’ follows from itself".to_owned())]);
    let calculated = flaws(vec![section("all", None, vec![worked_out("a", "b + 1"), worked_out("b", "a + 1")])]);
    assert_eq!(calculated, [(Place::Calculate(0), Found::Circle, "‘a’ follows from itself, by way of ‘b’".to_owned())]);
    let shows = rule("b > 1", Then::Show(vec!["b".parse().expect("a slug")]), number("a"));
    let by_rule = flaws(vec![section("all", None, vec![shows, number("b")])]);
    assert_eq!(
        by_rule.iter().map(|(place, found, _)| (*place, *found)).collect::<Vec<_>>(),
        [(Place::Rule(0, 0), Found::Circle)],
        "{by_rule:?}"
    );
}

#[test]
fn a_calculated_item_has_the_type_of_what_it_comes_to_wherever_it_stands() {
    let sound = vec![section(
        "all",
        None,
        vec![worked_out("twice", "once * 2"), worked_out("once", "a + 1"), number("a"), shown_if("twice > 4", number("b"))],
    )];
    assert_eq!(flaws(sound), []);
    let wrong = flaws(vec![section("all", None, vec![worked_out("is", "a > 1"), number("a"), shown_if("is > 4", number("b"))])]);
    assert_eq!(wrong.iter().map(|(place, found, _)| (*place, *found)).collect::<Vec<_>>(), [(Place::Visible(2), Found::Kind)]);
    let none = flaws(vec![section(
        "all",
        None,
        vec![item("x", ItemKind::Calculated), crate::form::Item { kind: ItemKind::Boolean, ..worked_out("y", "1") }],
    )]);
    assert_eq!(none.len(), 2);
}

#[test]
fn a_sum_without_end_is_refused_before_anybody_evaluates_it() {
    let long = vec!["a"; 400].join(" + ");
    let found = flaws(vec![section("all", None, vec![number("a"), worked_out("long", &long)])]);
    assert_eq!(found.iter().map(|(place, found, _)| (*place, *found)).collect::<Vec<_>>(), [(Place::Calculate(1), Found::Deep)]);
}
