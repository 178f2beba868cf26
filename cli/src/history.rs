//! The history of a run for people: for each answer of its form who gave it, who changed it to what and when, what of it
//! stands; then what was said about the run as a whole.

use std::collections::BTreeMap;

use frontline_content::words::shown;
use serde_json::Value;

use crate::when;

/// A line for each change, below the item that it is of, in the order of the form.
pub fn lines(run: &Value, history: &Value, now_ms: i64) -> Vec<String> {
    let all: Vec<&Value> = history.as_array().into_iter().flatten().collect();
    let mut by_item: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for line in &all {
        by_item.entry(line["item"].as_str().unwrap_or_default()).or_default().push(line);
    }
    let said_of_all = by_item.remove("").unwrap_or_default();
    let mut out = vec!["history:".to_owned()];
    for item in run["items"].as_array().into_iter().flatten() {
        let name = item["item"].as_str().unwrap_or_default();
        if let Some(lines) = by_item.remove(name) {
            of_item(name, item["label"].as_str().unwrap_or_default(), &lines, now_ms, &mut out);
        }
    }
    // Of items that the form does not show: the answers are kept all the same.
    for (name, lines) in by_item {
        of_item(name, "", &lines, now_ms, &mut out);
    }
    if !said_of_all.is_empty() {
        out.push("  of the whole run:".to_owned());
        out.extend(said_of_all.iter().map(|line| told(line, false, now_ms)));
    }
    if all.is_empty() {
        out.push("  nobody has answered yet".to_owned());
    }
    out
}

fn of_item(name: &str, label: &str, lines: &[&Value], now_ms: i64, out: &mut Vec<String>) {
    let label = if label.is_empty() { String::new() } else { format!(" ({})", shown(label)) };
    out.push(format!("  {}{label}:", shown(name)));
    let standing = lines.iter().filter(|line| line["stands"] == true && is_answer(line)).count();
    out.extend(lines.iter().map(|line| told(line, standing > 1 && is_answer(line), now_ms)));
}

/// Whether a line gives an answer, and nothing beside one.
fn is_answer(line: &Value) -> bool {
    matches!(line["what"].as_str(), Some("answered" | "settled"))
}

fn told(line: &Value, beside_others: bool, now_ms: i64) -> String {
    let by = shown(line["by"].as_str().unwrap_or_default());
    let at = when::told(line["at_ms"].as_i64().unwrap_or(0), now_ms);
    let value = value(&line["value"]);
    let did = match line["what"].as_str().unwrap_or_default() {
        "answered" if value.is_empty() => "took the answer back".to_owned(),
        "answered" if line["measured"] == true => format!("measured {value}"),
        "answered" => format!("answered {value}"),
        "settled" => format!("settled what differed: {value}"),
        "attached" => format!("added a photo: {value}"),
        "noted" => format!("noted: {value}"),
        "detached" => "took a photo or a note back".to_owned(),
        "submitted" => "handed it in".to_owned(),
        "signed-off" => "signed it off".to_owned(),
        "returned" => format!("gave it back: {}", shown(line["reason"].as_str().unwrap_or_default())),
        other => other.to_owned(),
    };
    let stands = match line["stands"].as_bool() {
        Some(true) if beside_others => "; stands beside others",
        Some(true) => "; stands",
        Some(false) => "; replaced",
        None => "",
    };
    format!("    {at}  {by} {did}{stands}")
}

/// A value in one line; nothing where it was taken back.
fn value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => shown(text).into_owned(),
        Value::Array(list) => list.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Value::Object(map) if map.contains_key("na") => match map["na"].as_str() {
            Some(why) => format!("does not apply: {}", shown(why)),
            None => "does not apply".to_owned(),
        },
        Value::Object(map) => map.iter().map(|(name, one)| format!("{} {}", shown(name), self::value(one))).collect::<Vec<_>>().join(", "),
        Value::Number(n) => n.to_string(),
    }
}
