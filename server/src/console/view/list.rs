//! A list of anything: filters, rows of cells, the way on.

use askama::Template;

use super::parts::*;

#[derive(Template)]
#[template(path = "list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub title: &'static str,
    pub lead: &'static str,
    pub path: &'static str,
    pub notice: Option<Notice>,
    /// By which rules the rows are told: a heading and the rules.
    pub rules: Option<(&'static str, Vec<String>)>,
    /// Where something new is made, and its words.
    pub action: Option<(String, &'static str)>,
    /// Other ways to look at the same.
    pub ways: Vec<(String, String)>,
    pub fields: Vec<Field>,
    /// A filter is set.
    pub filtered: bool,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Row>,
    pub pager: Pager,
    /// The search stopped before the end of the list, in words.
    pub partial: Option<String>,
    /// Where the file is.
    pub csv: String,
    pub empty: &'static str,
    pub empty_text: &'static str,
}

/// One field to filter by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As the address has it.
    pub name: &'static str,
    pub label: &'static str,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    Choice(Vec<Choice>),
    Text(String),
    Date(String),
    /// Carried along, not shown.
    Hidden(String),
}

/// A row: its first cell names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// Lines of a cell, one below the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Text(String),
    /// A text that people wrote: kept apart from what surrounds it.
    Said(String),
    Words(Words),
    Link {
        href: String,
        words: Words,
    },
    Time(Stamp),
    Quiet(String),
    Chips(Vec<Chip>),
    Bar(Bar),
}

impl Cell {
    pub fn new(lines: Vec<Line>) -> Self {
        Self { lines }
    }
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(vec![Line::Text(text.into())])
    }
    pub fn is_void(&self) -> bool {
        self.lines.is_empty()
    }
}

/// The ways on from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// The first page, where this is another.
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub next_words: &'static str,
}
