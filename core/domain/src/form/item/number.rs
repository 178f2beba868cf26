//! A number: which ones, in what unit, and which are hoped for. Temperatures, amounts of money and percentages are
//! numbers with a unit of their own, and say so.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, problem};
use crate::form::expr::units::{self, Conversion};
use crate::form::speech::{Phrase, Speech, number};
use crate::form::{Decimal, Raw, Value, expr};

/// What numbers an item takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NumberRule {
    /// Shown behind the number: °C, kg.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// Digits after the point at most.
    #[serde(default)]
    pub decimals: u8,
    /// Outside of it the answer is allowed, and shown as out of band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<(Decimal, Decimal)>,
}

impl NumberRule {
    /// Whether it takes this number.
    pub fn check(&self, n: Decimal) -> Result<(), Problem> {
        let unit = self.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
        if n.scale() > self.decimals {
            let digits = match self.decimals {
                0 => "a whole number".to_owned(),
                1 => "at most 1 digit behind the point".to_owned(),
                n => format!("at most {n} digits behind the point"),
            };
            return problem("decimals", digits);
        }
        match (self.min, self.max) {
            (Some(min), _) if n < min => problem("min", format!("at least {min}{unit}")),
            (_, Some(max)) if n > max => problem("max", format!("at most {max}{unit}")),
            _ => Ok(()),
        }
    }

    /// The answer that an instrument's reading in its own unit is: in this rule's unit, and rounded to the digits that it
    /// takes, halves away from zero.
    pub fn measured(&self, reading: Decimal, unit: &str) -> Result<Decimal, Problem> {
        let own = self.unit.as_deref().unwrap_or_default();
        let other = || Problem { rule: "unit", message: format!("an instrument that tells {own}, and not {unit}") };
        let Conversion { num, den, add } = units::conversion(unit, own).ok_or_else(other)?;
        let told = reading.scaled(num, den, add).and_then(|n| n.round(self.decimals));
        told.ok_or_else(|| Problem { rule: "number", message: "a reading that is no such number".to_owned() })
    }

    /// On which side of what is hoped for a number lies.
    pub fn side(&self, n: Decimal) -> Ordering {
        match self.target {
            Some((low, _)) if n < low => Ordering::Less,
            Some((_, high)) if n > high => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }
}

impl Answers for NumberRule {
    fn name(&self) -> &'static str {
        "number"
    }
    fn takes(&self) -> &'static str {
        "a number"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Number(self.unit.as_deref().map(Into::into))
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        Some(self.check(value.number()?))
    }
    fn scores(&self) -> bool {
        self.target.is_some()
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        let n = value.number().filter(|_| self.target.is_some())?;
        Some(if self.side(n) == Ordering::Equal { weight } else { 0 })
    }
    fn is_out_of_band(&self, value: &Value) -> bool {
        value.number().is_some_and(|n| self.side(n) != Ordering::Equal)
    }
    fn numbers(&self) -> Option<&NumberRule> {
        Some(self)
    }
    fn control(&self) -> Control {
        Control::Number
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        let Some(n) = value.number() else { return speech.plain(value) };
        match &self.unit {
            Some(unit) => format!("{} {unit}", number(n)),
            None => number(n),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Number { unit: self.unit.as_deref(), from: self.min, to: self.max })
    }
}

/// Digits, as a number or as text.
pub(super) fn read(raw: &Raw) -> Option<Result<Value, Problem>> {
    let (Raw::Number(text) | Raw::Text(text)) = raw else { return None };
    Some(match text.parse::<Decimal>() {
        Ok(n) => Ok(Value::Number(n)),
        Err(e) => problem("number", e.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_told_in_the_unit_and_the_digits_of_the_item() {
        let rule = |unit: &str, decimals| NumberRule { unit: Some(unit.to_owned()), decimals, ..NumberRule::default() };
        let told = |rule: &NumberRule, n: &str, unit: &str| rule.measured(n.parse().unwrap(), unit).map(|n| n.to_string());
        assert_eq!(told(&rule("°C", 1), "4.25", "°C").as_deref(), Ok("4.3"), "halves away from zero");
        assert_eq!(told(&rule("°C", 1), "-18.25", "°C").as_deref(), Ok("-18.3"));
        assert_eq!(told(&rule("°C", 0), "41", "°F").as_deref(), Ok("5"));
        assert_eq!(told(&rule("kg", 2), "1234.5", "g").as_deref(), Ok("1.23"));
        let wrong = told(&rule("°C", 1), "4", "kg").unwrap_err();
        assert_eq!((wrong.rule, wrong.message.as_str()), ("unit", "an instrument that tells °C, and not kg"));
        assert_eq!(told(&NumberRule::default(), "4", "°C").unwrap_err().rule, "unit");
    }
}
