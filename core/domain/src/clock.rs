//! Time as a device can honestly state it.

use serde::{Deserialize, Serialize};

/// When something was captured, by everything the device knew then. Laid out as an array on the wire.
///
/// Durations use `mono_ms` within one `boot`; what is due or expired uses [`Moment::server_estimate`],
/// never a raw wall clock that somebody may have set back by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Tuple", from = "Tuple")]
pub struct Moment {
    /// The device's wall clock, ms since 1970 UTC.
    pub wall_ms: i64,
    /// The offset of local time from UTC, minutes.
    pub offset_min: i16,
    /// The monotonic clock, ms since `boot`.
    pub mono_ms: u64,
    /// A random number drawn when the monotonic clock began.
    pub boot: u64,
    /// Server time minus wall clock, ms, as known at the last sync.
    pub server_offset_ms: Option<i64>,
}

type Tuple = (i64, i16, u64, u64, Option<i64>);
impl From<Moment> for Tuple {
    fn from(m: Moment) -> Self {
        (m.wall_ms, m.offset_min, m.mono_ms, m.boot, m.server_offset_ms)
    }
}
impl From<Tuple> for Moment {
    fn from((wall_ms, offset_min, mono_ms, boot, server_offset_ms): Tuple) -> Self {
        Self { wall_ms, offset_min, mono_ms, boot, server_offset_ms }
    }
}

impl Moment {
    /// The best estimate of server time, ms since 1970 UTC.
    pub fn server_estimate(&self) -> i64 {
        self.wall_ms.saturating_add(self.server_offset_ms.unwrap_or(0))
    }

    /// Milliseconds from `earlier` to `self`: by the monotonic clock where both were read in one boot, so
    /// that a wall clock that jumps changes nothing; else by the estimates of server time. Never negative.
    pub fn since(&self, earlier: &Moment) -> u64 {
        if self.boot == earlier.boot {
            self.mono_ms.saturating_sub(earlier.mono_ms)
        } else {
            u64::try_from(self.server_estimate().saturating_sub(earlier.server_estimate())).unwrap_or(0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_clock_that_jumps_does_not_change_a_duration() {
        let a = Moment { wall_ms: 1_000, offset_min: 0, mono_ms: 500, boot: 1, server_offset_ms: None };
        let b = Moment { wall_ms: 3_601_000, mono_ms: 2_500, ..a };
        assert_eq!(b.since(&a), 2_000);
        let other_boot = Moment { boot: 2, mono_ms: 10, wall_ms: 5_000, ..a };
        assert_eq!(other_boot.since(&a), 4_000);
        assert_eq!(a.since(&other_boot), 0);
    }
}
