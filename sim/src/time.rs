//! A story's time and chance: both are arguments of the product, so that a story can own them.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use frontline_domain::{Clock, Random, Reading};

/// The time of a story: stands still until somebody moves it.
#[derive(Debug, Default)]
pub struct StoryTime {
    now_ms: AtomicI64,
}

impl StoryTime {
    /// Begins at `start_ms`, ms since 1970 UTC.
    pub fn starting(start_ms: i64) -> Arc<Self> {
        Arc::new(Self { now_ms: AtomicI64::new(start_ms) })
    }
    pub fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }
    pub fn advance(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

/// One participant's clock: the story's time, seen through a wall clock that may be wrong.
pub struct StoryClock {
    time: Arc<StoryTime>,
    start_ms: i64,
    skew_ms: AtomicI64,
    boot: AtomicU64,
}

impl StoryClock {
    pub fn new(time: Arc<StoryTime>, boot: u64) -> Arc<Self> {
        let start_ms = time.now_ms();
        Arc::new(Self { time, start_ms, skew_ms: AtomicI64::new(0), boot: AtomicU64::new(boot) })
    }
    /// Sets the wall clock wrong by so much; the monotonic clock does not move.
    pub fn set_skew(&self, ms: i64) {
        self.skew_ms.store(ms, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Reading {
        let now = self.time.now_ms();
        Reading {
            wall_ms: now + self.skew_ms.load(Ordering::SeqCst),
            offset_min: 0,
            mono_ms: u64::try_from(now - self.start_ms).unwrap_or(0),
            boot: self.boot.load(Ordering::SeqCst),
        }
    }
}

/// Chance from a seed: SplitMix64 (Steele, Lea, Flood 2014), which is enough to choose what happens in a
/// story and never used where a secret is made outside of one.
pub struct Seeded(Mutex<u64>);

impl Seeded {
    pub fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self(Mutex::new(seed)))
    }
    fn step(&self) -> u64 {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number below `n` (which is not 0).
    pub fn below(&self, n: u64) -> u64 {
        self.step() % n
    }
    /// True `percent` times of a hundred.
    pub fn chance(&self, percent: u64) -> bool {
        self.below(100) < percent
    }
    /// One of a list that is not empty.
    pub fn pick<'a, T>(&self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap_or(0)]
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.step().to_be_bytes()[..chunk.len()]);
        }
    }
}
