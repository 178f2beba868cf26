//! How often wrong enrolment codes came from where.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Wrong enrolment codes from one address in a minute. A code has 45 bits and lives 15 minutes.
const PER_MINUTE: u32 = 30;
/// Addresses that are told apart in a minute; all others count as one.
const MOST: usize = 10_000;
const OTHERS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);

/// Wrong guesses of the present minute, by address.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<(i64, BTreeMap<IpAddr, u32>)>);

impl Guesses {
    fn with<T>(&self, address: IpAddr, now_ms: i64, ask: impl FnOnce(&mut u32) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 != now_ms / 60_000 {
            *state = (now_ms / 60_000, BTreeMap::new());
        }
        let known = state.1.len() < MOST || state.1.contains_key(&address);
        ask(state.1.entry(if known { address } else { OTHERS }).or_default())
    }
    /// Whether this address may try.
    pub fn may(&self, address: IpAddr, now_ms: i64) -> bool {
        self.with(address, now_ms, |wrong| *wrong < PER_MINUTE)
    }
    pub fn wrong(&self, address: IpAddr, now_ms: i64) {
        self.with(address, now_ms, |wrong| *wrong += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_bounded_and_those_beyond_count_as_one() {
        let guesses = Guesses::default();
        let address = |n: u32| IpAddr::V4(n.into());
        (1..=MOST as u32).for_each(|n| guesses.wrong(address(n), 0));
        (0..PER_MINUTE).for_each(|n| guesses.wrong(address(1_000_000 + n), 0));
        assert!(guesses.may(address(1), 0) && !guesses.may(address(2_000_000), 0));
        assert!(guesses.0.lock().expect("the map").1.len() <= MOST + 1);
        assert!(guesses.may(address(2_000_000), 60_000));
    }
}
