//! Phones with real stores against a server in memory.

mod blocked;
mod documents;
mod exchange;
mod fake;
mod full;
mod leave;
mod lives;
mod stretches;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use frontline_domain::document::{Answer, AnswerKey, Heads, Run, base_actor, doc_id};
use frontline_domain::env::{Clock, Random, Reading};
use frontline_domain::fact::{Fact, FeedbackGiven};
use frontline_domain::form::{Form, Item, ItemKind, Section, Value};
use frontline_domain::release::{Content, Procedure, Release};
use frontline_domain::{CaptureId, DocId, EntryType, ReleaseHash, Text};
use frontline_protocol::Code;

use crate::capture::Edit;
use crate::store::outbox::{Item as OutboxItem, State};
use crate::store::runs::{self, Started};
use crate::store::{docs, intents, meta, outbox};
use crate::sync::{Ended, Report};
use crate::{Core, Options};
use fake::{Fake, HARBOUR};

/// The same numbers for the same seed.
struct Dice(AtomicU64);
impl Random for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let mut x = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
            x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            *byte = (x >> 56) as u8;
        }
    }
}

/// A wall clock that is a day late.
struct Late(AtomicU64);
impl Clock for Late {
    fn now(&self) -> Reading {
        let ms = self.0.fetch_add(7, Ordering::Relaxed);
        Reading { wall_ms: ms as i64 - 86_400_000, offset_min: 0, mono_ms: ms, boot: 1 }
    }
}

struct Phone {
    core: Core,
    dir: tempfile::TempDir,
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn open(dir: &Path, fake: &Arc<Fake>, seed: u64) -> Core {
    let options = Options {
        dir: dir.to_owned(),
        key: [7; 32].into(),
        clock: Arc::new(Late(AtomicU64::new(50_000))),
        random: Arc::new(Dice(AtomicU64::new(seed))),
        language: "en".parse().unwrap(),
    };
    let core = Core::open(options).unwrap();
    assert!(core.use_transport(fake.clone()));
    core
}

impl Phone {
    fn new(fake: &Arc<Fake>, person: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let core = open(dir.path(), fake, u64::from(person.as_bytes()[0]) << 32);
        wait(core.enrol("https://frontline.example", person, "test")).unwrap();
        Self { core, dir }
    }
    /// The same phone from a copy of its files.
    fn copy(&self, fake: &Arc<Fake>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(self.dir.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
        }
        let core = open(dir.path(), fake, 77 << 40);
        Self { core, dir }
    }
    fn sync(&self) -> Report {
        let report = wait(self.core.sync_now()).unwrap();
        assert_eq!(report.ended, Ended::Complete, "{report:?}");
        report
    }
    fn feedback(&self, score: u8) -> CaptureId {
        let given = |id| FeedbackGiven {
            id,
            touchpoint: "front-desk".parse().unwrap(),
            survey: ReleaseHash::from_bytes([5; 32]),
            score,
            reason: None,
            comment: None,
            kiosk: false,
            test: false,
        };
        self.core
            .inner
            .capture(|pen| {
                let id = pen.id();
                pen.fact(HARBOUR, &Fact::FeedbackGiven(given(id)))?;
                Ok(id)
            })
            .unwrap()
    }
    fn outbox(&self) -> Vec<OutboxItem> {
        let mut all = self.core.inner.read(|db| Ok(outbox::newest(db, i64::MAX, 10_000)?)).unwrap();
        all.reverse();
        all
    }
    fn count(&self, state: State) -> usize {
        self.outbox().iter().filter(|i| i.state == state).count()
    }
    fn epoch(&self) -> frontline_domain::Epoch {
        self.core.inner.read(|db| Ok(meta::series(db)?)).unwrap().0
    }
    fn scores(&self) -> Vec<u8> {
        let all = self.core.inner.read(|db| Ok(crate::store::feedback::behind(db, i64::MAX, &[0; 16], u32::MAX)?)).unwrap();
        let mut scores: Vec<u8> = all.into_iter().map(|f| f.score).collect();
        scores.sort_unstable();
        scores
    }

    fn run(&self, release: ReleaseHash) -> DocId {
        let org = self.core.inner.read(|db| Ok(meta::identity(db)?)).unwrap().org;
        let id = doc_id(org, HARBOUR, EntryType::RUN_CHANGED, &[3; 16]);
        self.core
            .inner
            .capture(|pen| {
                let started =
                    Started { run: id, scope: HARBOUR, release, nonce: [3; 16], person: pen.me.person, at_ms: pen.now_ms(), asset: None };
                Ok(runs::start(pen.tx, &started)?)
            })
            .unwrap();
        id
    }
    fn document(&self, id: DocId) -> Run {
        match self.core.inner.read(|db| Ok(docs::get(db, id)?)).unwrap() {
            Some(doc) if !doc.saved.is_empty() => Run::load(id, &doc.saved).unwrap(),
            _ => Run::new(id),
        }
    }
    fn answer(&self, run: DocId, release: ReleaseHash, item: &str, text: &str) -> CaptureId {
        self.answer_at(run, release, item, text, None)
    }
    /// As the procedures service does it.
    fn answer_at(&self, id: DocId, procedure: ReleaseHash, item: &str, text: &str, seen: Option<Heads>) -> CaptureId {
        self.core
            .inner
            .capture(|pen| {
                let doc = docs::get(pen.tx, id)?;
                let mut run = self.document(id);
                let seen = seen.unwrap_or_else(|| run.heads());
                let key = AnswerKey::of(item.parse().unwrap(), 0);
                let intent = pen.id();
                let answer = Answer {
                    value: Value::Text(text.into()),
                    by: pen.me.person,
                    at_ms: pen.now_ms(),
                    intent,
                    settles: false,
                    measured: false,
                };
                let rebuild = doc.map_or(0, |d| d.rebuild);
                let (epoch, _) = meta::series(pen.tx)?;
                let before = run.standings_at(&seen).into_iter().find(|s| s.key == key);
                let own = intents::of(pen.tx, id)?;
                let builds_on = before.map_or(vec![], |s| s.answers.iter().map(|a| a.intent).collect::<Vec<_>>());
                let builds_on = builds_on.into_iter().filter(|i| own.iter().any(|o| o.id == *i)).collect();
                let made = run.answer(base_actor(id, pen.identity.device, epoch, rebuild), &seen, &key, &answer)?;
                let edit = Edit { procedure, nonce: [3; 16], key, answer, seen, builds_on, asset: None };
                pen.change(HARBOUR, &run, rebuild, made, edit)?;
                Ok(intent)
            })
            .unwrap()
    }
    fn texts(&self, run: DocId, item: &str) -> Vec<String> {
        let key = AnswerKey::of(item.parse().unwrap(), 0);
        let standing = self.document(run).standing(&key);
        let mut texts: Vec<String> =
            standing.answers.into_iter().map(|a| if let Value::Text(text) = a.value { text } else { panic!("not a text") }).collect();
        texts.sort();
        texts
    }
}

/// A procedure of three texts, published.
fn procedure(fake: &Arc<Fake>) -> ReleaseHash {
    let words = |text: &str| Text::plain("en".parse().unwrap(), text);
    let item = |slug: &str| Item {
        slug: slug.parse().unwrap(),
        kind: ItemKind::Text,
        label: words(slug),
        help: None,
        required: true,
        na: Default::default(),
        visible_if: None,
        constraint: None,
        default: None,
        calculate: None,
        weight: 0,
        critical: false,
        evidence: None,
        answer_key: None,
        reference: None,
        rules: vec![],
    };
    let items = ["door", "fridge", "light"].map(item).to_vec();
    let section = Section {
        asked_of: None,
        slug: "all".parse().unwrap(),
        label: words("All"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        items,
    };
    let form = Form { pass_mark: None, sections: vec![section] };
    let content = Content::Procedure(Procedure { form: form.clone(), sign_off: Default::default(), minutes: None });
    let release = Release { slug: "opening".parse().unwrap(), title: words("Opening"), predecessor: None, content };
    let bytes = release.encode();
    let hash = Release::hash_of(&bytes);
    let mut state = fake.state();
    state.form = Some(form);
    state.write(frontline_domain::Scope::Org, EntryType::RELEASE, bytes);
    hash
}

const REFUSED: Code = Code::OUT_OF_RANGE;
