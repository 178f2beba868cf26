//! What stars, smileys and the scales of customers' surveys share: whole numbers from one end to the other.

use super::{Problem, number, problem};
use crate::form::speech::{Phrase, Speech, number as shown};
use crate::form::{Decimal, Raw, Value};

/// From one end to the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub from: u8,
    pub to: u8,
}

impl Scale {
    pub fn read(self, raw: &Raw) -> Option<Result<Value, Problem>> {
        number::read(raw)
    }
    pub fn check(self, value: &Value) -> Option<Result<(), Problem>> {
        let n = value.number()?;
        let fits = n.scale() == 0 && n >= Decimal::from(self.from) && n <= Decimal::from(self.to);
        Some(if fits { Ok(()) } else { problem("range", format!("a whole number from {} to {}", self.from, self.to)) })
    }
    /// The low end gives nothing, the high one all; in between as much as whole points allow.
    pub fn points(self, value: &Value, weight: u32) -> Option<u32> {
        let n = u64::try_from(value.number()?.as_whole()?).ok()?;
        let (above, width) = (n.saturating_sub(u64::from(self.from)), u64::from(self.to.saturating_sub(self.from)).max(1));
        u32::try_from(u64::from(weight) * above.min(width) / width).ok()
    }
    pub fn report(self, value: &Value, speech: &dyn Speech) -> String {
        match value.number() {
            Some(n) => speech.say(&Phrase::OutOf { n: &shown(n), of: &self.to.to_string() }),
            None => speech.plain(value),
        }
    }
    pub fn spoken(self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Scale { from: self.from, to: self.to })
    }
}
