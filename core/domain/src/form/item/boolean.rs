//! Yes or no.

use super::{Answers, Control, Problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Boolean;

const SPOKEN: Words = Words { en: "Yes or no", ar: "نعم أو لا" };

impl Answers for Boolean {
    fn name(&self) -> &'static str {
        "boolean"
    }
    fn takes(&self) -> &'static str {
        "true or false"
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
        matches!(value, Value::Bool(_)).then_some(Ok(()))
    }
    fn scores(&self) -> bool {
        true
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        match value {
            Value::Bool(yes) => Some(if *yes { weight } else { 0 }),
            _ => None,
        }
    }
    fn control(&self) -> Control {
        Control::YesNo
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Bool(true) => speech.say(&Phrase::Yes),
            Value::Bool(false) => speech.say(&Phrase::No),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
