//! What can go wrong with the file, as the store sees it.

use std::path::PathBuf;

/// A rich error of the store; [`crate::Error`] is what leaves the crate.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the key does not open this store")]
    WrongKey,
    #[error("the file was damaged and set aside at {}", kept_at.display())]
    Corrupt { kept_at: PathBuf },
    /// It looks damaged, and somebody else has it open: nothing is moved from under them.
    #[error("another program has this store open")]
    InUse,
    #[error("the file is of version {file}; this build reads up to {build}")]
    Newer { file: u32, build: u32 },
    #[error("the column {column} holds what it should not")]
    BadColumn { column: &'static str },
    #[error("the store was never enrolled")]
    NotEnrolled,
    #[error(transparent)]
    Unreadable(#[from] frontline_domain::cbor::CborError),
    #[error(transparent)]
    Entry(#[from] frontline_protocol::EntryError),
    #[error("the disk refused: {0}")]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
}

impl StoreError {
    fn code(&self) -> Option<rusqlite::ErrorCode> {
        match self {
            Self::Sql(rusqlite::Error::SqliteFailure(e, _)) => Some(e.code),
            _ => None,
        }
    }
    /// The file is not what it was when it was written.
    pub fn is_damage(&self) -> bool {
        matches!(self.code(), Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase))
    }
    /// There is no room left. (For the index of the log SQLite has an error of its own.)
    pub fn is_full(&self) -> bool {
        matches!(self.code(), Some(rusqlite::ErrorCode::DiskFull))
            || matches!(self, Self::Sql(rusqlite::Error::SqliteFailure(e, _)) if e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
            || matches!(self, Self::Io(e) if matches!(e.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded))
    }
    /// The disk could not do what it was asked to.
    pub fn is_refused_by_the_disk(&self) -> bool {
        matches!(self.code(), Some(rusqlite::ErrorCode::SystemIoFailure)) && !self.is_full()
    }
    /// The folder, or a file in it, may not be written to: its owner, its mode, or the file system forbids it.
    pub fn is_read_only(&self) -> bool {
        use rusqlite::ErrorCode::{PermissionDenied, ReadOnly};
        use std::io::ErrorKind;
        matches!(self.code(), Some(ReadOnly | PermissionDenied))
            || matches!(self, Self::Io(e) if matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem))
    }
    /// A file could not be opened; SQLite does not say why.
    pub fn is_unopened(&self) -> bool {
        matches!(self.code(), Some(rusqlite::ErrorCode::CannotOpen))
    }
    /// Another process writes; later it will do.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::InUse) || matches!(self.code(), Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
    }
}

/// An error that a closure over the store may end with: it says whether the store is why.
pub trait Cause: From<StoreError> {
    /// The store's error within, if it is one.
    fn store_error(&self) -> Option<&StoreError>;
}
impl Cause for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}
