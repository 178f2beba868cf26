//! Two organisations on one server: neither can tell that the other exists.

use axum::body::Body;
use axum::http::Request;
use frontline_domain::fact::{Fact, LessonProgressed};
use frontline_domain::*;
use frontline_protocol::sync::{Cursor, Verdict};
use frontline_protocol::{Code, Mark};

use crate::phone::{Phone, feedback};
use crate::world::{World, bundle, counts};

#[tokio::test]
async fn a_phone_of_another_organisation_finds_nothing_by_any_id_of_the_first() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let theirs = ana.feedback(&world, 5).await;
    ana.sync(&world, std::slice::from_ref(&theirs)).await;
    ana.sync_all(&world).await;
    let before = counts(&world, world.org()).await;

    let mut cy = Phone::enrol_in(&world, other.org, "harbour", "ana").await;
    cy.sync_all(&world).await;
    assert!(cy.rows.iter().all(|(_, _, e)| e.header.org == other.org));

    // Every feed of the first, asked for by the second.
    let scopes = [Scope::Org, Scope::Site(ana.enrolled.site), Scope::Person(ana.enrolled.person), Scope::Device(ana.enrolled.device)];
    let mut ask = cy.ask(&[]);
    ask.cursors = scopes
        .iter()
        .map(|scope| Cursor { scope: *scope, types: TypeSet::all(), incarnation: ana.enrolled.incarnation, at: Mark::START, older: vec![] })
        .collect();
    let answer = cy.try_sync(&world, &ask).await.unwrap();
    assert!(answer.disagrees.is_empty());
    for page in &answer.pages {
        let foreign = page.scope != Scope::Org && scopes.contains(&page.scope);
        assert!(!foreign, "a feed of the other organisation was answered");
        for row in &page.rows {
            assert_eq!(frontline_protocol::Entry::read(&row.bytes, 1 << 20).unwrap().header.org, other.org);
        }
    }

    // Every type of entry, written into the first one's scopes, by its people, under its devices.
    for entry_type in EntryType::ALL {
        for scope in scopes {
            let mut header = cy.header(&world, *entry_type);
            header.scope = scope;
            let body = feedback(&world, world.org(), 1).await.encode();
            let in_scope = cy.make(header.clone(), body.clone());
            header.seq = cy.next;
            header.person = ana.enrolled.person;
            let as_person = cy.make(header.clone(), body.clone());
            header.seq = cy.next;
            header.org = world.org();
            let as_org = cy.make(header, body);
            let verdicts = cy.sync(&world, &[in_scope, as_person, as_org]).await.verdicts;
            assert!(verdicts.iter().all(|j| matches!(j.verdict, Verdict::Quarantined(_))), "{entry_type} {scope}");
            assert_eq!(verdicts[2].verdict, Verdict::Quarantined(Code::OTHER_ORGANISATION));
        }
    }
    // A release of the first is unknown to the second, though its bytes are the same under its own.
    let module = world.release("module", "coffee").await;
    let mut changed = bundle();
    changed.releases[3].title = crate::world::text("Only here");
    world.push(&changed).await;
    let only_here = world.release("module", "coffee").await;
    for (release, known) in [(only_here, false), (module, true)] {
        let lesson = LessonProgressed { module: release, lesson: crate::world::slug("welcome"), card: 1, of: 2 };
        let entry = cy.make(cy.header(&world, EntryType::LESSON_PROGRESSED), Fact::LessonProgressed(lesson).encode());
        let verdict = cy.offer(&world, &entry).await;
        assert_eq!(verdict == Verdict::Quarantined(Code::UNKNOWN_RELEASE), !known);
    }
    let mut before = before;
    before.extend(counts(&world, world.org()).await.into_iter().filter(|(name, _)| matches!(name.as_str(), "release" | "publication")));
    assert_eq!(counts(&world, world.org()).await, before, "nothing of the first has changed");
}

#[tokio::test]
async fn another_organisations_device_reads_like_one_that_never_was() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut stranger = ana.clone();
    stranger.enrolled.org = other.org;
    let foreign = stranger.try_sync(&world, &stranger.ask(&[])).await.unwrap_err();
    stranger.enrolled.org = OrgId::from_bytes([3; 16]);
    let nowhere = stranger.try_sync(&world, &stranger.ask(&[])).await.unwrap_err();
    stranger.enrolled.org = world.org();
    stranger.enrolled.device = DeviceId::from_bytes([3; 16]);
    let never = stranger.try_sync(&world, &stranger.ask(&[])).await.unwrap_err();
    assert_eq!(foreign.1.code, Code::UNKNOWN_DEVICE);
    assert!(foreign == nowhere && nowhere == never);
}

#[tokio::test]
async fn a_token_publishes_into_its_own_organisation_only_and_quarantine_is_ones_own() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    let before = counts(&world, world.org()).await;
    let mut changed = bundle();
    changed.organisation.name = "Marina".into();
    changed.sites[0].name = crate::world::text("New name");
    let request = Request::post("/v1/content?dry_run=false")
        .header("authorization", format!("Bearer {}", other.token))
        .header("content-type", "application/cbor")
        .body(Body::from(changed.encode()))
        .unwrap();
    let (status, said) = world.send(request).await;
    assert_eq!(status, 200, "{said:?}");
    assert_eq!(counts(&world, world.org()).await, before);

    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let bad = ana.make(ana.header(&world, EntryType::GRANT), vec![1]);
    ana.offer(&world, &bad).await;
    let mut desk = frontline_server::admin::Desk::open(&world.app, other.org).await.unwrap();
    assert!(desk.quarantine(false, 10).await.unwrap().is_empty());
    assert!(desk.let_in(bad.hash()).await.is_err());
    assert!(desk.revoke(ana.enrolled.device).await.is_err());
    assert!(desk.enrolment_code(ana.enrolled.site, ana.enrolled.person).await.is_err());
}
