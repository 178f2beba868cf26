//! An answer's value.

use serde::{Deserialize, Serialize};

use super::Decimal;
use crate::{BlobHash, Slug};

/// What somebody answered. Compared as a whole: equal concurrent values are no clash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// "Does not apply here", with the reason where the item asks for one.
    Na(Option<String>),
    Text(String),
    Number(Decimal),
    Bool(bool),
    Choice(Slug),
    /// In the order of the form.
    Choices(Vec<Slug>),
    /// `YYYY-MM-DD`, a day of the site's calendar.
    Date(String),
    /// `HH:MM`, 24 hours, the site's local time.
    Time(String),
    /// Pictures in the order in which they were taken, each known by the hash of its bytes.
    Photos(Vec<BlobHash>),
    /// The picture of a signature.
    Signature(BlobHash),
}

impl Value {
    /// The pictures that it names.
    pub fn blobs(&self) -> &[BlobHash] {
        match self {
            Self::Photos(list) => list,
            Self::Signature(one) => std::slice::from_ref(one),
            Self::Na(_)
            | Self::Text(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Choice(_)
            | Self::Choices(_)
            | Self::Date(_)
            | Self::Time(_) => &[],
        }
    }
}
