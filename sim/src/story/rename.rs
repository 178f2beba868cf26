//! Ids differ from run to run; final states must not. Each id is renamed by its first appearance.

use std::collections::BTreeMap;

use serde_json::Value;

/// Renames UUIDs and runs of at least 16 hexadecimal digits.
#[derive(Debug, Default)]
pub struct Renamer {
    names: BTreeMap<String, String>,
}

impl Renamer {
    /// The value with every id in it renamed; keys of objects too.
    pub fn rename(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(list) => Value::Array(list.iter().map(|v| self.rename(v)).collect()),
            // In the order of their names: a driver in another language need not give them in ours.
            Value::Object(map) => {
                let sorted: BTreeMap<&String, &Value> = map.iter().collect();
                Value::Object(sorted.into_iter().map(|(k, v)| (self.text(k), self.rename(v))).collect())
            }
            other => other.clone(),
        }
    }

    fn text(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut word = String::new();
        for c in text.chars().chain(['\0']) {
            if c.is_ascii_hexdigit() || c == '-' {
                word.push(c);
            } else {
                out.push_str(&self.word(&word));
                word.clear();
                if c != '\0' {
                    out.push(c);
                }
            }
        }
        out
    }

    fn word(&mut self, word: &str) -> String {
        let digits = word.chars().filter(char::is_ascii_hexdigit).count();
        let is_uuid = word.len() == 36 && digits == 32;
        let is_hash = digits == word.len() && digits >= 16;
        if !is_uuid && !is_hash {
            return word.to_owned();
        }
        let next = self.names.len() + 1;
        self.names.entry(word.to_owned()).or_insert_with(|| format!("id-{next}")).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_same_id_gets_the_same_name_everywhere() {
        let mut renamer = Renamer::default();
        let a = "01890a5d-ac96-774b-bcce-b302099a8057";
        let out = renamer.rename(&json!({"x": a, "y": format!("run/{a}"), "z": "cafe", "n": 1}));
        assert_eq!(out, json!({"x": "id-1", "y": "run/id-1", "z": "cafe", "n": 1}));
    }
}
