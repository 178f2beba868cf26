//! The table of expressions, `vectors/expressions.json`, in a form that other languages can run, too: each comes to what
//! stands there, or is refused at that byte with that kind of error and such a sentence; and what is printed reads the same.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::Slug;
use frontline_domain::cbor;
use frontline_domain::form::Decimal;
use frontline_domain::form::expr::{Declared, Error, Facts, Kind, Node, Question, Scope, Value, Whose, compile, parse};
use frontline_domain::zone::Zone;
use serde_json::Value as Json;

struct Table {
    json: Json,
    items: Vec<(Slug, Json)>,
}

fn kind(item: &Json) -> Kind {
    let choices =
        || item["choices"].as_array().map(|all| all.iter().map(|c| c.as_str().unwrap().parse().unwrap()).collect::<Arc<[Slug]>>());
    match item["kind"].as_str().unwrap() {
        "bool" => Kind::Bool,
        "number" => Kind::Number(item["unit"].as_str().map(Arc::from)),
        "text" => Kind::Text,
        "choice" => Kind::Choice(choices()),
        "choices" => Kind::Choices(choices()),
        "date" => Kind::Date,
        "time" => Kind::Time,
        "instant" => Kind::Instant,
        "files" => Kind::Files,
        _ => Kind::Thing,
    }
}

fn instant(text: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}

fn value(kind: &Kind, given: &Json) -> Value {
    let text = || given.as_str().unwrap();
    match (kind, given) {
        (_, Json::Null) => Value::Unknown,
        (Kind::Bool, _) => Value::Bool(given.as_bool().unwrap()),
        (Kind::Number(_), _) => Value::Number(text().parse::<Decimal>().unwrap()),
        (Kind::Text, _) => Value::Text(text().into()),
        (Kind::Choice(_), _) => Value::Choice(text().parse().unwrap()),
        (Kind::Choices(_), _) => Value::Choices(given.as_array().unwrap().iter().map(|c| c.as_str().unwrap().parse().unwrap()).collect()),
        (Kind::Date, _) => Value::Date(text().parse().unwrap()),
        (Kind::Time, _) => Value::Time(chrono::NaiveTime::parse_from_str(text(), "%H:%M").unwrap()),
        (Kind::Instant, _) => Value::Instant(instant(text())),
        (Kind::Files, _) => Value::Files(given.as_u64().unwrap() as usize),
        (Kind::Thing, _) => Value::Thing,
    }
}

impl Scope for Table {
    fn item(&self, slug: &Slug) -> Option<Declared> {
        let index = self.items.iter().position(|(name, _)| name == slug)?;
        let item = &self.items[index].1;
        Some(Declared { index: index as u32, kind: kind(item), repeats: item["repeats"].as_u64().map(|n| n as u16) })
    }
    fn names(&self) -> Vec<String> {
        self.items.iter().map(|(name, _)| name.to_string()).collect()
    }
    fn within(&self) -> Option<u16> {
        None
    }
}

impl Facts for Table {
    fn answer(&self, item: u32, instance: Option<u16>) -> Value {
        let (name, item) = &self.items[item as usize];
        let given = match (item["repeats"].as_u64(), instance) {
            (Some(section), Some(n)) => &self.json["repeats"][section as usize][n as usize][name.as_str()],
            _ => &self.json["given"][name.as_str()],
        };
        value(&kind(item), given)
    }
    fn is_na(&self, _: u32, _: Option<u16>) -> bool {
        false
    }
    fn instances(&self, section: u16) -> u16 {
        self.json["repeats"][usize::from(section)].as_array().map_or(0, |all| all.len() as u16)
    }
    fn last(&self, item: u32) -> Value {
        let (name, item) = &self.items[item as usize];
        value(&kind(item), &self.json["last"][name.as_str()])
    }
    fn last_at(&self, item: u32) -> Option<i64> {
        self.json["last_at"][self.items[item as usize].0.as_str()].as_str().map(instant)
    }
    fn attribute(&self, whose: Whose, name: &str) -> Option<String> {
        self.json[whose.name()][name].as_str().map(str::to_owned)
    }
    fn ask(&self, whose: Whose, question: Question, text: &str) -> Option<bool> {
        let list = if question == Question::Tag { "tags" } else { "roles" };
        Some(self.json[whose.name()][list].as_array()?.iter().any(|one| one == text))
    }
    fn now_ms(&self) -> i64 {
        instant(self.json["now"].as_str().unwrap())
    }
    fn zone(&self) -> Zone {
        Zone::find(self.json["zone"].as_str().unwrap()).unwrap()
    }
}

fn shown(value: &Value) -> Json {
    match value {
        Value::Unknown => Json::Null,
        Value::Bool(b) => Json::Bool(*b),
        Value::Number(n) => n.to_string().into(),
        Value::Text(text) => text.clone().into(),
        Value::Choice(slug) => slug.to_string().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Time(time) => time.format("%H:%M").to_string().into(),
        other => format!("{other:?}").into(),
    }
}

fn table() -> Table {
    let json: Json = serde_json::from_str(include_str!("vectors/expressions.json")).unwrap();
    let items: BTreeMap<String, Json> = serde_json::from_value(json["items"].clone()).unwrap();
    Table { items: items.into_iter().map(|(name, item)| (name.parse().unwrap(), item)).collect(), json }
}

#[test]
fn each_expression_comes_to_what_the_table_says() {
    let table = table();
    let (mut wrong, mut values, mut errors) = (Vec::new(), 0, 0);
    for case in table.json["cases"].as_array().unwrap() {
        let text = case["expr"].as_str().unwrap();
        let come = parse(text).and_then(|parsed| {
            let again = parse(&parsed.node.to_string());
            assert_eq!(again.as_ref().map(|p| &p.node), Ok(&parsed.node), "{text} was printed as {}", parsed.node);
            let stored: Node = cbor::decode("an expression", &cbor::encode(&parsed.node)).expect("it reads");
            assert_eq!(stored, parsed.node, "{text} is stored as it is");
            assert_eq!(parsed.places.len(), count(&parsed.node), "{text}");
            compile(&parsed, &table, None)
        });
        match (&come, case["error"].as_str()) {
            (Ok(program), None) => {
                values += 1;
                let is = shown(&program.value(&table, None));
                if is != case["is"] {
                    wrong.push(format!("{text}: {is}, not {}", case["is"]));
                }
            }
            (Err(Error { at, found, message }), Some(kind)) => {
                errors += 1;
                let is_place = case["at"].as_u64().is_none_or(|wanted| wanted == *at as u64);
                let is_word = case["says"].as_str().is_none_or(|words| message.contains(words));
                if format!("{found:?}").to_lowercase() != kind || !is_place || !is_word {
                    wrong.push(format!("{text}: {found:?} at {at}: {message}; wanted {case}"));
                }
            }
            (come, _) => wrong.push(format!("{text}: {come:?}, wanted {case}")),
        }
    }
    println!("{values} values, {errors} errors");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), values + errors, wrong.join("\n"));
    assert!(values >= 150 && errors >= 50);
}

fn count(node: &frontline_domain::form::expr::Node) -> usize {
    1 + node.parts().map(count).sum::<usize>()
}

/// Every function is told of in `docs/forms.md`, and every example there is one that works on the table's form.
#[test]
fn the_page_names_every_function_and_its_examples_work() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/forms.md")).unwrap();
    let table = table();
    let (_, functions) = page.split_once("## Functions").unwrap();
    let mut tried = 0;
    for row in functions.lines().filter(|line| line.starts_with("| `")) {
        let example = row.rsplit('|').nth(1).unwrap().trim().trim_matches('`');
        let parsed = parse(example).unwrap_or_else(|e| panic!("{example}: {e}"));
        compile(&parsed, &table, None).unwrap_or_else(|e| panic!("{example}: {e}"));
        tried += 1;
    }
    assert!(tried >= 19, "{tried}");
    for function in frontline_domain::form::expr::Function::ALL {
        assert!(functions.contains(&format!("`{}(", function.name())), "{} is not told of", function.name());
    }
}

mod any {
    use super::*;
    use frontline_domain::form::expr::{Comparison, Found, Function, Node, Sign};
    use proptest::prelude::*;

    /// Any tree that a text can stand for.
    fn node() -> impl Strategy<Value = Node> {
        let number = (0i64..1_000_000, 0u8..4, prop::option::of(prop::sample::select(vec!["°C", "%", "kg", "d"])));
        let leaf = prop_oneof![
            Just(Node::True),
            Just(Node::False),
            number.prop_map(|(n, scale, unit)| Node::Number(Decimal::new(n, scale).unwrap(), unit.map(str::to_owned))),
            "[ -~é\n]{0,12}".prop_map(Node::Text),
            prop::sample::select(vec!["fridge-temp", "door", "temp", "2nd-check", "and", "min", "kg", "true"])
                .prop_map(|slug| Node::Item(slug.parse().unwrap())),
            Just(Node::Attribute(Whose::Site, "slug".into())),
            "[a-z\"]{0,5}".prop_map(|text| Node::Ask(Whose::Person, Question::Role, text)),
        ];
        let compare = prop::sample::select(vec![
            Comparison::Equal,
            Comparison::Unequal,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::More,
            Comparison::MoreOrEqual,
            Comparison::In,
        ]);
        let sign = prop::sample::select(vec![Sign::Plus, Sign::Minus]);
        leaf.prop_recursive(5, 40, 4, move |inner| {
            let several = prop::collection::vec(inner.clone(), 2..4);
            let chain = prop::collection::vec((sign.clone(), inner.clone()), 1..3);
            prop_oneof![
                inner.clone().prop_map(|one| Node::Not(Box::new(one))),
                inner.clone().prop_map(|one| Node::Minus(Box::new(one))),
                several.clone().prop_map(Node::And),
                several.prop_map(Node::Or),
                (compare.clone(), inner.clone(), inner.clone()).prop_map(|(how, a, b)| Node::Compare(how, Box::new(a), Box::new(b))),
                (inner.clone(), chain.clone()).prop_map(|(first, rest)| Node::Sum(Box::new(first), rest)),
                (inner.clone(), chain).prop_map(|(first, rest)| Node::Product(Box::new(first), rest)),
                (prop::sample::select(Function::ALL.to_vec()), prop::collection::vec(inner, 0..3))
                    .prop_map(|(function, all)| Node::Call(function, all)),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_printed_reads_the_same(node in node()) {
            let text = node.to_string();
            let read = parse(&text);
            prop_assert_eq!(read.as_ref().map(|p| &p.node), Ok(&node), "{}", text);
            prop_assert_eq!(read.map(|p| p.places.len()), Ok(count(&node)));
        }

        #[test]
        fn whatever_compiles_evaluates_and_whatever_does_not_says_where(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..12)) {
            let text = words.join(" ");
            let table = table();
            match parse(&text).and_then(|parsed| compile(&parsed, &table, None)) {
                Ok(program) => drop((program.value(&table, None), program.reads())),
                Err(e) => prop_assert!(e.at <= text.len() && !e.message.is_empty(), "{}: {:?}", text, e),
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            if let Err(e) = parse(&text) {
                prop_assert!(e.at <= text.len() && text.is_char_boundary(e.at), "{:?}", e);
            }
        }
    }

    /// What expressions are made of, and mostly is none.
    const WORDS: [&str; 34] = [
        "door",
        "fridge-temp",
        "freezer-temp",
        "temp",
        "clean",
        "made",
        "alarm",
        "missing",
        "good-until",
        "started",
        "remarks",
        "\"fault\"",
        "1",
        "0",
        "999999999999999",
        "5 °C",
        "2 w",
        "+",
        "-",
        "*",
        "/",
        "=",
        "<",
        "and",
        "or",
        "not",
        "in",
        "(",
        ")",
        ",",
        "count(",
        "any(",
        "today()",
        "if(",
    ];

    #[test]
    fn what_nests_too_deeply_or_is_too_long_is_refused_in_words() {
        let deep = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
        assert!(parse(&deep(32)).is_ok());
        assert!(parse(&deep(33)).unwrap_err().message.contains("deeper than 32"));
        assert!(parse(&"not ".repeat(1_000)).unwrap_err().message.contains("deeper than 32"));
        assert!(parse(&"-".repeat(4_000)).is_err());
        assert!(parse(&" ".repeat(4_097)).unwrap_err().message.contains("at most 4096 bytes"));
        // The limit falls into the middle of a letter: the place is before it.
        let error = parse(&format!(" {}", "é".repeat(2_048))).unwrap_err();
        assert_eq!((error.at, error.found), (4_095, Found::Long));
        let long = vec!["door"; 500].join(" or ");
        let parsed = parse(&long).unwrap();
        assert_eq!((parsed.places.len(), parsed.node.to_string()), (501, long));
    }
}
