//! Text of several lines.

use super::{Answers, Control, Problem, length, text};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr, limits};

#[derive(Debug)]
pub struct LongText;

const SPOKEN: Words = Words { en: "Text, several lines", ar: "نص من عدة أسطر" };

impl Answers for LongText {
    fn name(&self) -> &'static str {
        "long-text"
    }
    fn takes(&self) -> &'static str {
        "text"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Text
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        text::read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Text(text) = value else { return None };
        Some(length(text, limits::LONG_TEXT))
    }
    fn control(&self) -> Control {
        Control::Lines
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
