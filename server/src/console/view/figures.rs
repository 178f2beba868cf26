//! Figures of many runs: sites by weeks, and what fails most.

use askama::Template;

use super::list::{Field, FieldKind};
use super::parts::*;

/// Around both.
pub struct FiguresHead {
    pub title: &'static str,
    pub lead: &'static str,
    pub path: &'static str,
    pub ways: Vec<(String, String)>,
    pub fields: Vec<Field>,
    /// What is not counted, in words.
    pub note: Option<String>,
    pub empty: &'static str,
    pub empty_text: &'static str,
}

#[derive(Template)]
#[template(path = "weeks.html")]
pub struct WeeksPage {
    pub frame: Frame,
    pub head: FiguresHead,
    /// Each with its first day.
    pub weeks: Vec<(String, Stamp)>,
    pub rows: Vec<WeeksRow>,
}

/// A site, or all of them.
pub struct WeeksRow {
    pub name: Words,
    pub href: Option<String>,
    pub cells: Vec<Option<WeekCell>>,
}

/// The runs that were begun at a site in a week.
pub struct WeekCell {
    pub href: Option<String>,
    pub runs: String,
    pub bar: Bar,
    pub share: Option<String>,
}

#[derive(Template)]
#[template(path = "failures.html")]
pub struct FailuresPage {
    pub frame: Frame,
    pub head: FiguresHead,
    pub counted: String,
    pub rows: Vec<FailureRow>,
}

/// An item by how often it failed.
pub struct FailureRow {
    pub label: Words,
    pub slug: String,
    pub failed: u64,
    pub answered: u64,
    pub share: String,
    pub bar: Bar,
    pub href: Option<String>,
}
