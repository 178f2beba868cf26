//! Who is there: Ana, Ben and Cy with honest phones, what they have at the server, and Mallory's.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use ed25519_dalek::SigningKey;
use frontline_domain::document::{Heads, Run};
use frontline_domain::fact::{Fact, InteractionOpened, SignedOff};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::*;
use frontline_protocol::sync::{Judged, Request as Ask, Verdict};
use frontline_protocol::{Code, Entry, Header, Mark, frame, sync};

use super::attempt::{Attempt, Expected, http};
use crate::phone::Phone;
use crate::wire;
use crate::world::{World, counts};

/// What `ana` answers, and what was signed off.
pub const OPEN: [u8; 16] = [1; 16];
pub const SIGNED_OFF: [u8; 16] = [2; 16];
pub const CONTACT: CaptureId = CaptureId::from_bytes([0x0c; 16]);

pub struct Scene {
    pub world: World,
    pub ana: Phone,
    pub ben: Phone,
    /// Works at the other site, and did at this one until lately.
    pub cy: Phone,
    /// A second phone that Ana was enrolled on; somebody took it apart.
    pub mallory: Phone,
    /// A third one, which was revoked.
    pub revoked: Phone,
    /// Nobody's: a key, and ids that were made up.
    pub stranger: Phone,
    /// Hers, at the server and on her phone only.
    pub stored: Entry,
    pub unsent: Entry,
    /// Mallory's one honest entry, under number 2 of its series.
    pub own: Entry,
    pub run: Run,
    /// What made the run.
    pub first: Entry,
    pub attempts: Vec<Attempt>,
}

/// What must be afterwards as it was before.
#[derive(Debug, PartialEq)]
pub struct Standing {
    pub counts: BTreeMap<String, u64>,
    heads: Vec<Mark>,
}

async fn stored(world: &World, phone: &mut Phone, entry: &Entry) {
    let verdict = phone.offer(world, entry).await;
    assert!(matches!(verdict, Verdict::Stored(_)), "{verdict:?}");
}

async fn is_stored(addr: SocketAddr, phone: &mut Phone, entry: &Entry) {
    let answer = wire::sync(addr, phone, &phone.ask(std::slice::from_ref(entry))).await.expect("an answer");
    phone.apply(&answer);
    assert!(matches!(answer.verdicts[..], [Judged { verdict: Verdict::Stored(_), .. }]), "{:?}", answer.verdicts);
}

impl Scene {
    pub async fn set() -> Scene {
        let world = World::begin().await;
        world.neighbour().await;
        let harbour = world.scope("harbour").await;
        let mut ana = Phone::enrol(&world, "harbour", "ana").await;
        let mut ben = Phone::enrol(&world, "harbour", "ben").await;
        let mut mallory = Phone::enrol(&world, "harbour", "ana").await;
        let revoked = Phone::enrol(&world, "harbour", "ana").await;
        let mut cy = Phone::enrol(&world, "marina", "cy").await;
        let person = world.person("cy").await;
        let mut desk = world.desk().await;
        desk.grant(person, Role::Staff, harbour).await.unwrap();
        desk.revoke(revoked.enrolled.device).await.unwrap();
        desk.close().await.unwrap();

        let hers = ana.feedback(&world, 5).await;
        stored(&world, &mut ana, &hers).await;
        let mut run = ana.run(OPEN);
        let first = ana.answer(&world, &mut run, OPEN, "doors", Value::Bool(true), &Heads::default()).await;
        stored(&world, &mut ana, &first).await;
        let mut done = ana.run(SIGNED_OFF);
        let answer = ana.answer(&world, &mut done, SIGNED_OFF, "doors", Value::Bool(true), &Heads::default()).await;
        stored(&world, &mut ana, &answer).await;
        let seal = Fact::SignedOff(SignedOff { role: None, run: done.id(), answers: done.answers_hash() });
        let seal = ben.make(ben.header(&world, EntryType::SIGNED_OFF), seal.encode());
        stored(&world, &mut ben, &seal).await;
        let contact = Fact::InteractionOpened(InteractionOpened { id: CONTACT, reason: None, channel: None, touchpoint: None });
        let contact = ben.make(ben.header(&world, EntryType::INTERACTION_OPENED), contact.encode());
        stored(&world, &mut ben, &contact).await;
        mallory.next = 2;
        let own = mallory.feedback(&world, 4).await;
        stored(&world, &mut mallory, &own).await;
        for phone in [&mut cy, &mut mallory, &mut ana] {
            phone.sync_all(&world).await;
        }
        world.wait(60_000);
        let mut desk = world.desk().await;
        assert!(desk.withdraw(person, Role::Staff, harbour).await.unwrap());
        desk.close().await.unwrap();
        world.wait(60_000);
        for phone in [&mut cy, &mut mallory, &mut ana, &mut ben] {
            phone.sync_all(&world).await;
        }
        // With the next request a phone states that it had this answer; the server on the socket is to know it.
        cy.sync(&world, &[]).await;
        world.app.flush_contacts().await.unwrap();
        let unsent = ana.clone().feedback(&world, 3).await;
        let mut stranger = Phone { key: SigningKey::from_bytes(&[0x66; 32]), ..mallory.clone() };
        stranger.enrolled.device = DeviceId::from_bytes([0x66; 16]);
        Scene { world, ana, ben, cy, mallory, revoked, stranger, stored: hers, unsent, own, run, first, attempts: Vec::new() }
    }

    pub async fn standing(&self) -> Standing {
        let mut counts = counts(&self.world, self.world.org()).await;
        counts.retain(|name, _| !["held", "quarantined", "replaced"].contains(&name.as_str()));
        let mut heads = Vec::new();
        let mut scopes = vec![Scope::Org, self.world.scope("harbour").await, self.world.scope("marina").await];
        for phone in [&self.ana, &self.ben, &self.cy, &self.mallory] {
            scopes.extend([Scope::Person(phone.enrolled.person), Scope::Device(phone.enrolled.device)]);
        }
        for scope in scopes {
            heads.push(self.world.app.store.read().await.unwrap().head(self.world.org(), scope).await.unwrap().mark);
        }
        Standing { counts, heads }
    }

    /// Ben gives feedback over the socket, and has a receipt for it.
    pub async fn is_served(&mut self, addr: SocketAddr) {
        let entry = self.ben.feedback(&self.world, 5).await;
        is_stored(addr, &mut self.ben, &entry).await;
    }
    /// What Ana had unsent all the while is stored.
    pub async fn sends_the_unsent(&mut self, addr: SocketAddr) {
        self.ana.next = self.unsent.header.seq + 1;
        is_stored(addr, &mut self.ana, &self.unsent).await;
    }

    pub fn try_this(&mut self, name: impl Into<String>, request: Vec<u8>, expected: Expected) {
        self.attempts.push(Attempt { name: name.into(), request, expected });
    }
    /// Mallory's phone in a series of its own, so that what closes one does not answer for the next attempt.
    pub fn anew(&self) -> Phone {
        series(&self.world, &self.mallory)
    }
    /// A request of Mallory's to sync, with any message.
    pub fn says(&mut self, name: &str, message: &[u8], expected: Expected) {
        let body = self.anew().sealed(sync::PATH, message);
        self.try_this(name, http("POST", sync::PATH, &[], &body), expected);
    }
    /// A request with a body as it is.
    pub fn posts(&mut self, name: &str, path: &str, body: &[u8], expected: Expected) {
        self.try_this(name, http("POST", path, &[], body), expected);
    }
    /// An offer of a phone's, in any bytes.
    pub fn offers_bytes(&mut self, name: &str, phone: &Phone, bytes: &[u8], expected: Expected) {
        let ask = Ask { offers: vec![bytes.to_vec().into()], ..phone.ask(&[]) };
        let body = phone.sealed(sync::PATH, &frame::pack(&ask));
        self.posts(name, sync::PATH, &body, expected);
    }
    /// An offer of Mallory's, with a header that was changed.
    pub fn offers(&mut self, name: &str, entry_type: EntryType, body: Vec<u8>, change: impl FnOnce(&mut Header), code: Code) {
        let mut phone = self.anew();
        let mut header = phone.header(&self.world, entry_type);
        change(&mut header);
        phone.next = header.seq.saturating_add(1);
        self.offers_bytes(name, &phone, Entry::make(header, body).bytes(), Expected::Quarantined(code));
    }
}

/// The phone, in a series that nobody saw yet.
pub fn series(world: &World, phone: &Phone) -> Phone {
    Phone { epoch: Epoch(world.app.random.next_u64()), next: 1, ..phone.clone() }
}
