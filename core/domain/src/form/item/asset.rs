//! One of the organisation's machines, rooms or vehicles, by its name.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Asset;

const SPOKEN: Words = Words { en: "Choose a machine, a room or a vehicle", ar: "اختر جهازًا أو غرفة أو مركبة" };

impl Answers for Asset {
    fn name(&self) -> &'static str {
        "asset"
    }
    fn takes(&self) -> &'static str {
        "an asset by its name"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        Some(match text.parse() {
            Ok(id) => Ok(Value::Asset(id)),
            Err(_) => problem("asset", "choose one from the list"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        matches!(value, Value::Asset(_)).then_some(Ok(()))
    }
    fn control(&self) -> Control {
        Control::Asset
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
