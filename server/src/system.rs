//! The only file that asks the system for time and randomness; everything else is given them.
#![allow(clippy::disallowed_methods, reason = "this is the file that implements Clock and Random")]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use frontline_domain::{Clock, Random, Reading};

/// The machine's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Reading {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis());
        Reading { wall_ms: i64::try_from(wall).unwrap_or(i64::MAX), offset_min: 0, mono_ms: 0, boot: 0 }
    }
}

/// The operating system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random numbers");
    }
}

/// Files that the process may have open at once, raised as far as the system lets it; none where that is not
/// known. Usual is 1,024, which is less than a server's connections and its store need.
#[cfg(unix)]
pub fn files() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const WANTED: u64 = 8_192;
    let now = getrlimit(Resource::Nofile);
    let current = now.current?;
    let more = now.maximum.map_or(WANTED, |most| most.min(WANTED));
    if more > current && setrlimit(Resource::Nofile, Rlimit { current: Some(more), maximum: now.maximum }).is_ok() {
        return Some(more);
    }
    Some(current)
}

/// Not known here.
#[cfg(not(unix))]
pub fn files() -> Option<u64> {
    None
}

/// How long something took, for logs and metrics only: nothing is decided by it.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    pub fn start() -> Self {
        Self(Instant::now())
    }
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Now, as the runtime's timers count: for how long a connection may wait, and for nothing that is kept.
#[allow(clippy::disallowed_methods)]
pub fn timer_now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}
