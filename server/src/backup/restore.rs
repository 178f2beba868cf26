//! Putting a backup in the place of the store. Nothing is deleted: what was there is set aside.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use frontline_domain::{BlobHash, Clock, Incarnation, OrgId, Random};

use super::{BackupError, Pictures, io, pictures, settle_names};
use crate::app::OpenError;
use crate::blobs::Blobs;
use crate::keys::Keys;
use crate::ledger::{self, Ledger, settle};
use crate::store::{Lock, SqliteStore, Store, StoreError, examine};

/// Lies in the folder while a restore is under way: nobody is answered from half of one.
pub const MARKER: &str = "server.restoring";
/// How often a server that is just stopping is looked for, and how long it has each time.
const TRIES: u32 = 60;
const STEP: Duration = Duration::from_millis(50);

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The new life of the store.
    pub incarnation: Incarnation,
    /// The latest commit that the backup has, ms.
    pub until_ms: i64,
    pub entries: u64,
    /// Where the store is that was there before.
    pub set_aside: Option<PathBuf>,
    /// Orders of the ledger that the backup did not know.
    pub carried_out: settle::CarriedOut,
    /// Phones may have let go of what they captured until then, ms, which is later than what the backup has.
    pub trusted_until_ms: Option<i64>,
    /// Pictures that the backup names. Phones are asked for what is missing.
    pub pictures: Pictures,
}

/// Puts the backup `from` in the place of the store in the folder `data`, with a new incarnation and with every
/// order of the ledger carried out. The folder holds the server's key; nobody may be using it.
pub async fn restore(data: &Path, from: &Path, clock: &dyn Clock, random: &dyn Random) -> Result<Restored, BackupError> {
    let db = data.join("server.db");
    if !data.join("server.key").exists() {
        return Err(BackupError::NoKey { path: data.display().to_string() });
    }
    let lock = alone(data, &db).await?;
    let keys = Keys::open(&data.join("server.key"), random).map_err(OpenError::from)?;
    let ledger = Ledger::open(&data.join(ledger::FILE), keys.ledger())?;
    let new = data.join("server.db.new");
    let examined = match brought(from, &new) {
        Ok(examined) if examined.standing.key == Some(keys.proof()) => examined,
        otherwise => {
            let _ = fs::remove_file(&new);
            return Err(otherwise.err().unwrap_or_else(|| BackupError::OtherServer { path: from.display().to_string() }));
        }
    };
    // Before anything is touched: pictures are only added, so a restore that ends here has changed nothing.
    let (beside, to, copy) = (from.to_owned(), data.to_owned(), new.clone());
    let brought = tokio::task::spawn_blocking(move || pictures::back(&beside, &to, &copy)).await;
    let pictures = brought.map_err(|e| StoreError::Failed(e.to_string()))?.inspect_err(|_| drop(fs::remove_file(&new)))?;
    let marker = data.join(MARKER);
    File::create(&marker).and_then(|file| file.sync_all()).map_err(io(&marker))?;
    settle_names(data)?;
    let set_aside = set_aside(data, &db, clock.now().wall_ms)?;
    fs::rename(&new, &db).map_err(io(&db))?;
    settle_names(data)?;
    let store = SqliteStore::open_under(lock, &db, random, clock.now().wall_ms)?;
    let settled = settle::settle(&store, (&ledger, &keys), random, clock.now().wall_ms, true).await?;
    without_missing(&store, &Blobs::open(data)).await?;
    fs::remove_file(&marker).map_err(io(&marker))?;
    settle_names(data)?;
    let oldest = ledger.ask(|said| said.backups.iter().map(|kept| kept.until_ms).min())?;
    Ok(Restored {
        incarnation: settled.incarnation,
        until_ms: examined.standing.latest_ms,
        entries: examined.entries,
        set_aside,
        carried_out: settled.carried_out,
        trusted_until_ms: oldest.filter(|oldest| *oldest > examined.standing.latest_ms),
        pictures,
    })
}

/// Takes those pictures off the list of what is here that are not: their phones are told so, and send them again.
async fn without_missing(store: &SqliteStore, blobs: &Blobs) -> Result<(), BackupError> {
    const AT_ONCE: u32 = 1_000;
    let mut at = (OrgId::from_bytes([0; 16]), BlobHash::from_bytes([0; 32]));
    loop {
        let mut tx = store.write().await?;
        let some = tx.blobs_here(at, AT_ONCE).await?;
        let Some((org, blob, _)) = some.last() else { return Ok(()) };
        at = (*org, *blob);
        for (org, blob, bytes) in some {
            let found = blobs.length(org, blob).await.map_err(|source| BackupError::Io { path: blob.to_string(), source })?;
            if found != Some(bytes) {
                tx.remove_blob_here(org, &blob).await?;
            }
        }
        tx.commit().await?;
    }
}

/// The folder for oneself; a server that is stopping is waited for.
async fn alone(data: &Path, db: &Path) -> Result<Lock, BackupError> {
    for _ in 0..TRIES {
        match Lock::alone(db) {
            Err(StoreError::Busy) => tokio::time::sleep(STEP).await,
            locked => return Ok(locked?),
        }
    }
    Err(BackupError::InUse { path: data.display().to_string() })
}

/// Copies the backup beside the store and looks through the copy.
fn brought(from: &Path, new: &Path) -> Result<crate::store::Examined, BackupError> {
    let path = from.display().to_string();
    let mut log = from.as_os_str().to_owned();
    log.push("-wal");
    if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        return Err(BackupError::HalfCopied { path });
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut source = File::open(from).map_err(io(from))?;
    let mut copy = options.open(new).map_err(io(new))?;
    std::io::copy(&mut source, &mut copy).and_then(|_| copy.sync_all()).map_err(io(new))?;
    examine(new).map_err(|source| BackupError::Unsound { path, source })
}

/// Moves the store, with its log, to a name that says when; none where there is no store.
fn set_aside(data: &Path, db: &Path, now_ms: i64) -> Result<Option<PathBuf>, BackupError> {
    if !db.exists() {
        return Ok(None);
    }
    let when = chrono::DateTime::from_timestamp_millis(now_ms).unwrap_or_default().format("%Y%m%dT%H%M%SZ");
    let name = |n: u32| data.join(if n == 1 { format!("server.db.aside-{when}") } else { format!("server.db.aside-{when}-{n}") });
    let aside = (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0));
    // The log last would leave a database without its newest commits; a marker lies there, so nobody opens either.
    for ending in ["-wal", "-shm", ""] {
        let beside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        if beside(db).exists() {
            fs::rename(beside(db), beside(&aside)).map_err(io(db))?;
        }
    }
    Ok(Some(aside))
}
