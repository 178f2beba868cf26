//! A time of the site's day.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Time;

const SPOKEN: Words = Words { en: "Time", ar: "وقت" };

impl Answers for Time {
    fn name(&self) -> &'static str {
        "time"
    }
    fn takes(&self) -> &'static str {
        "a time such as 07:30"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Time
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Text(text) => Some(Ok(Value::Time(text.clone()))),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Time(text) = value else { return None };
        Some(match chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok() && text.len() == 5 {
            true => Ok(()),
            false => problem("time", "a time is written in 24 hours, such as 07:30"),
        })
    }
    fn control(&self) -> Control {
        Control::Time
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
