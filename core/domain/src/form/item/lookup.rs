//! One row of a list that is too long for its item: articles, parts, rooms. The list is a release of its own
//! ([`crate::release::list`]).

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::value::Row;
use crate::form::{Expr, Raw, Value, expr};
use crate::release::list::VALUE;
use crate::{Slug, Text};

/// Columns that rows of one item are chosen by.
pub const FILTERS: usize = 5;

/// A row of this list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    pub list: Slug,
    /// Of the rows those that say in each of these columns what its expression comes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
}

/// A column, and what it has to be: a text or a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    pub column: Slug,
    pub is: Expr,
}

const SPOKEN: Words = Words { en: "Choose from a list, with search", ar: "اختر من قائمة يمكن البحث فيها" };

impl Answers for Lookup {
    fn name(&self) -> &'static str {
        "lookup"
    }
    fn takes(&self) -> &'static str {
        "a row of its list, by its name"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Choice(None)
    }
    /// The row by its name alone: what it says is filled in from the list.
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        Some(match text.parse() {
            Ok(slug) => Ok(Value::Row(Box::new(Row { slug, label: Text::nothing(), by: vec![String::new(); self.filters.len()] }))),
            Err(_) => problem("row", "choose a row of the list"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Row(row) = value else { return None };
        let labels = row.label.by.iter().all(|(_, text)| text.len() <= crate::release::list::LABEL);
        let by = row.by.len() == self.filters.len() && row.by.iter().all(|text| text.len() <= VALUE);
        Some(if labels && by { Ok(()) } else { problem("row", "choose a row of the list") })
    }
    fn control(&self) -> Control {
        Control::Lookup
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Row(row) if row.label == Text::nothing() => row.slug.to_string(),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
