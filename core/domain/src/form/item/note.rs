//! Something to read; takes no answer.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Note;

const NO_ANSWER: &str = "this is something to read; it takes no answer";

const SPOKEN: Words = Words { en: "To read", ar: "للقراءة" };

impl Answers for Note {
    fn name(&self) -> &'static str {
        "note"
    }
    fn takes(&self) -> &'static str {
        "no answer"
    }
    fn asks(&self) -> bool {
        false
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, _: &Raw) -> Option<Result<Value, Problem>> {
        Some(problem("note", NO_ANSWER))
    }
    fn check(&self, _: &Value) -> Option<Result<(), Problem>> {
        Some(problem("note", NO_ANSWER))
    }
    fn control(&self) -> Control {
        Control::Reading
    }
    fn report(&self, _: &Value, _: &dyn Speech) -> String {
        String::new()
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
