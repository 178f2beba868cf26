//! Every kind: what it takes and refuses, what it scores, and how it reads.

use serde::de::value::StrDeserializer;

use super::*;
use crate::form::Decimal;
use crate::form::speech::{Arabic, English};

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}
fn text(words: &str) -> Text {
    Text::plain("en".parse().expect("a language"), words)
}
fn choices(names: &[&str]) -> Vec<Choice> {
    names.iter().map(|name| Choice::new(slug(name), text(&name.to_uppercase()))).collect()
}
fn n(text: &str) -> Decimal {
    text.parse().expect("a number")
}
fn number(min: &str, max: &str, decimals: u8, target: Option<(&str, &str)>, unit: Option<&str>) -> NumberRule {
    let target = target.map(|(low, high)| (n(low), n(high)));
    NumberRule { unit: unit.map(str::to_owned), min: Some(n(min)), max: Some(n(max)), decimals, target }
}
fn item(kind: ItemKind) -> Item {
    Item::new(slug("it"), kind, text("It"))
}
fn t(text: &str) -> Raw {
    Raw::Text(text.to_owned())
}
fn d(digits: &str) -> Raw {
    Raw::Number(digits.to_owned())
}
fn l(list: &[&str]) -> Raw {
    Raw::List(list.iter().map(|t| (*t).to_owned()).collect())
}
fn m(map: &[(&str, &str)]) -> Raw {
    Raw::Map(map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
}

/// A kind; answers that it takes, each with how it reads and what it scores of 10; answers that it refuses, each with
/// the rule.
pub(super) type Row = (ItemKind, Vec<(Raw, &'static str, Option<u32>)>, Vec<(Raw, &'static str)>);

fn rows() -> Vec<Row> {
    first().into_iter().chain(OWN.iter().map(|own| own())).collect()
}

fn first() -> Vec<Row> {
    let photo = "ab".repeat(32);
    let other = "cd".repeat(32);
    let (ab, points) = (choices(&["a", "b"]), |p: [Option<u32>; 2]| {
        choices(&["a", "b"]).into_iter().zip(p).map(|(c, points)| Choice { points, ..c }).collect::<Vec<_>>()
    });
    let evidence = |photos_min, photos_max| Evidence { photos_min, photos_max, live_camera_only: false };
    let files = FileRule { min: 1, max: 2 };
    vec![
        (ItemKind::Note, vec![], vec![(t("x"), "note")]),
        (ItemKind::Calculated, vec![], vec![(d("1"), "calculated")]),
        (ItemKind::Text, vec![(t("fine"), "fine", None)], vec![(t("two\nlines"), "line"), (d("4"), "kind")]),
        (ItemKind::LongText, vec![(t("two\nlines"), "two\nlines", None)], vec![(t(&"x".repeat(65_537)), "length")]),
        (
            ItemKind::Number(number("-5", "25", 1, Some(("1", "5")), Some("kg"))),
            vec![(d("4.5"), "4.5 kg", Some(10)), (t("-3"), "\u{2212}3 kg", Some(0))],
            vec![(d("26"), "max"), (d("-6"), "min"), (d("1.25"), "decimals"), (t("warm"), "number"), (Raw::Bool(true), "kind")],
        ),
        (
            ItemKind::Temperature(Temperature(number("-30", "30", 1, Some(("-22", "-18")), Some("°C")))),
            vec![(d("-20"), "\u{2212}20 °C", Some(10)), (d("-10"), "\u{2212}10 °C", Some(0))],
            vec![(d("31"), "max")],
        ),
        (
            ItemKind::Currency(Currency(number("0", "1000", 2, None, Some("EUR")))),
            vec![(d("250.50"), "250.50 EUR", None)],
            vec![(d("1.005"), "decimals")],
        ),
        (ItemKind::Percent(Percent(number("0", "100", 0, None, Some("%")))), vec![(d("40"), "40 %", None)], vec![(d("101"), "max")]),
        (
            ItemKind::Slider(Slider { range: number("0.5", "2", 1, None, None), step: n("0.5") }),
            vec![(d("1.5"), "1.5", None)],
            vec![(d("1.2"), "step"), (d("2.5"), "max")],
        ),
        (ItemKind::Counter(Counter { min: 0, max: 80 }), vec![(d("12"), "12", None)], vec![(d("81"), "range"), (d("1.5"), "range")]),
        (
            ItemKind::Boolean,
            vec![(Raw::Bool(true), "Yes", Some(10)), (Raw::Bool(false), "No", Some(0))],
            vec![(t("yes"), "kind"), (d("1"), "kind")],
        ),
        (ItemKind::PassFail, vec![(t("pass"), "Pass", Some(10)), (Raw::Bool(false), "Fail", Some(0))], vec![(t("passed"), "kind")]),
        (ItemKind::Acknowledge, vec![(Raw::Bool(true), "Confirmed", Some(10))], vec![(Raw::Bool(false), "acknowledge")]),
        (ItemKind::Choice(One(ab.clone())), vec![(t("b"), "B", None)], vec![(t("c"), "choice"), (t("No!"), "choice")]),
        (ItemKind::Choice(One(points([Some(4), None]))), vec![(t("a"), "A", Some(4)), (t("b"), "B", Some(0))], vec![(l(&["a"]), "kind")]),
        (
            ItemKind::MultiChoice(Several(points([Some(4), Some(9)]))),
            vec![(l(&["b", "a"]), "A, B", Some(10)), (l(&["a"]), "A", Some(4))],
            vec![(l(&["a", "c"]), "choice"), (t("a"), "kind")],
        ),
        (
            ItemKind::Lookup(Lookup { list: slug("articles"), filters: vec![] }),
            vec![(t("milk-1l"), "milk-1l", None)],
            vec![(t("Milk!"), "row"), (l(&["milk-1l"]), "kind")],
        ),
        (ItemKind::Rank(Rank(ab.clone())), vec![(l(&["b", "a"]), "B, A", None)], vec![(l(&["b"]), "order"), (l(&["b", "b"]), "order")]),
        (ItemKind::Order(Order(ab.clone())), vec![(l(&["a", "b"]), "A, B", None)], vec![(l(&["a", "c"]), "choice")]),
        (
            ItemKind::Likert(Likert { rows: ab.clone(), columns: choices(&["no", "yes"]) }),
            vec![(m(&[("b", "no"), ("a", "no")]), "A: NO; B: NO", None)],
            vec![(m(&[("a", "no")]), "cells"), (m(&[("a", "maybe"), ("b", "no")]), "choice"), (t("a"), "kind")],
        ),
        (
            ItemKind::Match(Match { left: ab.clone(), right: choices(&["x", "y", "z"]) }),
            vec![(m(&[("a", "z"), ("b", "x")]), "A: Z; B: X", None)],
            vec![(m(&[("a", "x"), ("b", "x")]), "twice"), (m(&[("c", "x"), ("b", "y")]), "choice")],
        ),
        (
            ItemKind::FillIn(FillIn { gaps: 2 }),
            vec![(l(&[" 5 ", "three"]), "5; three", None)],
            vec![(l(&["5"]), "gaps"), (l(&["5", " "]), "gaps")],
        ),
        (
            ItemKind::Hotspot(Hotspot { picture: BlobHash::from_bytes([7; 32]) }),
            vec![(m(&[("x", "250"), ("y", "1000")]), "25 %, 100 %", None)],
            vec![(m(&[("x", "1001"), ("y", "0")]), "spot"), (m(&[("x", "1")]), "spot")],
        ),
        (
            ItemKind::Rating(Rating { max: 5 }),
            vec![(d("5"), "5 of 5", Some(10)), (d("2"), "2 of 5", Some(2)), (d("1"), "1 of 5", Some(0))],
            vec![(d("0"), "range"), (d("6"), "range"), (d("2.5"), "range")],
        ),
        (ItemKind::Csat, vec![(d("4"), "4 of 5", Some(7))], vec![(d("0"), "range")]),
        (ItemKind::Csat4, vec![(d("4"), "4 of 4", Some(10))], vec![(d("5"), "range")]),
        (ItemKind::Nps, vec![(d("0"), "0 of 10", Some(0)), (d("9"), "9 of 10", Some(9))], vec![(d("11"), "range")]),
        (ItemKind::Ces, vec![(d("7"), "7 of 7", Some(10))], vec![(d("8"), "range")]),
        (ItemKind::Date, vec![(t("2026-03-31"), "2026-03-31", None)], vec![(t("2026-02-30"), "date"), (t("2026-3-31"), "date")]),
        (ItemKind::Time, vec![(t("07:30"), "07:30", None)], vec![(t("24:00"), "time"), (t("7:30"), "time")]),
        (
            ItemKind::DateTime,
            vec![(t("2026-03-31T07:30+01:00"), "2026-03-31 06:30 UTC", None), (t("2026-03-31T06:30:00Z"), "2026-03-31 06:30 UTC", None)],
            vec![(t("2026-03-31T07:30"), "date-time"), (t("1850-01-01T00:00:00Z"), "date-time")],
        ),
        (
            ItemKind::Duration,
            vec![(d("5400"), "1 h 30 min", None), (t("0:45"), "45 min", None), (d("61"), "1 min 1 s", None), (d("3600"), "1 h", None)],
            vec![(t("1:75"), "duration"), (d("-1"), "duration"), (d("2678401"), "max")],
        ),
        (
            ItemKind::Photo(evidence(1, 2)),
            vec![(t(&photo), "1 photo", None), (l(&[&photo, &other]), "2 photos", None)],
            vec![(l(&[&photo, &photo]), "photos-twice"), (t("mine.jpg"), "photo")],
        ),
        (ItemKind::Video(Video(files)), vec![(t(&photo), "1 file", None)], vec![(l(&[&photo, &photo]), "files-twice")]),
        (
            ItemKind::Audio(Audio(files)),
            vec![(t(&photo), "1 recording", None), (l(&[&photo, &other]), "2 recordings", None)],
            vec![(l(&[&photo, &photo]), "files-twice"), (t("note.m4a"), "photo")],
        ),
        (ItemKind::File(File(files)), vec![(l(&[&photo, &other]), "2 files", None)], vec![(t("a.pdf"), "photo")]),
        (ItemKind::Signature, vec![(t(&photo), "Signed", None)], vec![(l(&[&photo]), "kind")]),
        (ItemKind::Sketch, vec![(t(&photo), "1 photo", None), (l(&[&photo]), "1 photo", None)], vec![(l(&[&photo, &other]), "sketch")]),
        (ItemKind::Barcode, vec![(t("5601234567880"), "5601234567880", None)], vec![(t(&"9".repeat(2_954)), "length")]),
        (
            ItemKind::Location(Location { within_m: Some(50) }),
            vec![(m(&[("lat", "38.7223"), ("lon", "-9.1393"), ("within", "11.2")]), "38.7223, \u{2212}9.1393 (within 12 m)", None)],
            vec![
                (m(&[("lat", "91"), ("lon", "0"), ("within", "5")]), "location"),
                (m(&[("lat", "1"), ("lon", "0"), ("within", "5"), ("mock", "maybe")]), "location"),
                (m(&[("lat", "1"), ("lon", "0"), ("within", "5"), ("sure", "true")]), "location"),
                (m(&[("lat", "1"), ("lon", "0"), ("within", "51")]), "within"),
            ],
        ),
        (ItemKind::Person, vec![(t("01890a5d-ac96-774b-bcce-b302099a8057"), "?", None)], vec![(t("ana"), "person")]),
        (ItemKind::Site, vec![(t("01890a5d-ac96-774b-bcce-b302099a8057"), "?", None)], vec![(t("harbour"), "site")]),
        (ItemKind::Asset, vec![(t("milk-fridge"), "milk-fridge", None)], vec![(t("Milk fridge!"), "asset")]),
    ]
}

#[test]
fn every_kind_takes_its_answers_refuses_others_scores_and_says_them() {
    for (kind, taken, refused) in rows() {
        let (name, one) = (kind.name(), item(kind.clone()));
        for (raw, report, points) in taken {
            let value = one.read(raw.clone()).unwrap_or_else(|e| panic!("{name}: {raw:?}: {e}"));
            assert_eq!(one.report(&value, &English), report, "{name}");
            assert_eq!(kind.answers().points(&value, 10), points, "{name}: {raw:?}");
            let back: Value = crate::cbor::decode("a value", &crate::cbor::encode(&value)).expect("it reads");
            assert_eq!(back, value, "{name}");
            assert!(!one.report(&value, &Arabic).is_empty(), "{name}");
        }
        for (raw, rule) in refused {
            assert_eq!(one.read(raw.clone()).expect_err(name).rule, rule, "{name}: {raw:?}");
        }
        assert!(one.read(Raw::Na(None)).is_err(), "{name}: an item that always applies");
        let said = (kind.answers().spoken(&English), kind.answers().spoken(&Arabic));
        assert!(said.0.len() > 3 && said.1.len() > 3 && said.0 != said.1, "{name}: {said:?}");
    }
}

#[test]
fn every_kind_has_a_row_here_and_a_name_of_its_own() {
    let mut names: Vec<&str> = rows().iter().map(|(kind, ..)| kind.name()).collect();
    names.sort_unstable();
    names.dedup();
    // As they are stored: whoever adds a kind and no row here is told.
    let unknown = ItemKind::deserialize(StrDeserializer::<serde::de::value::Error>::new("nothing")).expect_err("no such kind").to_string();
    for name in &names {
        assert!(unknown.contains(&format!("`{name}`")), "{name} is not what is stored: {unknown}");
    }
    assert_eq!(unknown.matches('`').count() / 2, names.len() + 1, "{unknown}");
}

#[test]
fn what_says_nothing_is_empty_and_is_how_an_answer_is_taken_back() {
    for (kind, ..) in super::tests::rows() {
        let one = item(kind.clone());
        for nothing in [t(""), t("  "), l(&[]), m(&[])] {
            let read = one.read(nothing);
            assert_eq!(read.as_ref().is_ok_and(Value::is_empty), kind.answers().asks(), "{}: {read:?}", kind.name());
        }
        assert_eq!(one.check(&Value::nothing()).is_ok(), kind.answers().asks(), "{}", kind.name());
    }
    let (a, rows) = (choices(&["a", "b"]), choices(&["r"]));
    for (kind, empty) in [
        (ItemKind::Text, Value::Text("  ".into())),
        (ItemKind::MultiChoice(Several(a.clone())), Value::Choices(vec![])),
        (ItemKind::Rank(Rank(a.clone())), Value::Ranked(vec![])),
        (ItemKind::Likert(Likert { rows, columns: a }), Value::Cells(vec![])),
        (ItemKind::FillIn(FillIn { gaps: 2 }), Value::Texts(vec![])),
        (ItemKind::Lookup(Lookup { list: slug("articles"), filters: vec![] }), Value::Text(String::new())),
    ] {
        assert!(empty.is_empty() && item(kind.clone()).check(&empty).is_ok(), "{}", kind.name());
    }
}

#[test]
fn a_value_of_one_kind_is_no_answer_to_another() {
    let all = rows();
    let values = |(kind, taken, _): &Row| -> Vec<Value> {
        taken.iter().map(|(raw, ..)| item(kind.clone()).read(raw.clone()).expect("taken")).collect()
    };
    let shape = std::mem::discriminant::<Value>;
    let mut refused = 0;
    for other in &all {
        let own: Vec<_> = values(other).iter().map(shape).collect();
        for value in all.iter().flat_map(values).filter(|value| !own.contains(&shape(value))) {
            let problem = item(other.0.clone()).check(&value).expect_err(other.0.name());
            assert!(["kind", "note", "calculated"].contains(&problem.rule), "{}: {value:?}: {problem}", other.0.name());
            refused += 1;
        }
    }
    assert!(refused > 1_000, "{refused}");
}

#[test]
fn a_place_has_the_encoding_that_it_had_before_anybody_said_who_made_it_up() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Before {
        Place { lat: i32, lon: i32, within_m: u32 },
    }
    let (before, place) = (Before::Place { lat: 1, lon: -2, within_m: 3 }, |mock| Value::Place { lat: 1, lon: -2, within_m: 3, mock });
    assert_eq!(crate::cbor::encode(&before), crate::cbor::encode(&place(false)));
    assert_eq!(crate::cbor::decode::<Value>("a place", &crate::cbor::encode(&before)), Ok(place(false)));
    let made_up = crate::cbor::encode(&place(true));
    assert_eq!(crate::cbor::decode::<Value>("a place", &made_up), Ok(place(true)));
    assert_eq!(crate::cbor::decode::<Before>("a place", &made_up), Ok(before), "an older app reads it");
}
