//! A number that is set by sliding: from one end to the other in even steps.

use serde::{Deserialize, Serialize};

use super::number::{self, NumberRule};
use super::{Answers, Control, Problem, problem};
use crate::form::speech::Speech;
use crate::form::{Decimal, Raw, Value, expr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slider {
    /// Both of its ends are given.
    pub range: NumberRule,
    pub step: Decimal,
}

impl Slider {
    /// Whether steps of this size go from the one end to the other.
    pub fn is_even(range: &NumberRule, step: Decimal) -> bool {
        range.max.is_some_and(|to| is_on_a_step(range.min, step, to))
    }
}

fn is_on_a_step(from: Option<Decimal>, step: Decimal, n: Decimal) -> bool {
    let (Some(from), step) = (from, step.at_max_scale()) else { return false };
    step > 0 && (n.at_max_scale() - from.at_max_scale()) % step == 0
}

impl Answers for Slider {
    fn name(&self) -> &'static str {
        "slider"
    }
    fn takes(&self) -> &'static str {
        "a number on one of its steps"
    }
    fn kind(&self) -> expr::Kind {
        Answers::kind(&self.range)
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        number::read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let n = value.number()?;
        let on_step = |()| match is_on_a_step(self.range.min, self.step, n) {
            true => Ok(()),
            false => problem("step", format!("in steps of {}, from {}", self.step, self.range.min.unwrap_or_else(|| 0.into()))),
        };
        Some(self.range.check(n).and_then(on_step))
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        self.range.points(value, weight)
    }
    fn is_out_of_band(&self, value: &Value) -> bool {
        self.range.is_out_of_band(value)
    }
    fn numbers(&self) -> Option<&NumberRule> {
        Some(&self.range)
    }
    fn control(&self) -> Control {
        Control::Slider
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        self.range.report(value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        self.range.spoken(speech)
    }
}
