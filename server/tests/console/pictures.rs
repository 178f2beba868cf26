//! Photos, signatures and recordings at a run, and photos at an action: what has arrived is shown, what has not is said, and nobody sees another site's.

use axum::http::StatusCode;
use frontline_domain::Scope;
use frontline_domain::action::Priority;
use frontline_domain::drawing::{self, Drawing, Point};
use frontline_domain::fact::{ActionCommented, ActionOpened, BlobOf, Fact, sounds};
use frontline_domain::form::Value;

use crate::support::browser::Browser;
use crate::support::pictures::hash;
use crate::support::{MANAGER, Phone};
use crate::town;

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_said_to_be_on_its_way_then_shown_small_then_whole() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("opening-checks").await;
    let (picture, small) = (b"\x89PNG of a counter".to_vec(), b"\xff\xd8\xff of the same".to_vec());
    ana.photographs(&mut sheet, "counter-photo", &picture, &small);
    ana.syncs().await;
    let run = format!("/runs/{}", sheet.run.id());
    let (whole, thumb) = (format!("/pictures/{}", hash(&picture)), format!("/pictures/{}", hash(&small)));
    let own_page = format!("{run}{whole}");

    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&run).await;
    page.says("The counter as guests see it 1 photo Picture for: The counter as guests see it: Has not arrived yet");
    assert!(page.body.contains(&format!("href=\"{own_page}\"")) && !page.body.contains("<img"));
    grace.get(&own_page).await.says("It is on the phone that took it");
    assert_eq!(grace.get(&whole).await.status, StatusCode::NOT_FOUND);

    town.receives(&small).await;
    let page = grace.get(&run).await;
    assert!(page.body.contains(&format!("<img src=\"{thumb}\" alt=\"Picture for: The counter as guests see it\"")), "{}", page.body);
    assert_eq!(page.body.matches(&format!("<img src=\"{thumb}\"")).count(), 2, "at the item and in the history");
    let page = grace.get(&own_page).await;
    page.says("Has not arrived yet");
    assert!(page.body.contains(&format!("<img src=\"{thumb}\"")), "the small one stands in its place");

    town.receives(&picture).await;
    let page = grace.get(&own_page).await;
    page.says("Ana Pereira");
    page.says("With the phone's camera at that moment");
    page.says("640 × 480 pixels, 1 KiB");
    page.is_silent_about("Has not arrived yet");
    assert!(page.body.contains(&format!("<img src=\"{whole}\"")));
    let bytes = grace.get(&whole).await;
    assert_eq!((bytes.status, bytes.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/png"));
    assert_eq!(bytes.headers["x-content-type-options"], "nosniff");
    assert!(bytes.body.ends_with("PNG of a counter") && bytes.headers.contains_key("content-security-policy"));

    // The manager of another site, and whoever is not signed in.
    town.lets_sign_in("layla-mansour", "layla@harbour.example").await;
    let mut layla = Browser::signed_in(&town, "layla@harbour.example").await;
    for path in [&run, &own_page, &whole, &thumb] {
        assert_eq!(layla.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(Browser::new(&town).get(path).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    // A picture of another run has no page at this one.
    let mut other = ana.begins("opening-checks").await;
    ana.photographs(&mut other, "counter-photo", b"another", b"another small");
    ana.syncs().await;
    assert_eq!(grace.get(&format!("{run}/pictures/{}", hash(b"another"))).await.status, StatusCode::NOT_FOUND);
}

/// What a phone sends of a signature: two strokes.
fn strokes() -> Vec<u8> {
    let point = |x, y, at_ms| Point { x, y, at_ms };
    Drawing::new(320, 120, vec![vec![point(10, 20, 0), point(60, 40, 16)], vec![point(90, 90, 300)]]).expect("a drawing").encode()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_is_drawn_by_the_server_of_the_strokes_that_it_read() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("closing-cash").await;
    let (drawn, forged) = (strokes(), b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec());
    for bytes in [&drawn, &forged] {
        let of = BlobOf::Answer { run: sheet.run.id(), item: "counted-by".parse().expect("a slug"), instance: 0 };
        ana.keeps(of, drawing::MEDIA, bytes, Some(b"small"));
        ana.answers(&mut sheet, "counted-by", Value::Signature(hash(bytes)));
    }
    ana.syncs().await;
    for bytes in [&drawn[..], &forged, b"small"] {
        town.receives(bytes).await;
    }
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&format!("/runs/{}/pictures/{}", sheet.run.id(), hash(&drawn))).await;
    page.says("Drawn on the screen");
    page.says("320 × 120 pixels");
    let made = grace.get(&format!("/pictures/{}", hash(&drawn))).await;
    assert_eq!((made.status, made.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/svg+xml"));
    assert_eq!(made.headers["x-content-type-options"], "nosniff");
    assert!(made.headers["content-disposition"].to_str().unwrap().ends_with(".svg\""));
    assert!(made.body.starts_with("<svg ") && made.body.contains("d=\"M10 20L60 40M90 90L90 90\""), "{}", made.body);
    // What is no drawing is never given out as one, whatever its entry says.
    let refused = grace.get(&format!("/pictures/{}", hash(&forged))).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(!refused.body.contains("<script>alert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_played_where_it_stands_once_it_has_arrived() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("opening-checks").await;
    let said = b"a recording".to_vec();
    let of = BlobOf::Answer { run: sheet.run.id(), item: "fire-exits".parse().expect("a slug"), instance: 0 };
    ana.keeps(of, sounds::MEDIA, &said, None);
    ana.answers(&mut sheet, "fire-exits", Value::Bool(false));
    ana.attaches(&mut sheet, "fire-exits", Value::Files(vec![hash(&said)]));
    ana.syncs().await;
    let (run, bytes) = (format!("/runs/{}", sheet.run.id()), format!("/pictures/{}", hash(&said)));
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&run).await;
    page.says("Ana Pereira added a recording to");
    page.says("Has not arrived yet");
    assert!(!page.body.contains("<audio"));
    town.receives(&said).await;
    let page = grace.get(&run).await;
    page.is_silent_about("Has not arrived yet");
    assert_eq!(
        page.body.matches(&format!("<audio controls preload=\"none\" src=\"{bytes}\"")).count(),
        2,
        "at the item and in the history"
    );
    let given = grace.get(&bytes).await;
    assert_eq!((given.status, given.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "audio/mp4"));
    assert_eq!((given.body.as_str(), given.headers["accept-ranges"].to_str().unwrap()), ("a recording", "bytes"));
    assert!(given.headers["content-disposition"].to_str().unwrap().starts_with("inline; filename=\""));
    let policy = given.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("media-src 'self'"), "{policy}");
    // It has no page of its own, and nobody of another site hears it.
    assert_eq!(grace.get(&format!("{run}{bytes}")).await.status, StatusCode::NOT_FOUND);
    town.lets_sign_in("layla-mansour", "layla@harbour.example").await;
    assert_eq!(Browser::signed_in(&town, "layla@harbour.example").await.get(&bytes).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_photos_of_a_comment_stand_beside_it_and_another_sites_do_not() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut yusuf = Phone::enrolled(&town, "two", "Pixel", "yusuf-darwish", "marina").await;
    let id = ana.capture_id();
    let opened =
        ActionOpened { id, demand: None, origin: None, title: "Mend it".into(), priority: Priority::Normal, owner: None, due_ms: None };
    let action = opened.action(Scope::Site(ana.site));
    ana.says(Fact::ActionOpened(opened));
    let photos = vec![hash(b"torn"), hash(b"theirs")];
    ana.keeps(BlobOf::Action(action), "image/png", b"torn", Some(b"small torn"));
    let id = ana.capture_id();
    ana.says(Fact::ActionCommented(ActionCommented { id, action, text: String::new(), photos }));
    // Somebody at another place says that a photo of theirs belongs to it.
    yusuf.keeps(BlobOf::Action(action), "image/png", b"theirs", Some(b"small theirs"));
    ana.syncs().await;
    yusuf.syncs().await;
    for bytes in [&b"small torn"[..], b"theirs", b"small theirs"] {
        town.receives(bytes).await;
    }
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&format!("/actions/{action}")).await;
    let (whole, small) = (format!("href=\"/pictures/{}\"", hash(b"torn")), format!("<img src=\"/pictures/{}\"", hash(b"small torn")));
    assert!(page.body.contains(&small) && !page.body.contains(&whole), "the whole one has not arrived: {}", page.body);
    assert!(!page.body.contains(&hash(b"small theirs").to_string()));
    town.receives(b"torn").await;
    let page = grace.get(&format!("/actions/{action}")).await;
    assert!(page.body.contains(&small) && page.body.contains(&whole));
}
