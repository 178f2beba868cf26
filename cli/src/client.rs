//! The program as an API client: publishing content, its pictures and videos first. The only place of the program that speaks HTTP itself.

use std::time::Duration;

use frontline_content::bundle::File;
use frontline_domain::{BlobHash, cbor};
use frontline_protocol::tus::{self, header as h};
use frontline_protocol::{Refused, frame};
use reqwest::{Method, RequestBuilder, Response};

use crate::failure::Failure;

/// What the server does with a bundle.
#[derive(Debug)]
pub enum How {
    /// With `withdraw`: open runs of procedures that change or go are withdrawn, for that reason.
    Publish { withdraw: Option<String> },
    /// Says what publishing would do.
    Ask,
    /// Keeps its procedures as drafts: these alone, where any are named.
    Keep(Vec<String>),
}

impl How {
    fn query(&self) -> String {
        match self {
            Self::Publish { withdraw: None } => "dry_run=false".to_owned(),
            Self::Publish { withdraw: Some(reason) } => format!("dry_run=false&open_runs=withdraw&reason={}", percent(reason)),
            Self::Ask => "dry_run=true".to_owned(),
            // What is no slug would be two words of the query.
            Self::Keep(only) => {
                let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | ',');
                let names: String = only.join(",").chars().map(|c| if kept(&c) { c } else { '_' }).collect();
                format!("draft=true&only={names}")
            }
        }
    }
}

/// Words as a query has them.
fn percent(text: &str) -> String {
    let kept = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|b| if kept(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// A server, and the token that it knows the program by.
pub struct Client {
    http: reqwest::Client,
    server: String,
    token: String,
}

/// Bytes of a picture or video that one request carries: what a cut costs.
const PIECE: usize = 1 << 20;
/// How often a piece is tried.
const TRIES: u32 = 4;

impl Client {
    pub fn new(server: &str, token: &str) -> Result<Self, Failure> {
        let local = server.starts_with("http://127.") || server.starts_with("http://localhost") || server.starts_with("http://[::1]");
        if !server.starts_with("https://") && !local {
            return Err(Failure::wrong_use(format!("--server {server}: use an https:// address; plain http is only for this machine")));
        }
        let tls = frontline_device::net::tls_config(None).map_err(|e| Failure::failed(e.to_string()))?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .timeout(Duration::from_secs(60))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { http, server: server.trim_end_matches('/').to_owned(), token: token.to_owned() })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.server)).bearer_auth(&self.token)
    }

    async fn say(&self, request: RequestBuilder) -> Result<Response, Failure> {
        request.send().await.map_err(|e| {
            Failure::failed(if e.is_connect() {
                format!("no server answers at {}", self.server)
            } else {
                format!("the server at {} did not answer: {}", self.server, e.without_url())
            })
        })
    }

    async fn words(&self, request: RequestBuilder) -> Result<String, Failure> {
        let answer = self.say(request).await?;
        let status = answer.status();
        let text = answer.text().await?;
        if status.is_success() {
            Ok(text)
        } else {
            Err(Failure::failed(if text.is_empty() { format!("the server refused: {status}") } else { text }))
        }
    }

    /// Sends a bundle. Returns the server's words.
    pub async fn push(&self, bundle: Vec<u8>, how: &How) -> Result<String, Failure> {
        let request = self.request(Method::POST, &format!("/v1/content?{}", how.query()));
        self.words(request.header("content-type", "application/cbor").body(bundle)).await
    }

    /// Sends the pictures and videos that the server has not, each from where an earlier push was cut. How many.
    pub async fn bring(&self, files: &[File]) -> Result<usize, Failure> {
        if files.is_empty() {
            return Ok(0);
        }
        let offered: Vec<(BlobHash, u64)> = files.iter().map(|file| (file.blob, file.bytes)).collect();
        let request = self.request(Method::POST, tus::OFFER).header("content-type", "application/cbor");
        let wanted = self.words(request.body(cbor::encode(&offered))).await?;
        let wanted: Vec<&File> = files.iter().filter(|file| wanted.lines().any(|line| line == file.blob.to_string())).collect();
        for file in &wanted {
            self.bring_one(file).await?;
        }
        Ok(wanted.len())
    }

    async fn bring_one(&self, file: &File) -> Result<(), Failure> {
        let mut tries = 0;
        loop {
            match self.go_on(file).await {
                Ok(()) => return Ok(()),
                Err(why) if tries + 1 >= TRIES => return Err(Failure::failed(format!("{}: {}", file.name, why.message))),
                Err(_) => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(500 << tries)).await;
                }
            }
        }
    }

    /// From the last byte that the server has.
    async fn go_on(&self, file: &File) -> Result<(), Failure> {
        let path = tus::path(&file.blob);
        let tus = |request: RequestBuilder| request.header(h::RESUMABLE, tus::VERSION);
        let mut at = offset(&self.say(tus(self.request(Method::HEAD, &path))).await?);
        if at.is_none() {
            let begin = tus(self.request(Method::POST, tus::PATH));
            let begin = begin.header(h::LENGTH, file.bytes.to_string()).header(h::METADATA, tus::metadata_of(&file.blob));
            let answer = self.say(begin).await?;
            at = offset(&answer);
            if at.is_none() {
                return Err(refused(answer).await);
            }
        }
        let mut at = at.unwrap_or(0);
        while at < file.content.len() {
            let piece = &file.content[at..(at + PIECE).min(file.content.len())];
            let send = tus(self.request(Method::PATCH, &path)).header(h::OFFSET, at.to_string()).header("content-type", tus::MEDIA_TYPE);
            let answer = self.say(send.body(piece.to_vec())).await?;
            at = match offset(&answer).filter(|next| *next > at) {
                Some(next) => next,
                None => return Err(refused(answer).await),
            };
        }
        Ok(())
    }
}

/// How many bytes of a picture the server says that it has.
fn offset(answer: &Response) -> Option<usize> {
    if !answer.status().is_success() {
        return None;
    }
    answer.headers().get(h::OFFSET)?.to_str().ok()?.parse().ok()
}

async fn refused(answer: Response) -> Failure {
    let status = answer.status();
    let said = answer.bytes().await.ok().and_then(|body| frame::unpack::<Refused>("a refusal", &body).ok());
    let why = said.and_then(|said| said.detail).unwrap_or_else(|| status.to_string());
    Failure::failed(format!("the server does not take it: {why}"))
}
