//! A sentence with gaps, and what stands in them.

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, length, problem};
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr, limits};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillIn {
    /// Written as `___` in the label.
    pub gaps: u8,
}

impl Answers for FillIn {
    fn name(&self) -> &'static str {
        "fill-in"
    }
    fn takes(&self) -> &'static str {
        "a list of texts, one for each gap"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::List(list) => Some(Ok(Value::Texts(list.iter().map(|t| t.trim().to_owned()).collect()))),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Texts(texts) = value else { return None };
        if !texts.is_empty() && (texts.len() != usize::from(self.gaps) || texts.iter().any(String::is_empty)) {
            return Some(problem("gaps", format!("one text for each of the {} gaps", self.gaps)));
        }
        Some(texts.iter().try_for_each(|text| length(text, limits::TEXT)))
    }
    fn control(&self) -> Control {
        Control::Gaps
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Gaps(usize::from(self.gaps)))
    }
}
