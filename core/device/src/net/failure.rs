//! Why a message brought no answer of the server.

use frontline_protocol::{Code, Refused};

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
    /// Fewer at once may pass: the device asks for less.
    #[error("the server's answer is larger than {most} bytes")]
    TooLarge { most: usize },
    /// The right media type around bytes that this build can't read.
    #[error("the server's answer can't be read: {0}")]
    Unreadable(String),
}

/// Why the device is not in contact with its server, for the person who asks. Nothing was lost by any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreached {
    #[error("There is no network, or the server cannot be reached on it. What was captured is kept and will be sent.")]
    NoNetwork,
    #[error("The server did not answer in time. What was captured is kept and will be sent.")]
    Timeout,
    #[error("The connection broke off. What was captured is kept and will be sent.")]
    Cut,
    #[error(
        "Something other than the server answered; is this a network that wants a sign-in first, and is the address right? What was captured is kept and will be sent."
    )]
    Portal,
    #[error(
        "The server's certificate is not one that this device trusts, so nothing was sent to it. Are the address and this device's clock right, and does this network leave HTTPS alone? What was captured is kept."
    )]
    Untrusted,
    /// What was asked for is not on the device any more.
    #[error("This run is old and has left this device; fetch it once there is a network. Nothing of it is lost: the server has it.")]
    Left,
}

impl Unreached {
    /// Whether the server may have taken the message all the same.
    pub fn may_have_arrived(self) -> bool {
        matches!(self, Self::Timeout | Self::Cut)
    }
}

impl Failure {
    /// Whether the same message may fare better soon. A portal or no network at all does not go away by
    /// asking again at once; the shell's scheduler asks when the network changes.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Timeout | Self::Cut | Self::Busy { .. })
    }
    /// Whether less at once is what helps.
    pub fn is_size(&self) -> bool {
        match self {
            Self::TooLarge { .. } => true,
            Self::Refused(refused) => refused.code == Code::LIMIT,
            _ => false,
        }
    }
    /// Whether the device is simply not in contact with its server.
    pub fn is_offline(&self) -> bool {
        self.unreached().is_some()
    }
    /// Why it is not, if it is not.
    pub fn unreached(&self) -> Option<Unreached> {
        match self {
            Self::NoNetwork => Some(Unreached::NoNetwork),
            Self::Timeout => Some(Unreached::Timeout),
            Self::Cut => Some(Unreached::Cut),
            Self::Portal { .. } => Some(Unreached::Portal),
            Self::Untrusted => Some(Unreached::Untrusted),
            Self::Busy { .. } | Self::NewNonce { .. } | Self::Refused(_) | Self::TooLarge { .. } | Self::Unreadable(_) => None,
        }
    }
}
