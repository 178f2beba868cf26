//! Whoever has too many connections is told to come back: a connection that is closed without a word looks like a
//! broken network.

use std::convert::Infallible;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use frontline_protocol::limits;
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::accept::at_once;
use super::body::each;
use super::connection::{CROWDED, Connections, told};

/// Seconds after which they may come back.
const COME_BACK_S: u64 = 5;

impl Connections {
    /// Answers one request so, whatever it asks for; nothing of it is kept.
    pub async fn turn_away(&self, stream: TcpStream) {
        at_once(&stream);
        // There are few who say no: nobody holds one up for long.
        let patience = 2 * self.front.limits.head.min(CROWDED);
        let saying = async {
            match &self.tls {
                None => self.say_no(stream).await,
                Some(tls) => {
                    if let Some(stream) = self.shake(tls, stream).await {
                        self.say_no(stream).await;
                    }
                }
            }
        };
        let mut stop = self.stop.clone();
        tokio::select! {
            () = told(&mut stop) => {}
            _ = timeout(patience, saying) => {}
        }
    }

    async fn say_no(&self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static) {
        let asked = Arc::new(Notify::new());
        let mut http = pin!(self.http.serve_connection(TokioIo::new(stream), No(asked.clone())));
        tokio::select! {
            _ = http.as_mut() => return,
            () = asked.notified() => {}
        }
        http.as_mut().graceful_shutdown();
        let _ = http.await;
    }
}

/// The answer, and that somebody asked.
struct No(Arc<Notify>);

impl Service<Request<Incoming>> for No {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        self.0.notify_one();
        Box::pin(async move {
            // A connection that closes amid a body loses the answer.
            let _ = each(Body::new(request.into_body()), limits::BODY, |_| {}).await;
            let mut response = Response::new(Body::from("too many connections come from this address; come back in a moment\n"));
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(COME_BACK_S));
            Ok(response)
        })
    }
}
