//! From what somebody typed to a value that the item takes, or one clear sentence.

use super::{Evidence, Item, NaRule, Value, limits};
use crate::BlobHash;

/// What a shell or a line of JSON gives for an answer. Numbers come as their digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    Text(String),
    Number(String),
    Bool(bool),
    List(Vec<String>),
    /// Names with what each is given.
    Map(Vec<(String, String)>),
    Na(Option<String>),
}

/// Why an answer is not one: a rule's stable name, and a sentence without the answer in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    pub rule: &'static str,
    pub message: String,
}

pub(super) fn problem<T>(rule: &'static str, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem { rule, message: message.into() })
}

impl Item {
    /// Reads an answer to this item.
    pub fn read(&self, raw: Raw) -> Result<Value, Problem> {
        let value = match &raw {
            Raw::Na(reason) => Value::Na(reason.clone()),
            raw => self.kind.answers().read(raw).unwrap_or_else(|| self.of_another_kind())?,
        };
        self.check(&value)?;
        Ok(value)
    }

    /// Whether a value, however it came here, is an answer to this item. The server asks the same question.
    pub fn check(&self, value: &Value) -> Result<(), Problem> {
        match value {
            Value::Na(reason) if self.kind.answers().asks() => self.check_na(reason.as_deref()),
            value => self.kind.answers().check(value).unwrap_or_else(|| self.of_another_kind()),
        }
    }

    fn of_another_kind<T>(&self) -> Result<T, Problem> {
        let kind = self.kind.answers();
        problem("kind", format!("a {} item takes {}", kind.name(), kind.takes()))
    }

    /// Whether a value is one piece of evidence for an answer to this item: one picture, or none where it was
    /// taken back.
    pub fn check_evidence(&self, value: &Value) -> Result<(), Problem> {
        match (&self.evidence, value) {
            (None, _) => problem("evidence", "this item asks for no photos beside its answer"),
            (Some(_), Value::Photos(list)) if list.len() <= 1 => Ok(()),
            (Some(_), _) => problem("evidence", "evidence is one photo at a time"),
        }
    }

    fn check_na(&self, reason: Option<&str>) -> Result<(), Problem> {
        match (self.na, reason.map(str::trim)) {
            (NaRule::No, _) => problem("na", "this item always applies; it needs an answer"),
            (NaRule::WithReason, None | Some("")) => problem("na-reason", "say why it does not apply"),
            (_, Some(text)) => length(text, limits::TEXT),
            _ => Ok(()),
        }
    }
}

impl Evidence {
    /// Whether these pictures are not too many, and each there once.
    pub fn check(&self, list: &[BlobHash]) -> Result<(), Problem> {
        if list.len() > usize::from(self.photos_max.min(limits::PHOTOS)) {
            return problem("photos-max", format!("at most {} photos", self.photos_max.min(limits::PHOTOS)));
        }
        match list.iter().enumerate().any(|(at, one)| list[..at].contains(one)) {
            true => problem("photos-twice", "each photo once"),
            false => Ok(()),
        }
    }
}

pub(super) fn length(text: &str, max: usize) -> Result<(), Problem> {
    if text.len() > max { problem("length", format!("at most {max} bytes of text; this has {}", text.len())) } else { Ok(()) }
}
