//! From what somebody typed to a value that the item takes, or one clear sentence.

use super::expr::units;
use super::item::{Audio, FileRule};
use super::{Evidence, Item, ItemKind, NaRule, Then, Value, limits};
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

impl Raw {
    /// Whether it is a text without words, or a list of nothing.
    fn is_nothing(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Number(_) | Self::Bool(_) | Self::Na(_) => false,
        }
    }
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
    /// Reads an answer to this item. Nothing, of whatever kind, takes an answer back.
    pub fn read(&self, raw: Raw) -> Result<Value, Problem> {
        let read = match &raw {
            Raw::Na(reason) => Ok(Value::Na(reason.clone())),
            raw => self.kind.answers().read(raw).unwrap_or_else(|| self.of_another_kind()),
        };
        let taken = read.and_then(|value| self.check(&value).map(|()| value));
        taken.or_else(|problem| if raw.is_nothing() && self.kind.answers().asks() { Ok(Value::nothing()) } else { Err(problem) })
    }

    /// Whether a value, however it came here, is an answer to this item. The server asks the same question.
    pub fn check(&self, value: &Value) -> Result<(), Problem> {
        match value {
            Value::Na(reason) if self.kind.answers().asks() => self.check_na(reason.as_deref()),
            taken_back if *taken_back == Value::nothing() && self.kind.answers().asks() => Ok(()),
            value => self.kind.answers().check(value).unwrap_or_else(|| self.of_another_kind()),
        }
    }

    fn of_another_kind<T>(&self) -> Result<T, Problem> {
        let kind = self.kind.answers();
        problem("kind", format!("a {} item takes {}", kind.name(), kind.takes()))
    }

    /// Whether a value is one piece of evidence for an answer to this item: one picture, or none where it was
    /// taken back; or a note, or no words where that was; or a recording.
    pub fn check_evidence(&self, value: &Value) -> Result<(), Problem> {
        match (self.photos_beside(), value) {
            (_, Value::Files(list)) if !self.takes_sound() => match list.is_empty() {
                true => Ok(()),
                false => problem("sound", "nobody answers this item, so nothing is recorded beside it"),
            },
            (_, Value::Files(list)) if list.len() <= 1 => Ok(()),
            (_, Value::Files(_)) => problem("evidence", "evidence is one recording at a time"),
            (_, Value::Text(text)) if self.takes_note() => length(text, limits::TEXT),
            (_, Value::Text(_)) => problem("note", "this item asks for no note beside its answer"),
            (None, _) => problem("evidence", "this item asks for no photos beside its answer"),
            (Some(_), Value::Photos(list)) if list.len() <= 1 => Ok(()),
            (Some(_), _) => problem("evidence", "evidence is one photo at a time"),
        }
    }

    /// Whether an instrument may give its answer: a number in a unit that measures something.
    pub fn is_measurable(&self) -> bool {
        let unit = self.kind.answers().numbers().and_then(|rule| rule.unit.as_deref());
        unit.is_some_and(|unit| units::dimension(unit).is_some())
    }

    /// Whether a note may stand beside its answer: one of its rules asks for it in some case.
    pub fn takes_note(&self) -> bool {
        self.rules.iter().any(|rule| rule.then.contains(&Then::Note))
    }
    /// Whether a recording may stand beside its answer: words that are spoken, of any answer.
    pub fn takes_sound(&self) -> bool {
        self.kind.answers().asks()
    }
    /// Which photos go beside an answer: as many as the item says, and as the one of its rules that asks for most.
    pub fn photos_beside(&self) -> Option<Evidence> {
        let asked = |then: &Then| if let Then::Evidence(photos) = then { Some(*photos) } else { None };
        let by_rules = self.rules.iter().flat_map(|rule| &rule.then).filter_map(asked).max();
        let own = self.evidence.or(by_rules.map(|_| Evidence { photos_min: 0, photos_max: 0, live_camera_only: false }))?;
        Some(Evidence { photos_max: own.photos_max.max(by_rules.unwrap_or(0)), ..own })
    }

    /// Whether what it offers before somebody answers is an answer, and one that a person may give without having been
    /// there: no picture, no signature, no confirmation, no row of a list, nobody by their id.
    pub fn offers_soundly(&self) -> bool {
        let Some(value) = &self.default else { return true };
        let may = !self.kind.is_of_files()
            && self.lookup().is_none()
            && !matches!(self.kind, ItemKind::Acknowledge | ItemKind::Location(_) | ItemKind::Person | ItemKind::Site);
        may && !value.is_empty() && self.check(value).is_ok()
    }

    /// Whether what it asks for in pictures can be given, and is asked for where there is an answer.
    pub fn asks_soundly(&self) -> bool {
        let sound = |e: &Evidence| (1..=limits::PHOTOS).contains(&e.photos_max) && e.photos_min <= e.photos_max;
        let recorded = |files: &FileRule| files.min >= 1 && files.min <= files.max && files.max <= limits::SOUNDS;
        if matches!(&self.kind, ItemKind::Audio(Audio(files)) if !recorded(files)) {
            return false;
        }
        match (&self.kind, &self.evidence) {
            (ItemKind::Photo(rule), None) => rule.photos_min > 0 && sound(rule) && self.photos_beside().is_none(),
            (kind, rule) if !kind.answers().asks() || kind.is_of_files() => rule.is_none() && self.photos_beside().is_none(),
            (_, rule) => rule.as_ref().is_none_or(sound) && self.photos_beside().as_ref().is_none_or(sound),
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
