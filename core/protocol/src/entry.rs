//! An entry: a hashed header and a body, in one deterministic encoding.
//!
//! The bytes are the CBOR array `[header, body]`, the header an array of 13, the body a byte string. The
//! hash is BLAKE3 of exactly those bytes. Reading refuses any other encoding of the same content, so that
//! bytes out always equal bytes in.

use serde::{Deserialize, Serialize};

use frontline_domain::cbor;
use frontline_domain::ids::*;
use frontline_domain::{EntryType, Moment, Scope};

/// What permission is decided from, and what orders an entry among its author's others (`sync.md` 2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Tuple", try_from = "Tuple")]
pub struct Header {
    pub org: OrgId,
    pub scope: Scope,
    pub entry_type: EntryType,
    /// Who did it. The server's own entries carry the nil id.
    pub person: PersonId,
    pub device: DeviceId,
    pub epoch: Epoch,
    /// From 1 in each epoch, without gaps.
    pub seq: u64,
    pub moment: Moment,
    /// (incarnation, server time) of the last answer that the author's device had applied (`sync.md` 19).
    pub contact: Option<(Incarnation, i64)>,
    /// How far the author's device had read this scope's feed: what it had when it wrote (`sync.md` 17).
    pub seen: Option<Seen>,
    /// How often the device rebuilt the document after a refusal (`sync.md` 21).
    pub rebuild: u32,
    /// The entry that this one is offered in the stead of.
    pub replaces: Option<Instead>,
}

/// A place in a feed of one incarnation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub incarnation: Incarnation,
    pub number: u64,
}

/// Names an entry and its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    pub id: EntryId,
    pub hash: EntryHash,
}

/// What an entry stands in for: one that was issued before it, what that one stood in for itself, and so on back
/// to the first, none of which its device held a receipt for. All copies of a piece of work have the first in
/// common, however often each of them was issued again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    latest: Replaces,
    earlier: Vec<Replaces>,
}

/// Links that an entry may name.
const LINKS: usize = 8;

impl Instead {
    /// Of an entry that is issued again. Of a long chain the latest are named, and the first.
    pub fn of(original: &Entry) -> Self {
        let latest = Replaces { id: original.id(), hash: original.hash() };
        let mut earlier: Vec<Replaces> = original.header.replaces.iter().flat_map(Self::links).copied().collect();
        if earlier.len() > LINKS - 1 {
            let first = earlier.pop();
            earlier.truncate(LINKS - 2);
            earlier.extend(first);
        }
        Self { latest, earlier }
    }
    /// The one that was issued last.
    pub fn latest(&self) -> &Replaces {
        &self.latest
    }
    /// All of them, latest first.
    pub fn links(&self) -> impl Iterator<Item = &Replaces> {
        std::iter::once(&self.latest).chain(&self.earlier)
    }
}

impl From<Replaces> for Instead {
    fn from(latest: Replaces) -> Self {
        Self { latest, earlier: Vec::new() }
    }
}

/// More links than an entry may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry stands in for more than {LINKS} others")]
pub struct TooManyLinks;

type Link = (DeviceId, Epoch, u64, EntryHash);
type Tuple = (
    u8,
    OrgId,
    Scope,
    EntryType,
    PersonId,
    DeviceId,
    Epoch,
    u64,
    Moment,
    Option<(Incarnation, i64)>,
    Option<(Incarnation, u64)>,
    u32,
    Vec<Link>,
);

impl From<Header> for Tuple {
    fn from(h: Header) -> Self {
        (
            1,
            h.org,
            h.scope,
            h.entry_type,
            h.person,
            h.device,
            h.epoch,
            h.seq,
            h.moment,
            h.contact,
            h.seen.map(|s| (s.incarnation, s.number)),
            h.rebuild,
            h.replaces.iter().flat_map(Instead::links).map(|r| (r.id.device, r.id.epoch, r.id.seq, r.hash)).collect(),
        )
    }
}
impl TryFrom<Tuple> for Header {
    type Error = TooManyLinks;
    fn try_from(t: Tuple) -> Result<Self, TooManyLinks> {
        if t.12.len() > LINKS {
            return Err(TooManyLinks);
        }
        let mut links = t.12.into_iter().map(|(device, epoch, seq, hash)| Replaces { id: EntryId { device, epoch, seq }, hash });
        Ok(Self {
            org: t.1,
            scope: t.2,
            entry_type: t.3,
            person: t.4,
            device: t.5,
            epoch: t.6,
            seq: t.7,
            moment: t.8,
            contact: t.9,
            seen: t.10.map(|(incarnation, number)| Seen { incarnation, number }),
            rebuild: t.11,
            replaces: links.next().map(|latest| Instead { latest, earlier: links.collect() }),
        })
    }
}

impl Header {
    /// What names the entry within its organisation.
    pub fn id(&self) -> EntryId {
        EntryId { device: self.device, epoch: self.epoch, seq: self.seq }
    }
}

/// A header and a body with the exact bytes that they came as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub header: Header,
    pub body: Vec<u8>,
    bytes: Vec<u8>,
    hash: EntryHash,
}

/// Bytes that are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    #[error(transparent)]
    Unreadable(#[from] cbor::CborError),
    #[error("an entry is not in its one deterministic encoding")]
    NotCanonical,
    #[error("an entry has {size} bytes; at most {max} are taken")]
    TooLarge { size: usize, max: usize },
}

impl Entry {
    /// Puts an entry together, as its author.
    pub fn make(header: Header, body: Vec<u8>) -> Self {
        let bytes = cbor::encode(&(&header, serde_bytes::Bytes::new(&body)));
        let hash = EntryHash::from_bytes(*blake3::hash(&bytes).as_bytes());
        Self { header, body, bytes, hash }
    }

    /// Reads an entry of at most `max` bytes.
    pub fn read(bytes: &[u8], max: usize) -> Result<Self, EntryError> {
        if bytes.len() > max {
            return Err(EntryError::TooLarge { size: bytes.len(), max });
        }
        let (header, body): (Header, serde_bytes::ByteBuf) = cbor::decode("an entry", bytes)?;
        let entry = Self::make(header, body.into_vec());
        if entry.bytes == bytes { Ok(entry) } else { Err(EntryError::NotCanonical) }
    }

    /// The author's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// BLAKE3 of [`Entry::bytes`].
    pub fn hash(&self) -> EntryHash {
        self.hash
    }
    /// Its id.
    pub fn id(&self) -> EntryId {
        self.header.id()
    }
}
