//! A server on a real socket: HTTP, HTTPS, and its end. The key in `tls/` is for `localhost` in this test
//! and signs nothing else.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use frontline_server::system::SystemClock;
use frontline_server::{App, Options, Running, Server};
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

async fn refused(data: &Path) -> String {
    Server::start(options(data, false)).await.err().expect("refused").to_string()
}

/// What lies in a folder, but for the files that only say who uses it.
fn contents(data: &Path) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(data).unwrap().map(|one| one.unwrap().path()).filter(|path| path.is_file());
    let named = files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()));
    let mut all: Vec<_> = named.filter(|(name, _)| name != "server.lock" && name != "server.serving").collect();
    all.sort();
    all
}

#[tokio::test]
async fn one_server_answers_from_a_folder_and_the_command_line_works_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let running = Server::start(options(dir.path(), false)).await.unwrap();
    frontline_server::admin::init(&running.app, "Harbour", "ana@harbour.example").await.unwrap();
    let said = refused(dir.path()).await;
    assert!(said.contains("another server") && said.contains(&dir.path().display().to_string()), "{said}");
    let beside = App::open(dir.path(), Arc::new(SystemClock), Arc::new(Seeded(AtomicU64::new(2)))).await.unwrap();
    frontline_server::backup::make(&beside, &dir.path().join("backup")).await.unwrap();
    drop(beside);
    running.shutdown().await;
    Server::start(options(dir.path(), false)).await.unwrap().shutdown().await;
}

#[tokio::test]
async fn a_folder_whose_key_or_database_is_gone_is_refused_and_not_a_byte_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let running = Server::start(options(dir.path(), false)).await.unwrap();
    frontline_server::admin::init(&running.app, "Harbour", "ana@harbour.example").await.unwrap();
    // All of it is in the file, and nothing in the log beside it.
    running.app.store.scrub().await.unwrap();
    running.shutdown().await;
    let is_log = |name: &str| name.starts_with("server.db-");
    let whole: Vec<_> = contents(dir.path()).into_iter().filter(|(name, _)| !is_log(name)).collect();
    let put_back = |without: &str| {
        for (log, _) in contents(dir.path()).iter().filter(|(name, _)| is_log(name)) {
            std::fs::remove_file(dir.path().join(log)).unwrap();
        }
        for (name, bytes) in &whole {
            std::fs::write(dir.path().join(name), bytes).unwrap();
        }
        std::fs::remove_file(dir.path().join(without)).unwrap();
    };
    for (gone, words) in [("server.key", "server.key is gone"), ("server.db", "restore a backup")] {
        put_back(gone);
        let before = contents(dir.path());
        let said = refused(dir.path()).await;
        assert!(said.contains(words), "{said}");
        assert_eq!(contents(dir.path()), before, "without {gone}");
    }
    // Emptied by hand, in either way that leaves a file.
    for emptied in [Vec::new(), whole_but_empty()] {
        put_back("server.db");
        std::fs::write(dir.path().join("server.db"), &emptied).unwrap();
        for _ in 0..2 {
            let said = refused(dir.path()).await;
            assert!(said.contains("gone or empty") && said.contains("admin restore"), "{said}");
        }
        let ledger = contents(dir.path()).into_iter().find(|(name, _)| name == "server.ledger");
        assert_eq!(ledger, whole.iter().find(|(name, _)| name == "server.ledger").cloned());
    }
    put_back("server.db");
    for (name, bytes) in &whole {
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    Server::start(options(dir.path(), false)).await.unwrap().shutdown().await;
}

/// A database that somebody made anew.
fn whole_but_empty() -> Vec<u8> {
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("server.db");
    drop(frontline_server::store::SqliteStore::open(&path, &Seeded(AtomicU64::new(9)), 1).unwrap());
    std::fs::read(path).unwrap()
}
