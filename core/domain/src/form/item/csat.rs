//! 1 to 5: satisfaction with one interaction.

use super::scale::Scale;
use super::{Answers, Control, Problem};
use crate::form::speech::Speech;
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Csat;

impl Csat {
    const fn scale() -> Scale {
        Scale { from: 1, to: 5 }
    }
}

impl Answers for Csat {
    fn name(&self) -> &'static str {
        "csat"
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
        Control::Smileys
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        Self::scale().report(value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        Self::scale().spoken(speech)
    }
}
