//! What every part of the server shares.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use frontline_domain::{Clock, Random};

use crate::backup::{self, Announced, restore};
use crate::blobs::Blobs;
use crate::contacts::Contacts;
use crate::http::guesses::Guesses;
use crate::http::places::Places;
use crate::http::rates::Rates;
use crate::judge::writer::Writer;
use crate::keys::{KeyError, Keys};
use crate::ledger::{self, Ledger, LedgerError, Order};
use crate::metrics::Metrics;
use crate::recovery::Recovery;
use crate::store::{SqliteStore, Standing, Store, StoreError};
use crate::sync::stances::Stances;

/// The shared parts; handlers take it as their state.
pub struct App {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub keys: Keys,
    /// What no older database undoes.
    pub ledger: Ledger,
    /// The folder of all of it.
    pub folder: PathBuf,
    /// What devices are told about backups.
    pub backed_up: Announced,
    /// Pictures, beside the store.
    pub blobs: Blobs,
    /// What opens stores of lost phones and files of unsent work.
    pub recovery: Recovery,
    /// Contacts of idle devices, written in batches.
    pub contacts: Arc<Contacts>,
    pub metrics: Arc<Metrics>,
    /// Wrong enrolment codes, by address.
    pub guesses: Guesses,
    /// Memory for exchanges.
    pub places: Places,
    /// Where devices stand that asked lately.
    pub stances: Stances,
    /// What devices and organisations took lately.
    pub rates: Rates,
    writer: OnceLock<Writer>,
}

/// [`App`] as axum's state.
pub type AppState = Arc<App>;

/// Why the server can't begin.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the data directory {path} can't be made or read: {source}")]
    Directory { path: String, source: std::io::Error },
    #[error("a restore in {path} was interrupted before it was done; run it again: frontline admin restore --data {path} --from FILE")]
    Restoring { path: String },
    #[error(
        "the database {path}/server.db is gone or empty, and server.ledger knows that there was one; put it back, or restore a backup: frontline admin restore --data {path} --from FILE. To begin anew on purpose, take another folder"
    )]
    Emptied { path: String },
    #[error("the database and server.key do not belong together; put back the key that was beside this database")]
    OtherKey,
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Refuses a folder of which a part is gone that a new one can't stand in for, before anything is written there: a
/// new key would open nothing, and an empty database answer every phone.
fn look_at(data: &Path) -> Result<(), OpenError> {
    let has = |name: &str| std::fs::metadata(data.join(name)).is_ok_and(|found| found.len() > 0);
    let (database, ledger) = (has("server.db"), has(ledger::FILE));
    if !data.join("server.key").exists() && (database || ledger) {
        return Err(KeyError::Gone { path: data.join("server.key").display().to_string() }.into());
    }
    if ledger && !database && !data.join(restore::MARKER).exists() {
        return Err(OpenError::Emptied { path: data.display().to_string() });
    }
    Ok(())
}

impl App {
    /// Opens the store and the server's key in a directory, making both where there are none. A store that was
    /// set back is noticed, and told what it lacks, before this returns.
    pub async fn open(data: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<AppState, OpenError> {
        std::fs::create_dir_all(data).map_err(|source| OpenError::Directory { path: data.display().to_string(), source })?;
        look_at(data)?;
        let keys = Keys::open(&data.join("server.key"), &*random)?;
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&data.join("server.db"), &*random, clock.now().wall_ms)?);
        // Under the lock of the store, or a restore that just begins would not be seen.
        if data.join(restore::MARKER).exists() {
            return Err(OpenError::Restoring { path: data.display().to_string() });
        }
        let ledger = Ledger::open(&data.join(ledger::FILE), keys.ledger())?;
        let is = store.read().await?.standing().await?;
        // Emptied, and not just begun: a life that the ledger does not know, in which no key was ever noted.
        if is.key.is_none() && ledger.ask(|said| said.life)?.is_some_and(|life| life != is.incarnation) {
            return Err(OpenError::Emptied { path: data.display().to_string() });
        }
        ledger::settle::settle(&*store, (&ledger, &keys), &*random, clock.now().wall_ms, false).await?;
        let app = Arc::new(Self {
            store,
            clock,
            random,
            keys,
            ledger,
            folder: data.to_owned(),
            backed_up: Announced::default(),
            blobs: Blobs::open(data),
            recovery: Recovery::beside(data),
            contacts: Arc::default(),
            metrics: Arc::default(),
            guesses: Guesses::default(),
            places: Places::default(),
            stances: Stances::default(),
            rates: Rates::default(),
            writer: OnceLock::new(),
        });
        app.look_at_backups()?;
        Ok(app)
    }

    /// Looks which backups are still there, for what devices are told.
    pub fn look_at_backups(&self) -> Result<(), LedgerError> {
        self.backed_up.set(self.ledger.ask(|said| backup::announced(&said.backups))?);
        Ok(())
    }

    /// Brings up to so many rows of each organisation's lists up to date; how many there were.
    pub async fn work_off_lists(&self, most: usize) -> Result<usize, StoreError> {
        let orgs = self.store.read().await?.orgs().await?;
        let mut done = 0;
        for org in orgs {
            match crate::lists::work_off(&*self.store, org.id, most, || false).await {
                Ok(some) => done += some,
                // The other organisations' are.
                Err(error) => tracing::warn!(org = %org.id, %error, "rows of lists were not brought up to date"),
            }
        }
        Ok(done)
    }

    /// Notes in the ledger how far the store has come, where that is news: a file that had not come so far was
    /// copied back.
    pub async fn note_standing(&self) -> Result<(), OpenError> {
        let is = self.store.read().await?.standing().await?;
        if self.ledger.ask(|said| said.stands)?.is_none_or(|stands| stands != (is.incarnation, is.commits)) {
            let Standing { incarnation, commits, latest_ms, .. } = is;
            self.ledger.append(&[Order::Stands { incarnation, commits, latest_ms }])?;
        }
        Ok(())
    }

    /// The task that writes what devices offer; begun by the first who asks, within a tokio runtime.
    pub fn writer(&self) -> &Writer {
        self.writer.get_or_init(|| Writer::start(self.store.clone(), self.clock.clone(), self.contacts.clone()))
    }

    /// Server time, ms since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now().wall_ms
    }

    /// Writes the contacts of idle devices now, as is done every few seconds.
    pub async fn flush_contacts(&self) -> Result<(), StoreError> {
        self.contacts.flush(&*self.store).await
    }
}
