//! An item: one thing to read, answer or measure.

use serde::{Deserialize, Serialize};

use super::{Decimal, Expr, Key, Value, limits};
use crate::{Slug, Text};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub slug: Slug,
    pub kind: ItemKind,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub na: NaRule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Expr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<(Expr, Text)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculate: Option<Expr>,
    /// Points possible.
    #[serde(default)]
    pub weight: u32,
    /// Failing it fails the whole.
    #[serde(default)]
    pub critical: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    /// What is right, of a question.
    pub answer_key: Option<Key>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
}

/// What kind of answer an item takes. The kinds of `model.md` that are not here yet come with the form engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Something to read; takes no answer.
    Note,
    Text,
    LongText,
    Number(NumberRule),
    Boolean,
    PassFail,
    Choice(Vec<Choice>),
    MultiChoice(Vec<Choice>),
    /// 1 to `max`.
    Rating {
        max: u8,
    },
    Date,
    Time,
    /// 1 to 5: satisfaction with one interaction.
    Csat,
    /// As many pictures as the rule says.
    Photo(Evidence),
    /// Somebody's signature, drawn on the screen.
    Signature,
}

impl ItemKind {
    /// The name that authors type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Text => "text",
            Self::LongText => "long-text",
            Self::Number(_) => "number",
            Self::Boolean => "boolean",
            Self::PassFail => "pass-fail",
            Self::Choice(_) => "choice",
            Self::MultiChoice(_) => "multi-choice",
            Self::Rating { .. } => "rating",
            Self::Date => "date",
            Self::Time => "time",
            Self::Csat => "csat",
            Self::Photo(_) => "photo",
            Self::Signature => "signature",
        }
    }
}

impl Item {
    /// Whether what it asks for in pictures can be given, and is asked for where there is an answer.
    pub fn asks_soundly(&self) -> bool {
        let sound = |e: &Evidence| (1..=limits::PHOTOS).contains(&e.photos_max) && e.photos_min <= e.photos_max;
        match (&self.kind, &self.evidence) {
            (ItemKind::Photo(rule), None) => rule.photos_min > 0 && sound(rule),
            (ItemKind::Photo(_) | ItemKind::Signature | ItemKind::Note, Some(_)) => false,
            (_, rule) => rule.as_ref().is_none_or(sound),
        }
    }
}

/// What numbers an item takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NumberRule {
    /// Shown behind the number: °C, kg.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// Digits after the point at most.
    #[serde(default)]
    pub decimals: u8,
    /// Outside of it the answer is allowed, and shown as out of band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<(Decimal, Decimal)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub slug: Slug,
    pub label: Text,
}

/// Whether "not applicable" is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NaRule {
    #[default]
    No,
    Yes,
    WithReason,
}

/// Which pictures an item asks for: those that are its answer, or those that belong to its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Below it the item counts as missing; 0: they are welcome.
    pub photos_min: u8,
    pub photos_max: u8,
    /// Taken with the camera at that moment, not from the phone's album. The phone says which it was.
    pub live_camera_only: bool,
}

/// *When* an expression holds, *then* something is required, raised or shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub when: Expr,
    pub then: String,
}
