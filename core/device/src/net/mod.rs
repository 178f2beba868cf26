//! How bytes reach the server. The only place that names reqwest.
//!
//! Where to start: [`Transport`] is what the sync engine is driven over; [`Http`] is the real one, a story's
//! simulator brings its own. [`classify`](classify::classify) tells an answer of the server from everything
//! else that answers on a network: portals, proxies, a server that is busy. [`Failure`] is what can go wrong.

pub mod address;
pub mod classify;
pub mod failure;
pub mod http;

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;

pub use address::{AddressError, ServerUrl};
pub use failure::{Failure, Unreached};
pub use http::{Http, HttpError, Timeouts, tls_config};

/// One message to the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Post {
    pub path: &'static str,
    /// Behind the device's claim and signature where it has any.
    pub body: Vec<u8>,
}

/// What came back, from whomever.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    pub status: u16,
    pub media_type: Option<String>,
    pub retry_after: Option<String>,
    pub body: Vec<u8>,
}

/// How a picture is asked for or sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Head,
    Get,
    Post,
    Patch,
}

impl Method {
    /// As it is signed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Head => "HEAD",
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

/// One request about a picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// What came back to it, from whomever. Names of headers are in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// Carries messages and waits. Dropping a future of it at any await must leave nothing behind but a message
/// that may or may not have arrived; sending a message again is always safe.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends one message. Redirects are not followed: the server gives none, a portal does.
    async fn post(&self, server: &ServerUrl, post: Post) -> Result<Reply, Failure>;
    /// Sends one request about a picture. A network that carries messages only has none.
    async fn call(&self, _server: &ServerUrl, _call: Call) -> Result<Heard, Failure> {
        Err(Failure::NoNetwork)
    }
    /// Lets time pass, by the clock that this network lives in.
    async fn wait(&self, time: Duration);
}
