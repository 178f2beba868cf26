//! Backups: a file that holds all of the store as of one instant, and the way back. `docs/backups.md` tells it to
//! whoever operates a server.
//!
//! [`make`] writes one while the server runs, and examines it before it counts; [`pictures`] go to a folder beside it. [`restore`] puts one in the place
//! of the store. Which are kept is in the ledger; devices are told the time of the oldest, since what a device
//! alone can give back it must not let go of before then (`sync.md` 7).

mod make;
pub mod pictures;
pub mod restore;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use frontline_domain::Incarnation;
use serde::{Deserialize, Serialize};

use crate::app::{App, OpenError};
use crate::ledger::{LedgerError, Order};
use crate::store::StoreError;

pub use make::{Made, make};
pub use pictures::Pictures;
pub use restore::{Restored, restore};

/// A backup that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The whole path.
    pub file: String,
    /// The life of the store that it is of.
    pub incarnation: Incarnation,
    /// Everything that was committed until then is in it, ms.
    pub until_ms: i64,
    pub bytes: u64,
    /// Pictures that lie in the folder beside it.
    #[serde(default)]
    pub pictures: u64,
}

impl Kept {
    /// Whether the file is where it was written, as long as it was.
    pub fn is_there(&self) -> bool {
        std::fs::metadata(&self.file).is_ok_and(|found| found.len() == self.bytes)
    }
    /// Whether the folder of its pictures is, where it has any.
    pub fn has_its_pictures(&self) -> bool {
        self.pictures == 0 || pictures::beside(Path::new(&self.file)).is_dir()
    }
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{path}: there is something of that name already; name a new file")]
    Exists { path: String },
    #[error("{path}: {source}")]
    Io { path: String, source: std::io::Error },
    #[error("{path} is no sound backup: {source}")]
    Unsound { path: String, source: StoreError },
    #[error(
        "{path} has a log beside it ({path}-wal): it was copied from under a running server, which makes half a database; use a file that ‘frontline admin backup’ wrote"
    )]
    HalfCopied { path: String },
    #[error("{path} is of another server: its key is not the server.key of this folder")]
    OtherServer { path: String },
    #[error("a server or another frontline command is using {path}; stop it first")]
    InUse { path: String },
    #[error(
        "{path} has no server.key, without which phones and customers' words can't be recognised; put the key of this server there first, and its server.ledger, the newest that there is"
    )]
    NoKey { path: String },
    #[error("{path} is on no list of backups; ‘frontline admin backups’ shows those that are")]
    NotListed { path: String },
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError + '_ {
    move |source| BackupError::Io { path: path.display().to_string(), source }
}

/// The names of what lies in a folder are on the disk when this returns.
fn settle_names(folder: &Path) -> Result<(), BackupError> {
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io(folder))
}

/// The backups on the list, the oldest first, each with whether its file is there.
pub fn list(app: &App) -> Result<Vec<(Kept, bool)>, LedgerError> {
    let mut all = app.ledger.ask(|said| said.backups.clone())?;
    all.sort_by_key(|kept| kept.until_ms);
    Ok(all.into_iter().map(|kept| (kept.is_there(), kept)).map(|(is_there, kept)| (kept, is_there)).collect())
}

/// Takes a backup off the list; its file is left alone.
pub fn let_go(app: &App, file: &Path) -> Result<Kept, BackupError> {
    let whole = std::path::absolute(file).unwrap_or_else(|_| PathBuf::from(file)).display().to_string();
    let found = app.ledger.ask(|said| said.backups.iter().find(|kept| kept.file == whole).cloned())?;
    let kept = found.ok_or_else(|| BackupError::NotListed { path: whole.clone() })?;
    app.ledger.append(&[Order::BackupGone { file: whole }])?;
    app.look_at_backups()?;
    Ok(kept)
}

/// What devices are told of the backups on the list: the life and the time of the oldest. Where one is gone,
/// what came later still holds all that it held; where all are gone there is no backup.
pub fn announced(backups: &[Kept]) -> Option<(Incarnation, i64)> {
    let oldest = backups.iter().min_by_key(|kept| kept.until_ms)?;
    let is_held = backups.iter().any(|kept| kept.until_ms >= oldest.until_ms && kept.is_there());
    is_held.then_some((oldest.incarnation, oldest.until_ms))
}

/// What was found when the list was looked at last.
#[derive(Debug, Default)]
pub struct Announced(Mutex<Option<(Incarnation, i64)>>);

impl Announced {
    pub fn now(&self) -> Option<(Incarnation, i64)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub fn set(&self, to: Option<(Incarnation, i64)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}
