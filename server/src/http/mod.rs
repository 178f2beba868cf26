//! The router, and the server that runs it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use frontline_domain::{Clock, Random};

use crate::app::{App, AppState, OpenError};

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
    task: JoinHandle<std::io::Result<()>>,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("can't listen on {addr}: {source}")]
    Listen { addr: SocketAddr, source: std::io::Error },
}

impl Server {
    /// Opens the data directory and listens.
    pub async fn start(options: Options) -> Result<Running, StartError> {
        let app = App::open(&options.data, options.clock, options.random)?;
        let failed = |source| StartError::Listen { addr: options.listen, source };
        let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let (stop, mut stopped) = watch::channel(false);
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(async move {
                    let _ = stopped.wait_for(|stop| *stop).await;
                })
                .await
        });
        Ok(Running { addr, app, stop, task })
    }
}

impl Running {
    /// Takes no new requests, finishes those that it has, and returns.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

/// All routes.
pub fn router(app: AppState) -> Router {
    Router::new().merge(crate::console::router(&app)).with_state(app)
}
