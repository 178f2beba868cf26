//! Entries in their feeds: numbers, marks, and the scan that pages are made of.

use async_trait::async_trait;

use frontline_domain::{DeviceId, DocId, EntryHash, EntryId, EntryType, Epoch, OrgId, PersonId, Scope, TypeSet};
use frontline_protocol::{Mark, Tag};

use super::Result;

/// An entry that has its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub scope: Scope,
    pub number: u64,
    pub entry_type: EntryType,
    pub id: EntryId,
    pub person: PersonId,
    pub hash: EntryHash,
    pub effective_ms: i64,
    pub committed_ms: i64,
    /// The document that a change belongs to, or a fact is about.
    pub doc: Option<DocId>,
    /// The author's exact bytes.
    pub bytes: Vec<u8>,
}

/// Where a feed ends, and how much was added since its last mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    pub mark: Mark,
    pub unmarked_entries: u64,
    pub unmarked_bytes: u64,
}

/// A device's own entries, which it is not sent: those of this epoch below this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skip {
    pub device: DeviceId,
    pub epoch: Epoch,
    pub below: u64,
}

/// What to look for in a feed: entries of `types` above `after` and not above `to`, within limits.
#[derive(Debug, Clone, Copy)]
pub struct Scan {
    pub scope: Scope,
    pub types: TypeSet,
    pub after: u64,
    pub to: u64,
    pub skip: Option<Skip>,
    pub max_rows: usize,
    pub max_bytes: usize,
}

/// How many entries there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    pub stored: Vec<(EntryType, u64)>,
    pub held: u64,
    /// Not yet let in, made anew or replaced.
    pub quarantined: u64,
    pub replaced: u64,
}

#[async_trait]
pub trait FeedRead {
    /// The feed's end; all zero for one without entries.
    async fn head(&mut self, org: OrgId, scope: Scope) -> Result<Head>;
    /// The tag that is kept at this number, if a mark is there.
    async fn tag_at(&mut self, org: OrgId, scope: Scope, number: u64) -> Result<Option<Tag>>;
    /// The highest mark that is not above `number`; [`Mark::START`] if none is.
    async fn mark_below(&mut self, org: OrgId, scope: Scope, number: u64) -> Result<Mark>;
    /// The lowest mark that is not below `number`.
    async fn mark_above(&mut self, org: OrgId, scope: Scope, number: u64) -> Result<Option<Mark>>;
    /// Entries in order of their numbers, and the number up to which none was left out for the limits. The
    /// first entry is given even where it is larger than `max_bytes`.
    async fn scan(&mut self, org: OrgId, scan: &Scan) -> Result<(Vec<Stored>, u64)>;
    /// The entry with this id.
    async fn entry(&mut self, org: OrgId, id: EntryId) -> Result<Option<Stored>>;
    /// Up to `limit` entries of a document with numbers above `after`, in order: its changes, and the facts about it.
    async fn doc_entries(&mut self, org: OrgId, doc: DocId, after: u64, limit: usize) -> Result<Vec<Stored>>;
    async fn counts(&mut self, org: OrgId) -> Result<Counts>;
}

#[async_trait]
pub trait FeedWrite {
    /// Keeps an entry under its number; both its id and its number must be new.
    async fn put_entry(&mut self, org: OrgId, entry: &Stored) -> Result<()>;
    async fn set_head(&mut self, org: OrgId, scope: Scope, head: &Head) -> Result<()>;
    /// Keeps a mark for ever.
    async fn put_mark(&mut self, org: OrgId, scope: Scope, mark: Mark) -> Result<()>;
    /// The next number of the organisation's own pen, taken.
    async fn next_pen_seq(&mut self, org: OrgId) -> Result<u64>;
}
