//! A part of a whole, and how a number is shown.

/// `n / d` rounded half away from zero; none where `d` is 0.
pub(crate) fn rounded(n: i128, d: u64) -> Option<i64> {
    let d = i128::from(d);
    if d == 0 {
        return None;
    }
    let away = (2 * n.abs() + d) / (2 * d);
    i64::try_from(away * n.signum()).ok()
}

/// Integers to add up: never store or average the percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub part: u64,
    pub whole: u64,
}

/// What a screen shows for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nothing was counted.
    NoData,
    /// Fewer than the policy's minimum.
    NotEnough { n: u64, minimum: u32 },
    /// The number, rounded for display, over `n`.
    Value { value: i64, n: u64 },
}

impl Shown {
    pub(crate) fn of(value: Option<i64>, n: u64, minimum: u32) -> Self {
        match value {
            None => Self::NoData,
            Some(_) if n < u64::from(minimum) => Self::NotEnough { n, minimum },
            Some(value) => Self::Value { value, n },
        }
    }
}

impl Share {
    pub const fn new(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }
    /// Per cent, rounded half away from zero; none over nothing.
    pub fn percent(self) -> Option<i64> {
        rounded(100 * i128::from(self.part), self.whole)
    }
    /// What a screen shows where the policy asks for `minimum` responses.
    pub fn shown(self, minimum: u32) -> Shown {
        Shown::of(self.percent(), self.whole, minimum)
    }
}
impl std::ops::Add for Share {
    type Output = Share;
    fn add(self, other: Share) -> Share {
        Share { part: self.part + other.part, whole: self.whole + other.whole }
    }
}
impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Share>>(shares: I) -> Share {
        shares.fold(Share::default(), |a, b| a + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(
            [rounded(5, 2), rounded(-5, 2), rounded(7, 3), rounded(-7, 3), rounded(0, 9)],
            [Some(3), Some(-3), Some(2), Some(-2), Some(0)]
        );
        assert_eq!(Share::new(1, 8).percent(), Some(13));
        assert_eq!(Share::default().percent(), None);
    }

    #[test]
    fn too_few_responses_are_said_to_be_too_few() {
        assert_eq!(Share::default().shown(30), Shown::NoData);
        assert_eq!(Share::new(4, 5).shown(30), Shown::NotEnough { n: 5, minimum: 30 });
        assert_eq!(Share::new(4, 5).shown(5), Shown::Value { value: 80, n: 5 });
    }

    #[test]
    fn sites_are_summed_and_never_averaged() {
        let both: Share = [Share::new(1, 1), Share::new(0, 9)].into_iter().sum();
        assert_eq!(both.percent(), Some(10));
    }
}
