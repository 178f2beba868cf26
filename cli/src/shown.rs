//! What a phone says, for people: times as dates with how long ago that was, sizes, sentences. Programs read
//! the same with `--json`.

use frontline_content::words::{count, shown};
use serde_json::{Map, Value};

use crate::when;

/// The letters of a text that fit into a line of a list.
const LINE: usize = 100;

/// `device status`: a line for each thing.
pub fn status(said: &Value, now_ms: i64) -> Vec<String> {
    let fields = said.as_object().into_iter().flatten().filter(|(name, _)| *name != "ok" && *name != "set_aside");
    let mut lines: Vec<String> = fields.map(|(name, value)| format!("{:18} {}", label(name), figure(name, value, now_ms))).collect();
    lines.extend(set_aside(said, now_ms));
    lines
}

/// Damaged stores that were set aside: a line for each, with its place and what became of it.
pub fn set_aside(said: &Value, now_ms: i64) -> Vec<String> {
    let line = |one: &Value| {
        let number = |field: &str| one[field].as_u64().unwrap_or(0);
        format!(
            "A damaged store was set aside {}; nothing of it was deleted, it is kept at {}. {} over from it; nothing could be read of {}.",
            when::told(one["at_ms"].as_i64().unwrap_or(0), now_ms),
            shown(one["kept_at"].as_str().unwrap_or_default()),
            count(number("found"), "captured thing was taken", "captured things were taken"),
            count(number("missing"), "number", "numbers"),
        )
    };
    said["set_aside"].as_array().into_iter().flatten().map(line).collect()
}

fn label(name: &str) -> String {
    match name {
        "sync_sessions" => "syncs so far".to_owned(),
        "bytes_up" => "sent so far".to_owned(),
        "bytes_down" => "received so far".to_owned(),
        _ => name.trim_end_matches("_ms").replace('_', " "),
    }
}

fn figure(name: &str, value: &Value, now_ms: i64) -> String {
    match (name, value) {
        ("blocked", Value::Object(why)) => {
            let since = why.get("since_ms").and_then(Value::as_i64).map_or_else(String::new, |ms| when::told(ms, now_ms));
            format!("{} Since {since}", why.get("reason").and_then(Value::as_str).unwrap_or_default())
        }
        ("blocked", _) => "no".to_owned(),
        ("last_contact" | "reported_through", Value::Null) => "never".to_owned(),
        ("bytes_up" | "bytes_down", _) => size(value.as_u64().unwrap_or(0)),
        (_, Value::Null) => "none yet".to_owned(),
        _ => plain(name, value, now_ms).unwrap_or_else(|| value.to_string()),
    }
}

/// `512 bytes`, `14 KiB`, `2.1 MiB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => frontline_content::words::count(bytes, "byte", "bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes.div_ceil(1_024)),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

/// A value that fits into a line; none for what has parts.
fn plain(name: &str, value: &Value, now_ms: i64) -> Option<String> {
    let is_time = name.ends_with("_ms") || matches!(name, "last_contact" | "reported_through" | "lease_until" | "backed_up");
    Some(match value {
        Value::Number(n) if name == "active_ms" => when::span(n.as_i64().unwrap_or(0)),
        Value::Number(n) if is_time => when::told(n.as_i64().unwrap_or(0), now_ms),
        Value::Number(n) => n.to_string(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => shown(text).into_owned(),
        // Who a contact is with, as far as this phone can tell; else that it is forgotten or closed.
        Value::Object(who) if name == "customer" => {
            let known = ["name", "phone", "email", "state"].iter().find_map(|part| who.get(*part)?.as_str());
            shown(known?).into_owned()
        }
        // A text in the language that its reader reads.
        Value::Object(words) if words.contains_key("dir") => shown(words.get("text")?.as_str()?).into_owned(),
        _ => return None,
    })
}

/// A row of a list: its id, then what is short enough to read.
pub fn row(row: &Value, now_ms: i64) -> String {
    let fields = row.as_object().into_iter().flatten().filter(|(name, _)| *name != "id");
    let rest: Vec<String> =
        fields.filter_map(|(name, value)| Some(format!("{} {}", label(name), cut(plain(name, value, now_ms)?)))).collect();
    format!("{}  {}", row["id"].as_str().map(shown).unwrap_or_default(), rest.join(", "))
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LINE) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// One thing whole, a line for each part, indented by where it belongs.
pub fn whole(said: &Value, now_ms: i64) -> Vec<String> {
    let mut out = Vec::new();
    fields(said.as_object().unwrap_or(&Map::new()), 0, now_ms, &mut out);
    out
}

/// Nothing is said of what is not there; an empty list is said to be empty.
fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("") || value.as_object().is_some_and(Map::is_empty)
}

fn fields(map: &Map<String, Value>, depth: usize, now_ms: i64, out: &mut Vec<String>) {
    for (name, value) in map.iter().filter(|(name, value)| *name != "ok" && !is_empty(value)) {
        let indent = "  ".repeat(depth);
        match (plain(name, value, now_ms), value) {
            (Some(text), _) => out.push(format!("{indent}{}: {text}", label(name))),
            (None, Value::Object(parts)) => {
                out.push(format!("{indent}{}:", label(name)));
                fields(parts, depth + 1, now_ms, out);
            }
            (None, Value::Array(list)) if list.iter().all(|one| plain(name, one, now_ms).is_some()) => {
                let texts: Vec<String> = list.iter().filter_map(|one| plain(name, one, now_ms)).collect();
                let texts = if texts.is_empty() { "none".to_owned() } else { texts.join(", ") };
                out.push(format!("{indent}{}: {texts}", label(name)));
            }
            (None, Value::Array(list)) => {
                out.push(format!("{indent}{}:", label(name)));
                for one in list {
                    let from = out.len();
                    fields(one.as_object().unwrap_or(&Map::new()), depth + 2, now_ms, out);
                    // The first line of each carries the mark that sets it off from the one before.
                    if let Some(first) = out.get_mut(from) {
                        *first = format!("{indent}  - {}", first.trim_start());
                    }
                }
            }
            (None, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_772_434_800_000;

    #[test]
    fn a_status_has_dates_sizes_and_sentences() {
        let why = json!({"code": "DEVICE_REVOKED", "reason": "This device was revoked.", "since_ms": NOW - 7_200_000});
        let said = json!({"ok": true, "name": "harbour-1", "unsent": 1, "last_contact": NOW - 180_000, "reported_through": null, "blocked": why, "bytes_up": 5_034});
        let lines = status(&said, NOW);
        assert_eq!(lines.len(), 6);
        assert!(lines[2].starts_with("last contact       20") && lines[2].ends_with("(3 min ago)"), "{lines:?}");
        assert_eq!(lines[3], "reported through   never");
        assert!(lines[4].contains("This device was revoked. Since 20") && lines[4].ends_with("(2 h ago)"), "{lines:?}");
        assert_eq!(lines[5], "sent so far        5 KiB");
        let said = json!({"unsent": 3, "set_aside": [{"kept_at": "/data/set-aside-1", "at_ms": NOW - 60_000, "found": 3, "missing": 1}]});
        let lines = status(&said, NOW);
        assert!(
            lines[1].contains("kept at /data/set-aside-1. 3 captured things were taken over") && lines[1].ends_with("of 1 number."),
            "{lines:?}"
        );
        assert_eq!([0, 1, 1_023, 3 << 20].map(size), ["0 bytes", "1 byte", "1023 bytes", "3.0 MiB"]);
    }

    #[test]
    fn a_row_and_a_whole_are_read_without_a_calculator_and_obey_nothing() {
        let text = json!({"text": "Fridge log", "dir": "ltr", "lang": "en"});
        let one = json!({"id": "a1", "title": text, "at_ms": NOW - 120_000, "active_ms": 95_000, "comment": "so \u{1b}[2J loud", "overdue": false});
        let line = row(&one, NOW);
        assert!(line.starts_with("a1  title Fridge log, at 20") && line.contains("(2 min ago), active 1 min 35 s"), "{line}");
        assert!(line.ends_with("comment so \\u{1b}[2J loud, overdue no"), "{line}");
        let said = json!({"ok": true, "title": text, "missing": [], "sections": [{"label": text, "items": [{"item": "door", "value": true}, {"item": "milk", "value": 3.5}]}], "can": {"answer": true}});
        assert_eq!(
            whole(&said, NOW),
            [
                "title: Fridge log",
                "missing: none",
                "sections:",
                "  - label: Fridge log",
                "    items:",
                "      - item: door",
                "        value: yes",
                "      - item: milk",
                "        value: 3.5",
                "can:",
                "  answer: yes",
            ]
        );
        assert!(row(&json!({"id": "b", "reason": "x".repeat(300)}), NOW).ends_with("x…"));
    }
}
