//! A list that answers are chosen from (articles, parts, rooms): up to [`ROWS`] rows, in parts that are releases of their
//! own.
//!
//! | what | file |
//! |---|---|
//! | [`List`]: which parts make it up, in order; [`Rows`]: one part | here |
//! | where a part ends, so that a change of one row makes one part anew | [`cut`] |
//! | the words that rows are found by, in any script | [`words`] |
//!
//! A phone that holds a version fetches of the next only the parts that are new. The form names the list and not a version
//! of it: prices and rooms change more often than the questions about them. An answer carries what its row said
//! ([`crate::form::value::Row`]), so that it reads the same when the row is gone.

pub mod cut;
pub mod words;

use serde::{Deserialize, Serialize};

use crate::{Lang, ReleaseHash, Slug, Text};

/// Rows of a list at most.
pub const ROWS: usize = 100_000;
/// Columns beside name and label.
pub const COLUMNS: usize = 10;
/// Bytes of a label in one language.
pub const LABEL: usize = 200;
/// Bytes of a value.
pub const VALUE: usize = 100;

/// A list, by its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// What forms may choose rows by.
    pub columns: Vec<Slug>,
    pub rows: u32,
    /// In the order of the author's file.
    pub parts: Vec<ReleaseHash>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    pub columns: Vec<Slug>,
    /// Of the labels; the first is what the others were translated from.
    pub languages: Vec<Lang>,
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub slug: Slug,
    /// One for each language; empty where there is none.
    pub labels: Vec<String>,
    /// One for each column; empty where there is none.
    pub values: Vec<String>,
}

impl Rows {
    /// Whether it is what a part of a list may be: each row with its label, and no more than fits.
    pub fn is_sound(&self) -> bool {
        let (columns, languages) = (self.columns.len(), self.languages.len());
        let fits = |list: &[String], count: usize, most: usize| list.len() == count && list.iter().all(|text| text.len() <= most);
        let named = |row: &Row| row.labels.first().is_some_and(|first| !first.is_empty());
        (1..=cut::MOST_ROWS).contains(&self.rows.len())
            && columns <= COLUMNS
            && self.rows.iter().all(|row| named(row) && fits(&row.labels, languages, LABEL) && fits(&row.values, columns, VALUE))
    }
}

/// What a row is called, its labels being in these languages.
pub fn label(languages: &[Lang], row: &Row) -> Text {
    let by = languages.iter().cloned().zip(row.labels.iter().cloned()).filter(|(_, text)| !text.is_empty());
    match languages.first() {
        Some(source) => Text::translated(source.clone(), by.collect()),
        None => Text::nothing(),
    }
}
