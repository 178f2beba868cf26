//! The table of expressions, `vectors/expressions.json`, in a form that other languages can run, too: each comes to what
//! stands there, or is refused at that byte with that kind of error and such a sentence; and what is printed reads the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono_tz::Tz;
use frontline_domain::Slug;
use frontline_domain::form::Decimal;
use frontline_domain::form::expr::{Declared, Error, Facts, Kind, Question, Scope, Value, Whose, compile, parse};
use serde_json::Value as Json;

struct Table {
    json: Json,
    items: Vec<(Slug, Json)>,
}

fn kind(item: &Json) -> Kind {
    let choices = || item["choices"].as_array().map(|all| all.iter().map(|c| c.as_str().unwrap().parse().unwrap()).collect::<Arc<[Slug]>>());
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
    fn zone(&self) -> Tz {
        self.json["zone"].as_str().unwrap().parse().unwrap()
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
