//! The server's address, checked once.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An address that the device may speak with: HTTPS, or HTTP on this very machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl(reqwest::Url);

/// Not such an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("the server's address is not a URL; an example of one is https://frontline.example.com")]
    NotAUrl,
    #[error("the server's address must begin with https:// (http:// is for this machine only, such as http://127.0.0.1:8080)")]
    NotHttps,
    #[error("the server's address must hold neither a name and password, nor a query, nor a fragment")]
    Extra,
}

impl FromStr for ServerUrl {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let mut url = reqwest::Url::parse(text.trim()).map_err(|_| AddressError::NotAUrl)?;
        let host = url.host_str().ok_or(AddressError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(host) => {}
            _ => return Err(AddressError::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Extra);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }
}

/// `localhost` by name, 127.0.0.0/8 and ::1 by number. No other name: who answers for it is the network's
/// choice.
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl ServerUrl {
    /// The address of `path`, which begins with a slash, below this one.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }
}
impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine_only() {
        for good in
            ["https://frontline.example.com", "https://x.example/base/", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:9/"]
        {
            assert!(good.parse::<ServerUrl>().is_ok(), "{good}");
        }
        for bad in [
            "http://frontline.example.com",
            "http://10.0.0.1",
            "http://127.0.0.1.example.com",
            "ftp://localhost",
            "http://localhost.example.com",
        ] {
            assert_eq!(bad.parse::<ServerUrl>(), Err(AddressError::NotHttps), "{bad}");
        }
        assert_eq!("frontline".parse::<ServerUrl>(), Err(AddressError::NotAUrl));
        assert_eq!("https://ana:secret@example.com".parse::<ServerUrl>(), Err(AddressError::Extra));
    }

    #[test]
    fn a_path_is_put_below_the_address() {
        let url: ServerUrl = "https://x.example/base/".parse().unwrap();
        assert_eq!(url.join("/v1/sync"), "https://x.example/base/v1/sync");
        let url: ServerUrl = "http://127.0.0.1:8080".parse().unwrap();
        assert_eq!(url.join("/v1/sync"), "http://127.0.0.1:8080/v1/sync");
    }
}
