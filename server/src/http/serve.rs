//! Starting and stopping a server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use frontline_domain::{Clock, Random};

use super::listen::{self, PlainListener, TlsListener};
use crate::app::{App, AppState, OpenError};

/// How often contacts of idle devices are written.
const FLUSH: Duration = Duration::from_secs(2);
/// How long a shutdown waits for requests that are under way.
const PATIENCE: Duration = Duration::from_secs(30);

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
    serving: JoinHandle<std::io::Result<()>>,
    keeping: JoinHandle<()>,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("can't listen on {addr}: {source}")]
    Listen { addr: SocketAddr, source: std::io::Error },
    #[error("{0}")]
    Tls(String),
}

impl Server {
    /// Opens the data directory and listens.
    pub async fn start(options: Options) -> Result<Running, StartError> {
        let tls = match &options.tls {
            Some((certificates, key)) => Some(listen::config(certificates, key).map_err(StartError::Tls)?),
            None => None,
        };
        let app = App::open(&options.data, options.clock, options.random)?;
        let failed = |source| StartError::Listen { addr: options.listen, source };
        let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let (stop, stopped) = watch::channel(false);
        let serving = match tls {
            Some(config) => tokio::spawn(serve(TlsListener::new(listener, config).map_err(failed)?, app.clone(), stopped.clone())),
            None => tokio::spawn(serve(PlainListener(listener), app.clone(), stopped.clone())),
        };
        let keeping = tokio::spawn(keep(app.clone()));
        tracing::info!(%addr, "listening");
        Ok(Running { addr, app, stop, serving, keeping })
    }
}

async fn serve<L>(listener: L, app: AppState, mut stopped: watch::Receiver<bool>) -> std::io::Result<()>
where
    L: Listener<Addr = SocketAddr>,
    Peer: for<'a> Connected<IncomingStream<'a, L>>,
{
    let service = super::router(app).layer(from_fn(named)).into_make_service_with_connect_info::<Peer>();
    let stop = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}

/// The other end of a connection, over plain HTTP and HTTPS alike.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    addr: SocketAddr,
    https: bool,
}

impl Connected<IncomingStream<'_, PlainListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, PlainListener>) -> Self {
        Self { addr: *stream.remote_addr(), https: false }
    }
}
impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self { addr: *stream.remote_addr(), https: true }
    }
}

/// Puts the address where handlers look for it, and tells the console that its cookies may be `Secure`.
async fn named(ConnectInfo(peer): ConnectInfo<Peer>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(ConnectInfo(peer.addr));
    if peer.https {
        request.extensions_mut().insert(crate::console::Https);
    }
    next.run(request).await
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
        if rounds.is_multiple_of(150) {
            let expired = async {
                let mut tx = app.store.write().await?;
                tx.remove_expired_sessions(app.now_ms()).await?;
                tx.commit().await
            };
            if let Err(error) = expired.await {
                tracing::warn!(%error, "expired sessions were not removed");
            }
        }
    }
}

impl Running {
    /// Takes no new requests, finishes those that it has, writes what it kept in memory, and returns.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        let mut serving = self.serving;
        if tokio::time::timeout(PATIENCE, &mut serving).await.is_err() {
            serving.abort();
        }
        self.keeping.abort();
        if let Err(error) = self.app.flush_contacts().await {
            tracing::warn!(%error, "the last contacts were not written");
        }
    }
}
