//! How a server meets the outside: its address there, the proxies before it, and what one client may take.

use std::time::Duration;

use frontline_protocol::limits::IDLE_S;

use super::proxies::Proxies;
use super::public::PublicUrl;
use super::rates::RateLimits;

/// What [`super::Server::start_with`] is told beside [`super::Options`].
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// Where people and phones reach it. None: as each request's own host says.
    pub public: Option<PublicUrl>,
    /// Whose word about a client's address is taken.
    pub proxies: Proxies,
    pub limits: Limits,
    pub rates: RateLimits,
}

/// What connections may take. The defaults are right for a server; tests wait less long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once, fewer where the system gives fewer files. Beyond, new ones wait; those that do
    /// nothing are ended, and each of the others after its next answer.
    pub connections: usize,
    /// Of these from one address, but for named proxies and this machine. Beyond, new ones are told to come back.
    pub per_address: usize,
    /// For a TLS handshake, and again for the first request, and for the head of each: in HTTP/1.1 that is
    /// also how long a connection may wait for its next request.
    pub head: Duration,
    /// For one request, its body included.
    pub request: Duration,
    /// A connection that asks for nothing ends after it.
    pub idle: Duration,
    /// A client that takes an answer more slowly is given up.
    pub answer: Duration,
    /// For requests that are under way when the server is told to stop.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_024,
            per_address: 512,
            head: Duration::from_secs(IDLE_S),
            request: Duration::from_secs(60),
            idle: Duration::from_secs(75),
            answer: Duration::from_secs(300),
            patience: Duration::from_secs(30),
        }
    }
}
