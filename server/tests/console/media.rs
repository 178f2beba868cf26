//! Pictures of content on the pages of a version and of a draft, and their bytes for whoever may see content.

use axum::http::StatusCode;
use frontline_content::Bundle;
use frontline_domain::form::Reference;
use frontline_domain::media::{Media, clean::chunk, look};
use frontline_domain::release::Content;
use frontline_domain::{BlobHash, Text};
use frontline_server::admin::{self, content::drafts};

use crate::support::ADMIN;
use crate::support::browser::Browser;
use crate::town;

pub fn png(width: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &30u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", b"pixels"), &chunk(b"IEND", b"")].concat()
}

/// The sample with a picture beside the first item of the fridge log, as its folder would have it.
pub fn with(picture: &[u8], words: &str) -> (Bundle, BlobHash) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    let mut bundle = frontline_content::check(&folder).expect("the sample content");
    let (content, Media::Picture(picture)) = look(picture).expect("a picture") else { panic!("a picture") };
    let blob = picture.blob;
    bundle.media = vec![frontline_content::bundle::File { name: "dial.png".into(), blob, bytes: picture.bytes, content: content.into() }];
    let release = bundle.releases.iter_mut().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    let Content::Procedure(procedure) = &mut release.content else { panic!("no procedure") };
    let alt = Text::plain("en".parse().expect("a tag"), words);
    procedure.form.sections[0].items[0].reference = Some(Reference::Picture { picture, alt });
    (bundle, blob)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_version_shows_is_seen_on_its_page_and_what_a_draft_shows_by_those_who_publish() {
    let (town, _data) = town().await;
    let (bundle, dial) = with(&png(40), "A dial <at 4>");
    admin::content::apply(&town.app, town.org, &bundle, false, true).await.expect("published");
    let (draft, other) = with(&png(41), "Another dial");
    drafts::keep(&town.app, town.org, &draft, &[]).await.expect("kept");
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get("/content/procedure/fridge-log").await;
    page.says("Pictures and videos Beside the step: ");
    let src = format!("/content-media/{dial}");
    assert!(page.body.contains(&format!("src=\"{src}\" alt=\"A dial &#60;at 4&#62;\"")), "{}", page.body);
    let bytes = helen.get(&src).await;
    assert_eq!((bytes.status, bytes.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/png"));
    assert_eq!(bytes.headers["x-content-type-options"], "nosniff");
    assert!(bytes.headers["content-security-policy"].to_str().unwrap().contains("img-src 'self'; media-src 'self'"));
    let page = helen.get("/content/procedure/fridge-log/draft").await;
    assert!(page.body.contains(&format!("src=\"/content-media/{other}\" alt=\"Another dial\"")), "{}", page.body);
    assert_eq!(helen.get(&format!("/content-media/{other}")).await.status, StatusCode::OK);

    // A manager sees content, and drafts of it not; nobody sees what nothing names, or without having signed in.
    town.lets_sign_in("layla-mansour", "layla@harbour.example").await;
    let mut layla = Browser::signed_in(&town, "layla@harbour.example").await;
    assert_eq!(layla.get(&src).await.status, StatusCode::OK);
    assert_eq!(layla.get(&format!("/content-media/{other}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(helen.get(&format!("/content-media/{}", BlobHash::from_bytes([7; 32]))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(Browser::new(&town).get(&src).await.status, StatusCode::SEE_OTHER);
}
