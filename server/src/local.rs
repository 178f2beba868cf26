//! The server without sockets: the same routes over the same store, called in the process by somebody who owns the
//! network between. Start at [`Local::ask`].
//!
//! Nothing runs beside a request: what [`crate::Server`] does from time to time its owner asks for, so that one
//! thread and one seed decide everything that happens.

use std::collections::BTreeMap;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{Request, header};
use hyper::body::Frame;
use tower::ServiceExt;

use frontline_domain::{Clock, Random};

use crate::app::{App, AppState, OpenError};
use crate::http;

/// A server in this process.
pub struct Local {
    app: AppState,
    router: Router,
}

/// One request as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// So many bytes of the body arrive, then the connection breaks off; none: all of them.
    pub arrives: Option<usize>,
}

/// The answer to it, whole. Names of headers are in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Local {
    /// Opens the data directory as a server does that starts.
    pub async fn open(data: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Self, OpenError> {
        let app = App::open(data, clock, random).await?;
        crate::lists::catch_up(&*app.store).await?;
        Ok(Self { router: http::router(app.clone()), app })
    }

    /// What it runs on.
    pub fn app(&self) -> &AppState {
        &self.app
    }

    /// Answers one request. None: it is no request that could stand on a connection.
    pub async fn ask(&self, asked: Asked) -> Option<Told> {
        let mut request = Request::builder().method(asked.method).uri(&asked.path).header(header::CONTENT_LENGTH, asked.body.len());
        for (name, value) in &asked.headers {
            request = request.header(name, value);
        }
        let body = match asked.arrives {
            None => Body::from(asked.body),
            Some(bytes) => {
                let mut begun = asked.body;
                begun.truncate(bytes);
                Body::new(Broken(Some(begun.into())))
            }
        };
        let answered = self.router.clone().oneshot(request.body(body).ok()?).await;
        let (parts, body) = answered.unwrap_or_else(|never| match never {}).into_parts();
        let text = |value: &axum::http::HeaderValue| value.to_str().ok().map(str::to_owned);
        let headers = parts.headers.iter().filter_map(|(name, value)| Some((name.as_str().to_owned(), text(value)?))).collect();
        let body = to_bytes(body, usize::MAX).await.ok()?.to_vec();
        Some(Told { status: parts.status.as_u16(), headers, body })
    }

    /// Ends it as a server does that is told to stop. Dropping it instead is to kill it.
    pub async fn shutdown(self) {
        http::serve::settle(&self.app).await;
    }
}

/// A body that breaks off behind its first bytes.
struct Broken(Option<Bytes>);

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(match self.0.take().filter(|begun| !begun.is_empty()) {
            Some(begun) => Ok(Frame::data(begun)),
            None => Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
        }))
    }
}
