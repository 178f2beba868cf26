//! A whole number that is counted up and down, one tap each.

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, number, problem};
use crate::form::speech::{Phrase, Speech};
use crate::form::{Decimal, Raw, Value, expr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    pub min: u32,
    pub max: u32,
}

impl Answers for Counter {
    fn name(&self) -> &'static str {
        "counter"
    }
    fn takes(&self) -> &'static str {
        "a whole number"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::PLAIN
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        number::read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let n = value.number()?;
        let fits = n.as_whole().is_some_and(|n| (i64::from(self.min)..=i64::from(self.max)).contains(&n)) && n.scale() == 0;
        Some(if fits { Ok(()) } else { problem("range", format!("a whole number from {} to {}", self.min, self.max)) })
    }
    fn control(&self) -> Control {
        Control::Counter
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        let end = |n: u32| Decimal::whole(i64::from(n));
        speech.say(&Phrase::Number { unit: None, from: end(self.min), to: end(self.max) })
    }
}
