//! Passed or failed.

use super::{Answers, Control, Problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct PassFail;

const SPOKEN: Words = Words { en: "Pass or fail", ar: "مطابق أو غير مطابق" };

impl Answers for PassFail {
    fn name(&self) -> &'static str {
        "pass-fail"
    }
    fn takes(&self) -> &'static str {
        "pass or fail"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Bool
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Bool(b) => Some(Ok(Value::Bool(*b))),
            Raw::Text(t) if t == "pass" || t == "fail" => Some(Ok(Value::Bool(t == "pass"))),
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
        Control::PassFail
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Bool(true) => speech.say(&Phrase::Pass),
            Value::Bool(false) => speech.say(&Phrase::Fail),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
