//! Pictures at the server: named by the hash of their bytes, one copy for an organisation, readable only through a
//! stored fact that names them.
//!
//! Start at [`upload`]: what is taken from whom, piece by piece, and how far each has come. [`keep`] is where
//! whole ones lie: files beside the database today, behind a trait so that an object store can come. [`names`]
//! notes what facts say, [`content`] what releases do; [`read`] hands out bytes to whoever may read such a fact. The routes are in
//! [`crate::http::blobs`].

pub mod content;
pub mod keep;
pub mod names;
pub mod read;
pub mod upload;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use frontline_domain::{BlobHash, OrgId};

use crate::store::blobs::SenderId;
use keep::{Files, Keep};

/// Limits on what is taken.
pub mod limits {
    /// Pictures that one sender may have on their way.
    pub const UNFINISHED: usize = 16;
    /// Bytes of whole pictures of one organisation.
    pub const ORGANISATION: u64 = 64 << 30;
    /// How long a picture may be on its way.
    pub const WAY_MS: i64 = 7 * 86_400_000;
}

/// The pictures of a server.
pub struct Blobs {
    keep: Arc<dyn Keep>,
    /// Pictures on their way.
    parts: PathBuf,
    /// Those that somebody writes to at this moment.
    busy: Arc<Busy>,
}

type Key = (OrgId, SenderId, BlobHash);

#[derive(Debug, Default)]
struct Busy(Mutex<BTreeSet<Key>>);

/// One picture on its way that nobody else writes to.
pub struct Turn {
    key: Key,
    busy: Arc<Busy>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.busy.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl Blobs {
    /// Those in a server's data directory.
    pub fn open(data: &Path) -> Self {
        let dir = data.join("blobs");
        Self { keep: Arc::new(Files::new(dir.join("whole"))), parts: dir.join("parts"), busy: Arc::default() }
    }

    /// Where the whole ones lie.
    pub fn keeper(&self) -> Arc<dyn Keep> {
        self.keep.clone()
    }

    fn turn(&self, key: Key) -> Option<Turn> {
        let fresh = self.busy.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        fresh.then(|| Turn { key, busy: self.busy.clone() })
    }

    fn part(&self, org: OrgId, by: &SenderId, blob: &BlobHash) -> PathBuf {
        self.parts.join(format!("{org}-{}-{blob}", frontline_protocol::sign::hex(by)))
    }
}
