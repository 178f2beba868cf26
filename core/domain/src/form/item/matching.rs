//! What belongs to what: each on the left to one on the right, none of which is taken twice.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, label, slugs};
use super::{Answers, Control, Problem, problem};
use crate::Slug;
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    pub left: Vec<Choice>,
    pub right: Vec<Choice>,
}

impl Answers for Match {
    fn name(&self) -> &'static str {
        "match"
    }
    fn takes(&self) -> &'static str {
        "for each of its left one of its right"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Map(map) = raw else { return None };
        let listed = |list: &[Choice], name: &str| slugs(list).any(|slug| slug.as_str() == name);
        if !map.iter().all(|(row, to)| listed(&self.left, row) && listed(&self.right, to)) {
            return Some(problem("choice", "for each of the listed left one of the listed right"));
        }
        let cell = |row: &Slug| map.iter().find(|(name, _)| row.as_str() == name).and_then(|(_, to)| Some((row.clone(), to.parse().ok()?)));
        Some(Ok(Value::Cells(slugs(&self.left).filter_map(cell).collect())))
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Cells(cells) = value else { return None };
        let mut rows = slugs(&self.left);
        let fits = cells.iter().all(|(row, to)| rows.any(|r| r == row) && slugs(&self.right).any(|c| c == to));
        if !fits {
            return Some(problem("choice", "for each of the listed left one of the listed right, in the order of the form"));
        }
        if cells.iter().enumerate().any(|(n, (_, to))| cells[..n].iter().any(|(_, before)| before == to)) {
            return Some(problem("twice", "each on the right belongs to one on the left alone"));
        }
        // Nothing yet is how it is taken back.
        let is_whole = cells.is_empty() || cells.len() == self.left.len();
        Some(if is_whole { Ok(()) } else { problem("cells", "join each on the left") })
    }
    fn choices(&self) -> &[Choice] {
        &self.right
    }
    fn rows(&self) -> &[Choice] {
        &self.left
    }
    fn control(&self) -> Control {
        Control::Pairs
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        let Value::Cells(cells) = value else { return speech.plain(value) };
        let line = |(row, to): &(Slug, Slug)| format!("{}: {}", label(&self.left, row, speech), label(&self.right, to, speech));
        cells.iter().map(line).collect::<Vec<_>>().join("; ")
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Pairs { rows: self.left.len(), columns: self.right.len() })
    }
}
