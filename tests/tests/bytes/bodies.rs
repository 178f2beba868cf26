//! A body of each type of entry, and how each is read and written.

use frontline_domain::action::{Priority, Status};
use frontline_domain::document::RunChanged;
use frontline_domain::fact::action::{Origin, Sets};
use frontline_domain::fact::*;
use frontline_domain::form::Value;
use frontline_domain::record::{self, Record};
use frontline_domain::release::Release;
use frontline_domain::*;
use frontline_protocol::sync::{LaterVerdict, Verdict};
use frontline_protocol::{Code, Entry};

use crate::sample::*;
use crate::targets;

/// A body of each type that has one; of the others, bytes that are carried as they are.
pub fn body(one: EntryType) -> Vec<u8> {
    let (interaction, run) = (id(1), targets::RUN);
    let seal = RunSealed { run, answers: AnswersHash::from_bytes([9; 32]) };
    let blob = |n| BlobHash::from_bytes([n; 32]);
    let fact = match one {
        EntryType::FEEDBACK_GIVEN => Fact::FeedbackGiven(FeedbackGiven {
            id: interaction,
            touchpoint: slug("front-desk"),
            survey: release_hash(),
            score: 4,
            reason: Some(slug("queue")),
            comment: Some(sealed()),
            kiosk: true,
            test: false,
        }),
        EntryType::INTERACTION_OPENED => {
            Fact::InteractionOpened(InteractionOpened { id: interaction, reason: Some(slug("refund")), channel: None, touchpoint: None })
        }
        EntryType::INTERACTION_PAUSED => Fact::InteractionPaused(InteractionEvent { interaction }),
        EntryType::INTERACTION_RESUMED => Fact::InteractionResumed(InteractionEvent { interaction }),
        EntryType::INTERACTION_VOIDED => Fact::InteractionVoided(InteractionEvent { interaction }),
        EntryType::INTERACTION_CUSTOMER => Fact::InteractionCustomer(InteractionCustomer { interaction, customer: sealed() }),
        EntryType::INTERACTION_CLOSED => Fact::InteractionClosed(InteractionClosed {
            interaction,
            tree: release_hash(),
            reason: slug("refund"),
            outcome: slug("solved"),
            channel: Some(slug("desk")),
            resolved: true,
            handled: true,
        }),
        EntryType::ACTION_OPENED => Fact::ActionOpened(ActionOpened {
            id: id(3),
            demand: Some(DemandId::from_bytes([4; 16])),
            origin: Some(Origin { run, procedure: slug("fridge-log"), item: slug("fridge-temp"), instance: 2 }),
            title: "Mend the door seal".into(),
            priority: Priority::Urgent,
            owner: Some(ANA),
            due_ms: Some(1_772_600_000_000),
        }),
        EntryType::ACTION_CHANGED => {
            let sets = Sets::Status { from: Status::Open, to: Status::CannotDo, reason: Some("no part".into()) };
            Fact::ActionChanged(ActionChanged { id: id(5), action: id(4), sets, saw: vec![id(3)] })
        }
        EntryType::ACTION_REVIEWED => {
            let sets = Sets::Status { from: Status::CannotDo, to: Status::Rejected, reason: Some("it came".into()) };
            Fact::ActionReviewed(ActionChanged { id: id(6), action: id(4), sets, saw: vec![id(5)] })
        }
        EntryType::ACTION_COMMENTED => {
            Fact::ActionCommented(ActionCommented { id: id(7), action: id(4), text: "It comes on Friday".into(), photos: vec![blob(3)] })
        }
        EntryType::LESSON_PROGRESSED => {
            Fact::LessonProgressed(LessonProgressed { module: release_hash(), lesson: slug("welcome"), card: 1, of: 2 })
        }
        EntryType::ATTEMPT_STARTED => Fact::AttemptStarted(AttemptStarted { id: id(2), module: release_hash() }),
        EntryType::QUESTION_ANSWERED => Fact::QuestionAnswered(QuestionAnswered {
            attempt: id(2),
            module: release_hash(),
            item: slug("grind"),
            value: Value::Choices(vec![slug("finer"), slug("coarser")]),
        }),
        EntryType::ATTEMPT_FINISHED => Fact::AttemptFinished(AttemptFinished {
            attempt: id(2),
            module: release_hash(),
            answers: [(slug("grind"), Value::Choice(slug("finer"))), (slug("taste"), Value::Bool(true))].into(),
            points: 4,
            of: 4,
            passed: true,
        }),
        EntryType::RUN_SUBMITTED => Fact::RunSubmitted(seal),
        EntryType::SIGNED_OFF => Fact::SignedOff(seal.signed(None)),
        EntryType::RETURNED => Fact::Returned(Returned { run, reason: "The till is short".into() }),
        EntryType::CLOCK_JUMPED => Fact::ClockJumped(ClockJumped { id: id(3), by_ms: -60_000, noticed: Noticed::Restart }),
        EntryType::STORAGE_SET_ASIDE => Fact::StorageSetAside(StorageSetAside { id: id(3), found: 9, missing: 1, pages: 40, broken: 2 }),
        EntryType::PERSON_ON_DEVICE => Fact::PersonOnDevice(PersonOnDevice { id: id(3), what: OnDevice::Unlocked(ANA) }),
        EntryType::BLOB_CAPTURED => Fact::BlobCaptured(BlobCaptured {
            id: id(3),
            blob: blob(1),
            bytes: 90_000,
            media: "image/jpeg".to_owned(),
            width: 1_600,
            height: 1_200,
            live: true,
            of: BlobOf::Answer { run, item: slug("till"), instance: 0 },
            thumbnail: Some(Thumbnail { blob: blob(2), bytes: 4_000 }),
            length_ms: None,
        }),
        other => return not_a_fact(other),
    };
    fact.encode()
}

/// What a blob can be beside a picture of an answer, each with a name.
pub fn blobs() -> [(&'static str, Fact); 3] {
    let Some(Ok(Fact::BlobCaptured(picture))) = Fact::decode(EntryType::BLOB_CAPTURED, &body(EntryType::BLOB_CAPTURED)) else {
        panic!("a picture")
    };
    let drawing = BlobCaptured { bytes: 900, media: drawing::MEDIA.to_owned(), width: 320, height: 120, ..picture.clone() };
    let sound =
        BlobCaptured { media: sounds::MEDIA.to_owned(), width: 0, height: 0, thumbnail: None, length_ms: Some(30_000), ..picture.clone() };
    let of_action = BlobCaptured { of: BlobOf::Action(id(4)), ..picture };
    [("drawing", drawing), ("sound", sound), ("of-action", of_action)].map(|(what, blob)| (what, Fact::BlobCaptured(blob)))
}

fn not_a_fact(one: EntryType) -> Vec<u8> {
    let (slug, person, device) = (slug("opening"), ANA, PHONE);
    match one {
        EntryType::RUN_CHANGED => {
            let change = changes().remove(1).into();
            RunChanged { run: targets::RUN, nonce: [6; 16].into(), procedure: release_hash(), intent: id(4), change, asset: None }.encode()
        }
        EntryType::RELEASE => release().encode(),
        EntryType::ORGANISATION => record::Organisation {
            id: ORG,
            name: "Harbour".into(),
            languages: vec!["en".parse().unwrap()],
            policy: record::Policy::default(),
            recovery: Some([3; 32].into()),
        }
        .encode(),
        EntryType::SITE => {
            record::Site { id: SITE, slug, name: text("Harbour"), zone: "Europe/London".into(), tags: vec![], withdrawn: false }.encode()
        }
        EntryType::PERSON => {
            record::Person { id: person, slug, name: "Ana".into(), language: "en".parse().unwrap(), withdrawn: false }.encode()
        }
        EntryType::GRANT => record::GrantRecord {
            id: GrantId::from_bytes([7; 16]),
            person,
            role: permission::Role::Supervisor,
            scope: Scope::Site(SITE),
            from_ms: NOW_MS,
            until_ms: None,
        }
        .encode(),
        EntryType::DEVICE => record::Device { id: device, name: "harbour-7".into(), revoked: false }.encode(),
        EntryType::ASSIGNMENT => record::Assignment {
            id: AssignmentId::from_bytes([7; 16]),
            kind: "procedure".into(),
            slug,
            to: Scope::Person(person),
            due_ms: NOW_MS,
            withdrawn: false,
        }
        .encode(),
        EntryType::TOUCHPOINT => record::Touchpoint {
            slug: slug.clone(),
            site: SITE,
            name: text("Front desk"),
            stage: slug.clone(),
            survey: slug,
            interval_s: 5,
            withdrawn: true,
        }
        .encode(),
        EntryType::ASSET => record::Asset {
            slug: slug.clone(),
            site: SITE,
            name: text("Milk fridge"),
            kind: Some("fridge".parse().unwrap()),
            codes: vec!["4006381333931".into()],
            procedures: vec![slug],
            tags: vec!["cold".parse().unwrap()],
            earlier: vec![SITE],
            withdrawn: false,
        }
        .encode(),
        EntryType::RUNS_WITHDRAWN => record::RunsWithdrawn {
            id: WithdrawalId::from_bytes([6; 16]),
            procedure: slug,
            releases: vec![release_hash()],
            reason: "The limits were wrong.".into(),
            by: person,
            by_name: "Helen".into(),
            at_ms: NOW_MS,
            undone: false,
        }
        .encode(),
        EntryType::CERTIFICATE => certificate().encode(),
        EntryType::PUBLICATION => record::Publication { kind: "module".into(), slug, release: release_hash(), withdrawn: false }.encode(),
        EntryType::PIN_UNLOCKED => record::PinUnlocked { device, person, at_ms: NOW_MS }.encode(),
        EntryType::SUBJECT_MERGED => {
            let subject = |n| SubjectId::from_bytes([n; 16]);
            record::SubjectMerged { from: subject(4), into: subject(5), withdrawn: false }.encode()
        }
        EntryType::SUBJECT_FORGOTTEN => record::SubjectForgotten { subject: SubjectId::from_bytes([4; 16]), at_ms: NOW_MS }.encode(),
        EntryType::VERDICT => cbor::encode(&LaterVerdict { judged: judged(Verdict::Quarantined(Code::LOCKED)) }),
        _ => vec![0xa0],
    }
}

/// The body as it is read and written: what this build has no form for is carried raw.
pub fn body_again(entry: &Entry) -> Vec<u8> {
    fn again<T: serde::Serialize + serde::de::DeserializeOwned>(bytes: &[u8]) -> Vec<u8> {
        cbor::encode(&cbor::decode::<T>("a body", bytes).unwrap())
    }
    let body = &entry.body;
    if let Some(fact) = Fact::decode(entry.header.entry_type, body) {
        return fact.unwrap().encode();
    }
    match entry.header.entry_type {
        EntryType::RUN_CHANGED => again::<RunChanged>(body),
        EntryType::RELEASE => again::<Release>(body),
        EntryType::ORGANISATION => again::<record::Organisation>(body),
        EntryType::SITE => again::<record::Site>(body),
        EntryType::PERSON => again::<record::Person>(body),
        EntryType::GRANT => again::<record::GrantRecord>(body),
        EntryType::DEVICE => again::<record::Device>(body),
        EntryType::ASSIGNMENT => again::<record::Assignment>(body),
        EntryType::TOUCHPOINT => again::<record::Touchpoint>(body),
        EntryType::ASSET => again::<record::Asset>(body),
        EntryType::RUNS_WITHDRAWN => again::<record::RunsWithdrawn>(body),
        EntryType::CERTIFICATE => again::<record::Certificate>(body),
        EntryType::PUBLICATION => again::<record::Publication>(body),
        EntryType::PIN_UNLOCKED => again::<record::PinUnlocked>(body),
        EntryType::SUBJECT_MERGED => again::<record::SubjectMerged>(body),
        EntryType::SUBJECT_FORGOTTEN => again::<record::SubjectForgotten>(body),
        EntryType::VERDICT => again::<LaterVerdict>(body),
        _ => body.clone(),
    }
}
