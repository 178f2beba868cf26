//! Pictures of content over the routes: brought by whoever publishes, before what names them, and given to whoever has a release
//! that does.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use frontline_content::Bundle;
use frontline_content::bundle::File;
use frontline_domain::form::Reference;
use frontline_domain::media::{Media, clean::chunk, look};
use frontline_domain::permission::Role;
use frontline_domain::release::Content;
use frontline_domain::{OrgId, Slug, cbor};
use frontline_protocol::tus;
use frontline_server::admin::{Desk, content};

use crate::blobs::{bytes, hash, naming};
use crate::phone::Phone;
use crate::world::{World, bundle, slug, text};

const DAY_MS: i64 = 86_400_000;

fn png(width: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &30u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", b"pixels"), &chunk(b"IEND", b"")].concat()
}

/// The content, with a picture beside the doors: as it travels, without its bytes.
fn with(picture: &[u8]) -> Bundle {
    let mut bundle = bundle();
    let (_, Media::Picture(shown)) = look(picture).unwrap() else { panic!("a picture") };
    bundle.media = vec![File { name: "doors.png".into(), blob: shown.blob, bytes: shown.bytes, content: Arc::from(&[][..]) }];
    let Content::Procedure(procedure) = &mut bundle.releases[0].content else { panic!("a procedure") };
    procedure.form.sections[0].items[0].reference = Some(Reference::Picture { picture: shown, alt: text("Two doors") });
    bundle
}

async fn token(world: &World, org: OrgId, role: Role) -> String {
    let mut desk = Desk::open(&world.app, org).await.unwrap();
    let token = desk.new_token("pushes", role).await.unwrap();
    desk.close().await.unwrap();
    token
}

async fn send(world: &World, token: &str, method: &str, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> (u16, String) {
    let mut request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let (status, said) = world.send(request.body(Body::from(body)).unwrap()).await;
    (status.as_u16(), String::from_utf8_lossy(&said).into_owned())
}

async fn offer(world: &World, token: &str, picture: &[u8]) -> (u16, String) {
    let body = cbor::encode(&vec![(hash(picture), picture.len() as u64)]);
    send(world, token, "POST", tus::OFFER, &[("content-type", "application/cbor".into())], body).await
}

async fn push(world: &World, token: &str, bundle: &Bundle) -> (u16, String) {
    send(world, token, "POST", "/v1/content", &[("content-type", "application/cbor".into())], bundle.encode()).await
}

/// Announces a picture, and sends it in two pieces.
async fn bring(world: &World, token: &str, picture: &[u8]) -> u16 {
    let tus = ("tus-resumable", tus::VERSION.to_owned());
    let about = [tus.clone(), ("upload-length", picture.len().to_string()), ("upload-metadata", tus::metadata_of(&hash(picture)))];
    let (begun, _) = send(world, token, "POST", tus::PATH, &about, vec![]).await;
    if begun != 201 {
        return begun;
    }
    let mut last = begun;
    for (from, to) in [(0, 20), (20, picture.len())] {
        let about = [tus.clone(), ("upload-offset", from.to_string()), ("content-type", tus::MEDIA_TYPE.to_owned())];
        (last, _) = send(world, token, "PATCH", &tus::path(&hash(picture)), &about, picture[from..to].to_vec()).await;
    }
    last
}

async fn gets(world: &World, phone: &Phone, picture: &[u8]) -> (StatusCode, Vec<u8>) {
    let (status, body) = world.send(phone.request("GET", &tus::path(&hash(picture)), &[], b"")).await;
    (status, body.to_vec())
}

#[tokio::test]
async fn what_a_release_shows_comes_before_it_and_is_read_by_whoever_has_the_release() {
    let world = World::begin().await;
    let (picture, author) = (png(40), token(&world, world.org(), Role::Author).await);
    let cy = Phone::enrol(&world, "marina", "cy").await;
    let (status, said) = push(&world, &author, &with(&picture)).await;
    assert_eq!(
        (status, said.as_str()),
        (422, "the procedure opening shows doors.png, whose bytes are not at the server; send them first, as `content push` does\n")
    );
    assert_eq!(bring(&world, &author, &picture).await, 404, "nobody offered it");

    assert_eq!(offer(&world, &author, &picture).await, (200, format!("{}\n", hash(&picture))));
    let (status, _) = push(&world, &author, &with(&picture)).await;
    assert_eq!(status, 422, "offered is not brought");
    assert_eq!(bring(&world, &author, &picture).await, 204);
    assert_eq!(gets(&world, &cy, &picture).await.0, StatusCode::NOT_FOUND, "no release names it yet");
    assert_eq!(offer(&world, &author, &picture).await, (200, String::new()), "it is here");
    let (status, said) = push(&world, &author, &with(&picture)).await;
    assert!(status == 200 && said.contains("a new picture or video: beside doors"), "{said}");

    // Everybody of the organisation has the release; nobody of another one, whatever they guess.
    assert_eq!(gets(&world, &cy, &picture).await, (StatusCode::OK, picture.clone()));
    let neighbour = world.neighbour().await;
    let other = Phone::enrol_in(&world, neighbour.org, "harbour", "ana").await;
    let (guessed, unknown) = (gets(&world, &other, &picture).await, gets(&world, &other, &png(77)).await);
    assert_eq!(guessed.0, StatusCode::NOT_FOUND);
    assert_eq!(guessed.1.len(), unknown.1.len(), "a guess is told what nobody knows is told");
    // What was published is still read when a new version shows another one: a run refers to its version for ever.
    let next = png(41);
    offer(&world, &author, &next).await;
    assert_eq!(bring(&world, &author, &next).await, 204);
    let (status, said) = push(&world, &author, &with(&next)).await;
    assert!(status == 200 && said.contains("another picture or video: beside doors"), "{said}");
    assert_eq!(gets(&world, &cy, &picture).await.0, StatusCode::OK);
    world.wait(30 * DAY_MS);
    world.app.blobs.forget_unnamed(&world.app).await.unwrap();
    assert_eq!(world.app.blobs.length(world.org(), hash(&picture)).await.unwrap(), Some(picture.len() as u64));
}

#[tokio::test]
async fn a_photo_does_not_become_content_by_its_hash() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let cy = Phone::enrol(&world, "marina", "cy").await;
    let (photo, author) = (png(50), token(&world, world.org(), Role::Author).await);
    let entry = naming(&world, &mut ana, &photo, &bytes(70, 2));
    ana.offer(&world, &entry).await;
    let phones = token(&world, world.org(), Role::Integrator).await;
    assert_eq!(bring(&world, &phones, &photo).await, 204);
    // It is here, and whoever offers its hash is told nothing of it: publishing it takes its bytes.
    assert_eq!(offer(&world, &author, &photo).await, (200, format!("{}\n", hash(&photo))));
    assert_eq!(push(&world, &author, &with(&photo)).await.0, 422);
    assert_eq!(gets(&world, &cy, &photo).await.0, StatusCode::NOT_FOUND);
    let (status, said) = offer(&world, &phones, &photo).await;
    assert_eq!((status, said.as_str()), (403, "this token's role may not publish; use one of an author or an administrator\n"));
}

#[tokio::test]
async fn a_drafts_picture_is_its_testers_alone_and_goes_with_it() {
    let world = World::begin().await;
    let (ana, cy) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "marina", "cy").await);
    let (picture, author) = (png(60), token(&world, world.org(), Role::Author).await);
    let opening: Slug = slug("opening");
    let refused = content::drafts::keep(&world.app, world.org(), &with(&picture), &[]).await.unwrap_err();
    assert!(refused.to_string().contains("whose bytes are not at the server"), "{refused}");
    offer(&world, &author, &picture).await;
    assert_eq!(bring(&world, &author, &picture).await, 204);
    content::drafts::keep(&world.app, world.org(), &with(&picture), &[]).await.unwrap();
    assert_eq!(gets(&world, &ana, &picture).await.0, StatusCode::NOT_FOUND, "nobody tries it");
    // A draft waits for longer than an offer does.
    world.wait(8 * DAY_MS);
    world.app.blobs.forget_unnamed(&world.app).await.unwrap();
    let row = world.app.store.read().await.unwrap().draft(world.org(), "procedure", "opening").await.unwrap().unwrap();
    let (seen, _) = content::drafts::read(&row).unwrap();
    let person = world.person("ana").await;
    let mut desk = world.desk().await;
    assert!(desk.lend_draft("procedure", &opening, seen, person).await.unwrap());
    desk.close().await.unwrap();
    assert_eq!(gets(&world, &ana, &picture).await, (StatusCode::OK, picture.clone()));
    assert_eq!(gets(&world, &cy, &picture).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_nothing_names_goes_after_a_week_and_what_is_too_large_does_not_come() {
    let world = World::begin().await;
    let (picture, author) = (png(70), token(&world, world.org(), Role::Author).await);
    offer(&world, &author, &picture).await;
    assert_eq!(bring(&world, &author, &picture).await, 204);
    let here = async || world.app.blobs.length(world.org(), hash(&picture)).await.unwrap().is_some();
    world.wait(6 * DAY_MS);
    world.app.blobs.forget_unnamed(&world.app).await.unwrap();
    assert!(here().await);
    world.wait(2 * DAY_MS);
    world.app.blobs.forget_unnamed(&world.app).await.unwrap();
    assert!(!here().await);
    assert_eq!(push(&world, &author, &with(&picture)).await.0, 422);
    // Dropped with the draft that named it.
    offer(&world, &author, &picture).await;
    bring(&world, &author, &picture).await;
    content::drafts::keep(&world.app, world.org(), &with(&picture), &[]).await.unwrap();
    content::drafts::keep(&world.app, world.org(), &bundle(), &[slug("opening")]).await.unwrap();
    assert!(here().await, "its folder may be pushed again");
    world.wait(8 * DAY_MS);
    world.app.blobs.forget_unnamed(&world.app).await.unwrap();
    assert!(!here().await);

    let body = cbor::encode(&vec![(hash(b"film"), (50u64 << 20) + 1)]);
    let (status, said) = send(&world, &author, "POST", tus::OFFER, &[("content-type", "application/cbor".into())], body).await;
    assert_eq!((status, said.as_str()), (422, "a picture or video of content has at most 50 MiB\n"));
}
