//! What every part of the server shares.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use frontline_domain::{Clock, Random};

use crate::blobs::Blobs;
use crate::contacts::Contacts;
use crate::http::guesses::Guesses;
use crate::http::places::Places;
use crate::http::rates::Rates;
use crate::judge::writer::Writer;
use crate::keys::{KeyError, Keys};
use crate::metrics::Metrics;
use crate::store::{SqliteStore, Store, StoreError};

/// The shared parts; handlers take it as their state.
pub struct App {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub keys: Keys,
    /// Pictures, beside the store.
    pub blobs: Blobs,
    /// Contacts of idle devices, written in batches.
    pub contacts: Arc<Contacts>,
    pub metrics: Arc<Metrics>,
    /// Wrong enrolment codes, by address.
    pub guesses: Guesses,
    /// Memory for exchanges.
    pub places: Places,
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
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Opens the store and the server's key in a directory, making both where there are none.
    pub fn open(data: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<AppState, OpenError> {
        std::fs::create_dir_all(data).map_err(|source| OpenError::Directory { path: data.display().to_string(), source })?;
        let keys = Keys::open(&data.join("server.key"), &*random)?;
        let store = SqliteStore::open(&data.join("server.db"), &*random, clock.now().wall_ms)?;
        Ok(Arc::new(Self {
            store: Arc::new(store),
            clock,
            random,
            keys,
            blobs: Blobs::open(data),
            contacts: Arc::default(),
            metrics: Arc::default(),
            guesses: Guesses::default(),
            places: Places::default(),
            rates: Rates::default(),
            writer: OnceLock::new(),
        }))
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
