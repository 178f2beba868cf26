//! Every other way in: pages that are given back, documents, stances, pictures, codes and certificates.

use frontline_domain::document::doc_id;
use frontline_domain::*;
use frontline_protocol::give_back::{Given, GivenPage, Named, Vouched};
use frontline_protocol::stance::Stance;
use frontline_protocol::sync::Request as Ask;
use frontline_protocol::{Code, Entry, document, enrol, frame, give_back, recover, sync, tus};

use super::attempt::{Expected, http};
use super::scene::{OPEN, Scene, series};
use crate::world::bundle;

pub async fn add(scene: &mut Scene) {
    given(scene).await;
    documents(scene).await;
    pictures(scene);
    doors(scene).await;
}

type Change<'a> = &'a dyn Fn(&mut GivenPage);

/// A page as Mallory's phone got it, and what it makes of that.
async fn given(scene: &mut Scene) {
    let mut new = scene.anew();
    new.cursors.clear();
    let answer = new.try_sync(&scene.world, &new.ask(&[])).await.unwrap();
    let page = answer.pages.iter().find(|page| page.scope == Scope::Site(new.enrolled.site) && !page.rows.is_empty()).unwrap();
    let (key, mac) = page.mac.unwrap();
    let named = |row: &sync::Row| {
        let entry = Entry::read(&row.bytes, 1 << 20).unwrap();
        Named { number: row.number, id: entry.id(), hash: entry.hash(), effective_ms: row.effective_ms }
    };
    let rows = page.rows.iter().map(named).collect();
    let said = Vouched { key, scope: page.scope, incarnation: answer.incarnation, from: page.from.number, to: page.to, rows, mac };
    let whole = GivenPage { page: said, entries: page.rows.iter().map(|row| row.bytes.clone()).collect() };
    let forged = Entry::make(new.header(&scene.world, EntryType::FEEDBACK_GIVEN), scene.stored.body.clone());
    let add = |page: &mut GivenPage| {
        page.page.rows.push(Named { number: 99, id: forged.id(), hash: forged.hash(), effective_ms: 0 });
        page.entries.push(forged.bytes().to_vec().into());
    };
    let ways: [(&str, Change<'_>); 7] = [
        ("with an entry more", &add),
        ("with another time", &|p| p.page.rows[0].effective_ms += 1),
        ("of another scope", &|p| p.page.scope = Scope::Org),
        ("of another life of the server", &|p| p.page.incarnation = Incarnation(1)),
        ("under another key", &|p| p.page.key += 1),
        ("that was never vouched for", &|p| p.page.mac = [0; 32].into()),
        ("with an entry that it does not name", &|p| p.entries = vec![forged.bytes().to_vec().into()]),
    ];
    let give = |scene: &mut Scene, name: &str, pages: Vec<GivenPage>, expected| {
        let phone = scene.anew();
        let body = phone.sealed(give_back::PATH, &frame::pack(&Given { versions: (1, 1), pages }));
        scene.posts(name, give_back::PATH, &body, expected);
    };
    for (name, change) in ways {
        let mut page = whole.clone();
        change(&mut page);
        give(scene, &format!("a page given back {name}"), vec![page], Expected::Page(Code::NOT_VOUCHED_FOR));
    }
    let unreadable = GivenPage { entries: vec![vec![0xff; 9].into()], ..whole.clone() };
    give(scene, "a page given back with rubbish", vec![unreadable], Expected::Page(Code::UNREADABLE));
    give(scene, "33 pages given back", vec![whole; 33], Expected::Refused(413, Code::LIMIT));
}

async fn documents(scene: &mut Scene) {
    let not_there = Expected::Refused(404, Code::NOT_THERE);
    let asks = |scene: &mut Scene, name: &str, phone: &crate::phone::Phone, doc, expected| {
        let ask = document::Ask { versions: (1, 1), doc, after: 0, page_bytes: u32::MAX };
        scene.posts(name, document::PATH, &phone.sealed(document::PATH, &frame::pack(&ask)), expected);
    };
    let (cy, mallory) = (series(&scene.world, &scene.cy), scene.anew());
    let theirs = scene.run.id();
    asks(scene, "a run of a site where its asker has no role", &cy, theirs, not_there.clone());
    asks(scene, "a run that never was", &mallory, DocId::from_bytes([3; 16]), not_there.clone());
    let scope = Scope::Site(scene.cy.enrolled.site);
    let there = doc_id(scene.world.org(), scope, EntryType::RUN_CHANGED, &OPEN);
    asks(scene, "a run's name at another site", &mallory, there, not_there);

    // Where Ana's phone stands, said by Mallory's.
    let still = scene.ana.try_sync(&scene.world, &scene.ana.ask(&[])).await.unwrap();
    let whole = scene.ana.ask(&[]);
    let stance = Stance { cursors: whole.cursors.clone(), reads: still.reads, app: whole.app, reader: whole.reader };
    for (name, digest) in [("a colleague's stance", stance.digest()), ("a stance that was made up", [7; 16])] {
        let ask = Ask { cursors: Vec::new(), app: None, stance: Some(digest.into()), ..mallory.ask(&[]) };
        scene.posts(name, sync::PATH, &mallory.sealed(sync::PATH, &frame::pack(&ask)), Expected::Refused(409, Code::SAY_IT_WHOLE));
    }
}

fn pictures(scene: &mut Scene) {
    let resumable = |more: &[(&'static str, String)]| [&[("tus-resumable", "1.0.0".to_owned())], more].concat();
    let send = |scene: &mut Scene, name: &str, method: &str, path: &str, headers: &[(&'static str, String)], body: &[u8], expected| {
        let request = scene.anew().request(method, path, &resumable(headers), body);
        let headers: Vec<(&str, String)> =
            request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap().to_owned())).collect();
        let request = http(method, path, &headers, body);
        scene.try_this(name, request, expected);
    };
    let none = Expected::Refused(404, Code::NO_SUCH_PICTURE);
    let picture = BlobHash::from_bytes([8; 32]);
    let announced = |metadata: String| [("upload-length", "9".to_owned()), ("upload-metadata", metadata)];
    send(scene, "a picture that no entry names", "POST", tus::PATH, &announced(tus::metadata_of(&picture)), b"", none.clone());
    for name in ["../../server.key", "..%2f..%2fserver.key", "/etc/passwd", "\0", "é", ""] {
        let metadata = format!("hash {}", base64(name.as_bytes()));
        let bad = Expected::Refused(400, Code::BAD_REQUEST);
        send(scene, &format!("a picture that is called {name:?}"), "POST", tus::PATH, &announced(metadata), b"", bad);
    }
    for name in ["..%2f..%2fserver.key", "..%2fserver.db", "%00", "%2e%2e"] {
        let path = format!("{}/{name}", tus::PATH);
        send(scene, &format!("a picture at {name}"), "GET", &path, &[], b"", none.clone());
        let piece = [("upload-offset", "0".to_owned()), ("content-type", tus::MEDIA_TYPE.to_owned())];
        send(scene, &format!("a piece of a picture at {name}"), "PATCH", &path, &piece, b"bytes", none.clone());
    }
    for path in ["/v1/blobs/../../server.key", "/v1/blobs/../healthz/../../server.db", "/server.key"] {
        send(scene, &format!("the file {path}"), "GET", path, &[], b"", Expected::Status(404));
    }
    send(scene, "a picture that is not there", "GET", &tus::path(&picture), &[], b"", none.clone());
    let piece = [("upload-offset", "0".to_owned()), ("content-type", tus::MEDIA_TYPE.to_owned())];
    send(scene, "a piece of a picture that was not announced", "PATCH", &tus::path(&picture), &piece, b"bytes", none);
}

/// Who has no device: codes, certificates and tokens that were made up, or are used up.
async fn doors(scene: &mut Scene) {
    let key: [u8; 32] = scene.stranger.key.verifying_key().to_bytes();
    let bad_code = Expected::Refused(403, Code::BAD_CODE);
    for code in ["", "AAAA-AAAA-A", "' or 1=1 --", &"A".repeat(4_000)] {
        let ask = enrol::Enrol { versions: (1, 1), code: code.to_owned(), key: key.into(), model: "Test".into(), again: None };
        let name: String = code.chars().take(12).collect();
        scene.posts(&format!("the enrolment code {name:?}"), enrol::PATH, &frame::pack(&ask), bad_code.clone());
    }
    let (org, device) = (scene.world.org(), scene.ana.enrolled.device);
    let ask =
        recover::Recover { versions: (1, 1), code: "AAAA-AAAA-A".into(), org, device, sealed: vec![1; 60].into(), reader: key.into() };
    scene.posts("a colleague's store, with a code that was made up", recover::PATH, &frame::pack(&ask), bad_code);
    let bad = Expected::Refused(403, Code::BAD_CERTIFICATE);
    let hers = scene.ana.enrolled.certificate.clone();
    let mut promoted = scene.mallory.enrolled.certificate.clone();
    promoted.person = scene.ben.enrolled.person;
    for (name, certificates) in
        [("a colleague's certificate", vec![hers]), ("a certificate of who leads", vec![promoted]), ("no certificate", vec![])]
    {
        let shown = enrol::Shown { versions: (1, 1), org, device, key: key.into(), certificates };
        scene.posts(&format!("{name}, for a stranger's key"), enrol::AGAIN, &frame::pack(&shown), bad.clone());
    }
    for authorization in ["Bearer nonsense", "Bearer ", "Frontline org=,device="] {
        let headers = [("authorization", authorization.to_owned()), ("content-type", "application/cbor".to_owned())];
        let request = http("POST", "/v1/content?dry_run=false", &headers, &bundle().encode());
        scene.try_this(format!("content, shown {authorization:?}"), request, Expected::Status(401));
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        text.extend((0..4).map(|n| if n <= three.len() { DIGITS[(bits >> (18 - 6 * n) & 63) as usize] as char } else { '=' }));
    }
    text
}
