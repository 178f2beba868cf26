//! Files of any other kind.

use serde::{Deserialize, Serialize};

use super::media::FileRule;
use super::{Answers, Control, Problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct File(pub FileRule);

const SPOKEN: Words = Words { en: "Add a file", ar: "أضف ملفًا" };

impl Answers for File {
    fn name(&self) -> &'static str {
        "file"
    }
    fn takes(&self) -> &'static str {
        "files that were added before"
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
        Control::File
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
