//! 1 to 7: how easy it was (the second version of the customer effort score).

use super::scale::Scale;
use super::{Answers, Control, Problem};
use crate::form::speech::Speech;
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Ces;

impl Ces {
    const fn scale() -> Scale {
        Scale { from: 1, to: 7 }
    }
}

impl Answers for Ces {
    fn name(&self) -> &'static str {
        "ces"
    }
    fn takes(&self) -> &'static str {
        "a whole number from 1 upwards"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::PLAIN
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        Self::scale().read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        Self::scale().check(value)
    }
    fn scores(&self) -> bool {
        true
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        Self::scale().points(value, weight)
    }
    fn control(&self) -> Control {
        Control::Scale
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        Self::scale().report(value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        Self::scale().spoken(speech)
    }
}
