//! `serve`: the server, until it is asked to stop.

use std::sync::Arc;

use frontline_server::system::{SystemClock, SystemRandom};
use frontline_server::{Front, Limits, Options, Server};

use crate::args::Serve;
use crate::failure::{Done, Failure, print};

pub async fn run(it: Serve) -> Done {
    if !crate::admin::holds_a_server(&it.data) {
        return Err(Failure::failed(format!(
            "{} holds no server; make one with: frontline admin init --data {} --org NAME --email MAIL",
            it.data.display(),
            it.data.display()
        )));
    }
    logs();
    let tls = it.tls_cert.zip(it.tls_key);
    let scheme = if tls.is_some() { "https" } else { "http" };
    let options = Options { data: it.data, listen: it.listen, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), tls };
    let (connections, per_address) = (it.connections.get(), it.address_connections.get());
    let limits = Limits { connections, per_address, ..Limits::default() };
    let front = Front { public: it.public_url, proxies: it.trusted_proxy.into(), limits, rates: it.rates.limits() };
    let running = Server::start_with(options, front).await?;
    print(&format!("listening on {scheme}://{}", running.addr));
    stopped().await;
    running.shutdown().await;
    print("stopped; everything acknowledged is stored");
    Ok(())
}

/// Waits for Ctrl-C or a polite kill.
pub async fn stopped() {
    let ctrl_c = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! { _ = ctrl_c => {}, _ = term.recv() => {} }
            return;
        }
    }
    let _ = ctrl_c.await;
}

/// Structured logs on standard error; `FRONTLINE_LOG` sets the level (`info` where it is not set).
pub fn logs() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("FRONTLINE_LOG").unwrap_or_else(|_| "info".into());
    // A log that can't be written (no room, a closed pipe) must not end what it tells of: by itself the subscriber says so
    // on standard error, too, and panics there.
    let log = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = log.log_internal_errors(false).try_init();
}
