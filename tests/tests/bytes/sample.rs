//! One of each thing that travels, the same whenever it is made.

use ed25519_dalek::SigningKey;
use frontline_domain::customer::Sealed;
use frontline_domain::document::{Heads, Run, RunChanged};
use frontline_domain::form::Value;
use frontline_domain::record::Certificate;
use frontline_domain::release::{Card, Content, Lesson, Module, MoveOn, Release};
use frontline_domain::*;
use frontline_protocol::feed::Tag;
use frontline_protocol::give_back::{Given, GivenPage, Named, Taken, TakenPage, Vouched};
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::*;
use frontline_protocol::{Code, Entry, Header, Instead, Mark, Refused, Seen, document, enrol, frame, recover};

use crate::bodies::{blobs, body};
use crate::targets;

pub const ORG: OrgId = OrgId::from_bytes([0x0a; 16]);
pub const SITE: SiteId = SiteId::from_bytes([0x0b; 16]);
pub const ANA: PersonId = PersonId::from_bytes(targets::ANA);
pub const PHONE: DeviceId = DeviceId::from_bytes(targets::ANA);
pub const LIFE: Incarnation = Incarnation(0x1122_3344_5566_7788);
pub const NOW_MS: i64 = 1_800_000_000_000;

pub fn slug(name: &str) -> Slug {
    name.parse().unwrap()
}
pub fn text(words: &str) -> Text {
    Text::plain("en".parse().unwrap(), words)
}
pub fn id(n: u8) -> CaptureId {
    CaptureId::from_bytes([n; 16])
}
pub fn release_hash() -> ReleaseHash {
    ReleaseHash::from_bytes([0x0e; 32])
}
fn mark(number: u64) -> Mark {
    Mark { number, tag: Tag::from_bytes([number as u8; 16]) }
}
fn header(entry_type: EntryType, seq: u64) -> Header {
    Header {
        org: ORG,
        scope: Scope::Site(SITE),
        entry_type,
        person: ANA,
        device: PHONE,
        epoch: Epoch(0xfeed),
        seq,
        moment: Moment { wall_ms: NOW_MS, offset_min: 60, mono_ms: 5_000, boot: 77, server_offset_ms: Some(-120) },
        contact: Some((LIFE, NOW_MS - 1_000)),
        seen: Some(Seen { incarnation: LIFE, number: 12 }),
        rebuild: 0,
        replaces: None,
    }
}
pub fn sealed() -> Sealed {
    Sealed { subject: SubjectId::from_bytes([4; 16]), nonce: [5; 12].into(), bytes: b"sealed words".to_vec().into() }
}

/// A change of Ana's run that clashes, and one that settles it.
pub fn changes() -> Vec<Vec<u8>> {
    let scene = targets::scene();
    let (mut run, heads) = (scene.run.clone(), scene.run.heads());
    let bens = targets::answer(&mut run, targets::BEN, 3, "till", Value::Text("105".to_owned()), &heads);
    let door = targets::answer(&mut run, targets::BEN, 4, "door", Value::Bool(true), &heads);
    let now = run.heads();
    let again = targets::answer(&mut run, targets::BEN, 5, "door", Value::Na(None), &now);
    let mut alone = Run::new(targets::RUN);
    let first = targets::answer(&mut alone, targets::BEN, 6, "till", Value::Text("long ".repeat(60)), &Heads::default());
    let hers = targets::answer(&mut scene.run.clone(), targets::ANA, 7, "door", Value::Bool(false), &heads);
    vec![bens, door, again, first, hers]
}

pub fn release() -> Release {
    let cards = vec![Card::Text(text("Hello"))];
    let lessons = vec![Lesson { slug: slug("welcome"), title: text("Welcome"), cards }];
    let module = Module { lessons, quiz: None, move_on: MoveOn::Completed, minutes: None, valid_months: None };
    Release { slug: slug("coffee"), title: text("Coffee"), predecessor: Some(release_hash()), content: Content::Module(module) }
}
pub fn certificate() -> Certificate {
    Certificate { device: PHONE, person: ANA, site: SITE, at_ms: NOW_MS, mac: [8; 32].into() }
}
pub fn judged(verdict: Verdict) -> Judged {
    Judged { epoch: Epoch(0xfeed), seq: 3, hash8: [1; 8].into(), verdict }
}
fn receipt() -> Receipt {
    Receipt { incarnation: LIFE, number: 9, mark: mark(10), committed_ms: NOW_MS, effective_ms: NOW_MS - 500 }
}

fn entries() -> Vec<Entry> {
    let mut all: Vec<Entry> = (1..).zip(in_order()).map(|(seq, one)| Entry::make(header(*one, seq), body(*one))).collect();
    let again = Header { replaces: Some(Instead::of(&all[0])), rebuild: 2, seen: None, contact: None, ..header(EntryType(999), 90) };
    all.push(Entry::make(Header { scope: Scope::Device(PHONE), ..again }, vec![]));
    all
}

fn page() -> Page {
    let entries = entries();
    let rows = (8..).zip(entries.iter().take(4)).map(|(number, e)| Row { number, effective_ms: NOW_MS, bytes: e.bytes().to_vec().into() });
    Page {
        scope: Scope::Site(SITE),
        types: first_types(),
        from: mark(7),
        to: mark(11),
        rows: rows.collect(),
        mac: Some((1, [6; 32].into())),
        keys: Some(vec![5; 60].into()),
    }
}

fn request() -> Request {
    let cursor = |scope, older| Cursor { scope, types: first_types(), incarnation: LIFE, at: mark(7), older };
    Request {
        versions: (1, 1),
        contact: Some((LIFE, NOW_MS)),
        cursors: vec![cursor(Scope::Org, vec![]), cursor(Scope::Site(SITE), vec![mark(6), mark(2)]), cursor(Scope::Person(ANA), vec![])],
        offers: entries().iter().take(3).map(|e| e.bytes().to_vec().into()).collect(),
        page_bytes: 65_536,
        stance: None,
        app: Some(AppVersion(1, 2, 3)),
        reader: Some([2; 32].into()),
        keys: Some(vec![3; 70].into()),
    }
}

fn answer() -> Answer {
    Answer {
        version: 1,
        incarnation: LIFE,
        time_ms: NOW_MS,
        nonce: vec![4; 24].into(),
        epoch_closed: true,
        verdicts: vec![
            judged(Verdict::Stored(receipt())),
            judged(Verdict::Held(Code::WAITS_FOR_DEPENDENCY)),
            judged(Verdict::Quarantined(Code::NOT_PERMITTED)),
            judged(Verdict::Replaced),
            judged(Verdict::Remake),
        ],
        stretches: vec![Stretch {
            epoch: Epoch(0xfeed),
            seq: 40,
            count: 900,
            digest: [7; 16].into(),
            number: 100,
            incarnation: LIFE,
            mark: mark(250),
            committed_ms: NOW_MS,
        }],
        reads: vec![(Scope::Org, first_types()), (Scope::Site(SITE), TypeSet::of(&[EntryType::RUN_CHANGED]))],
        reads_stand: false,
        pages: vec![page()],
        disagrees: vec![Scope::Person(ANA)],
        more: true,
        backed_up: Some((LIFE, NOW_MS - 9)),
        customers: Some([9; 32].into()),
        segments: vec![],
    }
}

fn enrolled() -> enrol::Enrolled {
    enrol::Enrolled {
        version: 1,
        org: ORG,
        org_name: "Harbour".into(),
        device: PHONE,
        device_name: "harbour-7".into(),
        person: ANA,
        person_name: "Ana".into(),
        site: SITE,
        certificate: certificate(),
        incarnation: LIFE,
        time_ms: NOW_MS,
        nonce: vec![4; 24].into(),
        customers: [9; 32].into(),
        recovery: Some([3; 32].into()),
    }
}

fn given() -> Given {
    let one = &entries()[0];
    let rows = vec![Named { number: 8, id: one.id(), hash: one.hash(), effective_ms: NOW_MS }];
    let (scope, mac) = (Scope::Site(SITE), [6; 32].into());
    let page = Vouched { key: 1, scope, incarnation: LIFE, from: 7, to: mark(8), rows, mac };
    Given { versions: (1, 1), pages: vec![GivenPage { page, entries: vec![one.bytes().to_vec().into()] }] }
}

/// Each message in CBOR, not compressed, by the name of its fixture.
pub fn messages() -> Vec<(String, Vec<u8>)> {
    let still = Answer { verdicts: vec![], stretches: vec![], reads: vec![], reads_stand: true, pages: vec![], ..answer() };
    let still =
        Answer { nonce: vec![].into(), epoch_closed: false, disagrees: vec![], more: false, backed_up: None, customers: None, ..still };
    let by_stance =
        Request { cursors: vec![], offers: vec![], stance: Some([1; 16].into()), app: None, reader: None, keys: None, ..request() };
    let enrol =
        enrol::Enrol { versions: (1, 1), code: "ABCD-EFGH-J".into(), key: [1; 32].into(), model: "Phone".into(), again: Some(PHONE) };
    let shown = enrol::Shown { versions: (1, 1), org: ORG, device: PHONE, key: [1; 32].into(), certificates: vec![certificate()] };
    let recover = recover::Recover {
        versions: (1, 1),
        code: "ABCD-EFGH-J".into(),
        org: ORG,
        device: PHONE,
        sealed: vec![1; 80].into(),
        reader: [2; 32].into(),
    };
    let refused = Refused { code: Code::NEW_NONCE, detail: Some("sign again".into()), nonce: Some(vec![4; 24].into()), time_ms: NOW_MS };
    let ask = document::Ask { versions: (1, 1), doc: targets::RUN, after: 0, page_bytes: 65_536 };
    let page_taken = TakenPage { refused: Some(Code::NOT_VOUCHED_FOR), stored: 1, known: 2, listed: 3 };
    let taken = Taken { version: 1, time_ms: NOW_MS, nonce: vec![].into(), pages: vec![page_taken, TakenPage::default()] };
    let mut all: Vec<(String, Vec<u8>)> = [
        ("request-whole", cbor::encode(&request())),
        ("request-by-stance", cbor::encode(&by_stance)),
        ("answer-full", cbor::encode(&answer())),
        ("answer-still", cbor::encode(&still)),
        ("page", cbor::encode(&page())),
        ("enrol", cbor::encode(&enrol)),
        ("enrolled", cbor::encode(&enrolled())),
        ("shown", cbor::encode(&shown)),
        ("recover", cbor::encode(&recover)),
        ("refused", cbor::encode(&refused)),
        ("document", cbor::encode(&ask)),
        ("given-back", cbor::encode(&given())),
        ("taken", cbor::encode(&taken)),
    ]
    .map(|(name, bytes)| (format!("{name}.cbor"), bytes))
    .into();
    all.extend(entries().iter().map(|entry| (format!("entry-{}.cbor", entry.header.entry_type), entry.bytes().to_vec())));
    let about = RunChanged { asset: Some(slug("milk-fridge")), ..RunChanged::decode(&body(EntryType::RUN_CHANGED)).unwrap() };
    let about = Entry::make(header(EntryType::RUN_CHANGED, 91), about.encode());
    all.push(("entry-run-changed-about.cbor".to_owned(), about.bytes().to_vec()));
    for (what, fact) in blobs() {
        let entry = Entry::make(header(EntryType::BLOB_CAPTURED, 92), fact.encode());
        all.push((format!("entry-blob-captured-{what}.cbor"), entry.bytes().to_vec()));
    }
    all
}

/// What the fuzzer begins with: its target, the file's name, the bytes.
pub fn corpus() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut all = Vec::new();
    for (name, bytes) in messages() {
        let name = name.replace(".cbor", "");
        match name.split('-').next().unwrap() {
            "entry" => all.push(("entry", name, bytes)),
            "page" => all.push(("page", name, bytes)),
            _ => all.push(("frame", name, bytes)),
        }
    }
    all.push(("frame", "request-packed".into(), frame::pack(&request())));
    all.push(("frame", "answer-packed".into(), frame::pack(&answer())));
    let empty = Page { rows: vec![], mac: None, keys: None, ..page() };
    all.push(("page", "page-without-rows".into(), cbor::encode(&empty)));
    all.push(("page", "page-given-back".into(), cbor::encode(&given().pages[0])));
    all.extend((0..).zip(changes()).map(|(n, change): (u8, _)| ("change", format!("change-{n}"), change)));
    let key = SigningKey::from_bytes(&[7; 32]);
    for (name, next_seq, nonce) in [("claim-first", 1, vec![]), ("claim-later", 70_000, vec![4; 24]), ("claim-last", u64::MAX, vec![9; 64])]
    {
        let claim = Claim { org: ORG, device: PHONE, epoch: Epoch(0xfeed), next_seq, nonce };
        all.push(("claim", name.into(), claim.seal(&key, "/v1/sync", b"message")));
        all.push(("claim", format!("{name}-in-a-header"), claim.sign(&key, "GET", "/v1/blobs", b"").into_bytes()));
    }
    all
}

const LATER: TypeSet = TypeSet::of(&[
    EntryType::ACTION_OPENED,
    EntryType::ACTION_CHANGED,
    EntryType::ACTION_COMMENTED,
    EntryType::ACTION_REVIEWED,
    EntryType::ASSET,
    EntryType::RUNS_WITHDRAWN,
]);

/// The types that there were when these bytes were written first: a type that came since must not change them.
fn first_types() -> TypeSet {
    TypeSet::all().minus(LATER)
}

/// The same, then those that came since.
fn in_order() -> impl Iterator<Item = &'static EntryType> {
    let of = |later: bool| EntryType::ALL.iter().filter(move |one| LATER.contains(**one) == later);
    of(false).chain(of(true))
}
