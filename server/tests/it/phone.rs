//! A phone with no rules of its own: it signs, numbers, offers what it is told to, and keeps its cursors.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use ed25519_dalek::SigningKey;
use frontline_domain::document::{Answer, AnswerKey, Heads, Run, RunChanged, base_actor, doc_id};
use frontline_domain::fact::{Fact, FeedbackGiven};
use frontline_domain::form::Value;
use frontline_domain::*;
use frontline_protocol::document::{self, Given};
use frontline_protocol::enrol::{Enrol, Enrolled};
use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::{Answer as Answered, AppVersion, Cursor, Request as Ask, Verdict};
use frontline_protocol::{Entry, Header, Instead, Mark, Refused, Seen};

use crate::world::{World, slug};

#[derive(Clone)]
pub struct Phone {
    pub key: SigningKey,
    pub enrolled: Enrolled,
    pub epoch: Epoch,
    pub next: u64,
    pub contact: Option<(Incarnation, i64)>,
    pub nonce: Vec<u8>,
    pub cursors: Vec<Cursor>,
    pub page_bytes: u32,
    /// Everything that pages brought, in order.
    pub rows: Vec<(Scope, u64, Entry)>,
}

impl Phone {
    pub async fn enrol(world: &World, site: &str, person: &str) -> Phone {
        Self::enrol_in(world, world.org(), site, person).await
    }
    pub async fn enrol_in(world: &World, org: OrgId, site: &str, person: &str) -> Phone {
        let code = world.code_of(org, site, person).await;
        let key = SigningKey::from_bytes(&world.app.random.id().repeat(2).try_into().unwrap());
        let enrolled = Self::ask_to_enrol(world, &key, &code, None).await.unwrap();
        Phone {
            epoch: Epoch(world.app.random.next_u64()),
            next: 1,
            contact: Some((enrolled.incarnation, enrolled.time_ms)),
            nonce: enrolled.nonce.to_vec(),
            cursors: vec![],
            page_bytes: 1 << 20,
            rows: vec![],
            key,
            enrolled,
        }
    }
    pub async fn ask_to_enrol(world: &World, key: &SigningKey, code: &str, again: Option<DeviceId>) -> Result<Enrolled, Refused> {
        let ask = Enrol { versions: (1, 1), code: code.into(), key: key.verifying_key().to_bytes().into(), model: "Test".into(), again };
        let request = Request::post("/v1/enrol").header("content-type", MEDIA_TYPE).body(Body::from(frame::pack(&ask))).unwrap();
        let (status, body) = world.send(request).await;
        if status == StatusCode::OK { Ok(frame::unpack("enrolled", &body).unwrap()) } else { Err(frame::unpack("refused", &body).unwrap()) }
    }

    pub fn header(&self, world: &World, entry_type: EntryType) -> Header {
        Header {
            org: self.enrolled.org,
            scope: Scope::Site(self.enrolled.site),
            entry_type,
            person: self.enrolled.person,
            device: self.enrolled.device,
            epoch: self.epoch,
            seq: self.next,
            moment: Moment { wall_ms: world.now_ms(), offset_min: 0, mono_ms: 0, boot: 1, server_offset_ms: Some(0) },
            contact: self.contact,
            seen: None,
            rebuild: 0,
            replaces: None,
        }
    }
    /// Numbers an entry.
    pub fn make(&mut self, header: Header, body: Vec<u8>) -> Entry {
        self.next = self.next.max(header.seq + 1);
        Entry::make(header, body)
    }
    pub async fn feedback(&mut self, world: &World, score: u8) -> Entry {
        let body = feedback(world, self.enrolled.org, score).await;
        self.make(self.header(world, EntryType::FEEDBACK_GIVEN), body.encode())
    }
    /// Answers an item of a run at the heads given; the run is changed.
    pub async fn answer(&mut self, world: &World, run: &mut Run, nonce: [u8; 16], item: &str, value: Value, at: &Heads) -> Entry {
        let header = self.header(world, EntryType::RUN_CHANGED);
        self.answer_as(world, header, run, nonce, item, value, at).await
    }
    #[allow(clippy::too_many_arguments, reason = "an answer is all of these")]
    pub async fn answer_as(
        &mut self,
        world: &World,
        header: Header,
        run: &mut Run,
        nonce: [u8; 16],
        item: &str,
        value: Value,
        at: &Heads,
    ) -> Entry {
        let intent = CaptureId::from_bytes(world.app.random.id());
        let answer = Answer { value, by: header.person, at_ms: world.now_ms(), intent, settles: false, measured: false };
        let actor = base_actor(run.id(), header.device, header.epoch, header.rebuild);
        let made = run.answer(actor, at, &AnswerKey::of(slug(item), 0), &answer).unwrap();
        let procedure = world.release_of(self.enrolled.org, "procedure", "opening").await;
        let body = RunChanged { run: run.id(), nonce: nonce.into(), procedure, intent, change: made.change.into(), asset: None };
        self.make(header, body.encode())
    }
    pub fn run(&self, nonce: [u8; 16]) -> Run {
        Run::new(doc_id(self.enrolled.org, Scope::Site(self.enrolled.site), EntryType::RUN_CHANGED, &nonce))
    }

    pub fn ask(&self, offers: &[Entry]) -> Ask {
        Ask {
            versions: (1, 1),
            contact: self.contact,
            cursors: self.cursors.clone(),
            offers: offers.iter().map(|e| e.bytes().to_vec().into()).collect(),
            page_bytes: self.page_bytes,
            stance: None,
            app: Some(AppVersion(1, 2, 3)),
            reader: None,
            keys: None,
        }
    }
    pub fn signed(&self, body: Vec<u8>) -> Request<Body> {
        self.signed_to("/v1/sync", body)
    }
    /// Asks for a document, or for what comes behind a number.
    pub async fn document(&self, world: &World, doc: DocId, after: u64, page_bytes: u32) -> Result<Given, (StatusCode, Refused)> {
        let ask = document::Ask { versions: (1, 1), doc, after, page_bytes };
        let (status, body) = world.send(self.signed_to(document::PATH, frame::pack(&ask))).await;
        match status {
            StatusCode::OK => Ok(frame::unpack("a document", &body).unwrap()),
            status => Err((status, frame::unpack("refused", &body).unwrap())),
        }
    }
    /// A message behind this device's claim.
    pub fn sealed(&self, path: &str, message: &[u8]) -> Vec<u8> {
        let (org, device) = (self.enrolled.org, self.enrolled.device);
        let claim = Claim { org, device, epoch: self.epoch, next_seq: self.next, nonce: self.nonce.clone() };
        claim.seal(&self.key, path, message)
    }
    fn signed_to(&self, path: &str, body: Vec<u8>) -> Request<Body> {
        Request::post(path).body(Body::from(self.sealed(path, &body))).unwrap()
    }
    /// Any other request, signed.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Request<Body> {
        let (org, device) = (self.enrolled.org, self.enrolled.device);
        let claim = Claim { org, device, epoch: self.epoch, next_seq: self.next, nonce: self.nonce.clone() };
        let mut request = Request::builder().method(method).uri(path).header("authorization", claim.sign(&self.key, method, path, body));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.body(Body::from(body.to_vec())).unwrap()
    }
    /// One exchange, nothing of it applied.
    pub async fn try_sync(&self, world: &World, ask: &Ask) -> Result<Answered, (StatusCode, Refused)> {
        let (status, body) = world.send(self.signed(frame::pack(ask))).await;
        match status {
            StatusCode::OK => Ok(frame::unpack("an answer", &body).unwrap()),
            status => Err((status, frame::unpack("refused", &body).unwrap())),
        }
    }
    /// One exchange, its pages applied.
    pub async fn sync(&mut self, world: &World, offers: &[Entry]) -> Answered {
        let answer = self.try_sync(world, &self.ask(offers)).await.unwrap();
        self.apply(&answer);
        answer
    }
    /// Until nothing more waits.
    pub async fn sync_all(&mut self, world: &World) {
        while self.sync(world, &[]).await.more {}
    }
    pub fn apply(&mut self, answer: &Answered) {
        self.contact = Some((answer.incarnation, answer.time_ms));
        if !answer.nonce.is_empty() {
            self.nonce = answer.nonce.to_vec();
        }
        for page in &answer.pages {
            for row in &page.rows {
                self.rows.push((page.scope, row.number, Entry::read(&row.bytes, 1 << 20).unwrap()));
            }
            let of = |c: &Cursor| c.scope == page.scope && c.at == page.from && c.types.intersection(page.types) == page.types;
            let place = if page.from == Mark::START {
                self.cursors.iter().position(|c| c.scope == page.scope && c.types == page.types)
            } else {
                self.cursors.iter().position(of)
            };
            let cursor = Cursor { scope: page.scope, types: page.types, incarnation: answer.incarnation, at: page.to, older: vec![] };
            match place {
                Some(at) => self.cursors[at] = cursor,
                None => self.cursors.push(cursor),
            }
        }
        let mut merged: Vec<Cursor> = Vec::new();
        for cursor in self.cursors.drain(..) {
            match merged.iter_mut().find(|c| c.scope == cursor.scope && c.at == cursor.at) {
                Some(same) => same.types = same.types.union(cursor.types),
                None => merged.push(cursor),
            }
        }
        self.cursors = merged;
    }
    /// The verdict on one offer.
    pub async fn offer(&mut self, world: &World, entry: &Entry) -> Verdict {
        let answer = self.sync(world, std::slice::from_ref(entry)).await;
        assert_eq!(answer.verdicts.len(), 1, "one verdict");
        answer.verdicts[0].verdict.clone()
    }
    pub fn seen(&self, scope: Scope, number: u64) -> Option<Seen> {
        let _ = scope;
        Some(Seen { incarnation: self.enrolled.incarnation, number })
    }
}

pub async fn feedback(world: &World, org: OrgId, score: u8) -> Fact {
    let survey = world.release_of(org, "survey", "checkout").await;
    Fact::FeedbackGiven(FeedbackGiven {
        id: CaptureId::from_bytes(world.app.random.id()),
        touchpoint: slug("front-desk"),
        survey,
        score,
        reason: None,
        comment: None,
        kiosk: false,
        test: false,
    })
}

pub fn replacing(entry: &Entry) -> Option<Instead> {
    Some(Instead::of(entry))
}
