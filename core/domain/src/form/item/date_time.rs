//! A day and a time of it: a moment, shown by the site's clocks.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct DateTime;

/// The years 1900 to 2200, ms since 1970 UTC.
const YEARS: std::ops::Range<i64> = -2_208_988_800_000..7_258_118_400_000;

/// A moment as it is read again, milliseconds since 1970 UTC.
pub fn written(ms: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(ms).unwrap_or_default();
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

const SPOKEN: Words = Words { en: "Date and time", ar: "تاريخ ووقت" };

impl Answers for DateTime {
    fn name(&self) -> &'static str {
        "date-time"
    }
    fn takes(&self) -> &'static str {
        "a date, a time and its distance from UTC, such as 2026-03-31T07:30+01:00"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Instant
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        let read = chrono::DateTime::parse_from_rfc3339(text).or_else(|_| chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"));
        Some(match read {
            Ok(at) => Ok(Value::Moment(at.timestamp_millis())),
            Err(_) => problem("date-time", "a moment is written such as 2026-03-31T07:30+01:00"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Moment(ms) = value else { return None };
        Some(if YEARS.contains(ms) { Ok(()) } else { problem("date-time", "a year from 1900 to 2199") })
    }
    fn control(&self) -> Control {
        Control::DateTime
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
