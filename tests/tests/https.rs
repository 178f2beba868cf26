//! A phone over HTTPS: a server is spoken with only where its certificate is one that the phone was told to
//! trust, for the name that it was reached by. The certificates in `tls/` were made for this test: `authority`
//! signed `localhost`, `elsewhere` (another name) and `expired`; `stranger` signed none of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontline_device::net::{Http, HttpError, Timeouts, Unreached};
use frontline_device::services::feedback::FeedbackDraft;
use frontline_device::system::{SystemClock, SystemRandom};
use frontline_device::{Core, Error, Options};
use frontline_server::admin::{self, Desk};
use frontline_server::{Running, Server};

fn tls(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)
}

/// A server that shows this certificate, at an address with the name `localhost`.
async fn serve(data: &Path, certificate: &str, port: u16) -> (Running, String) {
    let options = frontline_server::Options {
        data: data.to_owned(),
        listen: ([127, 0, 0, 1], port).into(),
        clock: Arc::new(frontline_server::system::SystemClock),
        random: Arc::new(frontline_server::system::SystemRandom),
        tls: Some((tls(certificate), tls("server.key"))),
    };
    let running = Server::start(options).await.unwrap();
    let url = format!("https://localhost:{}", running.addr.port());
    (running, url)
}

async fn code(server: &Running) -> String {
    let org = server.app.store.read().await.unwrap().orgs().await.unwrap()[0].id;
    let mut desk = Desk::open(&server.app, org).await.unwrap();
    let (site, ben) = (desk.site("harbour").await.unwrap().id, desk.person("ben-okafor").await.unwrap().id);
    let code = desk.enrolment_code(site, ben).await.unwrap().code;
    desk.close().await.unwrap();
    code
}

/// A phone that trusts the public roots, and this one.
fn phone(dir: &Path, root: Option<&str>) -> Core {
    let options = Options {
        dir: dir.to_owned(),
        key: [7; 32].into(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        language: "en".parse().unwrap(),
    };
    let core = Core::open(options).unwrap();
    let pem = root.map(|name| std::fs::read(tls(name)).unwrap());
    assert!(core.use_transport(Arc::new(Http::new(Timeouts::default(), pem.as_deref()).unwrap())));
    core
}

async fn company(data: &Path) {
    let (server, _) = serve(data, "localhost.pem", 0).await;
    let org = admin::init(&server.app, "Harbour", "ana@harbour.example").await.unwrap().org;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("samples/harbour");
    admin::content::apply(&server.app, org, &frontline_content::check(&folder).unwrap(), false, true).await.unwrap();
    server.shutdown().await;
}

fn is_untrusted<T: std::fmt::Debug>(done: Result<T, Error>) {
    match done {
        Err(error @ Error::Offline(Unreached::Untrusted)) => {
            let said = error.to_string();
            assert!(said.contains("certificate") && said.contains("nothing was sent"), "{said}");
        }
        other => panic!("not refused for its certificate: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_speaks_with_the_server_whose_root_it_was_given_and_with_no_other() {
    let data = tempfile::tempdir().unwrap();
    company(data.path()).await;
    let (server, url) = serve(data.path(), "localhost.pem", 0).await;
    let code = code(&server).await;

    for root in [Some("stranger.pem"), None] {
        let dir = tempfile::tempdir().unwrap();
        is_untrusted(phone(dir.path(), root).enrol(&url, &code, "test").await);
    }
    // None of these used the code up: not a byte of it was sent.
    let dir = tempfile::tempdir().unwrap();
    let ben = phone(dir.path(), Some("authority.pem"));
    ben.enrol(&url, &code, "test").await.unwrap();
    ben.sync_now().await.unwrap();
    let tap = || FeedbackDraft { touchpoint: "harbour-front-desk".into(), score: 4, ..Default::default() };
    ben.feedback().give(tap()).unwrap();
    assert_eq!(ben.sync_now().await.unwrap().done.stored, 1);

    // The same server by a name that its certificate does not have.
    let by_number = url.replace("localhost", "127.0.0.1");
    let other = tempfile::tempdir().unwrap();
    is_untrusted(phone(other.path(), Some("authority.pem")).enrol(&by_number, &code, "test").await);

    // Somebody else answers at its address, or its certificate ran out: the work stays, and goes when it is
    // back.
    let port = server.addr.port();
    server.shutdown().await;
    ben.feedback().give(tap()).unwrap();
    for certificate in ["elsewhere.pem", "expired.pem"] {
        let (server, _) = serve(data.path(), certificate, port).await;
        is_untrusted(ben.sync_now().await);
        assert_eq!(ben.status().now().unwrap().unsent, 1, "{certificate}");
        server.shutdown().await;
    }
    drop(ben);
    let (server, _) = serve(data.path(), "localhost.pem", port).await;
    is_untrusted(phone(dir.path(), Some("stranger.pem")).sync_now().await);
    assert_eq!(phone(dir.path(), Some("authority.pem")).sync_now().await.unwrap().done.stored, 1);
    server.shutdown().await;
}

#[test]
fn a_root_that_is_none_is_said_to_be_none() {
    for bad in [&b"not a certificate"[..], b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let made = Http::new(Timeouts::default(), Some(bad));
        assert!(matches!(&made, Err(e @ HttpError::Root) if e.to_string().contains("PEM")), "{:?}", made.err());
    }
}
