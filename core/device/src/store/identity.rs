//! Who this device is, once more beside the database: sealed under the data key in a small file of its own.
//!
//! A database that is damaged beyond reading takes the captured work with it that lay on its bad pages, but it
//! must not take the device's identity: without its key and id nothing that can still be read could be sent.
//! And a database that is empty or gone, where this file is there, was lost and not merely never begun.

use std::fs;
use std::path::Path;

use frontline_domain::env::Random;
use frontline_domain::record::Certificate;
use frontline_domain::{Incarnation, PersonId, SiteId, cbor};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;
use zeroize::Zeroizing;

use super::enrolled::Enrolled;
use super::meta::{self, Identity, key};
use super::{Db, StoreError, enrolled, keys};

/// The file's name in the store's folder.
pub const FILE: &str = "identity";
const CONTEXT: &[u8] = b"frontline identity 1";
/// The last contact in the copy may be so old, ms: it is not written anew for every sync.
const STALE_MS: i64 = 86_400_000;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub identity: Identity,
    /// The seed of the device's key.
    pub seed: ByteArray<32>,
    people: Vec<Person>,
    /// Who was chosen to write.
    pub person: Option<PersonId>,
    /// The last answer that was applied, within a day.
    pub contact: Option<(Incarnation, i64)>,
    /// What keys of customers are sealed to for the server.
    #[serde(default)]
    pub customers_at: Option<ByteArray<32>>,
    /// The organisation's recovery key.
    #[serde(default)]
    pub recovery_at: Option<ByteArray<32>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Person {
    person: PersonId,
    site: SiteId,
    name: String,
    certificate: Certificate,
}

impl Kept {
    /// As the store has it; none before the device is enrolled.
    pub fn of(db: &Db<'_>) -> Result<Option<Self>, StoreError> {
        let (Some(identity), Some(seed)) = (meta::get(db, key::IDENTITY)?, meta::get(db, key::SEED)?) else { return Ok(None) };
        let people =
            enrolled::all(db)?.into_iter().map(|e| Person { person: e.person, site: e.site, name: e.name, certificate: e.certificate });
        Ok(Some(Self {
            identity,
            seed,
            people: people.collect(),
            person: meta::chosen_person(db)?,
            contact: meta::contact(db)?,
            customers_at: meta::get(db, key::CUSTOMERS_AT)?,
            recovery_at: meta::get(db, key::RECOVERY_AT)?,
        }))
    }

    /// Who may write, in the order that they were enrolled in.
    pub fn people(&self) -> Vec<Enrolled> {
        let one = |p: &Person| Enrolled { person: p.person, site: p.site, name: p.name.clone(), certificate: p.certificate.clone() };
        self.people.iter().map(one).collect()
    }

    /// From what was found elsewhere.
    pub fn put_together(identity: Identity, seed: ByteArray<32>, people: Vec<Enrolled>) -> Self {
        let people = people.into_iter().map(|e| Person { person: e.person, site: e.site, name: e.name, certificate: e.certificate });
        Self { identity, seed, people: people.collect(), person: None, contact: None, customers_at: None, recovery_at: None }
    }

    /// Whether the copy says all that this one does, but for a contact that is a little older.
    fn is_as_good_as(&self, now: &Self) -> bool {
        let age = |a: Option<(Incarnation, i64)>, b: Option<(Incarnation, i64)>| match (a, b) {
            (Some((x, then)), Some((y, since))) => x == y && since - then < STALE_MS,
            (a, b) => a == b,
        };
        Self { contact: now.contact, ..self.clone() } == *now && age(self.contact, now.contact)
    }
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    nonce: ByteArray<12>,
    sealed: serde_bytes::ByteBuf,
}

fn aead(key: &keys::Key) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key"))
}

/// Writes the copy where it says less than `now`.
pub(super) fn keep(dir: &Path, key: &keys::Key, now: &Kept, random: &dyn Random) -> Result<(), StoreError> {
    if read(dir, key).is_some_and(|copy| copy.is_as_good_as(now)) {
        return Ok(());
    }
    let mut nonce = [0; 12];
    random.fill(&mut nonce);
    let mut sealed = Zeroizing::new(cbor::encode(now));
    aead(key)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(CONTEXT), &mut *sealed)
        .expect("sealing some bytes does not fail");
    keys::write_durably(&dir.join(FILE), &cbor::encode(&Sealed { nonce: nonce.into(), sealed: sealed.to_vec().into() }))
}

/// The copy in `dir`, if it is there, whole, and of this key.
pub(super) fn read(dir: &Path, key: &keys::Key) -> Option<Kept> {
    let sealed: Sealed = cbor::decode("the copy of the identity", &fs::read(dir.join(FILE)).ok()?).ok()?;
    let mut bytes = Zeroizing::new(sealed.sealed.into_vec());
    let nonce = Nonce::assume_unique_for_key(sealed.nonce.into_array());
    let plain = aead(key).open_in_place(nonce, Aad::from(CONTEXT), &mut bytes).ok()?;
    cbor::decode("the copy of the identity", plain).ok()
}
