//! A phone as the server sees it: entries in its own series, offered to the judge.

use frontline_domain::customer::Sealed;
use frontline_domain::document::{Answer, AnswerKey, Author, Heads, Made, Run, RunChanged, base_actor, doc_id};
use frontline_domain::fact::Fact;
use frontline_domain::form::{Form, Value};
use frontline_domain::*;
use frontline_protocol::customers::{Place, Post, Told, addressed};
use frontline_protocol::hpke::Secret;
use frontline_protocol::sync::AppVersion;
use frontline_protocol::{Entry, Header, Seen};
use frontline_server::customers::take;
use frontline_server::judge::entry::Offer;
use frontline_server::judge::push::Push;
use frontline_server::store::{Certified, DeviceRow};

use super::Town;

pub struct Phone<'t> {
    pub town: &'t Town,
    pub id: DeviceId,
    pub person: PersonId,
    pub site: SiteId,
    epoch: Epoch,
    next: u64,
    boot: u64,
    /// How far its wall clock is ahead; it knows that itself.
    pub ahead_ms: i64,
    contact: Option<(Incarnation, i64)>,
    seen: u64,
    waiting: Vec<Vec<u8>>,
    told: Vec<Told>,
}

/// A run as somebody's phone holds it.
#[derive(Clone)]
pub struct Sheet {
    pub run: Run,
    pub nonce: [u8; 16],
    pub procedure: ReleaseHash,
    pub form: Form,
    /// What it is about.
    pub asset: Option<Slug>,
}

impl<'t> Phone<'t> {
    /// A phone that this person enrolled.
    pub async fn enrolled(town: &'t Town, name: &str, model: &str, person: &str, site: &str) -> Self {
        let (person, site) = (town.person(person).await.id, town.site(site).await.id);
        let id = DeviceId::from_bytes(town.random.uuid_v7(town.clock.ms()));
        let mut tx = town.app.store.write().await.expect("a transaction");
        let at_ms = town.clock.ms();
        let row = DeviceRow {
            id,
            name: name.into(),
            model: model.into(),
            site,
            key: [1; 32],
            enrolled_ms: at_ms,
            revoked_ms: None,
            lost: false,
            reason: None,
            app: None,
            last_contact_ms: None,
            reported_through_ms: None,
        };
        tx.put_device(town.org, &row).await.expect("kept");
        tx.put_certified(town.org, &Certified { device: id, person, site, at_ms, since_ms: at_ms, signed_out_ms: None })
            .await
            .expect("kept");
        frontline_server::lists::device(&mut *tx, town.org, id).await.expect("listed");
        let incarnation = tx.incarnation().await.expect("a life");
        tx.commit().await.expect("written");
        let (epoch, boot) = (Epoch(town.random.next_u64() >> 1), town.random.next_u64() >> 1);
        Self {
            town,
            id,
            person,
            site,
            epoch,
            next: 1,
            boot,
            ahead_ms: 0,
            contact: Some((incarnation, at_ms)),
            seen: 0,
            waiting: Vec::new(),
            told: Vec::new(),
        }
    }

    pub fn capture_id(&self) -> CaptureId {
        CaptureId::from_bytes(self.town.random.id())
    }
    /// Captures as `person`, now.
    fn writes_as(&mut self, person: PersonId, one: EntryType, body: Vec<u8>) {
        let now = self.town.clock.ms();
        let moment = Moment {
            wall_ms: now + self.ahead_ms,
            offset_min: 0,
            mono_ms: (now % 1_000_000_000_000) as u64,
            boot: self.boot,
            server_offset_ms: Some(-self.ahead_ms),
        };
        let header = Header {
            org: self.town.org,
            scope: Scope::Site(self.site),
            entry_type: one,
            person,
            device: self.id,
            epoch: self.epoch,
            seq: self.next,
            moment,
            contact: self.contact,
            seen: self.contact.map(|(incarnation, _)| Seen { incarnation, number: self.seen }),
            rebuild: 0,
            replaces: None,
        };
        self.next += 1;
        self.waiting.push(Entry::make(header, body).bytes().to_vec());
    }
    pub fn says(&mut self, fact: Fact) {
        self.writes_as(self.person, fact.entry_type(), fact.encode());
    }
    pub fn says_as(&mut self, person: PersonId, fact: Fact) {
        self.writes_as(person, fact.entry_type(), fact.encode());
    }
    /// A run from nothing.
    pub async fn begins(&self, procedure: &str) -> Sheet {
        let release = self.town.publication("procedure", procedure).await;
        let mut tx = self.town.app.store.read().await.expect("a view");
        let row = tx.release(self.town.org, release).await.expect("read").expect("a release");
        let decoded = frontline_domain::release::Release::decode(&row.bytes).expect("a release");
        let frontline_domain::release::Content::Procedure(content) = decoded.content else { panic!("no procedure") };
        let nonce = self.town.random.id();
        let id = doc_id(self.town.org, Scope::Site(self.site), EntryType::RUN_CHANGED, &nonce);
        Sheet { run: Run::new(id), nonce, procedure: release, form: content.form, asset: None }
    }
    /// Another run of the same procedure.
    pub fn again(&self, sheet: &Sheet) -> Sheet {
        let nonce = self.town.random.id();
        let id = doc_id(self.town.org, Scope::Site(self.site), EntryType::RUN_CHANGED, &nonce);
        Sheet { run: Run::new(id), nonce, procedure: sheet.procedure, form: sheet.form.clone(), asset: None }
    }
    /// Answers an item, having seen all of the sheet.
    pub fn answers(&mut self, sheet: &mut Sheet, item: &str, value: Value) -> Made {
        self.answers_or_settles(sheet, item, value, [false; 2])
    }
    pub fn settles(&mut self, sheet: &mut Sheet, item: &str, value: Value) -> Made {
        self.answers_or_settles(sheet, item, value, [true, false])
    }
    /// Answers an item by an instrument.
    pub fn measures(&mut self, sheet: &mut Sheet, item: &str, value: Value) -> Made {
        self.answers_or_settles(sheet, item, value, [false, true])
    }
    /// Puts a note beside an answer.
    pub fn notes(&mut self, sheet: &mut Sheet, item: &str, words: &str) {
        self.attaches(sheet, item, Value::Text(words.into()));
    }
    /// Puts a photo, a note or a recording beside an answer.
    pub fn attaches(&mut self, sheet: &mut Sheet, item: &str, piece: Value) {
        let evidence = Some(self.capture_id());
        let key = AnswerKey { evidence, ..AnswerKey::of(item.parse().expect("a slug"), 0) };
        self.writes_answer(sheet, &key, piece, [false; 2], evidence);
    }
    fn answers_or_settles(&mut self, sheet: &mut Sheet, item: &str, value: Value, how: [bool; 2]) -> Made {
        self.writes_answer(sheet, &AnswerKey::of(item.parse().expect("a slug"), 0), value, how, None)
    }
    /// `how`: whether it ends a clash, and whether an instrument gave it.
    fn writes_answer(&mut self, sheet: &mut Sheet, key: &AnswerKey, value: Value, how: [bool; 2], intent: Option<CaptureId>) -> Made {
        let [settles, measured] = how;
        let heads: Heads = sheet.run.heads();
        let actor = base_actor(sheet.run.id(), self.id, self.epoch, 0);
        let intent = intent.unwrap_or_else(|| self.capture_id());
        let answer = Answer { value, by: self.person, at_ms: self.town.clock.ms(), intent, settles, measured };
        let made = sheet.run.answer(actor, &heads, key, &answer).expect("an answer");
        let body = RunChanged {
            run: sheet.run.id(),
            nonce: sheet.nonce.into(),
            procedure: sheet.procedure,
            intent: answer.intent,
            change: made.change.clone().into(),
            asset: sheet.asset.clone(),
        };
        self.writes_as(self.person, EntryType::RUN_CHANGED, body.encode());
        made
    }
    /// Takes a colleague's change into a sheet.
    pub fn takes(&self, sheet: &mut Sheet, from: &Phone<'_>, made: &Made) {
        let author = Author { person: from.person, device: from.id, epoch: from.epoch, rebuild: 0, form: &sheet.form };
        let checked = sheet.run.check(&made.change, &author).expect("a sound change");
        sheet.run.apply(checked).expect("applied");
    }
    /// What a customer said with a feedback, sealed; its key is told at the next sync.
    pub fn seals(&mut self, about: CaptureId, words: &str) -> Sealed {
        let (subject, key) = (SubjectId::from_bytes(self.town.random.id()), Secret::new([5; 32]));
        self.told.push(Told { subject, key: (*key).into(), handles: Vec::new() });
        Place { org: self.town.org, device: self.id, about }.seal(&key, [1; 12], subject, &words)
    }
    /// Forgets what was captured last: it never reaches the server.
    pub fn loses_the_last(&mut self) {
        self.waiting.pop();
    }
    /// Sends what waits, and reads the site's feed.
    pub async fn syncs(&mut self) {
        let now = self.town.clock.ms();
        let (keys, told) = (&self.town.app.keys, std::mem::take(&mut self.told));
        let to = keys.customers_public(self.town.org);
        let sealed = Post::Told(self.town.org, self.id).seal(&to, &Secret::new([3; 32]), &told).expect("a sound key");
        let sealed = addressed(&to, &sealed);
        let customers = take::open(keys, &*self.town.random, self.town.org, self.id, &sealed).expect("sealed to this server");
        let offers = self.waiting.drain(..).map(Offer::read).collect();
        let push = Push {
            customers,
            org: self.town.org,
            device: self.id,
            epoch: self.epoch,
            next_seq: Some(self.next),
            contact: self.contact,
            arrived_ms: now,
            app: Some(AppVersion(0, 1, 0)),
            offers,
        };
        self.town.app.writer().push(push).await.expect("judged");
        let mut tx = self.town.app.store.read().await.expect("a view");
        self.seen = tx.head(self.town.org, Scope::Site(self.site)).await.expect("read").mark.number;
        self.contact = self.contact.map(|(incarnation, _)| (incarnation, now));
    }
}
