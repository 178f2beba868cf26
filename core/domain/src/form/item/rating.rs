//! Stars: 1 to `max`.

use serde::{Deserialize, Serialize};

use super::scale::Scale;
use super::{Answers, Control, Problem};
use crate::form::speech::Speech;
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub max: u8,
}

impl Rating {
    const fn scale(&self) -> Scale {
        Scale { from: 1, to: self.max }
    }
}

impl Answers for Rating {
    fn name(&self) -> &'static str {
        "rating"
    }
    fn takes(&self) -> &'static str {
        "a whole number from 1 upwards"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::PLAIN
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        self.scale().read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        self.scale().check(value)
    }
    fn scores(&self) -> bool {
        true
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        self.scale().points(value, weight)
    }
    fn control(&self) -> Control {
        Control::Stars
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        self.scale().report(value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        self.scale().spoken(speech)
    }
}
