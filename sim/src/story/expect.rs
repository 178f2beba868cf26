//! Comparing what was expected with what came: only what is named is compared.

use serde_json::Value;

/// Every difference, as `path: expected …, found …`. Objects: each named field must match; lists: the same
/// length, each in its place; a list may also be asked for as `{count: 3}`; `"*"` matches whatever is there.
pub fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare("", expected, found, &mut out);
    out
}

fn compare(path: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    let place = if path.is_empty() { "the answer" } else { path };
    match (expected, found) {
        (Value::String(s), Value::Null) if s == "*" => out.push(format!("{place}: expected something, found nothing")),
        (Value::String(s), _) if s == "*" => {}
        (Value::Object(named), Value::Array(list)) if named.len() == 1 && named.contains_key("count") => {
            if named["count"].as_u64() != Some(list.len() as u64) {
                out.push(format!("{place}: expected {} of them, found {}", named["count"], list.len()));
            }
        }
        (Value::Object(named), Value::Object(there)) => {
            for (key, value) in named {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&path, value, there.get(key).unwrap_or(&Value::Null), out);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                out.push(format!("{place}: expected {} of them, found {}: {found}", a.len(), b.len()));
                return;
            }
            for (i, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{i}]"), a, b, out);
            }
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        _ if expected == found => {}
        _ => out.push(format!("{place}: expected {expected}, found {found}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_named_is_compared_and_each_difference_has_its_place() {
        let found = json!({"a": 1, "b": [{"c": "x", "d": 2}], "e": null});
        assert!(differences(&json!({"a": 1.0, "b": [{"c": "x"}]}), &found).is_empty());
        assert!(differences(&json!({"b": {"count": 1}, "a": "*"}), &found).is_empty());
        assert_eq!(differences(&json!({"b": [{"c": "y"}]}), &found), ["b[0].c: expected \"y\", found \"x\""]);
        assert_eq!(differences(&json!({"e": "*"}), &found), ["e: expected something, found nothing"]);
        assert_eq!(differences(&json!({"b": {"count": 2}}), &found), ["b: expected 2 of them, found 1"]);
    }
}
