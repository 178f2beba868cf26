//! A scenario file: people, phones and steps.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A story as its file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// A sentence: what the story shows.
    pub name: String,
    /// Which promise, rule or complaint it answers.
    #[serde(default)]
    pub why: String,
    /// When it begins, UTC: `2026-03-02 07:00`.
    #[serde(default = "default_start")]
    pub start: String,
    /// Who works here: a name, and what they are.
    pub people: BTreeMap<String, PersonLine>,
    /// Procedures that the story needs beside those of the sample company: a name, and each as an author writes it, as a text
    /// or as what stands in it.
    #[serde(default)]
    pub procedures: BTreeMap<String, Value>,
    /// What is in assets.yaml, which the sample company has none of: as a text, or as what stands in it.
    #[serde(default)]
    pub assets: Value,
    /// Pictures and videos of content, by their names in `media/`: each with its size and a seed.
    #[serde(default)]
    pub media: BTreeMap<String, Value>,
    /// The phones: a name, and who uses them. Left out: one for each person, with the person's name.
    #[serde(default)]
    pub phones: BTreeMap<String, Users>,
    /// What happens, in order.
    pub steps: Vec<Map<String, Value>>,
}

/// Who uses a phone: one person, or several who share it, the first one signed in.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Users {
    One(String),
    Several(Vec<String>),
}
impl Users {
    pub fn names(&self) -> &[String] {
        match self {
            Users::One(name) => std::slice::from_ref(name),
            Users::Several(names) => names,
        }
    }
}

/// A person of the story.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonLine {
    pub role: String,
    /// The slug of a site of the sample company.
    #[serde(default = "default_site")]
    pub site: String,
}

fn default_start() -> String {
    "2026-03-02 07:00".to_owned()
}
fn default_site() -> String {
    "harbour".to_owned()
}

/// Why a file is no story: one sentence with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScriptError(pub String);

impl Script {
    /// Reads a story.
    pub fn read(text: &str) -> Result<Script, ScriptError> {
        let mut script: Script = serde_saphyr::from_str(text).map_err(|e| ScriptError(e.to_string()))?;
        if script.phones.is_empty() {
            script.phones = script.people.keys().map(|p| (p.clone(), Users::One(p.clone()))).collect();
        }
        for (phone, users) in &script.phones {
            if users.names().is_empty() {
                return Err(ScriptError(format!("phones: ‘{phone}’ belongs to nobody; name at least one person")));
            }
            if let Some(stranger) = users.names().iter().find(|u| !script.people.contains_key(*u)) {
                return Err(ScriptError(format!("phones: ‘{phone}’ belongs to ‘{stranger}’, who is not among the people")));
            }
        }
        for (i, step) in script.steps.iter().enumerate() {
            if step.is_empty() {
                return Err(ScriptError(format!("step {}: is empty; write who does what, such as {{ ana: feedback.give, … }}", i + 1)));
            }
        }
        Ok(script)
    }

    /// The start, ms since 1970 UTC.
    pub fn start_ms(&self) -> Result<i64, ScriptError> {
        chrono::NaiveDateTime::parse_from_str(&self.start, "%Y-%m-%d %H:%M")
            .map(|t| t.and_utc().timestamp_millis())
            .map_err(|_| ScriptError(format!("start: ‘{}’ is not a time such as 2026-03-02 07:00", self.start)))
    }
}

/// Reads `90s`, `10m`, `3h`, `2d`.
pub fn duration_ms(text: &str) -> Result<i64, ScriptError> {
    let bad = || ScriptError(format!("‘{text}’ is not a duration: write such as 90s, 10m, 3h or 2d, with a - in front to go back"));
    let (sign, rest) = text.strip_prefix('-').map_or((1, text), |r| (-1, r));
    if rest.len() < 2 || !rest.is_ascii() {
        return Err(bad());
    }
    let (number, unit) = rest.split_at(rest.len() - 1);
    let unit_ms = match unit {
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(bad()),
    };
    number.parse::<u32>().map(|n| sign * i64::from(n) * unit_ms).map_err(|_| bad())
}
