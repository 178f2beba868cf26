//! A server on a real socket: HTTP, HTTPS, and its end. The key in `tls/` is for `localhost` in this test
//! and signs nothing else.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use frontline_server::system::SystemClock;
use frontline_server::{Options, Running, Server};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::world::Seeded;

fn tls_files() -> (std::path::PathBuf, std::path::PathBuf) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tls");
    (dir.join("leaf.pem"), dir.join("leaf.key"))
}

fn options(data: &Path, tls: bool) -> Options {
    Options {
        data: data.to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        clock: Arc::new(SystemClock),
        random: Arc::new(Seeded(AtomicU64::new(1))),
        tls: tls.then(tls_files),
    }
}

async fn get(mut stream: impl AsyncRead + AsyncWrite + Unpin, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.addr).await.unwrap()
}

#[tokio::test]
async fn a_server_answers_until_it_is_shut_down_and_opens_again_on_the_same_data() {
    let dir = tempfile::tempdir().unwrap();
    let running = Server::start(options(dir.path(), false)).await.unwrap();
    let init = frontline_server::admin::init(&running.app, "Harbour", "ana@harbour.example").await.unwrap();
    let answer = get(connect(&running).await, "/readyz").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("x-content-type-options: nosniff"), "{answer}");
    let idle = connect(&running).await;
    let addr = running.addr;
    running.shutdown().await;
    drop(idle);
    assert!(TcpStream::connect(addr).await.is_err());
    let again = Server::start(options(dir.path(), false)).await.unwrap();
    let orgs = again.app.store.read().await.unwrap().orgs().await.unwrap();
    assert_eq!(orgs.iter().map(|o| o.id).collect::<Vec<_>>(), [init.org]);
    again.shutdown().await;
}

#[tokio::test]
async fn https_is_spoken_with_the_certificate_given() {
    let dir = tempfile::tempdir().unwrap();
    let running = Server::start(options(dir.path(), true)).await.unwrap();
    let authority = tls_files().0.with_file_name("authority.pem");
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let silent = connect(&running).await;
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let stream = connector.connect(ServerName::try_from("localhost").unwrap(), connect(&running).await).await.unwrap();
    assert!(get(stream, "/healthz").await.contains("ok"), "a client that shakes no hand holds up nobody");
    drop(silent);
    running.shutdown().await;
}

#[tokio::test]
async fn what_can_not_be_opened_is_said_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let mut bad = options(dir.path(), true);
    bad.tls = Some((dir.path().join("no.pem"), tls_files().1));
    let said = Server::start(bad).await.err().unwrap().to_string();
    assert!(said.contains("certificate file") && said.contains("no.pem"), "{said}");
    std::fs::write(dir.path().join("server.key"), b"short").unwrap();
    let said = Server::start(options(dir.path(), false)).await.err().unwrap().to_string();
    assert!(said.contains("32 bytes"), "{said}");
}
