//! Recordings of sound.

use serde::{Deserialize, Serialize};

use super::media::FileRule;
use super::{Answers, Control, Problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Audio(pub FileRule);

const SPOKEN: Words = Words { en: "Record sound", ar: "سجّل صوتًا" };

impl Answers for Audio {
    fn name(&self) -> &'static str {
        "audio"
    }
    fn takes(&self) -> &'static str {
        "recordings that were added before"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Files
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        FileRule::read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        self.0.check(value)
    }
    fn control(&self) -> Control {
        Control::Microphone
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Files(list) => speech.say(&Phrase::Recordings(list.len())),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
