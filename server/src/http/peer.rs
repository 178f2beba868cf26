//! Who is at the other end of a request.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::{Extensions, HeaderMap, Request};

use super::front::Front;
use super::proxies::is_forwarded;

/// The other end of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// Whom failures are counted against. Of IPv6 the network of a household or an office: whoever has one
    /// address of it has all.
    pub client: IpAddr,
    /// It came through a proxy on this machine that nobody named: `client` is everybody.
    pub anyone: bool,
}

impl Peer {
    /// As a connection and what its proxies say have it.
    pub fn of(connection: IpAddr, headers: &HeaderMap, front: &Front) -> Self {
        let connection = connection.to_canonical();
        let client = front.proxies.client(connection, headers);
        let anyone = client.is_loopback() && is_forwarded(headers) && !front.proxies.has(connection);
        Self { client: network(client), anyone }
    }
}

/// The address of IPv4, the first 64 bits of one of IPv6.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
    }
}

/// The other end of this request; one that came by no connection has none.
pub fn peer(extensions: &Extensions) -> Peer {
    let nobody = Peer { client: IpAddr::V4(Ipv4Addr::UNSPECIFIED), anyone: false };
    extensions.get::<Peer>().copied().unwrap_or(nobody)
}

/// Puts into a request what handlers ask about its way here.
pub fn name<B>(request: &mut Request<B>, connection: IpAddr, https: bool, front: &Arc<Front>) {
    let peer = Peer::of(connection, request.headers(), front);
    if peer.anyone {
        warn();
    }
    let https = https || front.proxies.speaks_https(connection, request.headers());
    let extensions = request.extensions_mut();
    extensions.insert(peer);
    extensions.insert(front.clone());
    if https || front.public.as_ref().is_some_and(super::PublicUrl::is_https) {
        extensions.insert(crate::console::Https);
    }
}

/// Once.
fn warn() {
    static SAID: AtomicBool = AtomicBool::new(false);
    if !SAID.swap(true, Ordering::Relaxed) {
        tracing::warn!("a proxy on this machine is not named: start with --trusted-proxy, or failures count for all clients together");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unnamed_proxy_on_this_machine_is_nobody_in_particular() {
        let forwarded =
            HeaderMap::from_iter([(axum::http::HeaderName::from_static("x-forwarded-for"), "203.0.113.9".parse().expect("ok"))]);
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let plain = Front::default();
        let named = Front { proxies: vec!["127.0.0.1".parse().expect("a network")].into(), ..Front::default() };
        let of = |connection: &str, headers: &HeaderMap, front: &Front| Peer::of(ip(connection), headers, front);
        assert_eq!(of("127.0.0.1", &forwarded, &plain), Peer { client: ip("127.0.0.1"), anyone: true });
        assert_eq!(of("127.0.0.1", &HeaderMap::new(), &plain), Peer { client: ip("127.0.0.1"), anyone: false });
        assert_eq!(of("127.0.0.1", &forwarded, &named), Peer { client: ip("203.0.113.9"), anyone: false });
        // Elsewhere the header is the client's own word, and changes nothing.
        assert_eq!(of("198.51.100.1", &forwarded, &plain), Peer { client: ip("198.51.100.1"), anyone: false });
        assert_eq!(of("2001:db8:1:2:3:4:5:6", &forwarded, &plain).client, ip("2001:db8:1:2::"));
        assert_eq!(of("::ffff:198.51.100.1", &forwarded, &plain).client, ip("198.51.100.1"));
    }
}
