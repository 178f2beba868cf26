//! One of the organisation's sites.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Site;

const SPOKEN: Words = Words { en: "Choose a site", ar: "اختر موقعًا" };

impl Answers for Site {
    fn name(&self) -> &'static str {
        "site"
    }
    fn takes(&self) -> &'static str {
        "a site by its id"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        Some(match text.parse() {
            Ok(id) => Ok(Value::Site(id)),
            Err(_) => problem("site", "choose a site from the list"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        matches!(value, Value::Site(_)).then_some(Ok(()))
    }
    fn control(&self) -> Control {
        Control::Site
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
