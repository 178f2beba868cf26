//! What follows from other answers: worked out, never given.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Calculated;

const NO_ANSWER: &str = "this is worked out from other answers; it takes none";

const SPOKEN: Words = Words { en: "Worked out from other answers", ar: "يُحسب من إجابات أخرى" };

impl Answers for Calculated {
    fn name(&self) -> &'static str {
        "calculated"
    }
    fn takes(&self) -> &'static str {
        "no answer"
    }
    fn asks(&self) -> bool {
        false
    }
    /// Of its expression: known once that is compiled.
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, _: &Raw) -> Option<Result<Value, Problem>> {
        Some(problem("calculated", NO_ANSWER))
    }
    fn check(&self, _: &Value) -> Option<Result<(), Problem>> {
        Some(problem("calculated", NO_ANSWER))
    }
    fn control(&self) -> Control {
        Control::Result
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
