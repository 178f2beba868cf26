//! The routes that devices speak to: messages in CBOR, compressed.

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use frontline_protocol::frame::{self, FrameError, MEDIA_TYPE};
use frontline_protocol::sign::{Claim, SignError};
use frontline_protocol::{Code, document as documents, enrol as enrolling, give_back, limits, recover as recovering, sync as syncing};

use super::body::{Holding, beginning, each, stated, whole};
use super::peer::peer;
use super::places::{Place, Turn};
use super::rates::What;
use crate::app::{App, AppState};
use crate::sync::auth::{self, Caller};
use crate::sync::{self, Refusal};

/// Bytes of an enrolment as it travels, and unpacked: anybody may send one. Of a question for a document unpacked.
const ENROLMENT: usize = 8 << 10;

/// Bytes of the certificates that a device shows, the same way.
const CERTIFICATES: usize = 16 << 10;

/// `POST /v1/sync`.
pub async fn sync(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let Arrived { caller, turn, body, place } = arrive(&app, syncing::PATH, request, now_ms).await?;
    let (received, org, device) = (body.len(), caller.claim.org, caller.claim.device);
    let _working = app.places.working(org, frame::unpacked_size(&body)).await.map_err(|_| busy(now_ms))?;
    let asked: syncing::Request = frame::unpack("a sync request", &body).map_err(|error| not_a_message(&error, now_ms))?;
    drop((body, place));
    app.rates.took(org, device, What::Entries, asked.offers.len(), now_ms);
    let answer = sync::exchange(&app, &caller, asked).await?;
    app.metrics.answered(&answer, received);
    let mut response = packed(&answer);
    // Until it is taken, the answer is in memory: a device that does not take its answers gets no more.
    let answer = std::mem::take(response.body_mut());
    Ok(response.map(|_| Body::new(Holding::new(answer, turn))))
}

/// `POST /v1/document`.
pub async fn document(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let Arrived { caller, turn, body, place } = arrive(&app, documents::PATH, request, now_ms).await?;
    let _working = app.places.working(caller.claim.org, limits::PAGE).await.map_err(|_| busy(now_ms))?;
    let asked = frame::unpack_within("a request for a document", &body, ENROLMENT).map_err(|error| not_a_message(&error, now_ms))?;
    drop((body, place));
    let mut response = packed(&sync::document::document(&app, &caller, asked).await?);
    let answer = std::mem::take(response.body_mut());
    Ok(response.map(|_| Body::new(Holding::new(answer, turn))))
}

/// `POST /v1/give-back`.
pub async fn give_back(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let Arrived { caller, turn, body, place } = arrive(&app, give_back::PATH, request, now_ms).await?;
    let (org, device) = (caller.claim.org, caller.claim.device);
    let _working = app.places.working(org, frame::unpacked_size(&body)).await.map_err(|_| busy(now_ms))?;
    let given: give_back::Given = frame::unpack("what is given back", &body).map_err(|error| not_a_message(&error, now_ms))?;
    drop((body, place));
    app.rates.took(org, device, What::Entries, given.pages.iter().map(|page| page.entries.len()).sum(), now_ms);
    let taken = sync::give_back::give_back(&app, &caller, given).await?;
    drop(turn);
    Ok(packed(&taken))
}

/// A request that came whole.
struct Arrived {
    caller: Caller,
    turn: Turn,
    body: Vec<u8>,
    place: Place,
}

/// Takes the request in. Of one that will be refused nothing is kept, yet all of it is read: a connection
/// that closes amid a body loses the answer that says why.
async fn arrive(app: &App, path: &str, request: Request, now_ms: i64) -> Result<Arrived, Refusal> {
    let (parts, body) = request.into_parts();
    media(&parts.headers, now_ms)?;
    let (said, body) =
        beginning(body, |bytes| Ok::<_, SignError>(Claim::open(bytes)?.map(|(claim, signature, n)| ((claim, signature, n), n)))).await;
    let claim_bytes = said.as_ref().map_or(0, |(_, _, bytes)| *bytes);
    let claimed = match auth::claimed(app, said.map(|(claim, signature, _)| (claim, signature))).await {
        Ok(claimed) => claimed,
        Err(refusal) => return Err(after(body, refusal).await),
    };
    let Some(claim) = claimed.fresh() else {
        let mut hasher = blake3::Hasher::new();
        each(body, limits::BODY, |piece| {
            hasher.update(piece);
        })
        .await
        .map_err(|_| too_large(limits::BODY, now_ms))?;
        let caller = claimed.recognise(app, "POST", path, &hasher.finalize());
        return Err(caller.err().unwrap_or_else(|| Refusal::new(401, Code::NEW_NONCE, now_ms)));
    };
    let (org, device) = (claim.org, claim.device);
    if let Err(over) = app.rates.ask(org, device, now_ms) {
        app.metrics.over_rate(over.whose.name(), over.what.name());
        return Err(after(body, over.refusal(now_ms)).await);
    }
    let Ok(turn) = app.places.turn(org, device) else { return Err(after(body, busy(now_ms)).await) };
    let length = stated(&parts.headers, limits::BODY).saturating_sub(claim_bytes);
    let Ok(place) = app.places.arriving(org, length.min(limits::BODY)).await else { return Err(after(body, busy(now_ms)).await) };
    let body = whole(body, length, limits::BODY).await.map_err(|_| too_large(limits::BODY, now_ms))?;
    app.rates.took(org, device, What::Bytes, body.len(), now_ms);
    let caller = claimed.recognise(app, "POST", path, &blake3::hash(&body))?;
    Ok(Arrived { caller, turn, body, place })
}

/// The refusal, once the body has passed.
async fn after(body: Body, refusal: Refusal) -> Refusal {
    let _ = each(body, limits::BODY, |_| {}).await;
    refusal
}

/// `POST /v1/enrol`.
pub async fn enrol(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (asked, address): (enrolling::Enrol, _) = by_code(&app, request, "an enrolment").await?;
    counted(&app, address, sync::enrol::enrol(&app, asked).await)
}

/// `POST /v1/recover`.
pub async fn recover(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (asked, address): (recovering::Recover, _) = by_code(&app, request, "a recovery").await?;
    counted(&app, address, sync::recover::recover(&app, asked).await)
}

/// A small request from anybody, whose proof is a code; and where it is from.
async fn by_code<T: DeserializeOwned>(app: &App, request: Request, what: &'static str) -> Result<(T, IpAddr), Refusal> {
    let now_ms = app.now_ms();
    let address = peer(request.extensions()).client;
    if !app.guesses.may(address, now_ms) {
        return Err(Refusal::new(429, Code::BUSY, now_ms).with("too many wrong codes came from this address; wait a minute"));
    }
    let (parts, body) = request.into_parts();
    media(&parts.headers, now_ms)?;
    let length = stated(&parts.headers, ENROLMENT);
    let body = whole(body, length, ENROLMENT).await.map_err(|_| too_large(ENROLMENT, now_ms))?;
    let asked = frame::unpack_within(what, &body, ENROLMENT).map_err(|error| not_a_message(&error, now_ms))?;
    Ok((asked, address))
}

/// The answer; a wrong code is counted.
fn counted<T: Serialize>(app: &App, address: IpAddr, answer: Result<T, Refusal>) -> Result<Response, Refusal> {
    if answer.as_ref().is_err_and(|refusal| refusal.refused.code == Code::BAD_CODE) {
        app.guesses.wrong(address, app.now_ms());
    }
    Ok(packed(&answer?))
}

/// `POST /v1/enrol/again`.
pub async fn again(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let address = peer(request.extensions()).client;
    if !app.guesses.may(address, now_ms) {
        return Err(Refusal::new(429, Code::BUSY, now_ms).with("too many wrong certificates came from this address; wait a minute"));
    }
    let (parts, body) = request.into_parts();
    media(&parts.headers, now_ms)?;
    let length = stated(&parts.headers, CERTIFICATES);
    let body = whole(body, length, CERTIFICATES).await.map_err(|_| too_large(CERTIFICATES, now_ms))?;
    let shown: enrolling::Shown =
        frame::unpack_within("certificates", &body, CERTIFICATES).map_err(|error| not_a_message(&error, now_ms))?;
    let known = sync::again::again(&app, shown).await;
    if known.as_ref().is_err_and(|refusal| refusal.refused.code == Code::BAD_CERTIFICATE) {
        app.guesses.wrong(address, now_ms);
    }
    Ok(packed(&known?))
}

/// Of the one media type, or of none that is named: each of these routes takes one kind of body.
fn media(headers: &HeaderMap, now_ms: i64) -> Result<(), Refusal> {
    let media = headers.get(header::CONTENT_TYPE);
    if media.is_none_or(|media| media == MEDIA_TYPE) {
        return Ok(());
    }
    Err(Refusal::new(415, Code::BAD_REQUEST, now_ms).with(format!("send the body as {MEDIA_TYPE}")))
}

fn busy(now_ms: i64) -> Refusal {
    Refusal::new(503, Code::BUSY, now_ms)
}

fn too_large(max: usize, now_ms: i64) -> Refusal {
    Refusal::new(413, Code::LIMIT, now_ms).with(format!("the body is larger than {max} bytes, or was cut"))
}

fn not_a_message(error: &FrameError, now_ms: i64) -> Refusal {
    match error {
        FrameError::TooLarge { .. } => Refusal::new(413, Code::LIMIT, now_ms).with(error.to_string()),
        FrameError::Compression | FrameError::Cbor(_) => Refusal::new(400, Code::BAD_REQUEST, now_ms).with(error.to_string()),
    }
}

fn packed<T: Serialize>(message: &T) -> Response {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], frame::pack(message)).into_response()
}
