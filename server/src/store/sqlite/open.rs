//! Opening a connection as this store wants it, and what SQLite's errors mean.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::StoreError;

// Links the workspace's one SQLite: rusqlite itself links nothing (feature `in_gecko`).
use frontline_sqlite as _;

/// How long a transaction waits for another program that writes (the command line beside the server).
const BUSY: Duration = Duration::from_secs(10);

pub(super) fn connect(path: &Path, read_only: bool) -> Result<Connection, StoreError> {
    if !read_only {
        own(path)?;
    }
    let access =
        if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE };
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    // Else a statement whose bounds changed is compiled anew each time it runs: half of what a small one costs.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if !read_only {
        // A new file is made by way of a journal, which must not be there again after a loss of power: EXTRA asks the
        // folder that it was deleted.
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // An acknowledged entry must survive the loss of power: every commit reaches the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "fullfsync", true)?;
        // A key that was destroyed must not lie in a free page.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    Ok(connection)
}

/// Makes the file where there is none, for this user alone; SQLite gives the log beside it the same mode.
fn own(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(StoreError::Failed(e.to_string())),
        _ => Ok(()),
    }
}

/// The one connection that writes. Where the file or the log beside it can't be opened for that, the folder
/// may not be written to; of a reader the same error could be a lack of file descriptors.
pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    connect(path, false).map_err(|error| match error {
        StoreError::Failed(_) if path.parent().is_some_and(std::path::Path::exists) && !may_write(path) => StoreError::ReadOnly,
        other => other,
    })
}

/// Asked only when something failed: whether the file, and the folder for the log beside it, take a change.
fn may_write(path: &Path) -> bool {
    let probe = path.with_extension("probe");
    let beside = std::fs::File::create(&probe).and_then(|_| std::fs::remove_file(&probe)).is_ok();
    beside && (!path.exists() || std::fs::OpenOptions::new().write(true).open(path).is_ok())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}
