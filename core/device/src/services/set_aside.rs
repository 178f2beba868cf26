//! What is shown of damaged stores: each stays where it was put, and says so.

use std::path::Path;

use serde::Serialize;

use crate::recover::Noted;

/// A damaged store that was set aside: nothing of it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// Its folder.
    pub kept_at: String,
    /// When it was taken over, server time in ms.
    pub at_ms: i64,
    /// Captured things that were taken over and are offered under their old numbers.
    pub found: u64,
    /// Numbers of which nothing could be read; what of them had reached the server is not lost.
    pub missing: u64,
}

impl SetAside {
    pub(crate) fn of(note: Noted, dir: &Path) -> Self {
        Self { kept_at: dir.join(note.folder).display().to_string(), at_ms: note.at_ms, found: note.found, missing: note.missing }
    }
}
