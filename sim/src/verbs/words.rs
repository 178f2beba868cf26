//! The arguments of a line. An argument that nobody asked for is an error: a misspelt `comment` must not be
//! lost in silence.

use std::collections::BTreeSet;

use frontline_device::Error;
use frontline_domain::form::Raw;
use serde_json::{Map, Value};

use super::invalid;

pub struct Words<'a> {
    given: &'a Map<String, Value>,
    asked: BTreeSet<&'static str>,
}

impl<'a> Words<'a> {
    pub fn new(given: &'a Map<String, Value>) -> Self {
        Self { given, asked: BTreeSet::new() }
    }

    fn get(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.insert(name);
        self.given.get(name).filter(|v| !v.is_null())
    }

    /// A text that must be there.
    pub fn text(&mut self, name: &'static str) -> Result<String, Error> {
        self.maybe(name)?.ok_or_else(|| invalid(name, "required", format!("say `{name}`")))
    }
    /// A text that may be there.
    pub fn maybe(&mut self, name: &'static str) -> Result<Option<String>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(invalid(name, "text", format!("`{name}` is a text in double quotes"))),
        }
    }
    /// A whole number that must be there.
    pub fn whole(&mut self, name: &'static str) -> Result<i64, Error> {
        let value = self.get(name).ok_or_else(|| invalid(name, "required", format!("say `{name}`")))?;
        value.as_i64().ok_or_else(|| invalid(name, "whole", format!("`{name}` is a whole number")))
    }
    /// A whole number that may be there.
    pub fn maybe_whole(&mut self, name: &'static str) -> Result<Option<i64>, Error> {
        if self.get(name).is_none() {
            return Ok(None);
        }
        self.whole(name).map(Some)
    }
    /// True where it says so.
    pub fn flag(&mut self, name: &'static str) -> Result<bool, Error> {
        match self.get(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| invalid(name, "flag", format!("`{name}` is true or false"))),
        }
    }
    /// A list of texts that may be there.
    pub fn maybe_texts(&mut self, name: &'static str) -> Result<Option<Vec<String>>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let texts = value.as_array().and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
        texts.map(Some).ok_or_else(|| invalid(name, "list", format!("`{name}` is a list of texts")))
    }
    /// Any value that may be there.
    pub fn maybe_any(&mut self, name: &'static str) -> Option<&'a Value> {
        self.get(name)
    }
    /// Any value that must be there.
    pub fn any(&mut self, name: &'static str) -> Result<&'a Value, Error> {
        self.get(name).ok_or_else(|| invalid(name, "required", format!("say `{name}`")))
    }

    /// An answer: `value`, or `na` as true or with the reason.
    pub fn answer(&mut self) -> Result<Raw, Error> {
        match (self.get("value"), self.get("na")) {
            (Some(_), Some(_)) => Err(invalid("na", "one", "say either `value` or `na`")),
            (None, Some(Value::Bool(true))) => Ok(Raw::Na(None)),
            (None, Some(Value::String(reason))) => Ok(Raw::Na(Some(reason.clone()))),
            (None, _) => Err(invalid("value", "required", "say `value`, or `na` with true or the reason")),
            (Some(Value::String(text)), None) => Ok(Raw::Text(text.clone())),
            (Some(Value::Bool(b)), None) => Ok(Raw::Bool(*b)),
            (Some(Value::Number(n)), None) => Ok(Raw::Number(plain(n))),
            (Some(Value::Array(list)), None) => {
                let texts: Option<Vec<String>> = list.iter().map(|v| v.as_str().map(str::to_owned)).collect();
                texts
                    .map(Raw::List)
                    .ok_or_else(|| invalid("value", "list", "a list holds texts: the names of choices, of photos, or what stands in gaps"))
            }
            (Some(Value::Object(map)), None) => {
                let text = |v: &Value| match v {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(n) => Some(plain(n)),
                    _ => None,
                };
                let pairs: Option<Vec<(String, String)>> = map.iter().map(|(name, v)| Some((name.clone(), text(v)?))).collect();
                pairs.map(Raw::Map).ok_or_else(|| invalid("value", "map", "names with a text or a number each"))
            }
            (Some(_), None) => {
                Err(invalid("value", "kind", "a value is a text, a number, true, false, a list of texts, or names with what each is given"))
            }
        }
    }

    /// Refuses what nobody asked for.
    pub fn end(&self) -> Result<(), Error> {
        match self.given.keys().find(|k| !self.asked.contains(k.as_str())) {
            Some(stray) => {
                let known: Vec<&str> = self.asked.iter().copied().filter(|k| *k != "do").collect();
                let stray: String = stray.chars().take(60).collect();
                let there = if known.is_empty() { "this verb takes nothing".to_owned() } else { format!("there are {}", known.join(", ")) };
                Err(invalid(&stray, "unknown", format!("‘{stray}’ is not asked for here; {there}")))
            }
            None => Ok(()),
        }
    }
}

/// The digits of a number; 4.0 is 4.
fn plain(n: &serde_json::Number) -> String {
    let text = n.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
