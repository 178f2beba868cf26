//! How long something took.

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Decimal, Raw, Value, expr};

#[derive(Debug)]
pub struct Duration;

/// A month: whatever takes longer is no answer to how long something took at work.
const MOST_S: u32 = 31 * 86_400;

const SPOKEN: Words = Words { en: "How long", ar: "المدة" };

impl Answers for Duration {
    fn name(&self) -> &'static str {
        "duration"
    }
    fn takes(&self) -> &'static str {
        "a whole number of seconds, or hours and minutes such as 1:30"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Number(Some("s".into()))
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let seconds = match raw {
            Raw::Number(text) => text.parse::<Decimal>().ok().and_then(Decimal::as_whole).and_then(|n| u32::try_from(n).ok()),
            Raw::Text(text) => text.split_once(':').and_then(|(hours, minutes)| {
                let minutes: u32 = minutes.parse().ok().filter(|m| *m < 60 && minutes.len() == 2)?;
                hours.parse::<u32>().ok()?.checked_mul(3_600)?.checked_add(minutes * 60)
            }),
            _ => return None,
        };
        Some(match seconds {
            Some(seconds) => Ok(Value::Duration(seconds)),
            None => problem("duration", "a whole number of seconds, or hours and minutes such as 1:30"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Duration(seconds) = value else { return None };
        Some(if *seconds <= MOST_S { Ok(()) } else { problem("max", "at most 31 days") })
    }
    fn control(&self) -> Control {
        Control::Duration
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
