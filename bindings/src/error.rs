//! The one error of the surface, named for what the person can do next; converted exhaustively, so that a
//! new kind inside does not reach a shell as something else.

/// Why a call did not do what it was asked. Holds nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FrontlineError {
    /// Something given is wrong: which field, which rule, and what would be right.
    #[error("{detail}")]
    Invalid { field: String, rule: String, detail: String },
    #[error("not found: {what}")]
    NotFound { what: String },
    /// The key does not open the store, or whoever writes gives their PIN first.
    #[error("{detail}")]
    Locked { detail: String },
    /// Not in contact with the server, and why.
    #[error("{detail}")]
    Offline { detail: String },
    /// The person has no right to it, or the server turns the whole device away.
    #[error("{detail}")]
    Unauthorized { detail: String },
    #[error("busy")]
    Busy,
    #[error("storage is full")]
    StorageFull,
    /// The store was damaged and set aside; nothing was deleted.
    #[error("storage was damaged; kept at {kept_at}")]
    StorageCorrupt { kept_at: String },
    /// A fault of the app; the log names it by the reference.
    #[error("internal fault {reference}")]
    Internal { reference: String },
}

impl From<frontline_device::Error> for FrontlineError {
    fn from(e: frontline_device::Error) -> Self {
        use frontline_device::Error as E;
        let detail = e.to_string();
        match e {
            E::Invalid { field, rule, message } => Self::Invalid { field, rule, detail: message },
            E::NotFound { what } => Self::NotFound { what },
            E::Locked(_) => Self::Locked { detail },
            E::Offline(_) => Self::Offline { detail },
            E::Unauthorized { .. } => Self::Unauthorized { detail },
            E::Busy => Self::Busy,
            E::StorageFull => Self::StorageFull,
            E::StorageCorrupt { kept_at } => Self::StorageCorrupt { kept_at },
            E::Internal { reference } => Self::Internal { reference },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_core_says_reaches_the_shell_as_it_was() {
        let e = frontline_device::Error::Invalid { field: "score".into(), rule: "range".into(), message: "1 to 5".into() };
        let there = FrontlineError::Invalid { field: "score".into(), rule: "range".into(), detail: "1 to 5".into() };
        assert_eq!(FrontlineError::from(e), there);
        let e = frontline_device::Error::Offline(frontline_device::net::Unreached::Untrusted);
        assert!(matches!(FrontlineError::from(e), FrontlineError::Offline { detail } if detail.contains("certificate")));
    }
}
