//! What a PIN may be, and what wrong ones cost. Pure: how one is kept is the device's affair.

/// Digits at least.
pub const MIN: usize = 4;
/// Digits at most.
pub const MAX: usize = 12;
/// So many wrong ones in a row, and it is locked until somebody unlocks it. With the commonest ones refused, the
/// chance to guess one of four digits within them is about one in a thousand.
pub const TRIES: u32 = 10;

/// Why it is no PIN to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("a PIN has {MIN} to {MAX} digits and nothing else")]
    Digits,
    #[error("this PIN is one digit again and again; choose one that is harder to guess")]
    OneDigit,
    #[error("this PIN counts up or down; choose one that is harder to guess")]
    Counting,
    #[error("this PIN repeats itself; choose one that is harder to guess")]
    Repeating,
    #[error("this PIN looks like a year; choose one that is harder to guess")]
    Year,
    #[error("this PIN is among the first that people try; choose another")]
    Common,
}

impl Unfit {
    /// The stable name of the rule that it breaks.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::OneDigit | Self::Counting | Self::Repeating | Self::Year | Self::Common => "trivial",
        }
    }
}

/// Patterns of the keypad and the like, which no rule below names.
const COMMON: &[&str] =
    &["2580", "0852", "1379", "1397", "1122", "2211", "1133", "1010", "1004", "147258", "147258369", "159753", "112233", "123321"];

/// The digits of what was typed, in any of the scripts in use; none where it holds anything else.
pub fn digits(typed: &str) -> Option<String> {
    let normal: Option<String> = typed.trim().chars().map(crate::customer::digit).collect();
    normal.filter(|pin| (MIN..=MAX).contains(&pin.len()))
}

/// The PIN that was typed, to be kept, if it is one to have.
pub fn choose(typed: &str) -> Result<String, Unfit> {
    let pin = digits(typed).ok_or(Unfit::Digits)?;
    let bytes = pin.as_bytes();
    let steps = |by: u8| bytes.windows(2).all(|two| (two[0] - b'0' + by) % 10 == two[1] - b'0');
    if steps(0) {
        return Err(Unfit::OneDigit);
    }
    if steps(1) || steps(9) {
        return Err(Unfit::Counting);
    }
    let repeats = |of: usize| bytes.len().is_multiple_of(of) && bytes.chunks(of).all(|chunk| chunk == &bytes[..of]);
    if (2..=bytes.len() / 2).any(repeats) {
        return Err(Unfit::Repeating);
    }
    if bytes.len() == 4 && (pin.starts_with("19") || pin.starts_with("20")) {
        return Err(Unfit::Year);
    }
    if COMMON.contains(&pin.as_str()) {
        return Err(Unfit::Common);
    }
    Ok(pin)
}

/// What stands before the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Now,
    /// So long after the last wrong one, ms.
    After(u64),
    /// Not before somebody unlocks it.
    Locked,
}

/// What stands before the next try, after so many wrong ones in a row.
pub fn next(wrong: u32) -> Next {
    const SECOND: u64 = 1_000;
    const MINUTE: u64 = 60 * SECOND;
    match wrong {
        0..=2 => Next::Now,
        3 => Next::After(30 * SECOND),
        4 => Next::After(MINUTE),
        5 => Next::After(5 * MINUTE),
        6 => Next::After(15 * MINUTE),
        7 => Next::After(30 * MINUTE),
        8..TRIES => Next::After(60 * MINUTE),
        _ => Next::Locked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_try_first_is_refused_in_words() {
        for (typed, why) in [
            ("123", Unfit::Digits),
            ("1234567890123", Unfit::Digits),
            ("12a4", Unfit::Digits),
            ("", Unfit::Digits),
            ("0000", Unfit::OneDigit),
            ("1234", Unfit::Counting),
            ("7890", Unfit::Counting),
            ("987654", Unfit::Counting),
            ("1212", Unfit::Repeating),
            ("407407", Unfit::Repeating),
            ("1987", Unfit::Year),
            ("2026", Unfit::Year),
            ("2580", Unfit::Common),
        ] {
            let said = choose(typed).unwrap_err();
            assert_eq!(said, why, "{typed}");
            assert!(typed.is_empty() || !said.to_string().contains(typed), "the PIN itself is not repeated: {said}");
        }
        for typed in ["4071", "19870", "5938", "602214076"] {
            assert_eq!(choose(typed).as_deref(), Ok(typed));
        }
    }

    #[test]
    fn a_pin_is_the_same_in_the_digits_of_either_keyboard() {
        assert_eq!(choose("٤٠٧١").as_deref(), Ok("4071"));
        assert_eq!(digits(" 4071 ").as_deref(), Some("4071"));
    }

    #[test]
    fn waits_grow_and_end_in_a_lock() {
        let mut last = 0;
        for wrong in 0..TRIES {
            let wait = match next(wrong) {
                Next::Now => 0,
                Next::After(ms) => ms,
                Next::Locked => panic!("locked after {wrong}"),
            };
            assert!(wait >= last);
            last = wait;
        }
        assert_eq!((next(2), next(3), next(TRIES), next(u32::MAX)), (Next::Now, Next::After(30_000), Next::Locked, Next::Locked));
    }
}
