//! The only file that asks the system for time and randomness; everything else is given them.
#![allow(clippy::disallowed_methods, reason = "this is the file that implements Clock and Random")]

use std::time::{SystemTime, UNIX_EPOCH};

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
