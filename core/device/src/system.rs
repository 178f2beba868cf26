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
    /// How long the machine had been up by then.
    up_ms: u64,
    id: u64,
}

/// The monotonic clock of the machine where it can be read, so that a timer goes on over a restart of the
/// app; else one that begins with the process.
#[allow(clippy::disallowed_methods, reason = "this is the file that implements Clock")]
fn boot() -> &'static Boot {
    static BOOT: OnceLock<Boot> = OnceLock::new();
    BOOT.get_or_init(|| {
        let began = Instant::now();
        match machine() {
            Some((up_ms, id)) => Boot { began, up_ms, id },
            None => Boot { began, up_ms: 0, id: SystemRandom.next_u64() },
        }
    })
}

/// Milliseconds since the machine started, and a number for that start. Linux and Android only.
fn machine() -> Option<(u64, u64)> {
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let seconds: f64 = uptime.split_whitespace().next()?.parse().ok()?;
    let id = std::fs::read("/proc/sys/kernel/random/boot_id").ok()?;
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&blake3::hash(&id).as_bytes()[..8]);
    Some(((seconds * 1_000.0) as u64, u64::from_be_bytes(bytes)))
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
            mono_ms: boot.up_ms + u64::try_from(boot.began.elapsed().as_millis()).unwrap_or(u64::MAX >> 1),
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
