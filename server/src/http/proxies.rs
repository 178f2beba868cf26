//! Proxies that an operator named, and which client they say a request is from.
//!
//! A proxy appends to `X-Forwarded-For` the address that its connection came from. So the list is read from
//! its end, for as long as a named proxy vouches for the entry; what stands before an address that nobody
//! vouches for is that client's own invention.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::HeaderMap;

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// An address, or all that begin with the same bits: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

/// Not an address, nor one with a number of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is neither an address such as 10.0.0.1 nor a network such as 10.0.0.0/8")]
pub struct NetworkError;

impl FromStr for Network {
    type Err = NetworkError;
    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let first: IpAddr = address.parse().map_err(|_| NetworkError)?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| NetworkError)?;
        if bits > most { Err(NetworkError) } else { Ok(Self { first, bits }) }
    }
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(other)) => same(first.to_bits().into(), other.to_bits().into(), 32 - self.bits),
            (IpAddr::V6(first), IpAddr::V6(other)) => same(first.to_bits(), other.to_bits(), 128 - self.bits),
            _ => false,
        }
    }
}

fn same(a: u128, b: u128, without: u32) -> bool {
    a.checked_shr(without) == b.checked_shr(without)
}

/// The named ones.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<Network>);

impl From<Vec<Network>> for Proxies {
    fn from(networks: Vec<Network>) -> Self {
        Self(networks)
    }
}

impl Proxies {
    /// Whether this address is a named proxy's.
    pub fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }

    /// Who a request on a connection from `connection` is from. What can't be read as an address ends the
    /// search at the proxy that wrote it.
    pub fn client(&self, connection: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = connection;
        let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().map(|v| v.to_str().unwrap_or("?")).collect();
        for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.has(client) {
                break;
            }
            let Some(before) = address(entry.trim()) else { break };
            client = before;
        }
        client
    }

    /// Whether a named proxy says that it was asked by HTTPS: its own word is the last one.
    pub fn speaks_https(&self, connection: IpAddr, headers: &HeaderMap) -> bool {
        let words = headers.get_all(FORWARDED_PROTO).iter().next_back().and_then(|v| v.to_str().ok());
        let last = words.and_then(|words| words.rsplit(',').next());
        self.has(connection.to_canonical()) && last.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
    }
}

/// Whether a proxy speaks in it, named or not.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key(FORWARDED_FOR) || headers.contains_key("forwarded")
}

/// An address as proxies write it, some with the port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = || entry.strip_prefix('[').and_then(|e| e.strip_suffix(']')).unwrap_or(entry).parse::<IpAddr>().ok();
    let with_port = || entry.parse::<SocketAddr>().ok().map(|a| a.ip());
    bare().or_else(with_port).map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }
    fn proxies(named: &[&str]) -> Proxies {
        named.iter().map(|n| n.parse().expect("a network")).collect::<Vec<Network>>().into()
    }
    fn forwarded(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().expect("a header"));
        }
        headers
    }

    #[test]
    fn a_network_holds_what_begins_alike() {
        for (network, inside, outside) in [
            ("10.0.0.1", "10.0.0.1", "10.0.0.2"),
            ("10.1.0.0/16", "10.1.255.255", "10.2.0.0"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("fd00::/8", "fdff::1", "fe00::1"),
            ("::/0", "2001:db8::1", "127.0.0.1"),
        ] {
            let network: Network = network.parse().expect("a network");
            assert!(network.holds(ip(inside)) && !network.holds(ip(outside)), "{network:?}");
        }
        for wrong in ["", "10.0.0", "10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0.0/-1", "proxy.example"] {
            assert_eq!(wrong.parse::<Network>(), Err(NetworkError), "{wrong}");
        }
    }

    #[test]
    fn the_client_is_the_last_whom_no_named_proxy_is() {
        let named = proxies(&["127.0.0.1", "10.0.0.0/8"]);
        let local = ip("127.0.0.1");
        for (lines, client) in [
            (&["203.0.113.9"][..], "203.0.113.9"),
            // What the client wrote itself stands before its own address.
            (&["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            (&["198.51.100.1", "203.0.113.9, 10.0.0.7"], "203.0.113.9"),
            (&["203.0.113.9:4711 ,10.0.0.7"], "203.0.113.9"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["::ffff:203.0.113.9"], "203.0.113.9"),
            // Nobody but proxies; nonsense; nothing.
            (&["10.0.0.8, 10.0.0.7"], "10.0.0.8"),
            (&["203.0.113.9, unknown, 10.0.0.7"], "10.0.0.7"),
            (&[""], "127.0.0.1"),
            (&[], "127.0.0.1"),
        ] {
            assert_eq!(named.client(local, &forwarded(lines)), ip(client), "{lines:?}");
        }
    }

    #[test]
    fn only_a_named_proxy_says_that_it_was_asked_by_https() {
        let said =
            |line: &str| HeaderMap::from_iter([(axum::http::HeaderName::from_static(FORWARDED_PROTO), line.parse().expect("a header"))]);
        let named = proxies(&["127.0.0.1"]);
        for (line, https) in [("https", true), ("http, HTTPS", true), ("https, http", false), ("http", false), ("", false)] {
            assert_eq!(named.speaks_https(ip("127.0.0.1"), &said(line)), https, "{line}");
            assert_eq!(named.speaks_https(ip("::ffff:127.0.0.1"), &said(line)), https, "{line}");
            assert!(!named.speaks_https(ip("198.51.100.1"), &said(line)), "the client's own word");
            assert!(!proxies(&[]).speaks_https(ip("127.0.0.1"), &said(line)), "nobody named it");
        }
        assert!(!named.speaks_https(ip("127.0.0.1"), &HeaderMap::new()));
    }

    #[test]
    fn who_is_no_named_proxy_is_not_believed() {
        let headers = forwarded(&["203.0.113.9"]);
        assert_eq!(proxies(&[]).client(ip("127.0.0.1"), &headers), ip("127.0.0.1"));
        assert_eq!(proxies(&["127.0.0.1"]).client(ip("198.51.100.1"), &headers), ip("198.51.100.1"));
    }
}
