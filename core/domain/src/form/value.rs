//! An answer's value.

use serde::{Deserialize, Serialize};

use super::Decimal;
use crate::{BlobHash, PersonId, SiteId, Slug, Text};

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
    /// Listed answers in the order that somebody put them in.
    Ranked(Vec<Slug>),
    /// Each row with its column, in the order of the form.
    Cells(Vec<(Slug, Slug)>),
    /// A text for each gap.
    Texts(Vec<String>),
    /// Thousandths of a picture's width and height, from its top left corner.
    Spot {
        x: u16,
        y: u16,
    },
    /// Milliseconds since 1970 UTC.
    Moment(i64),
    /// Seconds.
    Duration(u32),
    /// Recordings and other files, each known by the hash of its bytes.
    Files(Vec<BlobHash>),
    /// Millionths of degrees (WGS 84), and how far off it may be, metres.
    Place {
        lat: i32,
        lon: i32,
        within_m: u32,
        /// The device said that it does not come from satellites or masts: an app made it up.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        mock: bool,
    },
    Person(PersonId),
    Site(SiteId),
    Asset(Slug),
    Row(Box<Row>),
}

/// A row of a list as it was when somebody chose it: it reads the same when the list goes on without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub slug: Slug,
    pub label: Text,
    /// What the row says in each column that the item chooses by, in the item's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
}

impl Value {
    /// The pictures and other files that it names.
    pub fn blobs(&self) -> &[BlobHash] {
        match self {
            Self::Photos(list) | Self::Files(list) => list,
            Self::Signature(one) => std::slice::from_ref(one),
            _ => &[],
        }
    }
    /// How an answer of any kind is taken back.
    pub fn nothing() -> Self {
        Self::Text(String::new())
    }
    /// Of a number.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }
    /// Whether it says nothing: how an answer is taken back. A required item is not answered by it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Choices(slugs) | Self::Ranked(slugs) => slugs.is_empty(),
            Self::Cells(cells) => cells.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            Self::Photos(list) | Self::Files(list) => list.is_empty(),
            _ => false,
        }
    }
}
