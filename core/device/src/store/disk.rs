//! Which of SQLite's file systems a store lies on.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// The machine's own; for those who try the product one that fails on purpose, by its name in SQLite.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    vfs: Option<String>,
}

impl Disk {
    /// The one of this name, which lies under the cipher of its own.
    #[cfg(any(test, feature = "stories"))]
    pub fn of_vfs(name: &str) -> Self {
        Self { vfs: Some(name.to_owned()) }
    }

    pub(super) fn connect(&self, file: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
        match &self.vfs {
            Some(vfs) => Connection::open_with_flags_and_vfs(file, flags, vfs.as_str()),
            None => Connection::open_with_flags(file, flags),
        }
    }
}
