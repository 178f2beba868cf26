//! For whoever operates the server. No organisation is told from another here.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

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

/// Counters, as Prometheus reads them.
pub async fn metrics(State(app): State<AppState>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render() + &work(&app))
}

fn work(app: &AppState) -> String {
    format!("# TYPE frontline_store_work_total counter\nfrontline_store_work_total {}\n", app.store.work())
}
