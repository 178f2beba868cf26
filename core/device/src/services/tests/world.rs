//! Phones with real stores and a server that is a list: it numbers what it is given.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use frontline_domain::env::{Clock, Random, Reading};
use frontline_domain::form::decimal::Decimal;
use frontline_domain::form::item::{Choice, NumberRule, One, Several};
use frontline_domain::form::rule::ActionRule;
use frontline_domain::form::{Expr, Form, Item, ItemKind, Key, NaRule, Rule, Section, Then, Value, expr};
use frontline_domain::permission::Role;
use frontline_domain::quiz::{Quiz, Shuffle};
use frontline_domain::record::*;
use frontline_domain::release::reasons::{Family, Outcome};
use frontline_domain::release::{Card, Content, Lesson, Metric, Module, MoveOn, Named, Procedure, ReasonTree, Release, Survey};
use frontline_domain::*;
use frontline_protocol::sync::Receipt;
use frontline_protocol::{Entry, Header, Mark};

use crate::store::enrolled::Enrolled;
use crate::store::entries::Place;
use crate::store::{enrolled, entries, meta, outbox};
use crate::{Core, Options, project};

pub const ORG: OrgId = OrgId::from_bytes([1; 16]);
pub const HARBOUR: SiteId = SiteId::from_bytes([2; 16]);
pub const ANA: PersonId = PersonId::from_bytes([3; 16]);
pub const BEN: PersonId = PersonId::from_bytes([4; 16]);
/// The private half of the organisation's recovery key.
pub const HOLDER: [u8; 32] = [8; 32];
const PEN: DeviceId = DeviceId::from_bytes([9; 16]);
pub const LIFE: Incarnation = Incarnation(77);
pub const START: i64 = 1_772_434_800_000;

/// A clock that a test moves.
pub struct Hands(pub AtomicU64);
impl Clock for Hands {
    fn now(&self) -> Reading {
        let ms = self.0.load(Ordering::Relaxed);
        Reading { wall_ms: START + ms as i64, offset_min: 60, mono_ms: ms, boot: 1 }
    }
}

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

/// What the server has numbered: (number, entry).
pub struct World {
    feed: Mutex<Vec<(u64, Entry)>>,
    clock: Arc<Hands>,
}

pub struct Phone {
    pub core: Core,
    pub dir: tempfile::TempDir,
    pub seed: u64,
    pub clock: Arc<Hands>,
}

pub fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}
pub fn words(en: &str, ar: &str) -> Text {
    let lang = |tag: &str| tag.parse::<Lang>().expect("a tag");
    Text::translated(lang("en"), BTreeMap::from([(lang("en"), en.into()), (lang("ar"), ar.into())]))
}
fn named(name: &str) -> Named {
    Named { slug: slug(name), label: words(name, name) }
}

pub fn item(name: &str, kind: ItemKind, required: bool, na: NaRule) -> Item {
    Item {
        slug: slug(name),
        kind,
        label: words(name, name),
        help: None,
        required,
        na,
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

pub fn procedure() -> Release {
    let number = |n: i64| Decimal::new(n, 0).expect("a number");
    let fridge = NumberRule {
        unit: Some("°C".into()),
        min: Some(number(-30)),
        max: Some(number(30)),
        decimals: 1,
        target: Some((number(0), number(5))),
    };
    let choices = ["oats", "rye"].map(|c| Choice::new(slug(c), words(c, c))).to_vec();
    let front = Section {
        asked_of: None,
        slug: slug("front"),
        label: words("Front", "أمام"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        items: vec![
            item("welcome", ItemKind::Note, false, NaRule::No),
            item("door", ItemKind::PassFail, true, NaRule::WithReason),
            item("bread", ItemKind::Choice(One(choices)), false, NaRule::Yes),
            item("remarks", ItemKind::Text, false, NaRule::No),
        ],
    };
    let when = Expr(expr::parse("fridge-temp > 4").unwrap().node);
    let mend = ActionRule { title: words("Mend the fridge", "أصلح الثلاجة"), within_hours: Some(4) };
    let mut temperature = item("fridge-temp", ItemKind::Number(fridge), true, NaRule::No);
    temperature.rules = vec![Rule { when, then: vec![Then::Action(mend)] }];
    let fridges = Section {
        asked_of: None,
        slug: slug("fridges"),
        label: words("Fridges", "ثلاجات"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: Some(3),
        items: vec![temperature],
    };
    let procedure =
        Procedure { form: Form { pass_mark: None, sections: vec![front, fridges] }, sign_off: Role::Supervisor.into(), minutes: Some(10) };
    let title = words("Opening checks", "فحوص الافتتاح");
    Release { slug: slug("opening-checks"), title, predecessor: None, content: Content::Procedure(procedure) }
}

fn survey() -> Release {
    let survey = Survey {
        form: Form { pass_mark: None, sections: vec![] },
        metric: Metric::Csat,
        idle_reset_s: 10,
        thank_you: words("Thank you", "شكرا"),
        reasons: vec![named("queue"), named("staff")],
    };
    Release { slug: slug("checkout"), title: words("Checkout", "الدفع"), predecessor: None, content: Content::Survey(survey) }
}

fn reasons() -> Release {
    let outcome = |name: &str, handled| Outcome { slug: slug(name), label: words(name, name), resolved: handled, handled };
    let tree = ReasonTree {
        reasons: vec![Family {
            slug: slug("billing"),
            label: words("Billing", "فواتير"),
            reasons: vec![named("refund"), named("receipt")],
        }],
        outcomes: vec![outcome("solved", true), outcome("abandoned", false)],
        channels: vec![named("desk"), named("phone")],
    };
    Release { slug: slug("reasons"), title: words("Reasons", "أسباب"), predecessor: None, content: Content::Reasons(tree) }
}

/// 8 points, 75 per cent to pass, two attempts: a choice, a multi-choice, a number and a critical boolean.
fn quiz() -> Quiz {
    let choices = |names: &[&str]| names.iter().map(|c| Choice::new(slug(c), words(c, c))).collect::<Vec<_>>();
    let key = |value| Some(Key { value, tolerance: None, also: vec![], why: Some(words("Because", "لأن")) });
    let question = |name, kind, weight, answer_key| Item { weight, answer_key, ..item(name, kind, false, NaRule::No) };
    let number = NumberRule { unit: Some("°C".into()), min: None, max: None, decimals: 1, target: None };
    let tolerant = Key { value: Value::Number(93.into()), tolerance: Some(1.into()), also: vec![], why: None };
    let right = Value::Choices(vec![slug("cold"), slug("fresh")]);
    let items = vec![
        question("read-this", ItemKind::Note, 0, None),
        question("grind", ItemKind::Choice(One(choices(&["finer", "coarser"]))), 2, key(Value::Choice(slug("finer")))),
        question("milk", ItemKind::MultiChoice(Several(choices(&["cold", "fresh", "boiled"]))), 4, key(right)),
        question("water", ItemKind::Number(number), 1, Some(tolerant)),
        Item { critical: true, ..question("clean", ItemKind::Boolean, 1, key(Value::Bool(true))) },
    ];
    let section = Section {
        asked_of: None,
        slug: slug("questions"),
        label: words("Coffee", "قهوة"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        items,
    };
    Quiz { form: Form { pass_mark: None, sections: vec![section] }, mastery_score: 75, attempts: Some(2), shuffle: Shuffle::Both }
}

/// The module as it is published first.
pub fn module() -> Release {
    let card = |n: u32| Card::Text(words(&format!("Card {n}"), &format!("بطاقة {n}")));
    let lesson = |name: &str, cards: u32| Lesson { slug: slug(name), title: words(name, name), cards: (1..=cards).map(card).collect() };
    let module = Module {
        lessons: vec![lesson("beans", 3), lesson("milk", 2)],
        quiz: Some(quiz()),
        move_on: MoveOn::Completed,
        minutes: Some(5),
        valid_months: None,
    };
    Release {
        slug: slug("coffee-basics"),
        title: words("Coffee basics", "أساسيات القهوة"),
        predecessor: None,
        content: Content::Module(module),
    }
}

fn seq() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl World {
    pub fn new() -> Self {
        let world = Self { feed: Mutex::default(), clock: Arc::new(Hands(AtomicU64::new(1_000))) };
        let lang = |tag: &str| tag.parse::<Lang>().expect("a tag");
        world.record(
            Scope::Org,
            &Organisation {
                id: ORG,
                name: "Harbour".into(),
                languages: vec![lang("en"), lang("ar")],
                policy: Policy::default(),
                recovery: None,
            },
        );
        world.record(
            Scope::Org,
            &Site {
                id: HARBOUR,
                slug: slug("harbour"),
                name: words("Harbour", "الميناء"),
                zone: "Europe/Lisbon".into(),
                tags: vec![],
                withdrawn: false,
            },
        );
        let site = Scope::Site(HARBOUR);
        for (id, name, language) in [(ANA, "Ana", "en"), (BEN, "Ben", "ar")] {
            let slug = slug(&name.to_lowercase());
            world.record(site, &Person { id, slug, name: name.into(), language: lang(language), withdrawn: false });
        }
        world.grant(ANA, Role::Staff);
        world.grant(BEN, Role::Supervisor);
        for release in [procedure(), survey(), reasons(), module()] {
            world.publish(&release);
        }
        let point = Touchpoint {
            slug: slug("front-desk"),
            site: HARBOUR,
            name: words("Front desk", "الاستقبال"),
            stage: slug("arrival"),
            survey: slug("checkout"),
            interval_s: 30,
            withdrawn: false,
        };
        world.record(site, &point);
        world.record(
            site,
            &Assignment {
                id: AssignmentId::from_bytes([5; 16]),
                kind: "module".into(),
                slug: slug("coffee-basics"),
                to: site,
                due_ms: START + 3_600_000,
                withdrawn: false,
            },
        );
        world
    }

    pub fn grant(&self, person: PersonId, role: Role) {
        let id = GrantId::from_bytes([seq() as u8; 16]);
        let one = GrantRecord { id, person, role, scope: Scope::Site(HARBOUR), from_ms: 0, until_ms: None };
        self.record(Scope::Person(person), &one);
    }

    pub fn publish(&self, release: &Release) {
        let bytes = release.encode();
        let hash = Release::hash_of(&bytes);
        self.write(Scope::Org, EntryType::RELEASE, bytes);
        self.record(Scope::Org, &Publication { kind: release.kind().into(), slug: release.slug.clone(), release: hash, withdrawn: false });
    }

    pub fn record<R: Record>(&self, scope: Scope, record: &R) {
        self.write(scope, R::TYPE, record.encode());
    }

    pub fn write(&self, scope: Scope, entry_type: EntryType, body: Vec<u8>) {
        let seq = seq();
        let now = self.clock.0.load(Ordering::Relaxed);
        let moment = Moment { wall_ms: START + (now + seq) as i64, offset_min: 0, mono_ms: 0, boot: 0, server_offset_ms: None };
        let header = Header {
            org: ORG,
            scope,
            entry_type,
            person: PersonId::from_bytes([0; 16]),
            device: PEN,
            epoch: Epoch(LIFE.0),
            seq,
            moment,
            contact: None,
            seen: None,
            rebuild: 0,
            replaces: None,
        };
        let mut feed = self.feed.lock().expect("a lock");
        let number = feed.len() as u64 + 1;
        feed.push((number, Entry::make(header, body)));
    }

    /// A phone of these people that has everything the server has. Each phone's clock is the world's.
    pub fn phone(&self, seed: u64, people: &[PersonId]) -> Phone {
        let dir = tempfile::tempdir().expect("a folder");
        let core = Core::open(options(&self.clock, seed, dir.path().to_owned())).expect("a store");
        let phone = Phone { core, dir, seed, clock: self.clock.clone() };
        let device = DeviceId::from_bytes([seed as u8; 16]);
        phone
            .core
            .inner
            .write(crate::observe::Origin::Remote, |tx, _| {
                let identity = meta::Identity {
                    org: ORG,
                    org_name: "Harbour".into(),
                    device,
                    device_name: format!("harbour-{seed}"),
                    server: "https://frontline.example".into(),
                };
                meta::put(tx, meta::key::IDENTITY, &identity)?;
                meta::put(tx, meta::key::CUSTOMERS_AT, &serde_bytes::ByteArray::new(frontline_protocol::hpke::public_key(&[9; 32])))?;
                meta::put(tx, meta::key::RECOVERY_AT, &serde_bytes::ByteArray::new(frontline_protocol::hpke::public_key(&HOLDER)))?;
                meta::put(tx, meta::key::SERIES, &(Epoch(seed), 1u64))?;
                for person in people {
                    let certificate = Certificate { device, person: *person, site: HARBOUR, at_ms: START, mac: [0; 32].into() };
                    enrolled::put(tx, &Enrolled { person: *person, site: HARBOUR, name: "?".into(), certificate })?;
                }
                Ok(())
            })
            .expect("enrolled");
        self.pull(&phone);
        phone
    }

    /// Numbers what the phone captured, and gives it its receipts.
    pub fn push(&self, phone: &Phone) {
        phone
            .core
            .inner
            .write(crate::observe::Origin::Remote, |tx, touched| {
                for (item, bytes) in outbox::unsent_after(tx, i64::MIN, usize::MAX, usize::MAX, true)? {
                    let mut feed = self.feed.lock().expect("a lock");
                    let number = feed.len() as u64 + 1;
                    let entry = Entry::read(&bytes, 1 << 20)?;
                    let mark = Mark { number, ..Mark::START };
                    let receipt = Receipt { incarnation: LIFE, number, mark, committed_ms: START, effective_ms: START };
                    outbox::set_stored(tx, &item, &receipt)?;
                    if let Some(about) = project::subject(&entry) {
                        project::refresh(tx, &about, touched)?;
                    }
                    feed.push((number, entry));
                }
                Ok(())
            })
            .expect("pushed");
    }

    /// Gives the phone everything that the server has.
    pub fn pull(&self, phone: &Phone) {
        let feed = self.feed.lock().expect("a lock").clone();
        self.give(phone, &feed);
    }

    /// Gives the phone these entries.
    pub fn give(&self, phone: &Phone, feed: &[(u64, Entry)]) {
        phone
            .core
            .inner
            .write(crate::observe::Origin::Remote, |tx, touched| {
                for (number, entry) in feed {
                    let about = project::subject(entry);
                    let place = Place { incarnation: LIFE, number: *number, effective_ms: START };
                    entries::put(tx, entry, about.as_ref().map(project::Subject::encode).as_deref(), false, Some(place))?;
                    if let Some(about) = about {
                        project::refresh(tx, &about, touched)?;
                    }
                }
                Ok(())
            })
            .expect("pulled");
    }

    /// The runs' changes that a phone has captured.
    pub fn offered(&self, phone: &Phone) -> Vec<(u64, Entry)> {
        let offered = phone.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, usize::MAX, usize::MAX, true)?)).expect("offered");
        offered.into_iter().enumerate().map(|(n, (_, bytes))| (900 + n as u64, Entry::read(&bytes, 1 << 20).expect("an entry"))).collect()
    }

    /// Opens the store in a folder.
    pub fn open_at(&self, seed: u64, dir: &std::path::Path) -> Result<Core, crate::Error> {
        Core::open(options(&self.clock, seed, dir.to_owned()))
    }

    /// What a store in this folder is opened with.
    pub fn options_at(&self, seed: u64, dir: &std::path::Path) -> Options {
        options(&self.clock, seed, dir.to_owned())
    }

    /// The organisation has another recovery key from now on.
    pub fn tell_recovery_key(&self, public: &[u8; 32]) {
        let (languages, policy) = (vec!["en".parse().expect("a tag")], Policy::default());
        self.record(Scope::Org, &Organisation { id: ORG, name: "Harbour".into(), languages, policy, recovery: Some((*public).into()) });
    }

    /// Everybody sends, then everybody fetches.
    pub fn join(&self, phones: &[&Phone]) {
        phones.iter().for_each(|p| self.push(p));
        phones.iter().for_each(|p| self.pull(p));
    }

    /// Sets the clock, so long after the start; the monotonic one with it, as a restart does.
    pub fn set(&self, ms: u64) {
        self.clock.0.store(ms, Ordering::Relaxed);
    }

    pub fn wait(&self, ms: u64) {
        self.clock.0.fetch_add(ms, Ordering::Relaxed);
    }
}

fn options(clock: &Arc<Hands>, seed: u64, dir: std::path::PathBuf) -> Options {
    Options {
        dir,
        key: [7; 32].into(),
        clock: clock.clone(),
        random: Arc::new(Dice(AtomicU64::new(seed << 32))),
        language: "en".parse().expect("a tag"),
    }
}

impl Phone {
    /// Opens the store in another folder, as after a restart.
    pub fn open_at(&self, dir: &std::path::Path) -> Core {
        Core::open(options(&self.clock, self.seed + 1_000, dir.to_owned())).expect("a store")
    }
}
