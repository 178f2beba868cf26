//! What expressions calculate with decimals. Everything is exact up to 6 places; what has more is rounded there, halves
//! away from zero. Where a result does not fit, or there is none, nothing is given: the expression is unknown then.

use super::Decimal;
use super::decimal::MAX_SCALE;

/// One, at the finest scale.
const ONE: i128 = 10i128.pow(MAX_SCALE as u32);

impl Decimal {
    /// The sum of both.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::of_finest(self.at_max_scale().checked_add(other.at_max_scale())?)
    }
    /// The difference.
    pub fn less(self, other: Self) -> Option<Self> {
        Self::of_finest(self.at_max_scale().checked_sub(other.at_max_scale())?)
    }
    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::of_finest(rounded(self.at_max_scale().checked_mul(other.at_max_scale())?, ONE))
    }
    /// The quotient; none by zero.
    pub fn over(self, other: Self) -> Option<Self> {
        let by = other.at_max_scale();
        (by != 0).then(|| rounded(self.at_max_scale().saturating_mul(ONE), by)).and_then(Self::of_finest)
    }
    /// `self` × `num` ÷ `den` + `add_num` ÷ `add_den`: from one unit to another.
    pub fn scaled(self, num: i128, den: i128, add: (i128, i128)) -> Option<Self> {
        let over = den.checked_mul(add.1)?;
        let whole = self.at_max_scale().checked_mul(num)?.checked_mul(add.1)?;
        let added = add.0.checked_mul(den)?.checked_mul(ONE)?;
        (over != 0).then(|| whole.checked_add(added).map(|n| rounded(n, over))).flatten().and_then(Self::of_finest)
    }
    /// With the sign turned.
    pub fn negated(self) -> Option<Self> {
        Self::of_finest(-self.at_max_scale())
    }
    /// Without its sign.
    pub fn abs(self) -> Option<Self> {
        Self::of_finest(self.at_max_scale().abs())
    }
    /// Rounded to so many places, halves away from zero.
    pub fn round(self, places: u8) -> Option<Self> {
        let unit = 10i128.pow(u32::from(MAX_SCALE.saturating_sub(places)));
        Self::of_finest(rounded(self.at_max_scale(), unit) * unit)
    }
    /// The whole number that is next below, or it.
    pub fn floor(self) -> Option<Self> {
        Self::of_finest(self.at_max_scale().div_euclid(ONE) * ONE)
    }
    /// The whole number that is next above, or it.
    pub fn ceil(self) -> Option<Self> {
        Self::of_finest(-(-self.at_max_scale()).div_euclid(ONE) * ONE)
    }
    /// A whole number.
    pub fn whole(n: i64) -> Option<Self> {
        Self::new(n, 0).ok()
    }
    /// It, where it is whole.
    pub fn as_whole(self) -> Option<i64> {
        let finest = self.at_max_scale();
        (finest % ONE == 0).then(|| i64::try_from(finest / ONE).ok()).flatten()
    }

    /// Of millionths; with fewer places where there is no room for all of them.
    fn of_finest(mut units: i128) -> Option<Self> {
        let mut scale = MAX_SCALE;
        loop {
            if let Ok(fits) = i64::try_from(units)
                && let Ok(out) = Self::new(fits, scale)
            {
                return Some(out);
            }
            if scale == 0 {
                return None;
            }
            (units, scale) = (rounded(units, 10), scale - 1);
        }
    }
}

/// `n` ÷ `by`, halves away from zero; `by` is not zero.
fn rounded(n: i128, by: i128) -> i128 {
    let (quotient, rest) = (n / by, n % by);
    if rest.unsigned_abs() >= by.unsigned_abs() - rest.unsigned_abs() && rest != 0 {
        quotient + if (n < 0) == (by < 0) { 1 } else { -1 }
    } else {
        quotient
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn results_are_exact_or_rounded_at_the_sixth_place_or_there_is_none() {
        let same = |a: Option<Decimal>, b: &str| assert_eq!(a.map(|d| d.to_string()).as_deref(), (b != "-").then_some(b));
        same(n("0.1").plus(n("0.2")), "0.3");
        same(n("2").over(n("3")), "0.666667");
        same(n("-2").over(n("3")), "-0.666667");
        same(n("1").over(n("0")), "-");
        same(n("0.001").times(n("0.0005")), "0.000001");
        same(n("0.001").times(n("-0.0005")), "-0.000001");
        same(n("999999999999999").plus(n("1")), "-");
        same(n("123456789012345").times(n("1.5")), "185185183518518");
        same(n("999999999999999").times(n("999999999999999")), "-");
        same(n("2.5").round(0), "3");
        same(n("-2.5").round(0), "-3");
        same(n("2.45").round(1), "2.5");
        same(n("-0.2").floor(), "-1");
        same(n("-0.2").ceil(), "0");
        same(n("0.2").ceil(), "1");
        // 41 °F is 5 °C.
        same(n("41").scaled(5, 9, (-160, 9)), "5");
        assert_eq!((n("5").as_whole(), n("5.5").as_whole()), (Some(5), None));
    }
}
