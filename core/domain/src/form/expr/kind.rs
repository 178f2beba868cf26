//! The types of values, as the checker knows them.

use std::sync::Arc;

use crate::Slug;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Bool,
    /// With its unit, where it has one.
    Number(Option<Arc<str>>),
    Text,
    /// One of these; of any list where there is none.
    Choice(Option<Arc<[Slug]>>),
    Choices(Option<Arc<[Slug]>>),
    /// A day of the site's calendar.
    Date,
    /// A time of the site's day.
    Time,
    /// A moment.
    Instant,
    /// Pictures, recordings and other files: that they are there, and how many.
    Files,
    /// Something that can be there or not, and no more.
    Thing,
}

impl Kind {
    /// A number without a unit.
    pub const PLAIN: Self = Self::Number(None);

    /// What a sentence calls it.
    pub fn name(&self) -> String {
        match self {
            Self::Bool => "yes or no".into(),
            Self::Number(None) => "a number".into(),
            Self::Number(Some(unit)) => format!("a number in {unit}"),
            Self::Text => "a text".into(),
            Self::Choice(_) => "a choice".into(),
            Self::Choices(_) => "choices".into(),
            Self::Date => "a date".into(),
            Self::Time => "a time".into(),
            Self::Instant => "a moment".into(),
            Self::Files => "files".into(),
            Self::Thing => "something without a value".into(),
        }
    }

    /// Whether two values of these types can be compared for being the same. Units are looked at elsewhere.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether there is a before and after among them.
    pub fn has_order(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Date | Self::Time | Self::Instant)
    }
}
