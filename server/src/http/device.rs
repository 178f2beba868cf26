//! The two routes that devices speak to: messages in CBOR, compressed.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use frontline_protocol::frame::{self, FrameError, MEDIA_TYPE};
use frontline_protocol::{Code, enrol as enrolling, limits, sync as syncing};

use super::peer;
use crate::app::AppState;
use crate::sync::{self, Refusal, auth};

/// `POST /v1/sync`.
pub async fn sync(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let _place = app.places.try_acquire().map_err(|_| Refusal::new(503, Code::BUSY, now_ms))?;
    let (parts, body) = request.into_parts();
    let body = read(&parts.headers, body, now_ms).await?;
    let caller = auth::recognise(&app, &parts.headers, syncing::PATH, &body).await?;
    let asked = unpack("a sync request", &body, now_ms)?;
    let answer = sync::exchange(&app, &caller, asked).await?;
    app.metrics.answered(&answer, body.len());
    Ok(packed(&answer))
}

/// `POST /v1/enrol`.
pub async fn enrol(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let address = peer::address(&request);
    if !app.guesses.may(address, now_ms) {
        return Err(Refusal::new(429, Code::BUSY, now_ms).with("too many wrong codes came from this address; wait a minute"));
    }
    let (parts, body) = request.into_parts();
    let body = read(&parts.headers, body, now_ms).await?;
    let asked: enrolling::Enrol = unpack("an enrolment", &body, now_ms)?;
    let enrolled = sync::enrol::enrol(&app, asked).await;
    if enrolled.as_ref().is_err_and(|refusal| refusal.refused.code == Code::BAD_CODE) {
        app.guesses.wrong(address, now_ms);
    }
    Ok(packed(&enrolled?))
}

/// The body, if it is of the one media type and within the limit.
async fn read(headers: &HeaderMap, body: Body, now_ms: i64) -> Result<Bytes, Refusal> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if media != MEDIA_TYPE {
        return Err(Refusal::new(415, Code::BAD_REQUEST, now_ms).with(format!("send the body as {MEDIA_TYPE}")));
    }
    let over = || {
        let detail = format!("the body is larger than {} bytes, or was cut", limits::BODY);
        Refusal::new(413, Code::LIMIT, now_ms).with(detail)
    };
    axum::body::to_bytes(body, limits::BODY).await.map_err(|_| over())
}

fn unpack<T: DeserializeOwned>(what: &'static str, body: &[u8], now_ms: i64) -> Result<T, Refusal> {
    frame::unpack(what, body).map_err(|error| match error {
        FrameError::TooLarge { .. } => Refusal::new(413, Code::LIMIT, now_ms).with(error.to_string()),
        FrameError::Compression | FrameError::Cbor(_) => Refusal::new(400, Code::BAD_REQUEST, now_ms).with(error.to_string()),
    })
}

fn packed<T: Serialize>(message: &T) -> Response {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], frame::pack(message)).into_response()
}
