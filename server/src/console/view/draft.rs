//! Drafts: what lies at the server to be looked at, and one with what it changes.

use askama::Template;

use super::parts::*;
use super::release::{MediaView, OpenRunsView};

/// All of them.
#[derive(Template)]
#[template(path = "drafts.html")]
pub struct DraftsPage {
    pub frame: Frame,
    pub rows: Vec<DraftRowView>,
    pub notice: Option<Notice>,
}

pub struct DraftRowView {
    pub href: String,
    pub title: Words,
    pub slug: String,
    pub since: Stamp,
    /// Whether something stands under its name.
    pub chip: Chip,
}

/// One of them.
#[derive(Template)]
#[template(path = "draft.html")]
pub struct DraftPage {
    pub frame: Frame,
    pub title: Words,
    pub slug: String,
    pub since: Stamp,
    /// Which draft was looked at, and beside what.
    pub hash: String,
    pub action: String,
    /// What stands now, where something does.
    pub current: Option<String>,
    /// What it changes beside its items.
    pub lines: Vec<String>,
    pub groups: Vec<ChangeGroup>,
    /// What it shows.
    pub media: Vec<MediaView>,
    pub effects: Vec<String>,
    /// What becomes of open runs of the versions before, where there are any versions.
    pub open_runs: Option<OpenRunsView>,
    /// To whom it can be given.
    pub people: Vec<Choice>,
    pub testers: Vec<TesterView>,
    /// How many more try it, in words.
    pub others: Option<String>,
    pub notice: Option<Notice>,
}

/// Somebody who tries it.
pub struct TesterView {
    pub id: String,
    pub name: String,
}

/// The items to which the same happened.
pub struct ChangeGroup {
    pub way: &'static str,
    pub items: Vec<ChangedItem>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

pub struct ChangedItem {
    pub label: Words,
    pub slug: String,
}
