//! What must hold of any bytes at all, one function for each kind of them: no panic, and what is read is written back
//! the same. libFuzzer calls them (`fuzz_targets/`), and so does a test on every run, over the corpus and over
//! mutations of it (`tests/tests/bytes`).

#[path = "forms.rs"]
mod forms;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::OnceLock;

use frontline_domain::document::{Answer, AnswerKey, Author, Heads, Offered, Run, RunChanged, base_actor, judge};
use frontline_domain::fact::Fact;
use frontline_domain::form::{Form, Item, ItemKind, NaRule, Section, Value};
use frontline_domain::record;
use frontline_domain::release::Release;
use frontline_domain::*;
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::{self, LaterVerdict, Page};
use frontline_protocol::{Entry, Refused, document, enrol, frame, give_back, limits, recover};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use forms::{expr, form};

/// Any message, of each kind that either side reads.
pub fn frame(bytes: &[u8]) {
    let said = frame::unpacked_size(bytes);
    assert!(said <= limits::MESSAGE.max(bytes.len()), "{said} bytes would be made room for");
    message::<sync::Request>(bytes);
    message::<sync::Answer>(bytes);
    message::<enrol::Enrolled>(bytes);
    message::<enrol::Shown>(bytes);
    message::<enrol::Recognised>(bytes);
    message::<document::Ask>(bytes);
    message::<document::Given>(bytes);
    message::<give_back::Given>(bytes);
    message::<give_back::Taken>(bytes);
    message::<recover::Recovered>(bytes);
    message::<Refused>(bytes);
    // Those that hide what they hold when they are printed.
    if let Ok(read) = frame::unpack_within::<enrol::Enrol>("a message", bytes, 8 << 10) {
        assert!(frame::unpack::<enrol::Enrol>("again", &frame::pack(&read)).is_ok_and(|again| again == read));
    }
    if let Ok(read) = frame::unpack_within::<recover::Recover>("a message", bytes, 8 << 10) {
        assert!(frame::unpack::<recover::Recover>("again", &frame::pack(&read)).is_ok_and(|again| again == read));
    }
}

fn message<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) {
    if let Ok(read) = frame::unpack::<T>("a message", bytes) {
        stays(&read);
        assert_eq!(frame::unpack::<T>("a message", &frame::pack(&read)).as_ref(), Ok(&read));
    }
}

/// What was read once is written in one way, and read again as the same.
fn stays<T: Serialize + DeserializeOwned + PartialEq + Debug>(read: &T) {
    let written = cbor::encode(read);
    let again: T = cbor::decode("what was written", &written).expect("what was written reads");
    assert_eq!(&again, read);
    assert_eq!(cbor::encode(&again), written);
}

fn body<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) {
    if let Ok(read) = cbor::decode::<T>("a body", bytes) {
        stays(&read);
    }
}

/// A page of a feed, as it stands in an answer, and what a device keeps of it to give it back.
pub fn page(bytes: &[u8]) {
    body::<give_back::GivenPage>(bytes);
    let Ok(page) = cbor::decode::<Page>("a page", bytes) else { return };
    stays(&page);
    let mut rows = Vec::new();
    for row in &page.rows {
        let Ok(one) = Entry::read(&row.bytes, limits::SERVER_ENTRY) else { continue };
        assert_eq!(one.bytes(), &row.bytes[..], "a row keeps its author's bytes");
        rows.push(give_back::Named { number: row.number, id: one.id(), hash: one.hash(), effective_ms: row.effective_ms });
    }
    let (key, mac) = page.mac.unwrap_or((0, [0; 32].into()));
    let kept = give_back::Vouched { key, scope: page.scope, incarnation: Incarnation(1), from: page.from.number, to: page.to, rows, mac };
    let said = kept.said(OrgId::from_bytes([1; 16]));
    let other = give_back::Vouched { from: kept.from ^ 1, ..kept.clone() };
    assert_ne!(other.said(OrgId::from_bytes([1; 16])), said, "two pages are vouched for by the same words");
    stays(&kept);
}

/// An entry, and its body as whatever its type says.
pub fn entry(bytes: &[u8]) {
    let Ok(entry) = Entry::read(bytes, limits::ENTRY) else { return };
    assert_eq!(entry.bytes(), bytes);
    assert_eq!(Entry::make(entry.header.clone(), entry.body.clone()), entry, "bytes, or hash");
    let one = entry.header.entry_type;
    if let Some(Ok(fact)) = Fact::decode(one, &entry.body) {
        let again = Fact::decode(one, &fact.encode()).expect("a fact").expect("what was written reads");
        assert_eq!(again, fact);
        assert_eq!(again.encode(), fact.encode());
    }
    match one {
        EntryType::RUN_CHANGED => body::<RunChanged>(&entry.body),
        EntryType::RELEASE => body::<Release>(&entry.body),
        EntryType::VERDICT => body::<LaterVerdict>(&entry.body),
        EntryType::GRANT => body::<record::GrantRecord>(&entry.body),
        EntryType::PIN_UNLOCKED => body::<record::PinUnlocked>(&entry.body),
        EntryType::SUBJECT_MERGED => body::<record::SubjectMerged>(&entry.body),
        EntryType::SUBJECT_FORGOTTEN => body::<record::SubjectForgotten>(&entry.body),
        EntryType::ORGANISATION => body::<record::Organisation>(&entry.body),
        EntryType::SITE => body::<record::Site>(&entry.body),
        EntryType::PERSON => body::<record::Person>(&entry.body),
        EntryType::DEVICE => body::<record::Device>(&entry.body),
        EntryType::ASSIGNMENT => body::<record::Assignment>(&entry.body),
        EntryType::TOUCHPOINT => body::<record::Touchpoint>(&entry.body),
        EntryType::CERTIFICATE => body::<record::Certificate>(&entry.body),
        EntryType::PUBLICATION => body::<record::Publication>(&entry.body),
        _ => {}
    }
}

/// A claim before a message, or in a header.
pub fn claim(bytes: &[u8]) {
    if let Ok(Some((claim, signature, length))) = Claim::open(bytes) {
        let mut again = [&claim.org.as_bytes()[..], claim.device.as_bytes(), &claim.epoch.0.to_be_bytes()].concat();
        let mut rest = claim.next_seq;
        while rest >= 0x80 {
            again.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        again.push(rest as u8);
        again.push(claim.nonce.len() as u8);
        again.extend_from_slice(&claim.nonce);
        again.extend_from_slice(&signature.to_bytes());
        assert_eq!(again, bytes[..length], "two spellings of one claim");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Claim::read(text);
        let _ = Claim::read(&format!("Frontline {text}"));
    }
}

/// Ana's run with a clash in it, and Ben, whose change is judged.
pub struct Scene {
    pub form: Form,
    pub run: Run,
}
pub const RUN: DocId = DocId::from_bytes([7; 16]);
pub const ANA: [u8; 16] = [1; 16];
pub const BEN: [u8; 16] = [2; 16];

pub fn author(form: &Form, who: [u8; 16]) -> Author<'_> {
    Author { person: PersonId::from_bytes(who), device: DeviceId::from_bytes(who), epoch: Epoch(1), rebuild: 0, form }
}
/// An answer to one of the form's items.
pub fn answer(run: &mut Run, who: [u8; 16], edit: u8, item: &str, value: Value, seen: &Heads) -> Vec<u8> {
    let answer = Answer {
        value,
        by: PersonId::from_bytes(who),
        at_ms: 9,
        intent: CaptureId::from_bytes([edit; 16]),
        settles: false,
        measured: false,
    };
    let actor = base_actor(RUN, DeviceId::from_bytes(who), Epoch(1), 0);
    run.answer(actor, seen, &AnswerKey::of(item.parse().expect("a slug"), 0), &answer).expect("it is taken").change
}
pub fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| {
        let item = |slug: &str, kind| Item {
            slug: slug.parse().expect("a slug"),
            kind,
            label: Text::plain("en".parse().expect("a language"), slug),
            help: None,
            required: false,
            na: NaRule::Yes,
            visible_if: None,
            constraint: None,
            default: None,
            calculate: None,
            weight: 0,
            critical: false,
            evidence: None,
            answer_key: None,
            rules: Vec::new(),
            reference: None,
        };
        let items = vec![item("till", ItemKind::Text), item("door", ItemKind::Boolean)];
        let label = Text::plain("en".parse().expect("a language"), "All");
        let form = Form {
            pass_mark: None,
            sections: vec![Section {
                asked_of: None,
                slug: "all".parse().expect("a slug"),
                label,
                help: None,
                visible_if: None,
                weight: 1,
                repeat: None,
                items,
            }],
        };
        let mut run = Run::new(RUN);
        let mut bens = Run::new(RUN);
        answer(&mut run, ANA, 1, "till", Value::Text("100".to_owned()), &Heads::default());
        let his = answer(&mut bens, BEN, 2, "till", Value::Text("110".to_owned()), &Heads::default());
        let checked = run.check(&his, &author(&form, BEN)).expect("sound");
        run.apply(checked).expect("applied");
        Scene { form, run }
    })
}

/// A change of a document, as its bytes are and with the checksum that they would need.
pub fn change(bytes: &[u8]) {
    judged(bytes);
    if bytes.len() > 8 {
        let mut sealed = bytes.to_vec();
        sealed[4..8].copy_from_slice(&ring::digest::digest(&ring::digest::SHA256, &bytes[8..]).as_ref()[..4]);
        judged(&sealed);
    }
}

fn judged(bytes: &[u8]) {
    let Scene { form, run } = scene();
    let author = author(form, BEN);
    let _ = (run.missing(bytes), judge::change_hash(bytes), judge::answer_of(bytes));
    let mut taken = run.clone();
    let fates = taken.take_in(&[Offered { change: bytes, author }]);
    match run.check(bytes, &author) {
        // What the judge refused is in no document, whichever way it came.
        Err(_) => {
            assert!(fates[0].is_err() && taken.heads() == run.heads() && taken.change_count() == run.change_count());
        }
        Ok(checked) => {
            assert!(fates[0].is_ok());
            let (hash, known, key, said) = (checked.hash(), checked.is_known(), checked.key().clone(), checked.answer().clone());
            assert!(said.by == author.person && (known || taken.standing(&key).answers.contains(&said)));
            let mut applied = run.clone();
            applied.apply(checked).expect("what was let through is applied");
            assert!(applied.has(&hash) && applied.heads() == taken.heads());
            assert_eq!(applied.change_count(), run.change_count() + usize::from(!known));
            let opened = Run::load(RUN, &applied.save()).expect("it opens again");
            assert_eq!((opened.heads(), opened.answers_hash()), (applied.heads(), applied.answers_hash()));
            let before: BTreeSet<_> = run.heads().iter().collect();
            assert!(before.iter().all(|head| applied.has(head)), "a change is lost");
        }
    }
}
