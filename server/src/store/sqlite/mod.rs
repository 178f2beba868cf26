//! The embedded store: one SQLite file, WAL, `synchronous=FULL`, one writer and a pool of readers.
//!
//! Start at [`SqliteStore::open`]. [`schema`] has the numbered migrations, [`tx`] the transactions, [`pieces`] how facts lie in it, [`lock`] keeps
//! two from the folder that can't share it, [`examine`] looks at a whole file; the
//! families of methods lie beside it, each as the trait that it implements.

mod access;
mod blobs;
mod columns;
mod customers;
mod devices;
mod examine;
mod feed;
mod given;
mod judging;
mod judging_write;
mod lists;
mod lock;
mod media;
mod open;
mod pieces;
mod records;
mod rows;
mod schema;
mod training;
mod tx;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use rusqlite::Connection;

use frontline_domain::{Incarnation, Random};

use super::{ReadTx, Result, Store, StoreError, WriteTx};
pub use examine::{Examined, examine, pictures_of};
pub use lock::{Lock, Serving};
use tx::SqliteTx;

/// Readers kept open between transactions; more are opened when needed and closed after.
const IDLE_READERS: usize = 8;

/// A store in one file.
pub struct SqliteStore {
    path: PathBuf,
    // Readers are closed first: the writer, when it is the last, moves the log into the file and takes it away.
    readers: Arc<Readers>,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    _lock: Lock,
}

/// Connections that nobody reads with at the moment, and how much was read.
#[derive(Default)]
struct Readers {
    idle: Mutex<Vec<Connection>>,
    /// Steps of SQLite's machine.
    work: AtomicU64,
}

impl Readers {
    fn take(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
    fn give(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
    }
}

impl SqliteStore {
    /// Opens the file, making it or bringing it up to date. `random` draws the incarnation of a new one.
    pub fn open(path: &Path, random: &dyn Random, now_ms: i64) -> Result<Self> {
        Self::open_under(Lock::shared(path)?, path, random, now_ms)
    }

    /// The same for whoever holds the folder already.
    pub fn open_under(lock: Lock, path: &Path, random: &dyn Random, now_ms: i64) -> Result<Self> {
        let mut connection = open::writer(path)?;
        schema::migrate(&mut connection, Incarnation(random.next_u64()), now_ms)?;
        let writer = Arc::new(tokio::sync::Mutex::new(connection));
        Ok(Self { path: path.to_owned(), writer, readers: Arc::default(), _lock: lock })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn read(&self) -> Result<Box<dyn ReadTx>> {
        let connection = match self.readers.take() {
            Some(connection) => connection,
            None => open::connect(&self.path, true)?,
        };
        Ok(Box::new(SqliteTx::read(connection, self.readers.clone())?))
    }

    fn work(&self) -> u64 {
        self.readers.work.load(Ordering::Relaxed)
    }

    async fn copy_to(&self, file: &Path) -> Result<()> {
        let (from, to) = (self.path.clone(), file.to_owned());
        let copied = tokio::task::spawn_blocking(move || examine::copy(&from, &to)).await;
        copied.map_err(|e| StoreError::Failed(e.to_string()))?
    }

    async fn scrub(&self) -> Result<()> {
        let connection = self.writer.clone().lock_owned().await;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    async fn write(&self) -> Result<Box<dyn WriteTx>> {
        let connection = self.writer.clone().lock_owned().await;
        Ok(Box::new(SqliteTx::write(connection)?))
    }
}
