//! Who is at the other end of a connection, and how often they guessed wrong.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request};

/// Wrong enrolment codes from one address in a minute. A code has 45 bits and lives 15 minutes.
const PER_MINUTE: u32 = 30;

/// Wrong guesses of the present minute, by address.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<(i64, BTreeMap<IpAddr, u32>)>);

impl Guesses {
    fn with<T>(&self, now_ms: i64, ask: impl FnOnce(&mut BTreeMap<IpAddr, u32>) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 != now_ms / 60_000 {
            *state = (now_ms / 60_000, BTreeMap::new());
        }
        ask(&mut state.1)
    }
    /// Whether this address may try.
    pub fn may(&self, address: IpAddr, now_ms: i64) -> bool {
        self.with(now_ms, |wrong| wrong.get(&address).is_none_or(|n| *n < PER_MINUTE))
    }
    pub fn wrong(&self, address: IpAddr, now_ms: i64) {
        self.with(now_ms, |wrong| *wrong.entry(address).or_default() += 1);
    }
}

/// The address of the connection; behind a proxy, the proxy's.
pub fn address(request: &Request) -> IpAddr {
    let known = request.extensions().get::<ConnectInfo<SocketAddr>>();
    known.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
}
