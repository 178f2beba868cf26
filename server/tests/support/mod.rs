//! A town for the console to show: the sample company pushed as content, phones that captured some days of
//! work, and one of everything that a manager has to look at. Made through the admin functions and the
//! judge, as in real life; the clock is set by hand.
#![allow(dead_code, reason = "each program that includes this uses a part")]

pub mod browser;
mod mend;
pub mod phone;
pub mod pictures;
mod work;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use frontline_domain::permission::Role;
use frontline_domain::record::{Person, Site};
use frontline_domain::{Clock, OrgId, PersonId, Random, Reading, Scope, SiteId};
use frontline_server::admin::{self, Desk, secrets};
use frontline_server::{App, AppState, records};

#[allow(unused_imports, reason = "the example alone")]
pub use mend::mends;
pub use phone::Phone;
#[allow(unused_imports, reason = "not every test tells")]
pub use work::{Told, hasty, tell};

pub const MANAGER: &str = "grace@harbour.example";
pub const ADMIN: &str = "helen@harbour.example";
pub const PASSWORD: &str = "correct horse battery staple";

/// A clock that stands still until it is set.
#[derive(Default)]
pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn at(ms: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(ms)))
    }
    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::Relaxed);
    }
    pub fn ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}
impl Clock for HandClock {
    fn now(&self) -> Reading {
        Reading { wall_ms: self.ms(), offset_min: 0, mono_ms: 0, boot: 0 }
    }
}

/// The same bytes in every run.
pub struct Seeded(AtomicU64);

impl Seeded {
    pub fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(seed)))
    }
}
impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut x = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            x ^= x >> 31;
            chunk.copy_from_slice(&x.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// One organisation on a server.
pub struct Town {
    pub app: AppState,
    pub clock: Arc<HandClock>,
    pub random: Arc<Seeded>,
    pub org: OrgId,
}

impl Town {
    /// An organisation with the sample company's content, its manager and its administrator able to sign in.
    pub async fn found(data: &Path, now_ms: i64) -> Self {
        let (clock, random) = (HandClock::at(now_ms), Seeded::new(7));
        let app = App::open(data, clock.clone(), random.clone()).await.expect("a server");
        let made = admin::init(&app, "Harbour Hotels & Shops", "root@harbour.example").await.expect("an organisation");
        let town = Self { app, clock, random, org: made.org };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
        let bundle = frontline_content::check(&folder).expect("the sample content");
        admin::content::apply(&town.app, town.org, &bundle, false, true).await.expect("published");
        town.lets_sign_in("grace-whitfield", MANAGER).await;
        town.lets_sign_in("helen-marsh", ADMIN).await;
        town
    }
    pub async fn lets_sign_in(&self, person: &str, email: &str) {
        let mut desk = Desk::open(&self.app, self.org).await.expect("a desk");
        let id = desk.person(person).await.expect("a person").id;
        let hash = secrets::hash_password(&*self.random, PASSWORD);
        desk.set_password(id, email, hash).await.expect("a password");
        desk.close().await.expect("written");
    }
    pub async fn site(&self, slug: &str) -> Site {
        Desk::open(&self.app, self.org).await.expect("a desk").site(slug).await.expect("a site")
    }
    pub async fn person(&self, slug: &str) -> Person {
        Desk::open(&self.app, self.org).await.expect("a desk").person(slug).await.expect("a person")
    }
    /// Adds somebody with a role at a site.
    pub async fn hires(&self, slug: &str, name: &str, role: Role, site: SiteId) -> PersonId {
        let mut desk = Desk::open(&self.app, self.org).await.expect("a desk");
        let id = desk.add_person(slug, name, Some("en")).await.expect("a person").id;
        desk.grant(id, role, Scope::Site(site)).await.expect("a grant");
        desk.close().await.expect("written");
        id
    }
    pub async fn publication(&self, kind: &str, slug: &str) -> frontline_domain::ReleaseHash {
        let mut tx = self.app.store.read().await.expect("a view");
        let key = format!("{kind}/{slug}");
        let found: Option<frontline_domain::record::Publication> = records::one(&mut *tx, self.org, &key).await.expect("read");
        found.expect("it is published").release
    }
}
