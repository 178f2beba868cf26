//! The feed of a scope: numbers, and the running hash that tells whether two sides speak of the same one.

use serde::{Deserialize, Serialize};

use frontline_domain::EntryHash;

/// The running hash of a feed up to a number; all zero at 0. 16 bytes of BLAKE3(previous tag, number, hash).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(pub serde_bytes::ByteArray<16>);

impl Tag {
    /// The tag after the entry `hash` took `number`.
    pub fn then(&self, number: u64, hash: &EntryHash) -> Tag {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.0.as_slice()).update(&number.to_be_bytes()).update(hash.as_bytes());
        let mut tag = [0u8; 16];
        tag.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Tag(tag.into())
    }
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes.into())
    }
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

/// A place in a feed where the server keeps the tag: the end of a commit, or every 256th entry. Pages end on
/// marks, and cursors and receipts name them (`sync.md` 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(into = "(u64, Tag)", from = "(u64, Tag)")]
pub struct Mark {
    pub number: u64,
    pub tag: Tag,
}
impl Mark {
    /// Before the first entry.
    pub const START: Mark = Mark { number: 0, tag: Tag(serde_bytes::ByteArray::new([0; 16])) };
}
impl From<Mark> for (u64, Tag) {
    fn from(m: Mark) -> Self {
        (m.number, m.tag)
    }
}
impl From<(u64, Tag)> for Mark {
    fn from((number, tag): (u64, Tag)) -> Self {
        Self { number, tag }
    }
}
