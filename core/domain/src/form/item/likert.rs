//! A statement a row, and how far somebody agrees, the same scale for each.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, label, slugs};
use super::{Answers, Control, Problem, problem};
use crate::Slug;
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likert {
    pub rows: Vec<Choice>,
    pub columns: Vec<Choice>,
}

impl Answers for Likert {
    fn name(&self) -> &'static str {
        "likert"
    }
    fn takes(&self) -> &'static str {
        "for each of its rows one of its columns"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Map(map) = raw else { return None };
        let listed = |list: &[Choice], name: &str| slugs(list).any(|slug| slug.as_str() == name);
        if !map.iter().all(|(row, to)| listed(&self.rows, row) && listed(&self.columns, to)) {
            return Some(problem("choice", "for each of the listed rows one of the listed columns"));
        }
        let cell = |row: &Slug| map.iter().find(|(name, _)| row.as_str() == name).and_then(|(_, to)| Some((row.clone(), to.parse().ok()?)));
        Some(Ok(Value::Cells(slugs(&self.rows).filter_map(cell).collect())))
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Cells(cells) = value else { return None };
        let mut rows = slugs(&self.rows);
        let fits = cells.iter().all(|(row, to)| rows.any(|r| r == row) && slugs(&self.columns).any(|c| c == to));
        if !fits {
            return Some(problem("choice", "for each of the listed rows one of the listed columns, in the order of the form"));
        }
        // Nothing yet is how it is taken back.
        let is_whole = cells.is_empty() || cells.len() == self.rows.len();
        Some(if is_whole { Ok(()) } else { problem("cells", "say something to each row") })
    }
    fn choices(&self) -> &[Choice] {
        &self.columns
    }
    fn rows(&self) -> &[Choice] {
        &self.rows
    }
    fn control(&self) -> Control {
        Control::Grid
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        let Value::Cells(cells) = value else { return speech.plain(value) };
        let line = |(row, to): &(Slug, Slug)| format!("{}: {}", label(&self.rows, row, speech), label(&self.columns, to, speech));
        cells.iter().map(line).collect::<Vec<_>>().join("; ")
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Grid { rows: self.rows.len(), columns: self.columns.len() })
    }
}
