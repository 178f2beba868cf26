//! The one error of the surface, named for what the person can do next; converted exhaustively, so that a
//! new kind inside does not reach a shell as something else.

use frontline_device::Lock;
use frontline_device::net::Unreached;

/// Why a call did not do what it was asked. Holds nothing personal. `detail` is a sentence in English for logs and for
/// rules that a shell has no words for; a shell says the others in the person's language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FrontlineError {
    /// Something given is wrong: which field, which rule (a stable name), and what would be right.
    #[error("{detail}")]
    Invalid { field: String, rule: String, detail: String },
    #[error("not found: {what}")]
    NotFound { what: String },
    /// What is locked, and what opens it.
    #[error("{detail}")]
    Locked { by: LockedBy, detail: String },
    /// Not in contact with the server, and why. What was captured is kept.
    #[error("{detail}")]
    Offline { why: OfflineWhy, detail: String },
    /// The person has no right to it; or, with the code's name, the server turns the whole device away.
    #[error("{detail}")]
    Unauthorized { device: Option<String>, detail: String },
    /// Something else is being written, or the server has too much to do: the same call may do in a moment.
    #[error("busy")]
    Busy,
    #[error("storage is full")]
    StorageFull,
    /// The store was damaged and set aside; nothing was deleted. It is told once, the next opening goes on.
    #[error("storage was damaged; kept at {kept_at}")]
    StorageCorrupt { kept_at: String },
    /// A fault of the app; the log names it by the reference. The store stays usable.
    #[error("internal fault {reference}")]
    Internal { reference: String },
}

/// What keeps something locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LockedBy {
    /// The store's key is not the one that opens it: it is recovered through the server.
    Key,
    /// Whoever writes gives their PIN first.
    Pin,
    /// The device has not spoken with the server for longer than its organisation allows.
    Lease,
    /// This core was shut.
    Shut,
}

/// Why there was no contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum OfflineWhy {
    NoNetwork,
    Timeout,
    Cut,
    /// Something other than the server answered: a network that wants a sign-in first.
    Portal,
    /// The server's certificate is not one that this device trusts.
    Untrusted,
    /// What was asked for has left the device; it is fetched once there is a network.
    Left,
}

impl FrontlineError {
    pub(crate) fn invalid(field: &str, rule: &str, detail: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), rule: rule.into(), detail: detail.into() }
    }
    pub(crate) fn shut() -> Self {
        Self::Locked { by: LockedBy::Shut, detail: "This core was shut; open the store again.".into() }
    }
}

impl From<frontline_device::Error> for FrontlineError {
    fn from(e: frontline_device::Error) -> Self {
        use frontline_device::Error as E;
        let detail = e.to_string();
        match e {
            E::Invalid { field, rule, message } => Self::Invalid { field: one_line(&field), rule, detail: one_line(&message) },
            E::NotFound { what } => Self::NotFound { what: one_line(&what) },
            E::Locked(lock) => Self::Locked { by: lock.into(), detail },
            E::Offline(why) => Self::Offline { why: why.into(), detail },
            E::Unauthorized { device } => Self::Unauthorized { device: device.map(|code| code.name().to_owned()), detail },
            E::Busy => Self::Busy,
            E::StorageFull => Self::StorageFull,
            E::StorageCorrupt { kept_at } => Self::StorageCorrupt { kept_at },
            E::Internal { reference } => Self::Internal { reference },
        }
    }
}

/// A name that was given may be told back, on one line and of some length: what a log writes down must not look like
/// lines of its own.
fn one_line(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c }).take(600).collect()
}

impl From<Lock> for LockedBy {
    fn from(lock: Lock) -> Self {
        match lock {
            Lock::Key => Self::Key,
            Lock::Pin => Self::Pin,
            Lock::Lease => Self::Lease,
        }
    }
}

impl From<Unreached> for OfflineWhy {
    fn from(why: Unreached) -> Self {
        match why {
            Unreached::NoNetwork => Self::NoNetwork,
            Unreached::Timeout => Self::Timeout,
            Unreached::Cut => Self::Cut,
            Unreached::Portal => Self::Portal,
            Unreached::Untrusted => Self::Untrusted,
            Unreached::Left => Self::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_core_says_reaches_the_shell_as_it_was() {
        let e = frontline_device::Error::Invalid { field: "score".into(), rule: "range".into(), message: "1 to 5".into() };
        assert_eq!(FrontlineError::from(e), FrontlineError::invalid("score", "range", "1 to 5"));
        let forged = frontline_device::Error::NotFound { what: "a\nERROR b\u{202e}".into() };
        assert_eq!(FrontlineError::from(forged), FrontlineError::NotFound { what: "a\u{fffd}ERROR b\u{fffd}".into() });
        let e = frontline_device::Error::Offline(Unreached::Untrusted);
        let offline = FrontlineError::from(e);
        assert!(matches!(&offline, FrontlineError::Offline { why: OfflineWhy::Untrusted, detail } if detail.contains("certificate")));
    }
}
