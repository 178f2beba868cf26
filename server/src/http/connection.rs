//! One connection, from its handshake to its end.
//!
//! hyper speaks HTTP; what it does not watch is watched here: that a first request comes, that a connection
//! which asks for nothing ends, that an answer is taken.

use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, Version, header};
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::accept::at_once;
use super::activity::{Activity, Doing};
use super::body::Holding;
use super::front::Front;
use super::peer;
use crate::system::timer_now;

/// Bytes that are read ahead of HTTP/1.1, and so of the head of a request.
const HEAD: usize = 32 << 10;
/// Bytes of the head of a request of HTTP/2.
const HEAD_2: u32 = 16 << 10;
/// Requests at once on one connection of HTTP/2.
const STREAMS: u32 = 32;
/// Bytes that may be under way of one request, and of all of a connection, before somebody reads them.
const WINDOW: u32 = 128 << 10;
const WINDOWS: u32 = 256 << 10;
/// Bytes of an answer that HTTP/2 keeps ready.
const READY: usize = 64 << 10;
/// Requests that may be reset before somebody answered them, and after a mistake of the client.
const RESETS: usize = 20;
/// How often a silent client of HTTP/2 is asked whether it is still there, and how long it may take to answer.
const PING: Duration = Duration::from_secs(20);
/// For saying goodbye.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long a connection may do nothing while others wait for its place.
pub(super) const CROWDED: Duration = Duration::from_secs(2);

/// What all connections of a server share.
pub struct Connections {
    router: TowerToHyperService<Router>,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) front: Arc<Front>,
    pub(super) http: Builder<TokioExecutor>,
    pub(super) stop: watch::Receiver<bool>,
    /// Others wait for a place.
    full: watch::Receiver<bool>,
}

impl Connections {
    pub fn new(
        router: Router,
        tls: Option<TlsAcceptor>,
        front: Arc<Front>,
        stop: watch::Receiver<bool>,
        full: watch::Receiver<bool>,
    ) -> Self {
        let mut http = Builder::new(TokioExecutor::new());
        http.http1().timer(TokioTimer::new()).header_read_timeout(front.limits.head).max_buf_size(HEAD);
        http.http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(PING)
            .keep_alive_timeout(PING)
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(HEAD_2)
            .initial_stream_window_size(WINDOW)
            .initial_connection_window_size(WINDOWS)
            .max_send_buf_size(READY)
            .max_pending_accept_reset_streams(RESETS)
            .max_local_error_reset_streams(RESETS);
        Self { router: TowerToHyperService::new(router), tls, front, http, stop, full }
    }

    /// Serves one until it ends, or the server's patience does.
    pub async fn serve(&self, stream: TcpStream, peer: IpAddr) {
        at_once(&stream);
        let Some(tls) = &self.tls else { return self.speak(stream, peer, false).await };
        if let Some(stream) = self.shake(tls, stream).await {
            self.speak(stream, peer, true).await;
        }
    }

    /// The handshake, within the patience that a silent connection is borne with.
    pub(super) async fn shake(&self, tls: &TlsAcceptor, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        let (mut stop, mut full, began) = (self.stop.clone(), self.full.clone(), timer_now());
        let mut shaking = pin!(tls.accept(stream));
        loop {
            let head = self.front.limits.head;
            let patience = if *full.borrow_and_update() { head.min(CROWDED) } else { head };
            tokio::select! {
                biased;
                shaken = shaking.as_mut() => return shaken.ok(),
                () = told(&mut stop) => return None,
                Ok(()) = full.changed() => {}
                () = sleep_until(began + patience) => return None,
            }
        }
    }

    async fn speak(&self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static, peer: IpAddr, https: bool) {
        let activity = Arc::new(Activity::begin());
        let answering = Answering {
            router: self.router.clone(),
            front: self.front.clone(),
            peer,
            https,
            activity: activity.clone(),
            full: self.full.clone(),
        };
        let mut http = pin!(self.http.serve_connection(TokioIo::new(stream), answering));
        let (mut stop, mut full) = (self.stop.clone(), self.full.clone());
        let limits = &self.front.limits;
        let (mut left, often) = (None, limits.head.min(limits.idle).min(limits.answer));
        loop {
            // Nobody says here when a request begins or ends: what applies now is looked at anew.
            let wait = self.may_wait(&activity, left, *full.borrow_and_update()).min(timer_now() + often);
            tokio::select! {
                // First: a server that is short of time must not take a request that waits for silence.
                biased;
                _ = http.as_mut() => return,
                () = told(&mut stop), if left.is_none() => {}
                // The sender ends with the server, whose stopping is looked at above.
                Ok(()) = full.changed() => continue,
                () = sleep_until(wait) => {
                    if self.may_wait(&activity, left, *full.borrow()) > timer_now() {
                        continue;
                    }
                    if left.is_some() {
                        return;
                    }
                }
            }
            http.as_mut().graceful_shutdown();
            left = Some(timer_now());
        }
    }

    /// Until when it is let be.
    fn may_wait(&self, activity: &Activity, left: Option<Instant>, full: bool) -> Instant {
        let limits = &self.front.limits;
        let quiet = match (left, full, activity.has_asked()) {
            (Some(_), ..) => GOODBYE,
            (None, true, _) => limits.idle.min(CROWDED),
            (None, false, true) => limits.idle,
            (None, false, false) => limits.head,
        };
        match activity.doing() {
            // Its time is limited by itself: look again.
            Doing::Asked => timer_now() + quiet,
            Doing::Answering(since) => since + limits.answer,
            Doing::Nothing(since) => left.map_or(since, |left| left.max(since)) + quiet,
        }
    }
}

/// Ends when the server is told to stop, or is gone.
pub(super) async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Answers the requests of one connection.
struct Answering {
    router: TowerToHyperService<Router>,
    front: Arc<Front>,
    peer: IpAddr,
    https: bool,
    activity: Arc<Activity>,
    full: watch::Receiver<bool>,
}

impl Service<Request<Incoming>> for Answering {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let asked = self.activity.asked();
        let mut request = request.map(Body::new);
        peer::name(&mut request, self.peer, self.https, &self.front);
        // HTTP/2 says goodbye in its own words.
        let full = (request.version() <= Version::HTTP_11).then(|| self.full.clone());
        let answer = self.router.call(request);
        Box::pin(async move {
            let mut response = answer.await?;
            // The client hears with its answer that the place goes to another. One that was ended between two
            // requests could meet the next, which then has no answer.
            if full.is_some_and(|full| *full.borrow()) {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            let answering = asked.answering();
            Ok(response.map(|body| Body::new(Holding::new(body, answering))))
        })
    }
}
