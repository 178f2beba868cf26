//! Who uses a server's folder: everybody who opens the store, together; or one who puts another in its place,
//! alone. The system lets go of the lock when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use crate::store::{Result, StoreError};

/// Holds a folder until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// With others who have the store open. Busy: another is being put in its place.
    pub fn shared(store: &Path) -> Result<Self> {
        let file = open(store)?;
        taken(file.try_lock_shared())?;
        Ok(Self { _file: file })
    }

    /// With nobody else. Busy: somebody has the store open.
    pub fn alone(store: &Path) -> Result<Self> {
        let file = open(store)?;
        taken(file.try_lock())?;
        Ok(Self { _file: file })
    }
}

/// That one server answers from a folder; the command line works beside it.
#[derive(Debug)]
pub struct Serving {
    _file: File,
}

impl Serving {
    /// Busy: another server does. When it ends, however it ends, the next may begin.
    pub fn begin(store: &Path) -> Result<Self> {
        let file = named(store, "server.serving")?;
        taken(file.try_lock())?;
        Ok(Self { _file: file })
    }
}

fn open(store: &Path) -> Result<File> {
    named(store, "server.lock")
}

fn named(store: &Path, name: &str) -> Result<File> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(store.with_file_name(name));
    opened.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Failed(error.to_string()),
    })
}

fn taken(locked: std::result::Result<(), TryLockError>) -> Result<()> {
    locked.map_err(|error| match error {
        TryLockError::WouldBlock => StoreError::Busy,
        TryLockError::Error(error) => StoreError::Failed(error.to_string()),
    })
}
