//! A server that was restored from an older backup: devices that it never knew, and what they give back.

use std::path::PathBuf;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use ed25519_dalek::SigningKey;
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::*;
use frontline_protocol::enrol::{AGAIN, Recognised, Shown};
use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::give_back::{Given, GivenPage, Named, PATH, Taken, Vouched};
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::{Answer, Verdict};
use frontline_protocol::{Code, Entry, Refused, limits};
use frontline_server::backup;
use serde::de::DeserializeOwned;

use crate::phone::Phone;
use crate::world::{World, bundle, text};

async fn backed_up(world: &World) -> PathBuf {
    let file = world.dir().join("backup");
    backup::make(&world.app, &file).await.unwrap();
    file
}

/// What a device keeps of an answer's pages.
fn pages(phone: &Phone, answer: &Answer) -> Vec<GivenPage> {
    let page = |page: &frontline_protocol::sync::Page| {
        let (key, mac) = page.mac?;
        let named = |row: &frontline_protocol::sync::Row| {
            let entry = Entry::read(&row.bytes, limits::SERVER_ENTRY).unwrap();
            Named { number: row.number, id: entry.id(), hash: entry.hash(), effective_ms: row.effective_ms }
        };
        let rows = page.rows.iter().map(named).collect();
        let (scope, incarnation, from) = (page.scope, answer.incarnation, page.from.number);
        let said = Vouched { key, scope, incarnation, from, to: page.to, rows, mac };
        Some(GivenPage { page: said, entries: page.rows.iter().map(|row| row.bytes.clone()).collect() })
    };
    let own = Scope::Device(phone.enrolled.device);
    answer.pages.iter().filter(|one| one.scope != own).filter_map(page).collect()
}

async fn post<T: DeserializeOwned>(world: &World, request: Request<Body>) -> Result<T, (StatusCode, Code)> {
    let (status, body) = world.send(request).await;
    match status {
        StatusCode::OK => Ok(frame::unpack("an answer", &body).unwrap()),
        status => Err((status, frame::unpack::<Refused>("refused", &body).unwrap().code)),
    }
}

async fn give(world: &World, phone: &Phone, pages: &[GivenPage]) -> Result<Taken, (StatusCode, Code)> {
    let body = frame::pack(&Given { versions: (1, 1), pages: pages.to_vec() });
    let (org, device) = (phone.enrolled.org, phone.enrolled.device);
    let claim = Claim { org, device, epoch: phone.epoch, next_seq: phone.next, nonce: phone.nonce.clone() };
    post(world, Request::post(PATH).body(Body::from(claim.seal(&phone.key, PATH, &body))).unwrap()).await
}

/// What became of all pages together: stored, known, listed.
fn sums(taken: &Taken) -> (u32, u32, u32) {
    let sum = |of: fn(&frontline_protocol::give_back::TakenPage) -> u32| taken.pages.iter().map(of).sum();
    (sum(|p| p.stored), sum(|p| p.known), sum(|p| p.listed))
}

async fn effective(world: &World, entry: &Entry) -> Option<i64> {
    let mut tx = world.app.store.read().await.unwrap();
    tx.entry(entry.header.org, entry.id()).await.unwrap().map(|row| row.effective_ms)
}

#[tokio::test]
async fn what_the_server_vouched_for_comes_back_with_its_time_and_once_whoever_gives_it() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    ben.sync_all(&world).await;
    let backup = backed_up(&world).await;
    world.wait(60_000);
    let given = ana.feedback(&world, 5).await;
    let mut run = ana.run([7; 16]);
    let heads = run.heads();
    let answer = ana.answer(&world, &mut run, [7; 16], "doors", Value::Bool(true), &heads).await;
    for entry in [&given, &answer] {
        assert!(matches!(ana.offer(&world, entry).await, Verdict::Stored(_)));
    }
    let had = effective(&world, &given).await;
    let pulled = ben.sync(&world, &[]).await;
    let kept = pages(&ben, &pulled);
    assert_eq!(kept.iter().map(|one| one.entries.len()).sum::<usize>(), 2);
    world.wait(86_400_000);

    let world = world.restored(&backup).await;
    assert_eq!(effective(&world, &given).await, None);
    assert_eq!(sums(&give(&world, &ben, &kept).await.unwrap()), (2, 0, 0));
    assert_eq!(effective(&world, &given).await, had, "not the time of today");
    assert_eq!(sums(&give(&world, &ben, &kept).await.unwrap()), (0, 2, 0));
    // Its author offers it again: a receipt, and no second one of it.
    assert!(matches!(ana.offer(&world, &given).await, Verdict::Stored(_)));
    assert!(matches!(ana.offer(&world, &answer).await, Verdict::Stored(_)));
    let new = Phone::enrol(&world, "harbour", "ben").await;
    let seen = new.try_sync(&world, &new.ask(&[])).await.unwrap();
    let hashes: Vec<_> = pages(&new, &seen).into_iter().flat_map(|one| one.page.rows).map(|row| row.hash).collect();
    assert_eq!(hashes.iter().filter(|hash| [given.hash(), answer.hash()].contains(hash)).count(), 2);
}

#[tokio::test]
async fn what_the_server_never_said_so_is_refused_and_takes_nothing_else_with_it() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let stranger = Phone::enrol_in(&world, other.org, "harbour", "ben").await;
    ben.sync_all(&world).await;
    let backup = backed_up(&world).await;
    let (one, two) = (ana.feedback(&world, 5).await, ana.feedback(&world, 1).await);
    ana.offer(&world, &one).await;
    let pulled = ben.sync(&world, &[]).await;
    let kept = pages(&ben, &pulled).remove(0);
    ana.next -= 1;
    let world = world.restored(&backup).await;

    let changed = |change: fn(&mut Vouched)| {
        let mut page = kept.clone();
        change(&mut page.page);
        page
    };
    let foreign = GivenPage { entries: vec![two.bytes().to_vec().into()], ..kept.clone() };
    let tampered = [
        changed(|page| page.rows[0].effective_ms -= 1),
        changed(|page| page.incarnation = Incarnation(page.incarnation.0 ^ 1)),
        changed(|page| page.from += 1),
        changed(|page| page.to.number += 1),
        changed(|page| page.to.tag = frontline_protocol::Tag::from_bytes([9; 16])),
        changed(|page| page.key += 1),
        changed(|page| page.scope = Scope::Org),
        changed(|page| page.rows.clear()),
        changed(|page| page.mac = [0; 32].into()),
        foreign,
    ];
    for (at, page) in tampered.into_iter().enumerate() {
        let taken = give(&world, &ben, &[page]).await.unwrap();
        assert_eq!(taken.pages[0].refused, Some(Code::NOT_VOUCHED_FOR), "{at}");
        assert_eq!(effective(&world, &one).await, None);
    }
    // Another organisation's device has the very page, which was never said to it.
    let taken = give(&world, &stranger, std::slice::from_ref(&kept)).await.unwrap();
    assert_eq!(taken.pages[0].refused, Some(Code::NOT_VOUCHED_FOR));
    let many = vec![kept.clone(); limits::GIVEN_PAGES + 1];
    assert_eq!(give(&world, &ben, &many).await, Err((StatusCode::PAYLOAD_TOO_LARGE, Code::LIMIT)));
    let large = GivenPage { entries: vec![vec![0; limits::SERVER_ENTRY].into(); 3], ..kept.clone() };
    assert_eq!(give(&world, &ben, &[large]).await, Err((StatusCode::PAYLOAD_TOO_LARGE, Code::LIMIT)));
    // Beside one that it never said so, the true one is taken.
    let mut wrong = kept.clone();
    wrong.page.rows[0].effective_ms += 1;
    let taken = give(&world, &ben, &[wrong, kept]).await.unwrap();
    assert_eq!((taken.pages[0].refused, taken.pages[1].stored), (Some(Code::NOT_VOUCHED_FOR), 1));
    // A revoked device gives nothing.
    let mut desk = world.desk().await;
    desk.revoke(ben.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(give(&world, &ben, &[]).await, Err((StatusCode::FORBIDDEN, Code::DEVICE_REVOKED)));
}

#[tokio::test]
async fn a_colleague_who_read_what_a_restore_lost_can_not_stand_in_for_it() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let backup = backed_up(&world).await;
    let hers = ana.feedback(&world, 1).await;
    assert!(matches!(ana.offer(&world, &hers).await, Verdict::Stored(_)));
    ben.sync_all(&world).await;
    let read = ben.rows.iter().find(|(_, _, entry)| entry.hash() == hers.hash()).map(|(_, _, entry)| entry.clone()).unwrap();
    let world = world.restored(&backup).await;
    let nicer = ben.feedback(&world, 5).await;
    let header = frontline_protocol::Header { replaces: crate::phone::replacing(&read), ..nicer.header.clone() };
    let instead = Entry::make(header, nicer.body.clone());
    assert_eq!(ben.offer(&world, &instead).await, Verdict::Quarantined(Code::OTHER_DEVICE));
    assert!(matches!(ana.offer(&world, &hers).await, Verdict::Stored(_)), "nothing was closed by it");
}

#[tokio::test]
async fn a_record_comes_back_only_where_the_server_has_not_written_it_since() {
    let mut renamed = bundle();
    renamed.touchpoints[0].name = text("The front desk");
    for written_since in [false, true] {
        let world = World::begin().await;
        let mut ben = Phone::enrol(&world, "harbour", "ben").await;
        ben.sync_all(&world).await;
        let backup = backed_up(&world).await;
        world.push(&renamed).await;
        let pulled = ben.sync(&world, &[]).await;
        let kept = pages(&ben, &pulled);
        let world = world.restored(&backup).await;
        if written_since {
            let mut otherwise = bundle();
            otherwise.touchpoints[0].name = text("Reception");
            world.push(&otherwise).await;
        }
        let taken = sums(&give(&world, &ben, &kept).await.unwrap());
        let mut tx = world.app.store.read().await.unwrap();
        let now = frontline_server::records::one::<record::Touchpoint>(&mut *tx, world.org(), "front-desk").await.unwrap().unwrap();
        let listed = tx.given_aside(world.org(), 10).await.unwrap();
        if written_since {
            assert_eq!((taken.2, now.name), (1, text("Reception")));
            assert!(listed.len() == 1 && listed[0].entry_type == EntryType::TOUCHPOINT && listed[0].why.contains("anew"));
        } else {
            assert_eq!((taken.2, now.name, listed.len()), (0, text("The front desk"), 0));
        }
    }
}

#[tokio::test]
async fn a_role_that_the_ledger_says_was_withdrawn_does_not_come_back_with_a_page() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    ana.sync_all(&world).await;
    let backup = backed_up(&world).await;
    let (person, harbour) = (world.person("ana").await, world.scope("harbour").await);
    let mut desk = world.desk().await;
    desk.grant(person, Role::Manager, harbour).await.unwrap();
    desk.close().await.unwrap();
    let pulled = ana.sync(&world, &[]).await;
    let kept: Vec<_> = pages(&ana, &pulled).into_iter().filter(|one| one.page.scope == Scope::Person(person)).collect();
    assert_eq!(kept.len(), 1);
    let mut desk = world.desk().await;
    assert!(desk.withdraw(person, Role::Manager, harbour).await.unwrap());
    desk.close().await.unwrap();
    let world = world.restored(&backup).await;
    assert_eq!(sums(&give(&world, &ana, &kept).await.unwrap()), (0, 0, 1));
    let mut tx = world.app.store.read().await.unwrap();
    let grants = tx.grants(world.org(), person).await.unwrap();
    let manager: Vec<_> = grants.iter().filter(|grant| grant.role == Role::Manager).collect();
    assert!(manager.len() == 1 && manager[0].until_ms.is_some());
}

async fn show(world: &World, shown: &Shown) -> Result<Recognised, (StatusCode, Code)> {
    post(world, Request::post(AGAIN).header("content-type", MEDIA_TYPE).body(Body::from(frame::pack(shown))).unwrap()).await
}

#[tokio::test]
async fn a_device_that_the_restored_server_never_knew_is_taken_back_by_its_certificate_and_nobody_else_is() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let backup = backed_up(&world).await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 4).await;
    assert!(matches!(ana.offer(&world, &entry).await, Verdict::Stored(_)));
    let world = world.restored(&backup).await;
    let refused = ana.try_sync(&world, &ana.ask(&[])).await.unwrap_err();
    assert_eq!((refused.0, refused.1.code), (StatusCode::UNAUTHORIZED, Code::UNKNOWN_DEVICE));

    let shown = Shown {
        versions: (1, 1),
        org: world.org(),
        device: ana.enrolled.device,
        key: ana.key.verifying_key().to_bytes().into(),
        certificates: vec![ana.enrolled.certificate.clone()],
    };
    let thief = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    let mut promoted = ana.enrolled.certificate.clone();
    promoted.person = world.person("ben").await;
    let none = (StatusCode::FORBIDDEN, Code::BAD_CERTIFICATE);
    for wrong in [
        Shown { key: thief.into(), ..shown.clone() },
        Shown { org: other.org, ..shown.clone() },
        Shown { device: DeviceId::from_bytes([3; 16]), ..shown.clone() },
        Shown { certificates: vec![promoted], ..shown.clone() },
        Shown { certificates: vec![], ..shown.clone() },
    ] {
        assert_eq!(show(&world, &wrong).await, Err(none));
    }
    let many = Shown { certificates: vec![ana.enrolled.certificate.clone(); limits::CERTIFICATES + 1], ..shown.clone() };
    assert_eq!(show(&world, &many).await.unwrap_err().1, Code::LIMIT);
    let known = show(&world, &shown).await.unwrap();
    ana.nonce = known.nonce.to_vec();
    assert!(matches!(ana.offer(&world, &entry).await, Verdict::Stored(_)));
    // Said again it says the same; of a device that was revoked it says that.
    show(&world, &shown).await.unwrap();
    let mut desk = world.desk().await;
    desk.revoke(ana.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    let world = world.restored(&backup).await;
    assert_eq!(show(&world, &shown).await, Err((StatusCode::FORBIDDEN, Code::DEVICE_REVOKED)));
}
