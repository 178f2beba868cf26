//! The only file of this crate that asks the system for the time or for randomness: everything else takes
//! [`Clock`] and [`Random`] as arguments, so that a story replays exactly.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use frontline_domain::env::{Clock, Random, Reading};

/// The clocks of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// The random source of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

struct Boot {
    began: Instant,
    id: u64,
}

/// The monotonic clock begins with the process: an `Instant` means nothing to another one.
#[allow(clippy::disallowed_methods, reason = "this is the file that implements Clock")]
fn boot() -> &'static Boot {
    static BOOT: OnceLock<Boot> = OnceLock::new();
    BOOT.get_or_init(|| Boot { began: Instant::now(), id: SystemRandom.next_u64() })
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the file that implements Clock")]
    fn now(&self) -> Reading {
        let boot = boot();
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Reading {
            wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            // Local days are read in the site's zone, never in the phone's; a shell may state its own.
            offset_min: 0,
            mono_ms: u64::try_from(boot.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            boot: boot.id,
        }
    }
}

impl Random for SystemRandom {
    #[allow(clippy::disallowed_methods, reason = "this is the file that implements Random")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the machine gives random bytes; without them no key and no id can be made");
    }
}
