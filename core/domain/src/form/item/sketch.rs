//! A photo, and what somebody drew on it: one picture, kept as a photo is.

use super::{Answers, Control, Problem, blob, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Sketch;

const SPOKEN: Words = Words { en: "Draw on a photo", ar: "ارسم على صورة" };

impl Answers for Sketch {
    fn name(&self) -> &'static str {
        "sketch"
    }
    fn takes(&self) -> &'static str {
        "the picture that was drawn on, added before"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Files
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Text(text) => Some(blob(text).map(|one| Value::Photos(vec![one]))),
            // As a picture among others is shown.
            Raw::List(list) => Some(list.iter().map(|text| blob(text)).collect::<Result<_, _>>().map(Value::Photos)),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Photos(list) = value else { return None };
        Some(if list.len() == 1 { Ok(()) } else { problem("sketch", "one picture") })
    }
    fn control(&self) -> Control {
        Control::Sketch
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
