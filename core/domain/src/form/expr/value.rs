//! What an expression comes to.

use chrono::{NaiveDate, NaiveTime};

use crate::Slug;
use crate::form::{self, Decimal};

/// A value, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing was answered, or nothing follows from what was.
    #[default]
    Unknown,
    Bool(bool),
    Number(Decimal),
    Text(String),
    Choice(Slug),
    Choices(Vec<Slug>),
    Date(NaiveDate),
    Time(NaiveTime),
    /// Milliseconds since 1970.
    Instant(i64),
    /// So many files.
    Files(usize),
    /// It is there.
    Thing,
}

impl Value {
    /// Of a yes-or-no: which; none where it is unknown.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(*b),
            _ => None,
        }
    }
    /// Of a number.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }
    pub fn is_known(&self) -> bool {
        *self != Self::Unknown
    }
}

impl From<&form::Value> for Value {
    /// An answer as expressions see it: N/A and what says nothing are unknown.
    fn from(answer: &form::Value) -> Self {
        if answer.is_empty() {
            return Self::Unknown;
        }
        match answer {
            form::Value::Na(_) => Self::Unknown,
            form::Value::Text(text) => Self::Text(text.clone()),
            form::Value::Number(n) => Self::Number(*n),
            form::Value::Bool(b) => Self::Bool(*b),
            form::Value::Choice(slug) => Self::Choice(slug.clone()),
            form::Value::Row(row) => Self::Choice(row.slug.clone()),
            form::Value::Choices(slugs) | form::Value::Ranked(slugs) => Self::Choices(slugs.clone()),
            form::Value::Date(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or(Self::Unknown, Self::Date),
            form::Value::Time(text) => NaiveTime::parse_from_str(text, "%H:%M").map_or(Self::Unknown, Self::Time),
            form::Value::Moment(ms) => Self::Instant(*ms),
            form::Value::Duration(seconds) => Decimal::whole(i64::from(*seconds)).map_or(Self::Unknown, Self::Number),
            form::Value::Photos(list) | form::Value::Files(list) => Self::Files(list.len()),
            form::Value::Signature(_)
            | form::Value::Cells(_)
            | form::Value::Texts(_)
            | form::Value::Spot { .. }
            | form::Value::Place { .. }
            | form::Value::Person(_)
            | form::Value::Site(_)
            | form::Value::Asset(_) => Self::Thing,
        }
    }
}
impl From<Option<Self>> for Value {
    fn from(value: Option<Self>) -> Self {
        value.unwrap_or_default()
    }
}
impl From<Option<bool>> for Value {
    fn from(truth: Option<bool>) -> Self {
        truth.map_or(Self::Unknown, Self::Bool)
    }
}
impl From<Option<Decimal>> for Value {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Unknown, Self::Number)
    }
}
