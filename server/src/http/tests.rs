//! Connections, with a few routes of their own behind them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::routing::get;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;

use super::front::{Front, Limits};
use super::{accept, tls};

const LARGE: usize = 16 << 20;

struct Served {
    addr: std::net::SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Limits of which none is reached by itself within a test.
fn patient() -> Limits {
    let long = Duration::from_secs(60);
    Limits { connections: 100, per_address: 100, head: long, request: long, idle: long, answer: long, patience: long }
}
const SOON: Duration = Duration::from_millis(300);

async fn serve(limits: Limits) -> Served {
    serve_with(limits, None).await
}
async fn serve_with(limits: Limits, tls: Option<TlsAcceptor>) -> Served {
    let slow = async || {
        tokio::time::sleep(2 * SOON).await;
        "done"
    };
    let never = async || std::future::pending::<&str>().await;
    let large = async || vec![b'a'; LARGE];
    let router = Router::new().route("/", get(async || "ok")).route("/slow", get(slow)).route("/never", get(never));
    let router = router.route("/large", get(large));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let front = Arc::new(Front { limits, ..Front::default() });
    let task = tokio::spawn(accept::serve(listener, tls, router, front, Arc::default(), stopped));
    Served { addr, stop, task }
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.addr).await.expect("a connection")
    }
    /// A connection that said this.
    async fn says(&self, words: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(words.as_bytes()).await.expect("sent");
        stream
    }
    async fn asks(&self, path: &str) -> TcpStream {
        self.says(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await
    }
    async fn stops(self) {
        self.stop.send(true).expect("it runs");
        timeout(Duration::from_secs(20), self.task).await.expect("it stops").expect("soundly");
    }
}

/// What comes until the server ends the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut all)).await.expect("the server ends it");
    String::from_utf8_lossy(&all).into_owned()
}
/// The next answer, whose last words are these.
async fn hears(stream: &mut TcpStream, words: &str) {
    let mut all = Vec::new();
    while !all.ends_with(words.as_bytes()) {
        let n = timeout(Duration::from_secs(20), stream.read_buf(&mut all)).await.expect("an answer").expect("read");
        assert!(n > 0, "ended after {}", String::from_utf8_lossy(&all));
    }
}

#[tokio::test]
async fn who_says_nothing_or_half_a_head_or_shakes_no_hand_is_given_up_and_others_are_answered_meanwhile() {
    let limits = Limits { head: SOON, ..patient() };
    let served = serve(limits).await;
    let silent = served.connect().await;
    let half = served.says("GET / HTTP/1.1\r\nhost: ").await;
    // As HTTP/2 begins.
    let preface = served.says("PRI * HT").await;
    let mut drips = served.says("GET / HT").await;
    hears(&mut served.asks("/").await, "ok").await;
    let dripping = async {
        while drips.write_all(b"T").await.is_ok() {
            tokio::time::sleep(SOON / 10).await;
        }
    };
    timeout(Duration::from_secs(20), dripping).await.expect("given up however it goes on");
    for stream in [silent, half, preface] {
        assert_eq!(rest(stream).await, "");
    }
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tls");
    let config = tls::config(&dir.join("leaf.pem"), &dir.join("leaf.key")).expect("a certificate");
    let https = serve_with(limits, Some(TlsAcceptor::from(Arc::new(config)))).await;
    assert_eq!(rest(https.connect().await).await, "");
    assert_eq!(rest(https.says("\u{16}\u{3}\u{1}").await).await, "");
}

#[tokio::test]
async fn a_head_may_have_so_many_bytes() {
    let served = serve(patient()).await;
    let long = "a".repeat(40 << 10);
    let answer = rest(served.says(&format!("GET / HTTP/1.1\r\nhost: localhost\r\nx-long: {long}")).await).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test]
async fn a_connection_is_used_again_and_ends_when_it_is_not() {
    let served = serve(Limits { head: SOON, ..patient() }).await;
    let mut stream = served.asks("/").await;
    hears(&mut stream, "ok").await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    // Longer than a head may take: an answer may.
    hears(&mut stream, "done").await;
    assert_eq!(rest(stream).await, "");

    let served = serve(Limits { idle: SOON, ..patient() }).await;
    let (mut ask, talk) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(served.connect().await)).await.expect("HTTP/2");
    let talking = tokio::spawn(talk);
    for (path, words) in [("/", "ok"), ("/slow", "done"), ("/", "ok")] {
        let request = Request::get(format!("http://localhost{path}")).body(Body::empty()).expect("a request");
        let answer = ask.send_request(request).await.expect("an answer");
        assert_eq!(to_bytes(Body::new(answer.into_body()), 100).await.expect("a body"), words);
    }
    timeout(Duration::from_secs(20), talking).await.expect("it ends").expect("soundly").expect("with a goodbye");
}

#[tokio::test]
async fn who_does_not_take_the_answer_is_given_up() {
    let served = serve(Limits { answer: SOON, ..patient() }).await;
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4 << 10).expect("a small buffer");
    let mut slow = socket.connect(served.addr).await.expect("a connection");
    slow.write_all(b"GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    tokio::time::sleep(SOON + Duration::from_secs(2)).await;
    let got = rest(slow).await.len();
    assert!(got > 0 && got < LARGE, "{got} bytes");
    let fast = served.says("GET /large HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
    assert!(rest(fast).await.len() > LARGE);
}

#[tokio::test]
async fn where_all_places_are_taken_those_who_do_nothing_make_room_and_those_who_work_do_not() {
    let served = serve(Limits { connections: 2, idle: 2 * SOON, ..patient() }).await;
    let mut known = served.asks("/").await;
    hears(&mut known, "ok").await;
    let silent = served.connect().await;
    hears(&mut served.asks("/").await, "ok").await;
    assert_eq!((rest(known).await, rest(silent).await), (String::new(), String::new()));

    let served = serve(Limits { connections: 2, ..patient() }).await;
    let (mut one, mut two) = (served.asks("/slow").await, served.asks("/slow").await);
    let begun = Instant::now();
    hears(&mut served.asks("/").await, "ok").await;
    assert!(begun.elapsed() > SOON, "it had to wait");
    hears(&mut one, "done").await;
    hears(&mut two, "done").await;
}

#[tokio::test]
async fn where_all_places_are_taken_an_answer_says_that_its_connection_ends_and_nobody_is_cut_off() {
    let served = serve(Limits { connections: 2, ..patient() }).await;
    let (one, two) = (served.asks("/slow").await, served.asks("/slow").await);
    let waiting = served.asks("/slow").await;
    for stream in [one, two, waiting] {
        let answer = rest(stream).await.to_lowercase();
        assert!(answer.contains("200 ok") && answer.contains("connection: close") && answer.ends_with("done"), "{answer}");
    }
    // Nobody waits any more: connections are used again.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let mut again = served.asks("/").await;
    hears(&mut again, "ok").await;
    again.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    hears(&mut again, "done").await;
}

#[tokio::test]
async fn who_has_too_many_connections_is_told_when_to_come_back_once_all_was_read() {
    let front = Front { limits: patient(), ..Front::default() };
    let ((_runs, stop), (_full, is_full)) = (watch::channel(false), watch::channel(false));
    let connections = Arc::new(super::connection::Connections::new(Router::new(), None, Arc::new(front), stop, is_full));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address");
    let turning = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            connections.turn_away(stream).await;
        }
    });
    // With a body as large as one may be, which has to pass first.
    let body = "a".repeat(2 << 20);
    let mut stream = TcpStream::connect(addr).await.expect("a connection");
    let asked = format!("POST /v1/sync HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(asked.as_bytes()).await.expect("sent");
    let answer = rest(stream).await.to_lowercase();
    assert!(answer.starts_with("http/1.1 503") && answer.contains("retry-after: 5") && answer.contains("come back"), "{answer}");
    turning.abort();
}

#[tokio::test]
async fn a_server_that_stops_finishes_what_runs_and_ends_what_does_not() {
    let served = serve(patient()).await;
    let mut idle = served.asks("/").await;
    hears(&mut idle, "ok").await;
    let (silent, half, mut runs) = (served.connect().await, served.says("GET / HT").await, served.asks("/slow").await);
    let (mut ask, talk) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(served.connect().await)).await.expect("HTTP/2");
    let talking = tokio::spawn(talk);
    let request = Request::get("http://localhost/slow").body(Body::empty()).expect("a request");
    let running = tokio::spawn(ask.send_request(request));
    tokio::time::sleep(SOON / 2).await;
    let (addr, begun) = (served.addr, Instant::now());
    served.stops().await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    hears(&mut runs, "done").await;
    assert_eq!(running.await.expect("soundly").expect("an answer").status(), 200);
    let _ = talking.await;
    for stream in [idle, silent, half] {
        assert_eq!(rest(stream).await, "");
    }
    assert!(TcpStream::connect(addr).await.is_err());
}

#[tokio::test]
async fn the_patience_of_a_server_that_stops_has_an_end() {
    let served = serve(Limits { patience: SOON, ..patient() }).await;
    let never = served.asks("/never").await;
    hears(&mut served.asks("/").await, "ok").await;
    served.stops().await;
    assert_eq!(rest(never).await, "");
}

#[tokio::test]
async fn who_shakes_no_hand_gives_way_where_places_are_short() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tls");
    let config = tls::config(&dir.join("leaf.pem"), &dir.join("leaf.key")).expect("a certificate");
    let https = serve_with(Limits { connections: 2, ..patient() }, Some(TlsAcceptor::from(Arc::new(config)))).await;
    let silent = [https.connect().await, https.connect().await];
    let _waits = https.connect().await;
    let begun = Instant::now();
    for stream in silent {
        assert_eq!(rest(stream).await, "");
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
