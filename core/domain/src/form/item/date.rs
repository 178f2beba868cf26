//! A day of the site's calendar.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Date;

const SPOKEN: Words = Words { en: "Date", ar: "تاريخ" };

impl Answers for Date {
    fn name(&self) -> &'static str {
        "date"
    }
    fn takes(&self) -> &'static str {
        "a date such as 2026-03-31"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Date
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Text(text) => Some(Ok(Value::Date(text.clone()))),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Date(text) = value else { return None };
        Some(match chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() && text.len() == 10 {
            true => Ok(()),
            false => problem("date", "a date is written year-month-day, such as 2026-03-31"),
        })
    }
    fn control(&self) -> Control {
        Control::Date
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
