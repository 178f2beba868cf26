//! Exact decimal numbers. Two phones that typed `4.0` and `4` agree; binary floats would not promise it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `units` × 10^-`scale`, normalised: no trailing zeros behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

/// Not a number that the form engine can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a number: use digits with at most one point, such as 4.5 (up to 15 digits, 6 behind the point)")]
pub struct DecimalError;

pub(super) const MAX_SCALE: u8 = 6;
const MAX_UNITS: i64 = 999_999_999_999_999;

impl Decimal {
    /// `units` × 10^-`scale`, within ±999,999,999,999,999 units and 6 places.
    pub fn new(units: i64, scale: u8) -> Result<Self, DecimalError> {
        if scale > MAX_SCALE || units.unsigned_abs() > MAX_UNITS as u64 {
            return Err(DecimalError);
        }
        let (mut units, mut scale) = (units, scale);
        while scale > 0 && units % 10 == 0 {
            (units, scale) = (units / 10, scale - 1);
        }
        Ok(Self { units, scale })
    }
    /// Places behind the point.
    pub fn scale(&self) -> u8 {
        self.scale
    }
    /// Whether the two lie at most `tolerance` apart; exact.
    pub fn is_within(&self, other: &Self, tolerance: &Self) -> bool {
        (self.at_max_scale() - other.at_max_scale()).abs() <= tolerance.at_max_scale()
    }
    pub(super) fn at_max_scale(&self) -> i128 {
        i128::from(self.units) * 10i128.pow(u32::from(MAX_SCALE - self.scale))
    }
}
impl From<u8> for Decimal {
    fn from(n: u8) -> Self {
        Self { units: i64::from(n), scale: 0 }
    }
}
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at_max_scale().cmp(&other.at_max_scale())
    }
}
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl FromStr for Decimal {
    type Err = DecimalError;
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let dangling = digits.contains('.') && part.is_empty();
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || dangling || !plain(whole) || !plain(part) || whole.len() + part.len() > 21 {
            return Err(DecimalError);
        }
        let part = part.trim_end_matches('0');
        let scale = u8::try_from(part.len()).map_err(|_| DecimalError)?;
        let units: i64 = format!("{whole}{part}").parse().map_err(|_| DecimalError)?;
        Self::new(sign * units, scale)
    }
}
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, part) = digits.split_at(digits.len() - usize::from(self.scale));
        if part.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{part}") }
    }
}
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.collect_str(self) } else { (self.units, self.scale).serialize(to) }
    }
}
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            String::deserialize(from)?.parse().map_err(D::Error::custom)
        } else {
            let (units, scale) = <(i64, u8)>::deserialize(from)?;
            Self::new(units, scale).map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_print_and_compare_exactly() {
        for (text, shown) in [("4.50", "4.5"), ("-0.05", "-0.05"), ("0", "0"), ("120.000", "120"), ("007", "7")] {
            assert_eq!(text.parse::<Decimal>().expect(text).to_string(), shown);
        }
        for bad in ["", "-", ".5", "5.", "1e3", "NaN", "0x10", "1,5", "9999999999999999", "0.1234567"] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
        assert!("4.5".parse::<Decimal>().expect("a number") < "10".parse().expect("a number"));
        assert_eq!("4.0".parse::<Decimal>(), "4".parse());
        let n = |text: &str| text.parse::<Decimal>().expect("a number");
        assert!(n("93.5").is_within(&n("93"), &n("0.5")) && !n("93.500001").is_within(&n("93"), &n("0.5")));
        assert!(n("-999999999999999").is_within(&n("-999999999999999"), &n("0")));
    }
}
