//! The embedded store: one SQLite file, WAL, `synchronous=FULL`, one writer and a pool of readers.
//!
//! Start at [`SqliteStore::open`]. [`schema`] has the numbered migrations, [`tx`] the transactions; the
//! families of methods lie beside it, each as the trait that it implements.

mod access;
mod blobs;
mod columns;
mod customers;
mod devices;
mod feed;
mod judging;
mod judging_write;
mod lists;
mod open;
mod records;
mod schema;
mod training;
mod tx;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use rusqlite::Connection;

use frontline_domain::{Incarnation, Random};

use super::{ReadTx, Result, Store, WriteTx};
use tx::SqliteTx;

/// Readers kept open between transactions; more are opened when needed and closed after.
const IDLE_READERS: usize = 8;

/// A store in one file.
pub struct SqliteStore {
    path: PathBuf,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    readers: Arc<Readers>,
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
        let mut connection = open::writer(path)?;
        schema::migrate(&mut connection, Incarnation(random.next_u64()), now_ms)?;
        Ok(Self { path: path.to_owned(), writer: Arc::new(tokio::sync::Mutex::new(connection)), readers: Arc::default() })
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
