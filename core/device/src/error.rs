//! Two errors: [`Fault`] is rich and stays inside; [`Error`] is what leaves, named for what the person can
//! do next. None of them carries what somebody wrote, or who.

use frontline_domain::IdError;
use frontline_domain::cbor::CborError;
use frontline_domain::document::Refusal;
use frontline_domain::form::Problem;
use frontline_protocol::{Code, EntryError};

use crate::net::{Failure, HttpError, Unreached};
use crate::store::{Cause, StoreError};

/// What a caller is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Something given is wrong: which field, which rule (a stable name), and what would be right.
    #[error("{message}")]
    Invalid { field: String, rule: String, message: String },
    #[error("There is no {what} here.")]
    NotFound { what: String },
    #[error("{0}")]
    Locked(Lock),
    #[error("{0}")]
    Offline(Unreached),
    /// The person has no right to it; or the server turns the whole device away, for the reason of the code.
    #[error("{}", .device.map_or("You have no right to do this here; ask a manager.", Code::text))]
    Unauthorized { device: Option<Code> },
    #[error("Something else is being written, or the server has too much to do; try again in a moment.")]
    Busy,
    #[error("There is no room left on this device; free some and try again. What was captured before is kept.")]
    StorageFull,
    #[error("The store was damaged. Nothing was deleted: it is kept at {kept_at}.")]
    StorageCorrupt { kept_at: String },
    #[error("Something went wrong that should not; the log names it {reference}.")]
    Internal { reference: String },
}

impl Error {
    /// Damage was met while the file was open: it still lies where it was, and the next opening sets it aside.
    pub fn is_damage_of_an_open_file(&self) -> bool {
        matches!(self, Self::StorageCorrupt { kept_at } if kept_at == crate::store::FILE)
    }

    /// The kind, as JSON names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "invalid",
            Self::NotFound { .. } => "not-found",
            Self::Locked(_) => "locked",
            Self::Offline(_) => "offline",
            Self::Unauthorized { .. } => "unauthorized",
            Self::Busy => "busy",
            Self::StorageFull => "storage-full",
            Self::StorageCorrupt { .. } => "storage-corrupt",
            Self::Internal { .. } => "internal",
        }
    }
}

/// What is locked, and what opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lock {
    #[error("The store is locked: this key does not open it.")]
    Key,
    #[error("Nobody is signed in: whoever writes here gives their PIN first.")]
    Pin,
    #[error(
        "This device has not spoken with the server for longer than its organisation allows; it opens again once it has. What is unsent is kept."
    )]
    Lease,
}

impl Lock {
    /// As JSON names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Pin => "pin",
            Self::Lease => "lease",
        }
    }
}

/// What went wrong, as the inside knows it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{field}: {message}")]
    Invalid { field: String, rule: &'static str, message: String },
    #[error("no {0}")]
    NotFound(String),
    #[error("not permitted")]
    Forbidden,
    #[error("locked")]
    Locked(Lock),
    #[error("a document refused an edit")]
    Document(#[from] Refusal),
    #[error("bytes of the store cannot be read")]
    Unreadable(#[from] CborError),
    #[error("an entry of the store cannot be read")]
    Entry(#[from] EntryError),
    /// A run that has left this device.
    #[error("it has left this device")]
    Left,
    #[error(transparent)]
    Network(#[from] Failure),
    #[error(transparent)]
    NoClient(#[from] HttpError),
    /// A file that was asked for cannot be written or read.
    #[error("a file: {0}")]
    File(#[from] std::io::Error),
}

impl Cause for Fault {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(e) => Some(e),
            _ => None,
        }
    }
}

impl Fault {
    pub(crate) fn invalid(field: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), rule, message: message.into() }
    }
    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::NotFound(what.into())
    }
    /// A rule of the form that the answer to `item` breaks.
    pub(crate) fn answer(item: &str, problem: Problem) -> Self {
        Self::Invalid { field: item.to_owned(), rule: problem.rule, message: problem.message }
    }
    /// An id that is none.
    pub(crate) fn id(field: &str, error: IdError) -> Self {
        Self::invalid(field, "id", error.to_string())
    }
}

/// A reference that stands in the log beside what really happened.
fn internal(fault: &dyn std::error::Error) -> Error {
    let text = format!("{fault:?}");
    let reference = blake3::hash(text.as_bytes()).to_hex()[..8].to_owned();
    tracing::error!(reference, cause = %fault, "an internal fault");
    Error::Internal { reference }
}

fn invalid(field: &str, rule: &str, message: impl Into<String>) -> Error {
    Error::Invalid { field: field.into(), rule: rule.into(), message: message.into() }
}

impl From<StoreError> for Error {
    fn from(e: StoreError) -> Self {
        if e.is_full() {
            return Self::StorageFull;
        }
        if e.is_busy() {
            return Self::Busy;
        }
        if e.is_read_only() {
            let message = "The folder of the store may not be written to; give the user that runs this write access to it and to every file in it. Nothing was changed.";
            return invalid("data", "writable", message);
        }
        if e.is_damage() {
            // Found while it was open: the next opening looks at it whole and sets it aside.
            return Self::StorageCorrupt { kept_at: crate::store::FILE.to_owned() };
        }
        match &e {
            StoreError::WrongKey => Self::Locked(Lock::Key),
            StoreError::Corrupt { kept_at } => Self::StorageCorrupt { kept_at: kept_at.display().to_string() },
            StoreError::Newer { .. } => {
                invalid("store", "newer", "This store was written by a newer version of the app; update the app. Nothing was changed.")
            }
            StoreError::InUse => Self::Busy,
            StoreError::NotEnrolled => {
                invalid("device", "enrolled", "This device is not enrolled yet; enrol it with a one-time code first.")
            }
            StoreError::BadColumn { .. } | StoreError::Unreadable(_) | StoreError::Entry(_) | StoreError::Io(_) | StoreError::Sql(_) => {
                internal(&e)
            }
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        if let Some(why) = failure.unreached() {
            return Self::Offline(why);
        }
        match failure {
            Failure::Busy { .. } => Self::Busy,
            Failure::Refused(refused) => match refused.code {
                Code::UNKNOWN_DEVICE | Code::DEVICE_REVOKED | Code::BAD_SIGNATURE => Self::Unauthorized { device: Some(refused.code) },
                Code::VERSION => invalid("app", "version", Code::VERSION.text()),
                Code::BAD_CODE => invalid("code", "valid", Code::BAD_CODE.text()),
                _ => internal(&refused),
            },
            // Garbled on its way, or by what stands before the server: the next one may fare better.
            Failure::Unreadable(_) | Failure::TooLarge { .. } => {
                tracing::warn!(cause = %failure, "an answer could not be read");
                Self::Offline(Unreached::Cut)
            }
            _ => internal(&failure),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Store(e) => e.into(),
            Fault::Invalid { field, rule, message } => Self::Invalid { field, rule: rule.to_owned(), message },
            Fault::NotFound(what) => Self::NotFound { what },
            Fault::Forbidden => Self::Unauthorized { device: None },
            Fault::Locked(lock) => Self::Locked(lock),
            Fault::Document(refusal) => match refusal {
                Refusal::Missing(_) => {
                    invalid("seen", "known", "This names a state of the run that this device does not have; open the run again.")
                }
                Refusal::UnknownItem => invalid("item", "exists", "The procedure has no such item."),
                Refusal::NotAnAnswer(problem) => invalid("value", problem.rule, problem.message),
                Refusal::TooMany => invalid("run", "limit", "This run has as many changes as one can hold; start another."),
                Refusal::EarlierByAuthor | Refusal::IdentityClash | Refusal::Unsound(_) | Refusal::WrongAuthor => internal(&refusal),
            },
            Fault::Unreadable(e) => internal(&e),
            Fault::Entry(e) => internal(&e),
            Fault::Left => Self::Offline(Unreached::Left),
            Fault::Network(failure) => failure.into(),
            Fault::NoClient(e) => internal(&e),
            Fault::File(e) if e.kind() == std::io::ErrorKind::StorageFull => Self::StorageFull,
            Fault::File(e) if e.kind() == std::io::ErrorKind::NotFound => {
                invalid("file", "folder", "The folder that the file is to be in does not exist; make it first, or name another.")
            }
            Fault::File(e) => invalid("file", "file", format!("The file cannot be written or read: {}.", e.kind())),
        }
    }
}
