//! Starting and stopping a server.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use frontline_domain::{Clock, Random};

use super::front::Front;
use super::{accept, tls};
use crate::app::{App, AppState, OpenError};
use crate::store::{Serving, StoreError};

/// How often contacts of idle devices are written.
const FLUSH: Duration = Duration::from_secs(2);

/// Rounds of that after which it is noted how far the store has come: a quarter of an hour.
const NOTED: u64 = 450;

/// Rows of lists of one organisation that are brought up to date at a time, and the rest between two times.
const RELISTED: usize = 50;
const BETWEEN: Duration = Duration::from_millis(50);

/// How to run a server.
pub struct Options {
    /// The directory of the database and the server's key.
    pub data: PathBuf,
    /// Port 0 takes any that is free.
    pub listen: SocketAddr,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    /// Certificate chain and key, PEM. None: plain HTTP, for loopback or behind a proxy.
    pub tls: Option<(PathBuf, PathBuf)>,
}

/// Starts servers.
pub struct Server;

/// A server that runs until [`Running::shutdown`].
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What it runs on, for those in the same process.
    pub app: AppState,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    keeping: JoinHandle<()>,
    listing: JoinHandle<()>,
    _alone: Serving,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("another server answers from {path} already; stop that one first, or give this one a folder of its own")]
    Served { path: String },
    #[error("can't listen on {addr}: {source}")]
    Listen { addr: SocketAddr, source: std::io::Error },
    #[error("{0}")]
    Tls(String),
}

impl Server {
    /// Opens the data directory and listens, with no proxy in front.
    pub async fn start(options: Options) -> Result<Running, StartError> {
        Self::start_with(options, Front::default()).await
    }

    /// Opens the data directory and listens.
    pub async fn start_with(options: Options, front: Front) -> Result<Running, StartError> {
        let tls = match &options.tls {
            Some((certificates, key)) => Some(tls::config(certificates, key).map_err(StartError::Tls)?),
            None => None,
        };
        let alone = alone(&options.data)?;
        let app = App::open(&options.data, options.clock, options.random).await?;
        app.rates.limit(front.rates);
        crate::lists::catch_up(&*app.store).await.map_err(OpenError::from)?;
        let failed = |source| StartError::Listen { addr: options.listen, source };
        let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let (stop, stopped) = watch::channel(false);
        let tls = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        let (router, metrics) = (super::router(app.clone()), app.metrics.clone());
        let serving = tokio::spawn(accept::serve(listener, tls, router, Arc::new(front), metrics, stopped));
        let keeping = tokio::spawn(keep(app.clone()));
        let listing = tokio::spawn(relist(app.clone()));
        tracing::info!(%addr, "listening");
        Ok(Running { addr, app, stop, serving, keeping, listing, _alone: alone })
    }
}

/// The folder for this server: two of them would not see each other's limits, pictures on their way and phones.
fn alone(data: &Path) -> Result<Serving, StartError> {
    let failed = |source| OpenError::Directory { path: data.display().to_string(), source };
    std::fs::create_dir_all(data).map_err(failed)?;
    Serving::begin(&data.join("server.db")).map_err(|error| match error {
        StoreError::Busy => StartError::Served { path: data.display().to_string() },
        other => OpenError::from(other).into(),
    })
}

/// What has to be done from time to time.
async fn keep(app: AppState) {
    let mut tick = tokio::time::interval(FLUSH);
    let mut rounds: u64 = 0;
    loop {
        tick.tick().await;
        if let Err(error) = app.flush_contacts().await {
            tracing::warn!(%error, "contacts were not written; they will be");
        }
        rounds += 1;
        look_after(&app, rounds).await;
        if rounds.is_multiple_of(150) {
            let expired = async {
                let mut tx = app.store.write().await?;
                tx.remove_expired_sessions(app.now_ms()).await?;
                tx.commit().await
            };
            if let Err(error) = app.blobs.forget_expired(&app).await {
                tracing::warn!(%error, "pictures that were too long on their way were not removed");
            }
            if let Err(error) = expired.await {
                tracing::warn!(%error, "expired sessions were not removed");
            }
        }
    }
}

/// Rows of lists that a change made stale, a few at a time: who looks at a list does not wait for all of them then.
async fn relist(app: AppState) {
    loop {
        match app.work_off_lists(RELISTED).await {
            Ok(0) => tokio::time::sleep(FLUSH).await,
            // Others write meanwhile.
            Ok(_) => tokio::time::sleep(BETWEEN).await,
            Err(error) => {
                tracing::warn!(%error, "rows of lists were not brought up to date; they will be");
                tokio::time::sleep(FLUSH * 5).await;
            }
        }
    }
}

/// Backups may come and go while the server runs; how far the store has come is noted now and then.
async fn look_after(app: &AppState, rounds: u64) {
    let looking = app.clone();
    // The files may lie on a disk that does not answer.
    let looked = tokio::task::spawn_blocking(move || looking.look_at_backups()).await;
    if let Ok(Err(error)) = looked {
        tracing::warn!(%error, "the list of backups can't be read");
    }
    if rounds.is_multiple_of(NOTED)
        && let Err(error) = app.note_standing().await
    {
        tracing::warn!(%error, "how far the database has come was not noted; it will be");
    }
}

impl Running {
    /// Takes no new connections, finishes the requests that it has, writes what it kept in memory, and
    /// returns. A request that does not end within the limit's patience is given up: it is not acknowledged,
    /// and its device sends it again.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.serving.await {
            tracing::error!(%error, "the server did not stop as it should");
        }
        self.keeping.abort();
        self.listing.abort();
        settle(&self.app).await;
    }
}

/// Writes what was kept in memory, before the end.
pub(crate) async fn settle(app: &App) {
    if let Err(error) = app.flush_contacts().await {
        tracing::warn!(%error, "the last contacts were not written");
    }
    if let Err(error) = app.note_standing().await {
        tracing::warn!(%error, "how far the database has come was not noted");
    }
}
