//! Somebody of the organisation.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Person;

const SPOKEN: Words = Words { en: "Choose a person", ar: "اختر شخصًا" };

impl Answers for Person {
    fn name(&self) -> &'static str {
        "person"
    }
    fn takes(&self) -> &'static str {
        "a person by their id"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        Some(match text.parse() {
            Ok(id) => Ok(Value::Person(id)),
            Err(_) => problem("person", "choose somebody from the list"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        matches!(value, Value::Person(_)).then_some(Ok(()))
    }
    fn control(&self) -> Control {
        Control::Person
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
