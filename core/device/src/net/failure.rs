//! Why a message brought no answer of the server.

use frontline_protocol::Refused;

/// What went wrong, by what can be done about it. None of them loses anything: what was not receipted is
/// offered again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("there is no network, or the server can't be reached on it")]
    NoNetwork,
    #[error("the server did not answer in time")]
    Timeout,
    #[error("the connection broke off")]
    Cut,
    /// A captive portal, a filtering proxy, another program at that address.
    #[error("something other than the server answered (status {status}); is this a network that wants a sign-in first?")]
    Portal { status: u16 },
    /// What portals that intercept HTTPS look like; also a server whose certificate ran out.
    #[error("the server's certificate is not one that this device trusts")]
    Untrusted,
    #[error("the server is busy")]
    Busy { retry_after_ms: Option<u64> },
    /// The nonce is too old; the server gave a new one (`sync.md` 11).
    #[error("the server wants the request signed with a new nonce")]
    NewNonce { nonce: Vec<u8> },
    #[error(transparent)]
    Refused(Refused),
    /// The right media type around bytes that this build can't read.
    #[error("the server's answer can't be read: {0}")]
    Unreadable(String),
}

impl Failure {
    /// Whether the same message may fare better soon. A portal or no network at all does not go away by
    /// asking again at once; the shell's scheduler asks when the network changes.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Timeout | Self::Cut | Self::Busy { .. })
    }
    /// Whether the device is simply not in contact with its server.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::NoNetwork | Self::Timeout | Self::Cut | Self::Portal { .. } | Self::Untrusted)
    }
}
