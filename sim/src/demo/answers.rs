//! Plausible answers for any item, so that the demo works with whatever content it is given.

use frontline_domain::form::{Item, ItemKind};
use serde_json::{Value, json};

use crate::time::Seeded;

/// An answer to `item` as a line of JSON gives it, or none where there is nothing to answer. `other` asks
/// for a different one than most people would give.
pub fn answer(item: &Item, chance: &Seeded, other: bool) -> Option<Value> {
    Some(match &item.kind {
        // Pictures are taken before they are an answer.
        ItemKind::Note | ItemKind::Photo(_) | ItemKind::Signature => return None,
        ItemKind::Text => json!(if other { "Checked again, all in order" } else { "All in order" }),
        ItemKind::LongText => json!("Walked the whole floor; everything where it belongs."),
        ItemKind::Number(rule) => {
            let low = rule.target.map(|t| t.0).or(rule.min);
            let high = rule.target.map(|t| t.1).or(rule.max);
            let pick = if other { high.or(low) } else { low.or(high) };
            let Some(text) = pick.map(|n| n.to_string()) else { return Some(json!(chance.below(20))) };
            serde_json::from_str(&text).unwrap_or_else(|_| json!(text))
        }
        ItemKind::Boolean => json!(!other),
        ItemKind::PassFail => json!(if other { "fail" } else { "pass" }),
        ItemKind::Choice(choices) => {
            let at = if other { choices.len() - 1 } else { 0 };
            json!(choices.get(at)?.slug.as_str())
        }
        ItemKind::MultiChoice(choices) => {
            let take = if other { 1 } else { choices.len().min(2) };
            json!(choices.iter().take(take).map(|c| c.slug.as_str()).collect::<Vec<_>>())
        }
        ItemKind::Rating { max } => json!(if other { 1 } else { *max }),
        ItemKind::Csat => json!(if other { 2 } else { 5 }),
        ItemKind::Date => json!(if other { "2026-03-03" } else { "2026-03-02" }),
        ItemKind::Time => json!(if other { "07:45" } else { "07:30" }),
    })
}
