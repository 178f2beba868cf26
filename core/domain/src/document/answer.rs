//! What stands in a run: per item and repeat instance, one answer or a clash of several.

use serde::{Deserialize, Serialize};

use crate::cbor;
use crate::form::Value;
use crate::{AnswersHash, CaptureId, PersonId, Slug};

/// Which register: an item of one instance of its section.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AnswerKey {
    pub item: Slug,
    /// 0 where the section does not repeat.
    pub instance: u16,
    /// Of a piece of evidence for that answer: the edit that added it. Each has a register of its own, so that
    /// two people who add one at once both do (`sync.md` 22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<CaptureId>,
}

impl AnswerKey {
    /// The answer to an item.
    pub fn of(item: Slug, instance: u16) -> Self {
        Self { item, instance, evidence: None }
    }
    /// The key of its register in the document: `fridge-temp/0`, of evidence `fridge-temp/0/<edit>`.
    pub fn register(&self) -> String {
        match self.evidence {
            None => format!("{}/{}", self.item, self.instance),
            Some(edit) => format!("{}/{}/{edit}", self.item, self.instance),
        }
    }
    /// Reads exactly what [`AnswerKey::register`] writes.
    pub fn from_register(name: &str) -> Option<Self> {
        let (item, instance) = name.split_once('/')?;
        let (instance, evidence) = match instance.split_once('/') {
            Some((instance, edit)) => (instance, Some(edit.parse().ok()?)),
            None => (instance, None),
        };
        let key = Self { item: item.parse().ok()?, instance: instance.parse().ok()?, evidence };
        (key.register() == name).then_some(key)
    }
}

/// One value in a register, with who gave it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub value: Value,
    /// Must equal the entry's header: the judge checks it.
    pub by: PersonId,
    /// The author's best estimate of server time, ms since 1970 UTC.
    pub at_ms: i64,
    /// The edit that gave it.
    pub intent: CaptureId,
    /// It settled a clash: the values it was picked over are in the history.
    #[serde(default)]
    pub settles: bool,
    /// An instrument gave the number, and nobody typed it: as the author's app says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub measured: bool,
}

/// What stands in one register now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub key: AnswerKey,
    /// Every value that nobody replaced, in a stable order (by intent). Two with different values are a
    /// clash; equal ones are not.
    pub answers: Vec<Answer>,
}

impl Standing {
    /// Whether a person has to pick.
    pub fn is_clash(&self) -> bool {
        self.answers.windows(2).any(|pair| pair[0].value != pair[1].value)
    }
    /// Whether somebody said something: an empty text or list takes an answer back.
    pub fn is_answered(&self) -> bool {
        self.answers.iter().any(|a| !a.value.is_empty())
    }
    /// Of a piece of evidence: whether it is a note, and no picture.
    pub fn is_note(&self) -> bool {
        self.answers.iter().any(|a| matches!(a.value, Value::Text(_)))
    }
    /// Of a piece of evidence: whether it is a recording.
    pub fn is_sound(&self) -> bool {
        self.answers.iter().any(|a| matches!(a.value, Value::Files(_)))
    }
    /// The value, unless there is a clash.
    pub fn value(&self) -> Option<&Value> {
        self.answers.first().filter(|_| !self.is_clash()).map(|a| &a.value)
    }
}

/// The hash that a submission or a sign-off covers: BLAKE3 over the CBOR of
/// `[[item, instance, [value, …]], …]`, registers in order of their key, values in order of their CBOR and
/// each once. Who answered and when is not part of it: the same answer given twice changes nothing. Where there
/// is evidence it is BLAKE3 over `[answers, evidence]`, of which the second are the same rows of what is shown
/// as evidence, without the edits that added it.
pub fn answers_hash(standings: &[Standing], evidence: &[Standing]) -> AnswersHash {
    let answers = rows(standings);
    let evidence: Vec<Row<'_>> = rows(evidence).into_iter().filter(|(_, _, values)| !values.is_empty()).collect();
    let bytes = if evidence.is_empty() { cbor::encode(&answers) } else { cbor::encode(&(answers, evidence)) };
    AnswersHash::from_bytes(*blake3::hash(&bytes).as_bytes())
}

type Row<'a> = (&'a Slug, u16, Vec<serde_bytes::ByteBuf>);

fn rows(standings: &[Standing]) -> Vec<Row<'_>> {
    let mut rows: Vec<(&AnswerKey, Vec<Vec<u8>>)> = standings
        .iter()
        .map(|s| {
            let mut values: Vec<Vec<u8>> = s.answers.iter().map(|a| cbor::encode(&a.value)).collect();
            values.sort();
            values.dedup();
            (&s.key, values)
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(key, values)| (&key.item, key.instance, values.into_iter().map(serde_bytes::ByteBuf::from).collect())).collect()
}
