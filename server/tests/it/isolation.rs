//! Two organisations on one server: neither can tell that the other exists.

use axum::body::Body;
use axum::http::Request;
use frontline_domain::action::{Priority, Status};
use frontline_domain::customer::Sealed;
use frontline_domain::document::{Heads, Run, RunChanged};
use frontline_domain::fact::action::{Origin, Sets};
use frontline_domain::fact::*;
use frontline_domain::form::Value;
use frontline_domain::*;
use frontline_protocol::sync::{Cursor, Verdict};
use frontline_protocol::{Code, Mark};

use crate::phone::Phone;
use crate::world::{World, bundle, counts, slug};

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

    // A release of the first is unknown to the second, though its bytes are the same under its own.
    let module = world.release("module", "coffee").await;
    let mut changed = bundle();
    changed.releases[3].title = crate::world::text("Only here");
    world.push(&changed).await;
    let only_here = world.release("module", "coffee").await;
    for (release, known) in [(only_here, false), (module, true)] {
        let lesson = LessonProgressed { module: release, lesson: slug("welcome"), card: 1, of: 2 };
        let entry = cy.make(cy.header(&world, EntryType::LESSON_PROGRESSED), Fact::LessonProgressed(lesson).encode());
        let verdict = cy.offer(&world, &entry).await;
        assert_eq!(verdict == Verdict::Quarantined(Code::UNKNOWN_RELEASE), !known);
    }
    let mut before = before;
    before.extend(counts(&world, world.org()).await.into_iter().filter(|(name, _)| matches!(name.as_str(), "release" | "publication")));
    assert_eq!(counts(&world, world.org()).await, before, "nothing of the first has changed");
}

/// What a phone of the second organisation may name of the first; or of nobody.
struct Named {
    org: OrgId,
    scope: Scope,
    person: PersonId,
    release: ReleaseHash,
    run: Run,
    nonce: [u8; 16],
    capture: CaptureId,
}

/// Something about a customer of the other organisation.
fn sealed() -> Sealed {
    Sealed { subject: SubjectId::from_bytes([0x51; 16]), nonce: [1; 12].into(), bytes: b"from elsewhere".to_vec().into() }
}

/// A body of each type that phones write, naming what is another's. A type that is added with a body and not
/// here fails the test.
fn body(one: EntryType, named: &Named, change: &[u8]) -> Vec<u8> {
    let interaction = InteractionEvent { interaction: named.capture };
    let seal = RunSealed { run: named.run.id(), answers: named.run.answers_hash() };
    let changed = |sets| ActionChanged { id: named.capture, action: named.capture, sets, saw: vec![named.capture] };
    let fact = match one {
        EntryType::FEEDBACK_GIVEN => Fact::FeedbackGiven(FeedbackGiven {
            id: named.capture,
            touchpoint: slug("front-desk"),
            survey: named.release,
            score: 1,
            reason: None,
            comment: Some(sealed()),
            kiosk: false,
            test: false,
        }),
        EntryType::INTERACTION_OPENED => {
            Fact::InteractionOpened(InteractionOpened { id: named.capture, reason: None, channel: None, touchpoint: None })
        }
        EntryType::INTERACTION_PAUSED => Fact::InteractionPaused(interaction),
        EntryType::INTERACTION_RESUMED => Fact::InteractionResumed(interaction),
        EntryType::INTERACTION_VOIDED => Fact::InteractionVoided(interaction),
        EntryType::INTERACTION_CUSTOMER => {
            Fact::InteractionCustomer(InteractionCustomer { interaction: named.capture, customer: sealed() })
        }
        EntryType::INTERACTION_CLOSED => Fact::InteractionClosed(InteractionClosed {
            interaction: named.capture,
            tree: named.release,
            reason: slug("refund"),
            outcome: slug("solved"),
            channel: None,
            resolved: true,
            handled: true,
        }),
        EntryType::LESSON_PROGRESSED => {
            Fact::LessonProgressed(LessonProgressed { module: named.release, lesson: slug("welcome"), card: 1, of: 2 })
        }
        EntryType::ATTEMPT_STARTED => Fact::AttemptStarted(AttemptStarted { id: named.capture, module: named.release }),
        EntryType::QUESTION_ANSWERED => Fact::QuestionAnswered(QuestionAnswered {
            attempt: named.capture,
            module: named.release,
            item: slug("grind"),
            value: Value::Choice(slug("finer")),
        }),
        EntryType::ATTEMPT_FINISHED => Fact::AttemptFinished(AttemptFinished {
            attempt: named.capture,
            module: named.release,
            answers: [(slug("grind"), Value::Choice(slug("finer")))].into(),
            points: 3,
            of: 4,
            passed: true,
        }),
        EntryType::CLOCK_JUMPED => Fact::ClockJumped(ClockJumped { id: named.capture, by_ms: 60_000, noticed: Noticed::Running }),
        EntryType::STORAGE_SET_ASIDE => {
            Fact::StorageSetAside(StorageSetAside { id: named.capture, found: 1, missing: 0, pages: 9, broken: 1 })
        }
        EntryType::BLOB_CAPTURED => Fact::BlobCaptured(BlobCaptured {
            id: named.capture,
            blob: BlobHash::from_bytes([8; 32]),
            bytes: 9,
            media: "image/png".to_owned(),
            width: 3,
            height: 3,
            live: true,
            of: BlobOf::Answer { run: named.run.id(), item: slug("doors"), instance: 0 },
            thumbnail: Some(Thumbnail { blob: BlobHash::from_bytes([9; 32]), bytes: 9 }),
            length_ms: None,
        }),
        EntryType::ACTION_OPENED => Fact::ActionOpened(ActionOpened {
            id: named.capture,
            demand: None,
            origin: Some(Origin { run: named.run.id(), procedure: slug("opening"), item: slug("doors"), instance: 0 }),
            title: "from elsewhere".into(),
            priority: Priority::High,
            owner: Some(named.person),
            due_ms: None,
        }),
        EntryType::ACTION_CHANGED => Fact::ActionChanged(changed(Sets::Owner(Some(named.person)))),
        EntryType::ACTION_REVIEWED => {
            Fact::ActionReviewed(changed(Sets::Status { from: Status::Done, to: Status::Verified, reason: None }))
        }
        EntryType::ACTION_COMMENTED => {
            let (id, action) = (named.capture, named.capture);
            Fact::ActionCommented(ActionCommented { id, action, text: "from elsewhere".into(), photos: vec![] })
        }
        EntryType::PERSON_ON_DEVICE => Fact::PersonOnDevice(PersonOnDevice { id: named.capture, what: OnDevice::SignedOut }),
        EntryType::RUN_SUBMITTED => Fact::RunSubmitted(seal),
        EntryType::SIGNED_OFF => Fact::SignedOff(seal.signed(None)),
        EntryType::RETURNED => Fact::Returned(Returned { run: named.run.id(), reason: "from elsewhere".into() }),
        EntryType::RUN_CHANGED => {
            let (run, nonce, change) = (named.run.id(), named.nonce.into(), change.to_vec().into());
            return RunChanged { run, nonce, procedure: named.release, intent: named.capture, change, asset: None }.encode();
        }
        other => {
            assert!(Fact::decode(other, &[]).is_none(), "{other} has a body, and nobody tried it as another organisation");
            return cbor::encode(&(named.org, named.person, named.run.id()));
        }
    };
    fact.encode()
}

#[tokio::test]
async fn no_type_of_entry_reaches_into_another_organisation_nor_tells_what_is_there() {
    let world = World::begin().await;
    let other = world.neighbour().await;
    // Content that the first has alone.
    let mut changed = bundle();
    changed.releases.iter_mut().for_each(|release| release.title = crate::world::text("Only here"));
    world.push(&changed).await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let nonce = [4; 16];
    let mut run = ana.run(nonce);
    let first = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(true), &Heads::default()).await;
    let opened = CaptureId::from_bytes([6; 16]);
    let contact = Fact::InteractionOpened(InteractionOpened { id: opened, reason: None, channel: None, touchpoint: None });
    let contact = ana.make(ana.header(&world, EntryType::INTERACTION_OPENED), contact.encode());
    let answer = ana.sync(&world, &[first.clone(), contact]).await;
    assert!(answer.verdicts.iter().all(|j| matches!(j.verdict, Verdict::Stored(_))));
    ana.sync_all(&world).await;

    // A shift lead of the second, who may write the most.
    let mut ben = Phone::enrol_in(&world, other.org, "harbour", "ben").await;
    ben.sync_all(&world).await;
    let change = RunChanged::decode(&first.body).unwrap().change;
    let own = Scope::Site(ben.enrolled.site);
    let before = (counts(&world, world.org()).await, heads(&world, &ana).await);
    for one in EntryType::ALL {
        let release = match *one {
            EntryType::FEEDBACK_GIVEN => world.release("survey", "checkout").await,
            EntryType::INTERACTION_CLOSED => world.release("reasons", "reasons").await,
            EntryType::LESSON_PROGRESSED | EntryType::ATTEMPT_STARTED | EntryType::QUESTION_ANSWERED | EntryType::ATTEMPT_FINISHED => {
                world.release("module", "coffee").await
            }
            _ => world.release("procedure", "opening").await,
        };
        let (scope, person) = (Scope::Site(ana.enrolled.site), ana.enrolled.person);
        let theirs = Named { org: world.org(), scope, person, release, run: run.clone(), nonce, capture: opened };
        let nobodys = Named {
            org: OrgId::from_bytes([3; 16]),
            scope: Scope::Site(SiteId::from_bytes([3; 16])),
            person: PersonId::from_bytes([3; 16]),
            release: ReleaseHash::from_bytes([3; 32]),
            run: Run::new(DocId::from_bytes([3; 16])),
            nonce: [3; 16],
            capture: CaptureId::from_bytes([3; 16]),
        };
        let mut verdicts = Vec::new();
        for named in [&theirs, &nobodys] {
            let body = body(*one, named, &change);
            let mut said = Vec::new();
            for (org, scope, person) in [
                (other.org, own, ben.enrolled.person),
                (other.org, named.scope, ben.enrolled.person),
                (other.org, own, named.person),
                (named.org, named.scope, named.person),
            ] {
                let header = frontline_protocol::Header { org, scope, person, ..ben.header(&world, *one) };
                let entry = ben.make(header, body.clone());
                said.push(match ben.offer(&world, &entry).await {
                    Verdict::Stored(_) => None,
                    Verdict::Quarantined(code) => Some(code),
                    other => panic!("{one}: {other:?}"),
                });
            }
            assert_eq!(said[3], Some(Code::OTHER_ORGANISATION), "{one}");
            assert!(said[1].is_some() && said[2].is_some(), "{one} reached a place or a person of another");
            verdicts.push(said);
        }
        assert_eq!(verdicts[0], verdicts[1], "{one} tells what another organisation has");
    }
    let mut device = ana.clone();
    device.key = ben.key.clone();
    assert_eq!(device.try_sync(&world, &device.ask(&[])).await.unwrap_err().1.code, Code::BAD_SIGNATURE);
    assert_eq!((counts(&world, world.org()).await, heads(&world, &ana).await), before, "nothing of the first has changed");
    // Nor was her run signed off for her, or her contact ended.
    let heads = run.heads();
    let next = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(false), &heads).await;
    let mut header = next.header.clone();
    header.seen = ana.seen(header.scope, u64::MAX >> 1);
    let aware = frontline_protocol::Entry::make(header, next.body.clone());
    assert!(matches!(ana.offer(&world, &aware).await, Verdict::Stored(_)));
}

/// Where the feeds stand that a phone reads.
async fn heads(world: &World, phone: &Phone) -> Vec<Mark> {
    let e = &phone.enrolled;
    let mut heads = Vec::new();
    for scope in [Scope::Org, Scope::Site(e.site), Scope::Person(e.person), Scope::Device(e.device)] {
        heads.push(world.app.store.read().await.unwrap().head(e.org, scope).await.unwrap().mark);
    }
    heads
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
