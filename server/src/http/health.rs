//! For whoever operates the server. No organisation is told from another here.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::peer::peer;
use crate::app::AppState;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The store answers.
pub async fn ready(State(app): State<AppState>) -> (StatusCode, &'static str) {
    let asked = async { app.store.read().await?.incarnation().await };
    match asked.await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n"),
    }
}

/// Counters, as Prometheus reads them: for this machine alone. They count all organisations together, so that one of
/// them could watch when another is at work.
pub async fn metrics(State(app): State<AppState>, request: Request) -> Response {
    let peer = peer(request.extensions());
    // What came by no connection was asked within this process.
    let is_here = peer.client.is_loopback() || peer.client.is_unspecified();
    if !is_here || peer.anyone {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render() + &work(&app)).into_response()
}

fn work(app: &AppState) -> String {
    format!("# TYPE frontline_store_work_total counter\nfrontline_store_work_total {}\n", app.store.work())
}
