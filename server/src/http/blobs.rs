//! `/v1/blobs`: pictures, sent by tus 1.0 (creation, expiration) and read by ranges.
//!
//! Devices sign, as everywhere; programs show a token of an integrator or an administrator. What is said of a
//! picture has to be stored before its bytes are taken.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::Signature;

use frontline_domain::fact::{BlobKind, pictures};
use frontline_domain::media::{VIDEO, VIDEO_BYTES};
use frontline_domain::permission::{Act, Role};
use frontline_domain::{BlobHash, EntryType, OrgId};
use frontline_protocol::sign::Claim;
use frontline_protocol::tus::{self, header as h};
use frontline_protocol::{Code, limits};

use super::body::{Holding, each};
use super::content::bearer;
use super::rates::What;
use crate::app::{App, AppState};
use crate::blobs::content;
use crate::blobs::read::span;
use crate::blobs::upload::{Brings, NotTaken, Progress, Sender};
use crate::sync::auth::{self, Claimed};
use crate::sync::{Refusal, reads};

/// Who asks, before a body was read.
enum Asker {
    Device(Box<Claimed>),
    Program(Sender),
}

async fn asker(app: &App, headers: &HeaderMap) -> Result<Asker, Refusal> {
    let Some(token) = bearer(app, headers).await? else { return Ok(Asker::Device(Box::new(auth::claimed(app, signed(headers)).await?))) };
    let brings = match (matches!(token.role, Role::Integrator | Role::Admin), token.role.acts().contains(&Act::Publish)) {
        (true, true) => Brings::Both,
        (true, false) => Brings::Named,
        (false, true) => Brings::Content,
        (false, false) => {
            let why = "this token may bring no pictures; use one of an integrator, or of an author for those of content";
            return Err(Refusal::new(403, Code::NOT_PERMITTED, app.now_ms()).with(why));
        }
    };
    let mut by = [0; 16];
    by.copy_from_slice(&token.hash[..16]);
    Ok(Asker::Program(Sender { org: token.org, by, device: None, brings }))
}

/// What the header of a device says.
fn signed(headers: &HeaderMap) -> Option<(Claim, Signature)> {
    Claim::read(headers.get(AUTHORIZATION)?.to_str().ok()?).ok()
}

/// Recognises whoever asks by the whole request.
async fn recognised(app: &App, asker: Asker, parts: &Parts, body: &blake3::Hash) -> Result<Sender, Refusal> {
    match asker {
        Asker::Program(from) => Ok(from),
        Asker::Device(claimed) => {
            let claim = claimed.recognise(app, parts.method.as_str(), parts.uri.path(), body)?.claim;
            let row = app.store.read().await?.device(claim.org, claim.device).await?;
            if row.is_none_or(|row| row.revoked_ms.is_some()) {
                return Err(Refusal::new(403, Code::DEVICE_REVOKED, app.now_ms()));
            }
            Ok(of_device(&claim))
        }
    }
}

/// A device that sends.
fn of_device(claim: &Claim) -> Sender {
    Sender { org: claim.org, by: *claim.device.as_bytes(), device: Some(claim.device), brings: Brings::Named }
}

/// What a device may ask for within a time.
fn within_rates(app: &App, sender: &Sender) -> Result<(), Refusal> {
    let Some(device) = sender.device else { return Ok(()) };
    app.rates.ask(sender.org, device, app.now_ms()).map_err(|over| {
        app.metrics.over_rate(over.whose.name(), over.what.name());
        over.refusal(app.now_ms())
    })
}

/// Of a request without a body.
async fn plain(app: &App, parts: &Parts) -> Result<Sender, Refusal> {
    let asker = asker(app, &parts.headers).await?;
    let sender = recognised(app, asker, parts, &blake3::hash(b"")).await?;
    within_rates(app, &sender)?;
    Ok(sender)
}

/// `OPTIONS /v1/blobs`: what this server can.
pub async fn options() -> Response {
    let max = VIDEO_BYTES.max(pictures::BYTES).to_string();
    let said = [(h::VERSION, tus::VERSION), (h::EXTENSION, "creation,expiration"), (h::MAX_SIZE, max.as_str())];
    (StatusCode::NO_CONTENT, said.map(|(name, value)| (HeaderName::from_static(name), value.to_owned()))).into_response()
}

/// `POST /v1/blobs`: announces a picture.
pub async fn create(State(app): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    version(&app, &parts.headers)?;
    let from = plain(&app, &parts).await?;
    each(body, 0, |_| {}).await.map_err(|_| bad(&app, "announce a picture without its bytes; they follow by PATCH"))?;
    let length = number(&parts.headers, h::LENGTH).ok_or_else(|| bad(&app, "say in upload-length how many bytes the picture has"))?;
    let hash = text(&parts.headers, h::METADATA).and_then(|m| tus::metadata(m, "hash")).and_then(|b| String::from_utf8(b).ok());
    let blob: Option<BlobHash> = hash.and_then(|hash| hash.parse().ok());
    let blob = blob.ok_or_else(|| bad(&app, "upload-metadata holds `hash`: 64 hexadecimal digits, in base64"))?;
    let progress = app.blobs.begin(&app, &from, &blob, length).await.map_err(|why| refused(&app, &why))?;
    let mut response = told(&app, StatusCode::CREATED, &progress);
    if let Ok(place) = HeaderValue::from_str(&tus::path(&blob)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// `HEAD /v1/blobs/{hash}`: how far it has come.
pub async fn head(State(app): State<AppState>, Path(hash): Path<String>, request: Request) -> Result<Response, Refusal> {
    let (parts, _) = request.into_parts();
    version(&app, &parts.headers)?;
    let from = plain(&app, &parts).await?;
    let blob = name(&app, &hash)?;
    let progress = app.blobs.progress(&app, &from, &blob).await.map_err(|why| refused(&app, &why))?;
    Ok(told(&app, StatusCode::OK, &progress))
}

/// `PATCH /v1/blobs/{hash}`: its next bytes. Each is on the disk as it comes: a connection that is cut has lost
/// nothing that arrived.
pub async fn append(State(app): State<AppState>, Path(hash): Path<String>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let checked = check_append(&app, &parts, &hash).await;
    let (asker, from, blob, offset) = match checked {
        Ok(checked) => checked,
        Err(refusal) => return Err(after(body, refusal).await),
    };
    let Some(from) = from else {
        // Without a fresh nonce nothing of it is kept; who it is shows in the end, and gets a new one.
        let mut hasher = blake3::Hasher::new();
        let hash = each(body, limits::BLOB, |piece| {
            hasher.update(piece);
        });
        let _ = hash.await;
        let refusal = recognised(&app, asker, &parts, &hasher.finalize()).await.err();
        return Err(refusal.unwrap_or_else(|| Refusal::new(401, Code::NEW_NONCE, app.now_ms())));
    };
    let mut open = match app.blobs.open_part(&app, &from, &blob).await {
        Ok(open) => open,
        Err(why) => return Err(after(body, refused(&app, &why)).await),
    };
    let is_here = open.progress.expires_ms.is_none();
    if !is_here && open.progress.offset != offset {
        let why = format!("the server has {} bytes of it; go on from there", open.progress.offset);
        return Err(after(body, Refusal::new(409, Code::BAD_REQUEST, app.now_ms()).with(why)).await);
    }
    let (mut hasher, mut failed) = (blake3::Hasher::new(), None);
    let whole = each(body, limits::BLOB, |piece| {
        hasher.update(piece);
        if failed.is_none() {
            failed = open.write(piece).err();
        }
    });
    let whole = whole.await;
    if let Some(why) = failed {
        return Err(refused(&app, &why));
    }
    if whole.is_err() {
        // It broke off. What came is kept; whoever listens for an answer is told how to go on.
        let _ = app.blobs.close_part(&app, &from, &blob, open).await;
        return Err(bad(&app, "the piece broke off; ask how far it has come, and go on"));
    }
    if let Some(device) = from.device {
        app.rates.took(from.org, device, What::Bytes, (open.progress.offset.saturating_sub(offset)) as usize, app.now_ms());
    }
    if let Err(refusal) = recognised(&app, asker, &parts, &hasher.finalize()).await {
        open.take_back(offset).map_err(|why| refused(&app, &why))?;
        return Err(refusal);
    }
    let progress = app.blobs.close_part(&app, &from, &blob, open).await.map_err(|why| refused(&app, &why))?;
    Ok(told(&app, StatusCode::NO_CONTENT, &progress))
}

/// What has to be right before a byte is looked at. Without `Sender`: a device that has no fresh nonce.
async fn check_append(app: &App, parts: &Parts, hash: &str) -> Result<(Asker, Option<Sender>, BlobHash, u64), Refusal> {
    version(app, &parts.headers)?;
    if parts.headers.get(header::CONTENT_TYPE).is_none_or(|v| v != tus::MEDIA_TYPE) {
        return Err(Refusal::new(415, Code::BAD_REQUEST, app.now_ms()).with(format!("send the bytes as {}", tus::MEDIA_TYPE)));
    }
    let offset = number(&parts.headers, h::OFFSET).ok_or_else(|| bad(app, "say in upload-offset where the bytes belong"))?;
    let blob = name(app, hash)?;
    let asker = asker(app, &parts.headers).await?;
    let from = match &asker {
        Asker::Program(from) => Some(*from),
        Asker::Device(claimed) => claimed.fresh().map(of_device),
    };
    if let Some(from) = &from {
        within_rates(app, from)?;
    }
    Ok((asker, from, blob, offset))
}

/// `GET /v1/blobs/{hash}`: its bytes, or a span of them, for a device that may read a fact that names it.
pub async fn get(State(app): State<AppState>, Path(hash): Path<String>, request: Request) -> Result<Response, Refusal> {
    let (parts, _) = request.into_parts();
    let from = plain(&app, &parts).await?;
    let blob = name(&app, &hash)?;
    let unknown = || refused(&app, &NotTaken::NotNamed);
    let device = from.device.ok_or_else(unknown)?;
    let mut tx = app.store.read().await?;
    let named = tx.blob_named(from.org, &blob).await?;
    let reads = reads::of(&mut *tx, from.org, device, app.now_ms()).await?;
    let of_content = content::readable(&mut *tx, from.org, &reads, &blob).await?;
    drop(tx);
    if let Some(named) = of_content {
        return give_bytes(&app, (from.org, blob), &named.media, &parts.headers).await;
    }
    let may = |scope| reads.scopes.iter().any(|(s, types)| *s == scope && types.contains(EntryType::BLOB_CAPTURED));
    let named = named.into_iter().find(|n| may(n.scope)).ok_or_else(unknown)?;
    give(&app, &named, from.org, &parts.headers).await
}

/// What a release shows, to whoever may read it.
pub async fn give_bytes(app: &App, (org, blob): (OrgId, BlobHash), media: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    let now_ms = app.now_ms();
    let disk = |e: std::io::Error| refused(app, &NotTaken::Disk(e));
    let not_here = || Refusal::new(404, Code::NO_SUCH_PICTURE, now_ms).with("this picture has not arrived yet");
    let length = app.blobs.length(org, blob).await.map_err(disk)?.ok_or_else(not_here)?;
    let asked = headers.get(header::RANGE).and_then(|v| v.to_str().ok());
    let Some(span) = span(asked, length) else {
        let said = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
        return Ok((StatusCode::RANGE_NOT_SATISFIABLE, said).into_response());
    };
    let place = app.places.arriving(org, (span.to - span.from) as usize).await.map_err(|_| Refusal::new(503, Code::BUSY, now_ms))?;
    let bytes = app.blobs.read(org, blob, span).await.map_err(disk)?;
    let is_known = BlobKind::of(media).is_some() || media == VIDEO;
    let media = if is_known { media } else { "application/octet-stream" };
    let part = span.to - span.from < length;
    let mut response = Response::new(Body::new(Holding::new(Body::from(bytes), place)));
    *response.status_mut() = if part { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    let mut said = vec![(header::CONTENT_TYPE, media.to_owned()), (header::ACCEPT_RANGES, "bytes".to_owned())];
    if part {
        said.push((header::CONTENT_RANGE, format!("bytes {}-{}/{length}", span.from, span.to - 1)));
    }
    for (name, value) in said {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// The bytes of a picture that whoever asks may read.
pub async fn give(app: &App, named: &crate::store::blobs::NamedBlob, org: OrgId, headers: &HeaderMap) -> Result<Response, Refusal> {
    give_bytes(app, (org, named.blob), &named.media, headers).await
}

/// Says on every answer that this is a server of tus: devices tell it from a portal by that.
pub async fn mark(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static(h::RESUMABLE), HeaderValue::from_static(tus::VERSION));
    response
}

fn told(app: &App, status: StatusCode, progress: &Progress) -> Response {
    let mut response = status.into_response();
    let mut say = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    };
    say(h::OFFSET, progress.offset.to_string());
    say(h::LENGTH, progress.length.to_string());
    if let Some(expires) = progress.expires_ms.and_then(|ms| tus::date(ms.max(app.now_ms()))) {
        say(h::EXPIRES, expires);
    }
    response
}

/// The refusal, once the body has passed: a connection that closes amid a body loses the answer.
async fn after(body: Body, refusal: Refusal) -> Refusal {
    let _ = each(body, limits::BLOB, |_| {}).await;
    refusal
}

fn version(app: &App, headers: &HeaderMap) -> Result<(), Refusal> {
    match text(headers, h::RESUMABLE) {
        Some(tus::VERSION) => Ok(()),
        _ => Err(Refusal::new(412, Code::VERSION, app.now_ms()).with("this server speaks tus 1.0.0; say so in tus-resumable")),
    }
}

fn name(app: &App, hash: &str) -> Result<BlobHash, Refusal> {
    hash.parse().map_err(|_| refused(app, &NotTaken::NotNamed))
}

fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
fn number(headers: &HeaderMap, name: &'static str) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

fn bad(app: &App, why: &str) -> Refusal {
    Refusal::new(400, Code::BAD_REQUEST, app.now_ms()).with(why)
}

fn refused(app: &App, why: &NotTaken) -> Refusal {
    let (status, code) = match why {
        NotTaken::NotNamed | NotTaken::NotBegun => (404, Code::NO_SUCH_PICTURE),
        NotTaken::Length(_) => (400, Code::BAD_REQUEST),
        NotTaken::TooLarge => (413, Code::LIMIT),
        NotTaken::TooMany => (429, Code::LIMIT),
        NotTaken::NoRoom => (413, Code::LIMIT),
        NotTaken::Busy => (423, Code::BUSY),
        NotTaken::OtherBytes => (tus::CHECKSUM_MISMATCH, Code::BAD_REQUEST),
        NotTaken::Disk(error) => {
            tracing::error!(%error, "a picture could not be written or read");
            (503, Code::INTERNAL)
        }
        NotTaken::Store(error) => {
            tracing::error!(%error, "a picture was not taken because the store failed");
            (503, Code::INTERNAL)
        }
    };
    Refusal::new(status, code, app.now_ms()).with(why.to_string())
}
