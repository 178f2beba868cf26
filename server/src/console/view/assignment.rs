//! One assignment, and withdrawing it.

use askama::Template;

use super::{Bar, Chip, Frame, Stamp, Words};

#[derive(Template)]
#[template(path = "assignment.html")]
pub struct AssignmentPage {
    pub frame: Frame,
    pub id: String,
    pub title: Words,
    pub kind: &'static str,
    pub to: Words,
    /// The person's page, or the site's.
    pub to_href: String,
    pub zone: String,
    pub due: Stamp,
    pub chip: Chip,
    pub may_withdraw: bool,
    /// How people stand; none for a procedure.
    pub results: Option<Results>,
    /// Where the runs of a procedure are.
    pub runs: String,
}

/// How people stand with a module.
pub struct Results {
    /// From when its quiz counts as passed; none where it asks nothing.
    pub lead: Option<String>,
    pub done: String,
    pub bar: Bar,
    pub rows: Vec<ResultRow>,
}

pub struct ResultRow {
    pub id: String,
    pub name: String,
    pub chip: Chip,
    pub cards: String,
    pub read: Bar,
    pub best: String,
    pub bar: Option<Bar>,
    pub attempts: String,
    pub beyond: Option<String>,
    /// When they passed, or had read it to the end where it asks nothing.
    pub when: Option<Stamp>,
}

#[derive(Template)]
#[template(path = "assignment_withdraw.html")]
pub struct WithdrawPage {
    pub frame: Frame,
    pub id: String,
    pub title: Words,
    pub kind: &'static str,
    pub to: Words,
    pub zone: String,
    pub due: Stamp,
}
