//! Two runs beside each other.

use askama::Template;

use super::list::{Field, FieldKind};
use super::parts::*;

#[derive(Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    pub frame: Frame,
    pub title: Words,
    /// Where the first run is.
    pub back: String,
    pub two: Option<TwoRuns>,
    /// Where nothing is chosen yet: the run that is, and what it may be compared with.
    pub choose: Option<(String, Field)>,
}

/// What they say.
pub struct TwoRuns {
    pub runs: [RunHead; 2],
    pub tabs: Vec<Tab>,
    pub differ: String,
    /// They are of two versions.
    pub versions: bool,
    /// What is the same is shown too.
    pub all: bool,
    pub rows: Vec<CompareRow>,
}

/// One of the two.
pub struct RunHead {
    pub href: String,
    pub site: Words,
    pub began: Stamp,
    pub zone: String,
    pub chips: Vec<Chip>,
    pub score: Option<String>,
}

/// An item.
pub struct CompareRow {
    pub label: Words,
    pub differs: bool,
    pub sides: [SideView; 2],
}

/// What one of them says of an item.
pub struct SideView {
    pub value: String,
    /// Who and when; none where nobody answered.
    pub by: Option<(String, Stamp)>,
    pub clash: bool,
}
