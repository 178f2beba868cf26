//! Somebody's signature, drawn on the screen.

use super::{Answers, Control, Problem, blob};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Signature;

const SPOKEN: Words = Words { en: "Sign", ar: "وقّع" };

impl Answers for Signature {
    fn name(&self) -> &'static str {
        "signature"
    }
    fn takes(&self) -> &'static str {
        "a signature that was added before, as a drawing or a picture"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Text(text) => Some(blob(text).map(Value::Signature)),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        matches!(value, Value::Signature(_)).then_some(Ok(()))
    }
    fn control(&self) -> Control {
        Control::Signature
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
