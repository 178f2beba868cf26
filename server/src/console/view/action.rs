//! One corrective action.

use askama::Template;

use super::parts::*;
use super::run::HistoryRow;

#[derive(Template)]
#[template(path = "action.html")]
pub struct ActionPage {
    pub frame: Frame,
    pub title: Words,
    pub site_id: String,
    pub site: Words,
    pub zone: String,
    pub chips: Vec<Chip>,
    /// Each thing that can be set, with all that stands of it.
    pub registers: Vec<RegisterView>,
    pub clash_words: Option<String>,
    pub opened: Stamp,
    pub opened_by: String,
    pub from: Option<FromView>,
    /// The same failure at the same place before this one, the latest first.
    pub before: Vec<BeforeRow>,
    pub history: Vec<HistoryRow>,
}

/// What stands of one thing.
pub struct RegisterView {
    pub label: &'static str,
    pub clash: bool,
    pub values: Vec<SetView>,
}

/// A value, and who set it when.
pub struct SetView {
    pub value: String,
    pub by: String,
    pub at: Stamp,
    pub reason: Option<String>,
}

/// The answer that an action came from.
pub struct FromView {
    /// Empty where the run is not here.
    pub href: String,
    pub procedure: Words,
    pub item: Words,
}

/// An earlier action about the same failure.
pub struct BeforeRow {
    pub href: String,
    pub title: Words,
    pub chip: Chip,
    pub opened: Stamp,
}
