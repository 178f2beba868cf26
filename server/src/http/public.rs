//! The address under which people and phones reach the server.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use axum::http::Uri;

/// An address such as `https://frontline.example`, without a slash at its end. Plain HTTP is for this machine
/// only, as on phones: they would refuse it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

/// Not an address that a phone can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    #[error("it is not a URL; an example of one is https://frontline.example")]
    NotAUrl,
    #[error("it must begin with https:// (http:// is for this machine only, such as http://127.0.0.1:8080)")]
    NotSafe,
    #[error("it must be a host, with a port and a path at most: no user, no ? and no #")]
    Extra,
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;
    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let uri: Uri = text.parse().map_err(|_| PublicUrlError::NotAUrl)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(PublicUrlError::NotAUrl) };
        match scheme {
            "https" => {}
            "http" if is_loopback(authority.host()) => {}
            _ => return Err(PublicUrlError::NotSafe),
        }
        if authority.as_str().contains('@') || uri.query().is_some() || text.contains('#') {
            return Err(PublicUrlError::Extra);
        }
        let has_port = authority.as_str().len() > authority.host().len();
        if authority.host().is_empty() || has_port && authority.port_u16().is_none_or(|port| port == 0) {
            return Err(PublicUrlError::NotAUrl);
        }
        Ok(Self(format!("{scheme}://{authority}{}", uri.path().trim_end_matches('/'))))
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl PublicUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine_only() {
        for (typed, kept) in [
            ("https://frontline.example", "https://frontline.example"),
            ("https://frontline.example:8443/", "https://frontline.example:8443"),
            ("https://example.com/frontline/", "https://example.com/frontline"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost", "http://localhost"),
            ("http://[::1]:9", "http://[::1]:9"),
        ] {
            assert_eq!(typed.parse::<PublicUrl>().map(|url| url.to_string()).as_deref(), Ok(kept), "{typed}");
        }
        for (typed, why) in [
            ("http://frontline.example", PublicUrlError::NotSafe),
            ("http://127.0.0.1.example.com", PublicUrlError::NotSafe),
            ("http://localhost@example.com", PublicUrlError::NotSafe),
            ("ftp://frontline.example", PublicUrlError::NotSafe),
            ("frontline.example", PublicUrlError::NotAUrl),
            ("/frontline", PublicUrlError::NotAUrl),
            ("https://", PublicUrlError::NotAUrl),
            ("https://frontline.example:0", PublicUrlError::NotAUrl),
            ("https://frontline.example:99999", PublicUrlError::NotAUrl),
            ("https://frontline .example", PublicUrlError::NotAUrl),
            ("", PublicUrlError::NotAUrl),
            ("https://ana:secret@frontline.example", PublicUrlError::Extra),
            ("https://frontline.example/?a=b", PublicUrlError::Extra),
            ("https://frontline.example/#a", PublicUrlError::Extra),
        ] {
            assert_eq!(typed.parse::<PublicUrl>(), Err(why), "{typed}");
        }
    }
}
