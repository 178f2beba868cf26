//! How long to wait after a failure.

/// Doubles with each failure in a row from `base_ms` up to `cap_ms`; between half of that and all of it, by
/// `jitter` (any number, drawn at random), so that a hotel's phones don't all come back at once when its
/// network does.
pub fn delay(failures: u32, base_ms: u64, cap_ms: u64, jitter: u64) -> u64 {
    let whole = base_ms.saturating_mul(1u64.checked_shl(failures.saturating_sub(1).min(40)).unwrap_or(u64::MAX)).min(cap_ms);
    whole / 2 + jitter % (whole / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_doubles_up_to_the_cap_and_keeps_within_its_half() {
        for failures in 1..80 {
            for jitter in [0, 1, 77_777, u64::MAX] {
                let whole = 500u64.saturating_mul(1 << (failures - 1).min(30)).min(300_000);
                let got = delay(failures, 500, 300_000, jitter);
                assert!(got >= whole / 2 && got <= whole, "{failures} {jitter}: {got}");
            }
        }
        assert!(delay(u32::MAX, u64::MAX, u64::MAX, u64::MAX) > 0);
    }
}
