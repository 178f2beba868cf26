//! A percentage.

use serde::{Deserialize, Serialize};

use super::number::NumberRule;
use super::{Answers, Control, Problem};
use crate::form::speech::Speech;
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub NumberRule);

impl Answers for Percent {
    fn name(&self) -> &'static str {
        "percent"
    }
    fn takes(&self) -> &'static str {
        "a number of percent"
    }
    fn kind(&self) -> expr::Kind {
        Answers::kind(&self.0)
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        self.0.read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        Answers::check(&self.0, value)
    }
    fn scores(&self) -> bool {
        self.0.scores()
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        self.0.points(value, weight)
    }
    fn is_out_of_band(&self, value: &Value) -> bool {
        self.0.is_out_of_band(value)
    }
    fn numbers(&self) -> Option<&NumberRule> {
        Some(&self.0)
    }
    fn control(&self) -> Control {
        Control::Number
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        self.0.report(value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        self.0.spoken(speech)
    }
}
