//! Somebody sends bytes that a phone captured, once more or ahead of others, without the phone hearing the
//! answer: what a network that repeats or reorders messages does, and what a restored server sees.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use frontline_device::net::{Http, Post, Timeouts, Transport};
use frontline_device::store::entries::Held;
use frontline_device::store::meta::{self, Identity, key};
use frontline_device::store::{Store, StoreError, cursors, enrolled, entries, outbox, sync_rows};
use frontline_domain::document::RunChanged;
use frontline_domain::fact::Fact;
use frontline_domain::{DocId, EntryType, Incarnation, Scope, TypeSet};
use frontline_protocol::customers::addressed;
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::{Answer, PATH, Request, Verdict};
use frontline_protocol::{Entry, Refused, VERSIONS, frame, limits};
use serde_bytes::ByteBuf;
use serde_json::{Value, json};

use super::{World, words};
use crate::time::Seeded;
use crate::verbs::store_key;

fn open(dir: &Path) -> Result<Store, String> {
    let random = Seeded::new(1);
    let key = store_key(dir, random.as_ref()).map_err(words)?;
    Store::open(dir, &key, random.as_ref()).map_err(words)
}

/// Who the phone in this folder is.
pub fn identity(dir: &Path) -> Result<Identity, String> {
    open(dir)?.read(meta::identity).map_err(|e: StoreError| e.to_string())
}

/// What of a phone's store tells whether it is a replica of the server's.
pub struct Replica {
    /// What it may read, as the server said last.
    pub reads: BTreeMap<Scope, TypeSet>,
    /// Runs of which the phone rightly shows more than the server has: with own edits on their way, or with changes
    /// that a former life of the server had stored, and that were not fed again since; nobody else need have those
    /// (`sync.md` 6).
    pub stand_alone: BTreeSet<DocId>,
    /// The life of the server of which it applied an answer last.
    pub life: Option<Incarnation>,
}

/// Of the phone in this folder.
pub fn replica(dir: &Path) -> Result<Replica, String> {
    let read = open(dir)?.read(|db| {
        let mut alone: Vec<Held> = entries::after(db, 0, u32::MAX)?.into_iter().filter(|held| !held.confirmed).collect();
        for item in sync_rows::without_receipt(db)? {
            alone.extend(entries::by_hash(db, &item.hash)?);
        }
        let changes = alone.into_iter().filter(|held| held.entry.header.entry_type == EntryType::RUN_CHANGED);
        let stand_alone = changes.filter_map(|held| RunChanged::decode(&held.entry.body).ok().map(|change| change.run)).collect();
        let life = meta::contact(db)?.map(|(life, _)| life);
        Ok::<_, StoreError>(Replica { reads: cursors::reads(db)?.into_iter().collect(), stand_alone, life })
    });
    read.map_err(words)
}

/// Who the phone in a folder is and what it would say next, for somebody who speaks in its name.
pub(crate) struct Voice {
    pub request: Request,
    pub claim: Claim,
    pub seed: [u8; 32],
    /// Who was enrolled first on the phone.
    pub person: Option<enrolled::Enrolled>,
    server: String,
}

impl Voice {
    /// With the newest `count` captures as its offers.
    pub(crate) fn of(dir: &Path, count: usize) -> Result<Voice, String> {
        let read = open(dir)?.read(|db| {
            let own = meta::identity(db)?;
            let (epoch, next_seq) = meta::series(db)?;
            let mut items = outbox::newest(db, i64::MAX, u32::try_from(count).unwrap_or(u32::MAX))?;
            items.reverse();
            let mut offers = Vec::new();
            for item in items {
                if let Some(held) = entries::by_hash(db, &item.hash)? {
                    offers.push(ByteBuf::from(held.entry.bytes().to_vec()));
                }
            }
            let contact = meta::contact(db)?;
            let request = Request {
                versions: VERSIONS,
                contact,
                cursors: Vec::new(),
                offers,
                page_bytes: 4_096,
                stance: None,
                app: None,
                reader: None,
                keys: None,
            };
            let nonce: Option<ByteBuf> = meta::get(db, key::NONCE)?;
            let claim = Claim { org: own.org, device: own.device, epoch, next_seq, nonce: nonce.unwrap_or_default().into_vec() };
            let seed: Option<serde_bytes::ByteArray<32>> = meta::get(db, key::SEED)?;
            let person = enrolled::all(db)?.into_iter().next();
            Ok::<_, StoreError>((request, claim, seed, person, own.server))
        });
        let (request, claim, seed, person, server) = read.map_err(words)?;
        Ok(Voice { request, claim, seed: seed.ok_or("the phone has no key")?.into_array(), person, server })
    }

    /// Says how many were stored, held and refused.
    async fn speak(self) -> Result<Value, String> {
        let key = ed25519_dalek::SigningKey::from_bytes(&self.seed);
        let body = self.claim.seal(&key, PATH, &frame::pack(&self.request));
        let http = Http::new(Timeouts::default(), None).map_err(words)?;
        let server = self.server.parse().map_err(words)?;
        let reply = http.post(&server, Post { path: PATH, body }).await.map_err(words)?;
        if reply.status != 200 {
            let refused: Refused = frame::unpack("a refusal", &reply.body).map_err(words)?;
            return Err(refused.to_string());
        }
        let answer: Answer = frame::unpack("an answer", &reply.body).map_err(words)?;
        let count = |f: fn(&Verdict) -> bool| answer.verdicts.iter().filter(|j| f(&j.verdict)).count();
        Ok(json!({
            "ok": true,
            "stored": count(|v| matches!(v, Verdict::Stored(_))) + answer.stretches.iter().map(|s| s.count as usize).sum::<usize>(),
            "held": count(|v| matches!(v, Verdict::Held(_))),
            "quarantined": count(|v| matches!(v, Verdict::Quarantined(_))),
        }))
    }
}

impl World {
    /// Offers the newest `count` captures of a phone that is closed; with broken keys of customers, if asked to.
    pub async fn offer(&self, phone: &str, count: usize, with_broken_keys: bool) -> Result<Value, String> {
        let mut voice = Voice::of(&self.phone_folder(phone), count)?;
        if with_broken_keys {
            let to = self.server()?.app.keys.customers_public(self.org);
            voice.request.keys = Some(addressed(&to, b"this is no sealed list of keys, whoever opens it"));
        }
        voice.speak().await
    }

    /// Offers the attempt that was handed in last on a phone that is closed, with all its points claimed: what a
    /// tampered app would send in its stead.
    pub async fn forge(&self, phone: &str) -> Result<Value, String> {
        let mut voice = Voice::of(&self.phone_folder(phone), 1)?;
        let newest = voice.request.offers.pop().ok_or("the phone has captured nothing")?;
        let entry = Entry::read(&newest, limits::ENTRY).map_err(words)?;
        let Some(Ok(Fact::AttemptFinished(mut fact))) = Fact::decode(entry.header.entry_type, &entry.body) else {
            return Err("the newest capture of the phone is no attempt that was handed in".to_owned());
        };
        (fact.points, fact.passed) = (fact.of, true);
        let forged = Entry::make(entry.header, Fact::AttemptFinished(fact).encode());
        voice.request.offers.push(ByteBuf::from(forged.bytes().to_vec()));
        voice.speak().await
    }
}
