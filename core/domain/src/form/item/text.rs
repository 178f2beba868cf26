//! One line of text.

use super::{Answers, Control, Problem, length, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr, limits};

#[derive(Debug)]
pub struct Line;

const SPOKEN: Words = Words { en: "Text, one line", ar: "نص من سطر واحد" };

impl Answers for Line {
    fn name(&self) -> &'static str {
        "text"
    }
    fn takes(&self) -> &'static str {
        "text"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Text
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Text(text) = value else { return None };
        if text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            return Some(problem("line", "this takes one line of text; it has several"));
        }
        Some(length(text, limits::TEXT))
    }
    fn control(&self) -> Control {
        Control::Line
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}

/// What somebody typed, as it is.
pub(super) fn read(raw: &Raw) -> Option<Result<Value, Problem>> {
    match raw {
        Raw::Text(text) => Some(Ok(Value::Text(text.clone()))),
        _ => None,
    }
}
