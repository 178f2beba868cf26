//! The requests about pictures, signed; and what their answers say.

use frontline_domain::BlobHash;
use frontline_protocol::sign::Claim;
use frontline_protocol::tus::{self, header as h};
use frontline_protocol::{Code, Refused, frame};

use crate::core::signing_key;
use crate::error::Fault;
use crate::net::{Call, Failure, Heard, Method, Reply, ServerUrl, Transport, classify};
use crate::store::{Store, StoreError, meta};
use crate::sync::gather::claim;

/// Speaks with the server about pictures.
pub(crate) struct Line<'a> {
    transport: &'a dyn Transport,
    server: ServerUrl,
    claim: Claim,
    key: ed25519_dalek::SigningKey,
    /// Bytes that were sent and received in bodies.
    pub up: u64,
    pub down: u64,
}

/// How the server stands with a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// So many bytes of it are there.
    At(u64),
    /// It is not on its way, or the server knows of no such picture yet.
    Unknown,
    /// The bytes were not those of the name; they were thrown away.
    OtherBytes,
    /// Somebody else is at it, it is further than we thought, or it has no room for it at this moment.
    NotNow(u16),
}

impl<'a> Line<'a> {
    pub(crate) fn open(store: &Store, transport: &'a dyn Transport) -> Result<Self, Fault> {
        store.read(|db| {
            let claim = claim(db)?;
            let server = meta::identity(db)?.server.parse().map_err(|_| StoreError::BadColumn { column: "meta.identity" })?;
            Ok(Self { transport, server, claim, key: signing_key(db)?, up: 0, down: 0 })
        })
    }

    /// How far a picture has come.
    pub(crate) async fn ask(&mut self, blob: &BlobHash) -> Result<Said, Failure> {
        let heard = self.say(Method::Head, tus::path(blob), Vec::new(), &[]).await?;
        Ok(said(&heard))
    }

    /// Announces a picture.
    pub(crate) async fn announce(&mut self, blob: &BlobHash, bytes: u64) -> Result<Said, Failure> {
        let headers = vec![(h::LENGTH, bytes.to_string()), (h::METADATA, tus::metadata_of(blob))];
        let heard = self.say(Method::Post, tus::PATH.to_owned(), headers, &[]).await?;
        Ok(said(&heard))
    }

    /// Sends its next bytes.
    pub(crate) async fn send(&mut self, blob: &BlobHash, from: u64, bytes: &[u8]) -> Result<Said, Failure> {
        let headers = vec![(h::OFFSET, from.to_string()), ("content-type", tus::MEDIA_TYPE.to_owned())];
        let heard = self.say(Method::Patch, tus::path(blob), headers, bytes).await?;
        Ok(said(&heard))
    }

    /// A span of a picture; none where the server does not give it.
    pub(crate) async fn fetch(&mut self, blob: &BlobHash, from: u64, count: u64) -> Result<Option<Vec<u8>>, Failure> {
        let headers = vec![("range", format!("bytes={from}-{}", from + count - 1))];
        let heard = self.say(Method::Get, tus::path(blob), headers, &[]).await?;
        // A server that gave all where a part was asked for gave something else.
        let fits = heard.status == 206 || heard.status == 200 && from == 0;
        Ok(Some(heard.body).filter(|body| fits && body.len() as u64 <= count))
    }

    /// One request; again where the server wants it signed with a new nonce.
    async fn say(&mut self, method: Method, path: String, headers: Vec<(&'static str, String)>, body: &[u8]) -> Result<Heard, Failure> {
        for _ in 0..2 {
            let mut all = headers.clone();
            all.push((h::RESUMABLE, tus::VERSION.to_owned()));
            all.push(("authorization", self.claim.sign(&self.key, method.name(), &path, body)));
            let call = Call { method, path: path.clone(), headers: all, body: body.to_vec() };
            self.up += body.len() as u64;
            let heard = self.transport.call(&self.server, call).await?;
            self.down += heard.body.len() as u64;
            match refused(&heard) {
                // An answer to HEAD has no body: what asks for a nonce there says no more than its status.
                Some(Failure::NewNonce { nonce }) => self.claim.nonce = nonce,
                Some(failure) => return Err(failure),
                None if heard.status == 401 && method == Method::Head => return self.renew(method, path, headers).await,
                None => return Ok(heard),
            }
        }
        Err(Failure::Unreadable("it asks for a new nonce again and again".to_owned()))
    }

    /// Asks for a nonce by a request whose refusal has a body, and then says it again.
    async fn renew(&mut self, method: Method, path: String, headers: Vec<(&'static str, String)>) -> Result<Heard, Failure> {
        let signed = |line: &Self, method: Method| {
            let authorization = line.claim.sign(&line.key, method.name(), &path, &[]);
            let mut all = headers.clone();
            all.extend([(h::RESUMABLE, tus::VERSION.to_owned()), ("authorization", authorization)]);
            Call { method, path: path.clone(), headers: all, body: Vec::new() }
        };
        let call = signed(self, Method::Get);
        let heard = self.transport.call(&self.server, call).await?;
        match refused(&heard) {
            Some(Failure::NewNonce { nonce }) => self.claim.nonce = nonce,
            Some(failure) => return Err(failure),
            None => return Err(Failure::Unreadable("it asks for a new nonce and gives none".to_owned())),
        }
        let call = signed(self, method);
        let heard = self.transport.call(&self.server, call).await?;
        refused(&heard).map_or(Ok(heard), Err)
    }
}

/// What is no answer about a picture: something else than the server, or the server's word about the device.
fn refused(heard: &Heard) -> Option<Failure> {
    let text = |name: &str| heard.headers.get(name).cloned();
    let reply =
        || Reply { status: heard.status, media_type: text("content-type"), retry_after: text("retry-after"), body: heard.body.clone() };
    // Only what says so is a server of tus.
    if text(h::RESUMABLE).as_deref() != Some(tus::VERSION) {
        return classify::classify(reply()).err().or(Some(Failure::Portal { status: heard.status }));
    }
    match heard.status {
        401 | 403 if !heard.body.is_empty() => classify::classify(reply()).err(),
        429 | 503 => Some(Failure::Busy { retry_after_ms: None }),
        _ => None,
    }
}

fn said(heard: &Heard) -> Said {
    let offset = heard.headers.get(h::OFFSET).and_then(|v| v.parse().ok());
    match (heard.status, offset) {
        (200 | 201 | 204, Some(offset)) => Said::At(offset),
        (404 | 410, _) => Said::Unknown,
        (tus::CHECKSUM_MISMATCH, _) => Said::OtherBytes,
        (status, _) => {
            let why: Option<Refused> = frame::unpack("a refusal", &heard.body).ok();
            tracing::warn!(status, why = why.map_or(Code::BAD_REQUEST, |w| w.code).name(), "the server did not take a picture");
            Said::NotNow(status)
        }
    }
}
