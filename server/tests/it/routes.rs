//! The routes and what they refuse.

use axum::body::Body;
use axum::http::Request;
use ed25519_dalek::SigningKey;
use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::{Code, Refused};

use crate::phone::Phone;
use crate::world::{World, bundle, counts};

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
    let (status, said) = refused(ana.signed(vec![0; 3 << 20])).await;
    assert_eq!((status, said.code), (413, Code::LIMIT));
    let bomb = frame::pack(&vec![0u8; 6 << 20]);
    let (status, said) = refused(ana.signed(bomb)).await;
    assert_eq!((status, said.code), (413, Code::LIMIT));
    let mut ask = ana.ask(&[]);
    ask.versions = (9, 12);
    assert_eq!(ana.try_sync(&world, &ask).await.unwrap_err().1.code, Code::VERSION);
    ask.versions = (1, 12);
    ask.offers = vec![vec![].into(); 5_001];
    let (_, said) = ana.try_sync(&world, &ask).await.unwrap_err();
    assert!(said.to_string().contains("5001 offers"), "{said}");
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
