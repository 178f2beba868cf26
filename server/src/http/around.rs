//! What every request passes through: a time limit, a net for panics, headers, one line of log.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use frontline_protocol::Code;
use frontline_protocol::frame::MEDIA_TYPE;

use super::front::{Front, Limits};
use crate::app::AppState;
use crate::panics::caught;
use crate::sync::Refusal;
use crate::system::Stopwatch;

/// What keeps a browser from mischief. An answer to a device has none: it is no page, and what is posted is kept by no
/// cache (RFC 9111, 3).
const HEADERS: [(&str, &str); 4] =
    [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"), ("cache-control", "no-store")];

/// Answers whatever happens, and says so in the log: the route's pattern and the status, never a path with
/// ids or a body.
pub async fn every(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    // Reading a slow body is part of it.
    let limits = request.extensions().get::<Arc<Front>>().map_or_else(Limits::default, |front| front.limits);
    let answered = tokio::time::timeout(limits.request, caught(AssertUnwindSafe(next.run(request)))).await;
    let mut response = match answered {
        Ok(Some(response)) => response,
        Ok(None) => {
            app.metrics.panicked();
            tracing::error!(%route, "a request's handler panicked");
            failed(&route, StatusCode::INTERNAL_SERVER_ERROR, app.now_ms())
        }
        Err(_) => failed(&route, StatusCode::SERVICE_UNAVAILABLE, app.now_ms()),
    };
    let is_to_device = response.headers().get(CONTENT_TYPE).is_some_and(|media| media == MEDIA_TYPE);
    for (name, value) in HEADERS.into_iter().filter(|_| !is_to_device) {
        response.headers_mut().entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    let (status, took) = (response.status().as_u16(), watch.elapsed());
    app.metrics.request(&route, status, took);
    tracing::info!(%method, %route, status, ms = took.as_secs_f64() * 1_000.0, "request");
    response
}

fn failed(route: &str, status: StatusCode, now_ms: i64) -> Response {
    match route {
        frontline_protocol::sync::PATH
        | frontline_protocol::enrol::PATH
        | frontline_protocol::enrol::AGAIN
        | frontline_protocol::give_back::PATH
        | frontline_protocol::document::PATH
        | frontline_protocol::tus::PATH
        | "/v1/blobs/{hash}" => Refusal::new(status.as_u16(), Code::INTERNAL, now_ms).into_response(),
        _ => (status, "the server failed; nothing was changed\n").into_response(),
    }
}
