//! An organisation to try things on, with a clock that stands still until it is told to go.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use frontline_content::bundle::{Assignee, Due};
use frontline_content::{Assignment, Bundle, Grant, Organisation, Person, Site, Touchpoint};
use frontline_domain::form::item::{Choice, One};
use frontline_domain::form::{Form, Item, ItemKind, Key, NaRule, Section, Value};
use frontline_domain::permission::Role;
use frontline_domain::quiz::{Quiz, Shuffle};
use frontline_domain::record::{self, Policy};
use frontline_domain::release::{Card, Content, Lesson, Metric, Module, MoveOn, Named, Procedure, Release, Survey};
use frontline_domain::release::{ReasonTree, reasons};
use frontline_domain::{Clock, Lang, OrgId, PersonId, Random, Reading, ReleaseHash, Scope, SiteId, Slug, Text};
use frontline_server::admin::{self, Desk, Init, content};
use frontline_server::{App, AppState, http, records};
use tower::ServiceExt;

pub const BEGIN_MS: i64 = 1_800_000_000_000;

pub struct StillClock(AtomicI64);
impl Clock for StillClock {
    fn now(&self) -> Reading {
        Reading { wall_ms: self.0.load(Ordering::SeqCst), offset_min: 0, mono_ms: 0, boot: 0 }
    }
}

/// The same bytes for the same seed.
pub struct Seeded(pub AtomicU64);
impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let n = self.0.fetch_add(1, Ordering::SeqCst);
        blake3::Hasher::new().update(&n.to_be_bytes()).finalize_xof().fill(bytes);
    }
}

pub struct World {
    pub app: AppState,
    pub clock: Arc<StillClock>,
    pub init: Init,
    dir: tempfile::TempDir,
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}
pub fn text(words: &str) -> Text {
    Text::plain("en".parse().unwrap(), words)
}

impl World {
    /// A server with one organisation and its content.
    pub async fn begin() -> World {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock(AtomicI64::new(BEGIN_MS)));
        let app = App::open(dir.path(), clock.clone(), Arc::new(Seeded(AtomicU64::new(1)))).await.unwrap();
        let init = admin::init(&app, "Harbour", "ana@harbour.example").await.unwrap();
        let world = World { app, clock, init, dir };
        world.push(&bundle()).await;
        world
    }
    /// The same server, restored from a backup.
    pub async fn restored(self, from: &std::path::Path) -> World {
        let World { app, clock, init, dir } = self;
        drop(app);
        let random = Arc::new(Seeded(AtomicU64::new(clock.0.load(Ordering::SeqCst).unsigned_abs())));
        frontline_server::backup::restore(dir.path(), from, &*clock, &frontline_server::system::SystemRandom).await.unwrap();
        let app = App::open(dir.path(), clock.clone(), random).await.unwrap();
        World { app, clock, init, dir }
    }
    /// A second organisation on the same server, with content of the same names.
    pub async fn neighbour(&self) -> Init {
        let init = admin::init(&self.app, "Marina", "ben@marina.example").await.unwrap();
        let mut bundle = bundle();
        bundle.organisation.name = "Marina".into();
        content::apply(&self.app, init.org, &bundle, false, true).await.unwrap();
        init
    }
    pub async fn push(&self, bundle: &Bundle) -> frontline_content::Plan {
        content::apply(&self.app, self.org(), bundle, false, true).await.unwrap()
    }
    /// Where its server keeps everything.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }
    pub fn org(&self) -> OrgId {
        self.init.org
    }
    pub fn now_ms(&self) -> i64 {
        self.clock.0.load(Ordering::SeqCst)
    }
    pub fn wait(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }
    pub async fn desk(&self) -> Desk<'_> {
        Desk::open(&self.app, self.org()).await.unwrap()
    }
    pub async fn site_of(&self, org: OrgId, name: &str) -> SiteId {
        let mut tx = self.app.store.read().await.unwrap();
        admin::site(&mut *tx, org, name).await.unwrap().id
    }
    pub async fn site(&self, name: &str) -> SiteId {
        self.site_of(self.org(), name).await
    }
    pub async fn scope(&self, name: &str) -> Scope {
        Scope::Site(self.site(name).await)
    }
    pub async fn person_of(&self, org: OrgId, name: &str) -> PersonId {
        let mut tx = self.app.store.read().await.unwrap();
        admin::person(&mut *tx, org, name).await.unwrap().id
    }
    pub async fn person(&self, name: &str) -> PersonId {
        self.person_of(self.org(), name).await
    }
    pub async fn code_of(&self, org: OrgId, site: &str, person: &str) -> String {
        let (site, person) = (self.site_of(org, site).await, self.person_of(org, person).await);
        let mut desk = Desk::open(&self.app, org).await.unwrap();
        let code = desk.enrolment_code(site, person).await.unwrap();
        desk.close().await.unwrap();
        code.code
    }
    pub async fn release_of(&self, org: OrgId, kind: &str, name: &str) -> ReleaseHash {
        let mut tx = self.app.store.read().await.unwrap();
        let key = records::publication_key(kind, &slug(name));
        records::one::<record::Publication>(&mut *tx, org, &key).await.unwrap().unwrap().release
    }
    pub async fn release(&self, kind: &str, name: &str) -> ReleaseHash {
        self.release_of(self.org(), kind, name).await
    }
    /// Sends a request to the router.
    pub async fn send(&self, request: Request<Body>) -> (StatusCode, Bytes) {
        let response = http::router(self.app.clone()).oneshot(request).await.unwrap();
        let status = response.status();
        (status, axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap())
    }
}

fn item(name: &str, kind: ItemKind) -> Item {
    Item {
        slug: slug(name),
        kind,
        label: text(name),
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
        reference: None,
        rules: vec![],
    }
}
fn form(items: Vec<Item>) -> Form {
    Form {
        pass_mark: None,
        sections: vec![Section {
            asked_of: None,
            slug: slug("all"),
            label: text("All"),
            help: None,
            visible_if: None,
            weight: 1,
            repeat: None,
            items,
        }],
    }
}
fn named(name: &str) -> Named {
    Named { slug: slug(name), label: text(name) }
}

/// 4 points, 75 per cent to pass, two attempts.
pub fn quiz() -> Quiz {
    let key = |value| Some(Key { value, tolerance: None, also: vec![], why: None });
    let choices = ["finer", "coarser"].map(|c| Choice::new(slug(c), text(c))).to_vec();
    let right = key(Value::Choice(slug("finer")));
    let grind = Item { weight: 3, answer_key: right, na: NaRule::No, ..item("grind", ItemKind::Choice(One(choices))) };
    let taste = Item { weight: 1, answer_key: key(Value::Bool(true)), na: NaRule::No, ..item("taste", ItemKind::Boolean) };
    Quiz { form: form(vec![item("read", ItemKind::Note), grind, taste]), mastery_score: 75, attempts: Some(2), shuffle: Shuffle::No }
}

/// Two sites, Ana who works at the harbour, Ben who leads there, and one release of each kind.
pub fn bundle() -> Bundle {
    let english: Lang = "en".parse().unwrap();
    let site = |name: &str| Site { slug: slug(name), name: text(name), zone: "Europe/London".into(), tags: vec![] };
    let person = |name: &str, role, site: &str| Person {
        slug: slug(name),
        name: name.to_uppercase(),
        language: english.clone(),
        grants: vec![Grant { role, site: Some(slug(site)) }],
    };
    let release = |name: &str, content| Release { slug: slug(name), title: text(name), predecessor: None, content };
    let procedure = Procedure {
        form: form(vec![item("doors", ItemKind::Boolean), item("fridge", ItemKind::Number(Default::default()))]),
        sign_off: Role::Supervisor.into(),
        minutes: None,
    };
    let survey = Survey {
        form: form(vec![item("score", ItemKind::Csat)]),
        metric: Metric::Csat,
        idle_reset_s: 30,
        thank_you: text("Thank you"),
        reasons: vec![named("queue")],
    };
    let tree = ReasonTree {
        reasons: vec![reasons::Family { slug: slug("billing"), label: text("Billing"), reasons: vec![named("refund")] }],
        outcomes: vec![reasons::Outcome { slug: slug("solved"), label: text("Solved"), resolved: true, handled: true }],
        channels: vec![named("desk")],
    };
    let module = Module {
        lessons: vec![Lesson {
            slug: slug("welcome"),
            title: text("Welcome"),
            cards: vec![Card::Text(text("Hello")), Card::Text(text("Bye"))],
        }],
        quiz: Some(quiz()),
        move_on: MoveOn::Completed,
        minutes: None,
        valid_months: None,
    };
    Bundle {
        media: Vec::new(),
        rows: vec![],
        assets: vec![],
        organisation: Organisation { name: "Harbour".into(), languages: vec![english.clone()], policy: Policy::default() },
        sites: vec![site("harbour"), site("marina")],
        people: vec![
            person("ana", Role::Staff, "harbour"),
            person("ben", Role::Supervisor, "harbour"),
            person("cy", Role::Staff, "marina"),
        ],
        touchpoints: vec![Touchpoint {
            slug: slug("front-desk"),
            site: slug("harbour"),
            name: text("Front desk"),
            stage: slug("arrival"),
            survey: slug("checkout"),
            interval_s: 5,
        }],
        releases: vec![
            release("opening", Content::Procedure(procedure)),
            release("checkout", Content::Survey(survey)),
            release("reasons", Content::Reasons(tree)),
            release("coffee", Content::Module(module)),
        ],
        assignments: vec![Assignment {
            kind: "procedure".into(),
            slug: slug("opening"),
            to: Assignee::Site(slug("harbour")),
            due: Due::InDays { days: 1, minute: 600 },
        }],
    }
}

/// Counts what stands where, for tests that compare before and after.
pub async fn counts(world: &World, org: OrgId) -> BTreeMap<String, u64> {
    let mut tx = world.app.store.read().await.unwrap();
    let counts = tx.counts(org).await.unwrap();
    let mut all: BTreeMap<String, u64> = counts.stored.iter().map(|(t, n)| (t.to_string(), *n)).collect();
    all.extend([("held".into(), counts.held), ("quarantined".into(), counts.quarantined), ("replaced".into(), counts.replaced)]);
    all
}
