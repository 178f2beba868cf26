//! Plausible answers for any item, so that the demo works with whatever content it is given.

use frontline_domain::form::{Decimal, Item, ItemKind, Raw};
use serde_json::{Value, json};

use crate::time::Seeded;

/// An answer to `item` as a line of JSON gives it, or none where there is nothing to answer. `other` asks
/// for a different one than most people would give.
pub fn answer(item: &Item, chance: &Seeded, other: bool) -> Option<Value> {
    let kind = item.kind.answers();
    let listed: Vec<&str> = kind.choices().iter().map(|c| c.slug.as_str()).collect();
    Some(match &item.kind {
        ItemKind::Text => json!(if other { "Checked again, all in order" } else { "All in order" }),
        ItemKind::LongText => json!("Walked the whole floor; everything where it belongs."),
        ItemKind::Barcode => json!(if other { "5601234567897" } else { "5601234567880" }),
        ItemKind::Slider(slider) => number(if other { slider.range.max } else { slider.range.min }?),
        ItemKind::Counter(counter) => json!(if other { counter.max } else { counter.min }),
        ItemKind::Number(_) | ItemKind::Temperature(_) | ItemKind::Currency(_) | ItemKind::Percent(_) => {
            let rule = kind.numbers()?;
            let low = rule.target.map(|t| t.0).or(rule.min);
            let high = rule.target.map(|t| t.1).or(rule.max);
            match if other { high.or(low) } else { low.or(high) } {
                Some(n) => number(n),
                None => json!(chance.below(20)),
            }
        }
        ItemKind::Boolean => json!(!other),
        ItemKind::PassFail => json!(if other { "fail" } else { "pass" }),
        ItemKind::Acknowledge => json!(true),
        ItemKind::Choice(_) => json!(listed.get(if other { listed.len() - 1 } else { 0 })?),
        ItemKind::MultiChoice(_) => {
            let take = if other { 1 } else { listed.len().min(2) };
            json!(listed[..take])
        }
        ItemKind::Rank(_) | ItemKind::Order(_) if other => json!(listed.iter().rev().collect::<Vec<_>>()),
        ItemKind::Rank(_) | ItemKind::Order(_) => json!(listed),
        ItemKind::Likert(_) => {
            let to = listed.get(if other { 0 } else { listed.len() - 1 })?;
            Value::Object(kind.rows().iter().map(|row| (row.slug.to_string(), json!(to))).collect())
        }
        ItemKind::Match(_) => {
            let to = if other { listed.iter().rev().collect::<Vec<_>>() } else { listed.iter().collect() };
            Value::Object(kind.rows().iter().zip(to).map(|(row, to)| (row.slug.to_string(), json!(to))).collect())
        }
        ItemKind::FillIn(rule) => json!(vec![if other { "two" } else { "one" }; usize::from(rule.gaps)]),
        ItemKind::Hotspot(_) => json!({"x": if other { 100 } else { 500 }, "y": 500}),
        ItemKind::Location(_) => json!({"lat": if other { 38.7 } else { 38.722_3 }, "lon": -9.139_3, "within": 1}),
        ItemKind::Rating(rating) => json!(if other { 1 } else { rating.max }),
        ItemKind::Csat => json!(if other { 2 } else { 5 }),
        ItemKind::Csat4 => json!(if other { 2 } else { 4 }),
        ItemKind::Nps => json!(if other { 6 } else { 9 }),
        ItemKind::Ces => json!(if other { 3 } else { 6 }),
        ItemKind::Date => json!(if other { "2026-03-03" } else { "2026-03-02" }),
        ItemKind::Time => json!(if other { "07:45" } else { "07:30" }),
        ItemKind::DateTime => json!(if other { "2026-03-02T07:45:00Z" } else { "2026-03-02T07:30:00Z" }),
        ItemKind::Duration => json!(if other { 5_400 } else { 900 }),
        // Of pictures and other files, people and sites there is none to give before it was taken or looked up.
        _ => return kind.example(other).map(|raw| json_of(&raw)),
    })
}

fn json_of(raw: &Raw) -> Value {
    match raw {
        Raw::Text(text) => json!(text),
        Raw::Number(digits) => serde_json::from_str(digits).unwrap_or_else(|_| json!(digits)),
        Raw::Bool(yes) => json!(yes),
        Raw::List(list) => json!(list),
        Raw::Map(map) => Value::Object(map.iter().map(|(key, text)| (key.clone(), json!(text))).collect()),
        Raw::Na(reason) => json!({"na": reason}),
    }
}

fn number(n: Decimal) -> Value {
    let text = n.to_string();
    serde_json::from_str(&text).unwrap_or_else(|_| json!(text))
}
