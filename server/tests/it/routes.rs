//! The routes and what they refuse.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use ed25519_dalek::SigningKey;
use frontline_protocol::enrol::Enrol;
use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::{Code, Refused};
use frontline_server::{Front, Limits, Running};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

use crate::phone::Phone;
use crate::wire::{answer, request, serve};
use crate::world::{World, bundle, counts};

/// A public key of somebody.
const KEY: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
    0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

#[tokio::test]
async fn a_code_is_good_once_within_fifteen_minutes_however_it_is_typed() {
    let world = World::begin().await;
    let code = world.code_of(world.org(), "harbour", "ana").await;
    let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let typed = code.to_lowercase().replace('-', "");
    let first = Phone::ask_to_enrol(&world, &key, &typed, None).await.unwrap();
    assert_eq!(first.device_name, "harbour-1");
    let lost_answer = Phone::ask_to_enrol(&world, &key, &code, None).await.unwrap();
    assert_eq!(lost_answer.device, first.device, "the same phone may ask again");
    assert_eq!(Phone::ask_to_enrol(&world, &other, &code, None).await.unwrap_err().code, Code::BAD_CODE);
    let late = world.code_of(world.org(), "harbour", "ana").await;
    world.wait(15 * 60_000);
    assert_eq!(Phone::ask_to_enrol(&world, &other, &late, None).await.unwrap_err().code, Code::BAD_CODE);

    let ben = world.code_of(world.org(), "harbour", "ben").await;
    let shared = Phone::ask_to_enrol(&world, &key, &ben, Some(first.device)).await.unwrap();
    assert_eq!(shared.device, first.device, "a second person on the same phone");
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let world = World::begin().await;
    let key = SigningKey::from_bytes(&[1; 32]);
    let mut last = None;
    for _ in 0..31 {
        last = Some(Phone::ask_to_enrol(&world, &key, "AAAAA-AAAAA", None).await.unwrap_err());
    }
    assert_eq!(last.unwrap().code, Code::BUSY);
    world.wait(60_000);
    assert_eq!(Phone::ask_to_enrol(&world, &key, "AAAAA-AAAAA", None).await.unwrap_err().code, Code::BAD_CODE);
}

#[tokio::test]
async fn guesses_of_codes_count_against_the_client_that_a_named_proxy_names() {
    let world = World::begin().await;
    let named = Front { proxies: vec!["127.0.0.1".parse().unwrap()].into(), ..Front::default() };
    // Each on a folder of its own, as every server is.
    let elsewhere = World::begin().await;
    let (named, plain) = (serve(&world, named).await, serve(&elsewhere, Front::default()).await);
    let guess = async |running: &Running, forwarded: &str| {
        let mut stream = TcpStream::connect(running.addr).await.unwrap();
        let ask = Enrol { versions: (1, 1), code: "AAAAA-AAAAA".into(), key: KEY.into(), model: String::new(), again: None };
        let body = frame::pack(&ask);
        let head = format!(
            "POST /v1/enrol HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {MEDIA_TYPE}\r\n\
             x-forwarded-for: {forwarded}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), &body].concat()).await.unwrap();
        answer(&mut stream).await.unwrap().0
    };
    for _ in 0..30 {
        assert_eq!((guess(&named, "203.0.113.9").await, guess(&plain, "203.0.113.9").await), (403, 403));
    }
    assert_eq!(guess(&named, "192.0.2.1, 203.0.113.9").await, 429, "what a client writes itself is not believed");
    assert_eq!(guess(&named, "192.0.2.1").await, 403);
    assert_eq!(guess(&plain, "192.0.2.1").await, 429, "nor anything at all without a named proxy");
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_given_up() {
    let world = World::begin().await;
    let limits = Limits { request: Duration::from_millis(300), ..Limits::default() };
    let running = serve(&world, Front { limits, ..Front::default() }).await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let (head, body) = request(&ana, &ana.ask(&[]));
    let mut stream = TcpStream::connect(running.addr).await.unwrap();
    stream.write_all(&head).await.unwrap();
    let (mut hear, mut say) = stream.into_split();
    let dripping = tokio::spawn(async move {
        for byte in body {
            if say.write_all(&[byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let mut said = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(20), hear.read_to_end(&mut said)).await.unwrap();
    assert!(said.starts_with(b"HTTP/1.1 503"), "{}", String::from_utf8_lossy(&said));
    dripping.abort();
}

#[tokio::test]
async fn an_enrolment_has_few_bytes_and_what_nobody_signed_is_refused_before_it_is_kept() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let large = Enrol { versions: (1, 1), code: String::new(), key: KEY.into(), model: "a".repeat(100_000), again: None };
    let request = Request::post("/v1/enrol").header("content-type", MEDIA_TYPE).body(Body::from(frame::pack(&large))).unwrap();
    assert_eq!(world.send(request).await.0, 413, "unpacked");
    let request = Request::post("/v1/enrol").header("content-type", MEDIA_TYPE).body(Body::from(vec![0; 9_000])).unwrap();
    assert_eq!(world.send(request).await.0, 413, "as it travels");

    // With an old nonce the signature decides what is answered, over a body that was not kept.
    let nonce = std::mem::replace(&mut ana.nonce, vec![0]);
    let (status, refused) = ana.try_sync(&world, &ana.ask(&[])).await.unwrap_err();
    assert_eq!((status.as_u16(), refused.code), (401, Code::NEW_NONCE));
    let mut tampered = ana.signed(frame::pack(&ana.ask(&[])));
    *tampered.body_mut() = Body::from(frame::pack(&ana.ask(&[ana.clone().feedback(&world, 1).await])));
    assert_eq!(frame::unpack::<Refused>("refused", &world.send(tampered).await.1).unwrap().code, Code::BAD_SIGNATURE);
    let (status, body) = world.send(ana.signed(vec![0; frontline_protocol::limits::BODY + 1])).await;
    assert_eq!((status.as_u16(), frame::unpack::<Refused>("refused", &body).unwrap().code), (413, Code::LIMIT));
    ana.nonce = nonce;
    assert!(ana.try_sync(&world, &ana.ask(&[])).await.is_ok());
}

#[tokio::test]
async fn a_device_that_does_not_take_its_answers_gets_no_more() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let ben = Phone::enrol(&world, "harbour", "ben").await;
    let router = frontline_server::http::router(world.app.clone());
    let mut untaken = Vec::new();
    let last = loop {
        let response = router.clone().oneshot(ana.signed(frame::pack(&ana.ask(&[])))).await.unwrap();
        if response.status() != 200 {
            break response.status();
        }
        untaken.push(response);
        assert!(untaken.len() < 100);
    };
    assert_eq!((last.as_u16(), untaken.len()), (503, 8));
    assert!(ben.try_sync(&world, &ben.ask(&[])).await.is_ok(), "others are answered");
    untaken.pop();
    assert!(ana.try_sync(&world, &ana.ask(&[])).await.is_ok());
}

#[tokio::test]
async fn a_request_is_taken_only_with_its_signature_and_a_nonce_of_this_server() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let good = ana.nonce.clone();
    for bad in ["", "00", &"ab".repeat(24)] {
        ana.nonce = bad.into();
        let (status, refused) = ana.try_sync(&world, &ana.ask(&[])).await.unwrap_err();
        assert_eq!((status.as_u16(), refused.code), (401, Code::NEW_NONCE));
        assert!(refused.nonce.is_some() && refused.time_ms == world.now_ms());
    }
    ana.nonce = good.clone();
    let mut forged = Phone { key: SigningKey::from_bytes(&[5; 32]), ..ana.clone() };
    forged.nonce = good;
    assert_eq!(forged.try_sync(&world, &forged.ask(&[])).await.unwrap_err().1.code, Code::BAD_SIGNATURE);
    ana.sync(&world, &[]).await;
    world.wait(31 * 86_400_000);
    assert_eq!(ana.try_sync(&world, &ana.ask(&[])).await.unwrap_err().1.code, Code::NEW_NONCE);
}

#[tokio::test]
async fn what_is_no_message_is_refused_in_words() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let refused = async |request| {
        let (status, body) = world.send(request).await;
        (status.as_u16(), frame::unpack::<Refused>("refused", &body).unwrap())
    };
    let (status, said) = refused(ana.signed(b"not compressed".to_vec())).await;
    assert_eq!((status, said.code), (400, Code::BAD_REQUEST));
    let html = Request::post("/v1/sync").header("content-type", "text/html").body(Body::from("<html>")).unwrap();
    let (status, said) = refused(html).await;
    assert_eq!(status, 415);
    assert!(said.to_string().contains(MEDIA_TYPE));
    let (status, said) = refused(ana.signed(vec![0; frontline_protocol::limits::BODY + 1])).await;
    assert_eq!((status, said.code), (413, Code::LIMIT));
    let bomb = frame::pack(&vec![0u8; 6 << 20]);
    let (status, said) = refused(ana.signed(bomb)).await;
    assert_eq!((status, said.code), (413, Code::LIMIT));
    let mut ask = ana.ask(&[]);
    ask.versions = (9, 12);
    assert_eq!(ana.try_sync(&world, &ask).await.unwrap_err().1.code, Code::VERSION);
    ask.versions = (1, 12);
    ask.offers = vec![vec![].into(); 12_001];
    let (_, said) = ana.try_sync(&world, &ask).await.unwrap_err();
    assert!(said.to_string().contains("12001 offers"), "{said}");
}

#[tokio::test]
async fn content_is_published_by_token_and_only_what_changed_is_written() {
    let world = World::begin().await;
    let push = async |token: &str, body: Vec<u8>, dry: bool| {
        let request = Request::post(format!("/v1/content?dry_run={dry}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/cbor");
        let (status, said) = world.send(request.body(Body::from(body)).unwrap()).await;
        (status.as_u16(), String::from_utf8(said.to_vec()).unwrap())
    };
    let before = counts(&world, world.org()).await;
    let (status, said) = push(&world.init.token, bundle().encode(), false).await;
    assert_eq!((status, said.contains("0 added, 0 changed")), (200, true), "{said}");
    assert_eq!(counts(&world, world.org()).await, before);

    let mut less = bundle();
    less.people.retain(|p| p.slug.as_str() != "cy");
    less.assignments.clear();
    less.releases[3].title = crate::world::text("Coffee, again");
    let (_, said) = push(&world.init.token, less.encode(), true).await;
    assert!(said.contains("1 changed, 2 withdrawn"), "{said}");
    assert_eq!(counts(&world, world.org()).await, before, "a dry run writes nothing");
    assert_eq!(push(&world.init.token, less.encode(), false).await.0, 200);
    let after = counts(&world, world.org()).await;
    assert_eq!((after["release"], after["publication"]), (before["release"] + 1, before["publication"] + 1));

    assert_eq!(push("nonsense", less.encode(), false).await.0, 401);
    assert_eq!(push(&world.init.token, b"rubbish".to_vec(), false).await.0, 400);
    less.touchpoints[0].survey = crate::world::slug("unheard-of");
    let (status, said) = push(&world.init.token, less.encode(), false).await;
    assert_eq!((status, said.contains("unknown survey")), (422, true), "{said}");
    let mut desk = world.desk().await;
    let author = desk.new_token("author", frontline_domain::permission::Role::Author).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(push(&author, bundle().encode(), false).await.0, 403, "it brings people back: an administrator's to do");
}

#[tokio::test]
async fn the_operators_routes_answer() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 5).await;
    ana.sync(&world, &[entry]).await;
    let get = async |path: &str| {
        let (status, body) = world.send(Request::get(path).body(Body::empty()).unwrap()).await;
        (status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
    };
    assert_eq!(get("/healthz").await.0, 200);
    assert_eq!(get("/readyz").await.0, 200);
    let (status, said) = get("/metrics").await;
    assert_eq!(status, 200);
    assert!(said.contains("frontline_verdicts_total{verdict=\"stored\",code=\"\"} 1"), "{said}");
    assert!(said.contains("frontline_requests_total{route=\"/v1/sync\",status=\"200\"} 1"), "{said}");
}
