//! That something was read or done: there is no other answer than yes, and it applies to everybody.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Acknowledge;

const SPOKEN: Words = Words { en: "To be confirmed", ar: "للتأكيد" };

impl Answers for Acknowledge {
    fn name(&self) -> &'static str {
        "acknowledge"
    }
    fn takes(&self) -> &'static str {
        "true"
    }
    fn may_be_na(&self) -> bool {
        false
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Bool
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Bool(b) => Some(Ok(Value::Bool(*b))),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        match value {
            Value::Bool(true) => Some(Ok(())),
            Value::Bool(false) => Some(problem("acknowledge", "this can be confirmed, and no more")),
            _ => None,
        }
    }
    fn scores(&self) -> bool {
        true
    }
    fn points(&self, _: &Value, weight: u32) -> Option<u32> {
        Some(weight)
    }
    fn control(&self) -> Control {
        Control::Acknowledge
    }
    fn report(&self, _: &Value, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Confirmed)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
