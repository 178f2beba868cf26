//! Pictures over the routes: taken piece by piece from whom they are named by, given to whom they may be.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use frontline_domain::fact::{BlobCaptured, BlobOf, Fact, Thumbnail};
use frontline_domain::{BlobHash, CaptureId, DocId, EntryType};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, tus};
use frontline_server::http;
use frontline_server::store::Ended;
use tower::ServiceExt;

use crate::phone::Phone;
use crate::world::{World, slug};

const DAY_MS: i64 = 86_400_000;

pub fn bytes(n: usize, seed: u8) -> Vec<u8> {
    (0..n).map(|i| (i as u8).wrapping_mul(31) ^ seed ^ (i >> 8) as u8).collect()
}
pub fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash::from_bytes(*blake3::hash(bytes).as_bytes())
}

/// What was answered.
struct Said {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}
impl Said {
    fn offset(&self) -> Option<u64> {
        self.headers.get("upload-offset")?.to_str().ok()?.parse().ok()
    }
}

async fn send(world: &World, request: Request<Body>) -> Said {
    let response = http::router(world.app.clone()).oneshot(request).await.unwrap();
    assert_eq!(response.headers()["tus-resumable"], "1.0.0", "every answer says that it is the server's");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 64 << 20).await.unwrap().to_vec();
    Said { status: parts.status.as_u16(), headers: parts.headers, body }
}
fn resumable() -> Vec<(&'static str, String)> {
    vec![("tus-resumable", "1.0.0".to_owned())]
}
async fn announce(world: &World, phone: &Phone, picture: &[u8]) -> Said {
    let mut headers = resumable();
    headers.extend([("upload-length", picture.len().to_string()), ("upload-metadata", tus::metadata_of(&hash(picture)))]);
    send(world, phone.request("POST", "/v1/blobs", &headers, b"")).await
}
async fn asks(world: &World, phone: &Phone, picture: &[u8]) -> Said {
    send(world, phone.request("HEAD", &tus::path(&hash(picture)), &resumable(), b"")).await
}
fn piece(phone: &Phone, blob: &BlobHash, from: usize, part: &[u8]) -> Request<Body> {
    let mut headers = resumable();
    headers.extend([("upload-offset", from.to_string()), ("content-type", tus::MEDIA_TYPE.to_owned())]);
    phone.request("PATCH", &tus::path(blob), &headers, part)
}
async fn gives(world: &World, phone: &Phone, picture: &[u8], from: usize, to: usize) -> Said {
    send(world, piece(phone, &hash(picture), from, &picture[from..to])).await
}
async fn gets(world: &World, phone: &Phone, blob: &BlobHash, range: Option<&str>) -> Said {
    let headers: Vec<(&str, String)> = range.map(|r| ("range", r.to_owned())).into_iter().collect();
    send(world, phone.request("GET", &tus::path(blob), &headers, b"")).await
}

/// An entry that names a picture and its small one.
pub fn naming(world: &World, phone: &mut Phone, picture: &[u8], small: &[u8]) -> Entry {
    let said = said_of(CaptureId::from_bytes(world.app.random.id()), picture, small);
    says(world, phone, said)
}
fn says(world: &World, phone: &mut Phone, said: BlobCaptured) -> Entry {
    phone.make(phone.header(world, EntryType::BLOB_CAPTURED), Fact::BlobCaptured(said).encode())
}
fn said_of(id: CaptureId, picture: &[u8], small: &[u8]) -> BlobCaptured {
    BlobCaptured {
        id,
        blob: hash(picture),
        bytes: picture.len() as u64,
        media: "image/png".to_owned(),
        width: 3,
        height: 2,
        live: true,
        of: BlobOf::Answer { run: DocId::from_bytes([4; 16]), item: slug("doors"), instance: 0 },
        thumbnail: Some(Thumbnail { blob: hash(small), bytes: small.len() as u64 }),
        length_ms: None,
    }
}

/// A phone whose entry names a picture and its small one.
async fn names(world: &World, phone: &mut Phone, picture: &[u8], small: &[u8]) {
    let entry = naming(world, phone, picture, small);
    assert!(matches!(phone.offer(world, &entry).await, Verdict::Stored(_)));
}

#[tokio::test]
async fn a_picture_goes_on_from_the_last_byte_and_is_then_there_for_everybody() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(5_000, 1), bytes(70, 2));
    assert_eq!(announce(&world, &ana, &picture).await.status, 404, "no entry names it yet");
    names(&world, &mut ana, &picture, &small).await;
    assert_eq!(asks(&world, &ana, &picture).await.status, 404, "not announced");
    let begun = announce(&world, &ana, &picture).await;
    assert_eq!((begun.status, begun.offset(), &begun.headers["location"]), (201, Some(0), &tus::path(&hash(&picture)).parse().unwrap()));
    assert!(begun.headers.contains_key("upload-expires"));
    assert_eq!(gives(&world, &ana, &picture, 0, 2_000).await.offset(), Some(2_000));
    assert_eq!(asks(&world, &ana, &picture).await.offset(), Some(2_000));
    assert_eq!(gives(&world, &ana, &picture, 1_000, 2_000).await.status, 409);
    assert_eq!(announce(&world, &ana, &picture).await.offset(), Some(2_000), "announced again it goes on");
    assert_eq!(gets(&world, &ana, &hash(&picture), None).await.status, 404, "half a picture is none");
    assert_eq!(gives(&world, &ana, &picture, 2_000, 5_000).await.offset(), Some(5_000));
    assert_eq!(asks(&world, &ana, &picture).await.offset(), Some(5_000));

    let whole = gets(&world, &ana, &hash(&picture), None).await;
    assert_eq!((whole.status, whole.headers["content-type"].to_str().unwrap()), (200, "image/png"));
    assert_eq!(whole.body, picture);
    let part = gets(&world, &ana, &hash(&picture), Some("bytes=4000-4009")).await;
    assert_eq!((part.status, part.headers["content-range"].to_str().unwrap()), (206, "bytes 4000-4009/5000"));
    assert_eq!(part.body, picture[4_000..4_010]);
    assert_eq!(gets(&world, &ana, &hash(&picture), Some("bytes=5000-")).await.status, 416);

    // Ben took the same photo: the server has it, whoever brought it.
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    names(&world, &mut ben, &picture, &small).await;
    assert_eq!(asks(&world, &ben, &picture).await.offset(), Some(5_000));
    // The small one follows like any other.
    assert_eq!(announce(&world, &ben, &small).await.status, 201);
    assert_eq!(gives(&world, &ben, &small, 0, 70).await.offset(), Some(70));
    assert_eq!(gets(&world, &ana, &hash(&small), None).await.headers["content-type"], "image/jpeg");
}

#[tokio::test]
async fn bytes_that_are_not_the_named_ones_are_thrown_away() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(300, 1), bytes(70, 2));
    names(&world, &mut ana, &picture, &small).await;
    let mut headers = resumable();
    headers.extend([("upload-length", "299".to_owned()), ("upload-metadata", tus::metadata_of(&hash(&picture)))]);
    assert_eq!(send(&world, ana.request("POST", "/v1/blobs", &headers, b"")).await.status, 400, "another length than the entry's");
    announce(&world, &ana, &picture).await;
    let wrong = bytes(300, 9);
    assert_eq!(send(&world, piece(&ana, &hash(&picture), 0, &wrong)).await.status, 460);
    assert_eq!(asks(&world, &ana, &picture).await.status, 404);
    announce(&world, &ana, &picture).await;
    assert_eq!(send(&world, piece(&ana, &hash(&picture), 0, &bytes(301, 1))).await.status, 400, "more than it has");
    // A piece that its phone did not sign is taken back whole.
    let at = asks(&world, &ana, &picture).await.offset().unwrap() as usize;
    let mut forged = piece(&ana, &hash(&picture), at, &picture[at..at + 20]);
    *forged.body_mut() = Body::from(bytes(20, 7));
    assert_eq!(send(&world, forged).await.status, 401);
    assert_eq!(asks(&world, &ana, &picture).await.offset(), Some(at as u64));
    assert_eq!(gives(&world, &ana, &picture, at, 300).await.status, 204);
    assert_eq!(gets(&world, &ana, &hash(&picture), None).await.body, picture);
}

#[tokio::test]
async fn nobody_brings_or_reads_a_picture_that_is_not_theirs_to_know_of() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(300, 1), bytes(70, 2));
    names(&world, &mut ana, &picture, &small).await;
    announce(&world, &ana, &picture).await;
    gives(&world, &ana, &picture, 0, 300).await;
    // At another site, and in another organisation: as if there were none.
    let cy = Phone::enrol(&world, "marina", "cy").await;
    let ben = Phone::enrol_in(&world, other.org, "harbour", "ben").await;
    let unknown = bytes(300, 77);
    for stranger in [&cy, &ben] {
        for (there, nowhere) in [
            (gets(&world, stranger, &hash(&picture), None).await, gets(&world, stranger, &hash(&unknown), None).await),
            (asks(&world, stranger, &picture).await, asks(&world, stranger, &unknown).await),
            (announce(&world, stranger, &picture).await, announce(&world, stranger, &unknown).await),
            (gives(&world, stranger, &picture, 0, 9).await, gives(&world, stranger, &unknown, 0, 9).await),
        ] {
            assert_eq!((there.status, there.body), (404, nowhere.body));
        }
    }
    // A phone that was revoked neither.
    let mut tx = world.app.store.write().await.unwrap();
    let ended = Ended { at_ms: world.now_ms(), lost: false, reason: "lost".into() };
    tx.set_ended(world.org(), ana.enrolled.device, Some(&ended)).await.unwrap();
    tx.commit().await.unwrap();
    for said in [gets(&world, &ana, &hash(&picture), None).await, asks(&world, &ana, &small).await, announce(&world, &ana, &small).await] {
        assert_eq!(said.status, 403);
    }
}

#[tokio::test]
async fn what_is_on_its_way_too_long_or_too_much_is_not_kept() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let pictures: Vec<Vec<u8>> = (0..17).map(|n| bytes(100, n)).collect();
    for picture in &pictures {
        names(&world, &mut ana, picture, &bytes(70, 99)).await;
    }
    for picture in &pictures[..16] {
        assert_eq!(announce(&world, &ana, picture).await.status, 201);
        gives(&world, &ana, picture, 0, 50).await;
    }
    assert_eq!(announce(&world, &ana, &pictures[16]).await.status, 429);
    gives(&world, &ana, &pictures[0], 50, 100).await;
    assert_eq!(announce(&world, &ana, &pictures[16]).await.status, 201, "one was finished");
    let parts = || std::fs::read_dir(world.dir().join("blobs/parts")).unwrap().count();
    assert_eq!(parts(), 15);
    world.wait(8 * DAY_MS);
    assert_eq!(asks(&world, &ana, &pictures[1]).await.status, 404);
    world.app.blobs.forget_expired(&world.app).await.unwrap();
    assert_eq!(parts(), 0);
    assert_eq!(announce(&world, &ana, &pictures[1]).await.offset(), Some(0));
}

#[tokio::test]
async fn a_program_brings_what_is_named_with_a_token_for_it_and_reads_nothing() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(300, 1), bytes(70, 2));
    names(&world, &mut ana, &picture, &small).await;
    let token = |secret: &str, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]| {
        let mut request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {secret}"));
        for (name, value) in [("tus-resumable", "1.0.0")].iter().chain(more) {
            request = request.header(*name, *value);
        }
        request.body(Body::from(body.to_vec())).unwrap()
    };
    let secret = world.init.token.clone();
    let metadata = format!("filename ZnJpZGdl,{}", tus::metadata_of(&hash(&picture)));
    let named = [("upload-length", "300"), ("upload-metadata", metadata.as_str())];
    assert_eq!(send(&world, token("wrong", "POST", "/v1/blobs", &named, b"")).await.status, 401);
    assert_eq!(send(&world, token(&secret, "POST", "/v1/blobs", &named, b"")).await.status, 201);
    let path = tus::path(&hash(&picture));
    let at = |offset: &'static str| [("upload-offset", offset), ("content-type", tus::MEDIA_TYPE)];
    assert_eq!(send(&world, token(&secret, "PATCH", &path, &at("0"), &picture[..100])).await.offset(), Some(100));
    assert_eq!(asks(&world, &ana, &picture).await.status, 404, "what a program has brought so far is the program's");
    assert_eq!(send(&world, token(&secret, "PATCH", &path, &at("100"), &picture[100..])).await.offset(), Some(300));
    assert_eq!(asks(&world, &ana, &picture).await.offset(), Some(300), "and whole it is everybody's");
    assert_eq!(send(&world, token(&secret, "PATCH", &path, &at("0"), &picture)).await.offset(), Some(300), "sent once more it is there");
    assert_eq!(send(&world, token(&secret, "GET", &path, &[], b"")).await.status, 404);
    assert_eq!(send(&world, token(&secret, "POST", "/v1/blobs", &[("upload-length", "300")], b"")).await.status, 400);
    let old = Request::post("/v1/blobs").header("authorization", format!("Bearer {secret}")).body(Body::empty()).unwrap();
    assert_eq!(send(&world, old).await.status, 412, "another version of tus");
}

#[tokio::test]
async fn what_a_colleague_says_of_a_picture_neither_takes_it_away_nor_stands_in_the_place_of_its_authors_word() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let (picture, small, other) = (bytes(5_000, 1), bytes(70, 2), bytes(90, 3));
    let hers = said_of(CaptureId::from_bytes([7; 16]), &picture, &small);
    let entry = says(&world, &mut ana, hers.clone());
    assert!(matches!(ana.offer(&world, &entry).await, Verdict::Stored(_)));
    announce(&world, &ana, &picture).await;
    assert_eq!(gives(&world, &ana, &picture, 0, 5_000).await.offset(), Some(5_000));

    // Of another length: he is told so, and it is there for everybody as before.
    let wrong = BlobCaptured { id: CaptureId::from_bytes([8; 16]), bytes: 5_001, ..hers.clone() };
    let entry = says(&world, &mut ben, wrong);
    assert!(matches!(ben.offer(&world, &entry).await, Verdict::Stored(_)));
    assert_eq!(asks(&world, &ben, &picture).await.status, 400);
    assert_eq!(asks(&world, &ana, &picture).await.offset(), Some(5_000));
    assert_eq!(gets(&world, &ana, &hash(&picture), None).await.body, picture);
    let mut tx = world.app.store.read().await.unwrap();
    assert_eq!(tx.blob_here(world.org(), &hash(&picture)).await.unwrap(), Some(5_000), "and in the next backup");
    drop(tx);

    // Under the id of her word, which would take its place on every phone.
    let entry = says(&world, &mut ben, said_of(hers.id, &other, &small));
    assert_eq!(ben.offer(&world, &entry).await, Verdict::Quarantined(Code::ID_TAKEN));
}
