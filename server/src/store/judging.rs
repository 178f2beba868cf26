//! What the judge keeps beside the feeds: entries that wait or were refused, and what it knows of documents.

use async_trait::async_trait;

use frontline_domain::document::ChangeHash;
use frontline_domain::{CaptureId, DeviceId, DocId, EntryHash, EntryId, EntryType, Epoch, OrgId, PersonId, ReleaseHash, Scope, Slug};
use frontline_protocol::{Code, Replaces};

use super::Result;

/// An entry that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: EntryId,
    pub hash: EntryHash,
    pub scope: Scope,
    pub entry_type: EntryType,
    pub person: PersonId,
    pub code: Code,
    pub doc: Option<DocId>,
    pub change: Option<ChangeHash>,
    /// The change whose storing lets it be judged again; none: any of its document.
    pub waits_on: Option<ChangeHash>,
    pub arrived_ms: i64,
    pub effective_ms: i64,
    pub bytes: Vec<u8>,
}

/// What became of a quarantined entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// A person let it in.
    LetIn,
    /// A person let it in; its device was asked to make it anew.
    Remake,
    /// Another entry was stored in its stead.
    Replaced,
}

/// An entry that was refused; kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Who offered it, whatever it says.
    pub offered_by: DeviceId,
    pub hash: EntryHash,
    /// What it says of itself, where it could be read.
    pub id: Option<EntryId>,
    pub scope: Option<Scope>,
    pub entry_type: Option<EntryType>,
    pub person: Option<PersonId>,
    pub code: Code,
    pub doc: Option<DocId>,
    pub change: Option<ChangeHash>,
    pub arrived_ms: i64,
    pub effective_ms: i64,
    /// An entry that was made on top of it was replaced (`sync.md` 21).
    pub superseded: bool,
    pub resolved: Option<(Resolution, i64)>,
    pub bytes: Vec<u8>,
}

/// A document that has at least one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocRow {
    pub doc: DocId,
    pub scope: Scope,
    pub entry_type: EntryType,
    pub release: ReleaseHash,
    /// How many changes are stored: tells a copy in memory that is behind.
    pub changes: u64,
    pub first_number: u64,
    pub last_number: u64,
    /// When its last change was committed, server ms.
    pub changed_ms: i64,
    /// What it is about, as its first change says.
    pub asset: Option<Slug>,
}

/// A fact that locks a run (signed off) or opens it (returned).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFact {
    pub number: u64,
    pub id: EntryId,
    pub locks: bool,
}

/// A document as it stood after some of its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedDoc {
    /// How many changes it holds.
    pub changes: u64,
    /// The number of the last of them: what comes after it is not in here.
    pub number: u64,
    /// As the document's module saves it.
    pub bytes: Vec<u8>,
}

#[async_trait]
pub trait JudgingRead {
    /// The first entry that made a capture under this id.
    async fn captured(&mut self, org: OrgId, capture: CaptureId) -> Result<Option<EntryId>>;
    async fn held(&mut self, org: OrgId, id: EntryId, hash: &EntryHash) -> Result<Option<Held>>;
    /// Everything that waits, in order of arrival.
    async fn all_held(&mut self, org: OrgId) -> Result<Vec<Held>>;
    /// What waits in a document for this change, or for any.
    async fn held_on(&mut self, org: OrgId, doc: DocId, change: &ChangeHash) -> Result<Vec<Held>>;
    async fn held_change(&mut self, org: OrgId, doc: DocId, change: &ChangeHash) -> Result<Option<Held>>;
    async fn quarantined(&mut self, org: OrgId, offered_by: DeviceId, hash: &EntryHash) -> Result<Option<Quarantined>>;
    /// By hash alone, as the console names it.
    async fn quarantined_hash(&mut self, org: OrgId, hash: &EntryHash) -> Result<Option<Quarantined>>;
    /// Newest first; `open`: only those that nothing became of.
    async fn all_quarantined(&mut self, org: OrgId, open: bool, limit: usize) -> Result<Vec<Quarantined>>;
    async fn quarantined_change(&mut self, org: OrgId, doc: DocId, change: &ChangeHash) -> Result<Option<Quarantined>>;
    /// What was stored in the stead of this entry.
    async fn replaced_by(&mut self, org: OrgId, original: &Replaces) -> Result<Option<EntryId>>;
    /// Whether anything was stored in the stead of entries of this series, from this number on.
    async fn is_any_replaced(&mut self, org: OrgId, device: DeviceId, epoch: Epoch, from: u64) -> Result<bool>;
    /// Whether this number has any verdict.
    async fn has_verdict(&mut self, org: OrgId, id: EntryId) -> Result<bool>;
    async fn doc(&mut self, org: OrgId, doc: DocId) -> Result<Option<DocRow>>;
    /// The documents of a scope, newest change first.
    async fn docs(&mut self, org: OrgId, scope: Scope) -> Result<Vec<DocRow>>;
    /// The document as it was last saved.
    async fn saved_doc(&mut self, org: OrgId, doc: DocId) -> Result<Option<SavedDoc>>;
    /// How many changes [`JudgingRead::saved_doc`] holds; 0 where it was never saved.
    async fn saved_changes(&mut self, org: OrgId, doc: DocId) -> Result<u64>;
    /// Which entry carried this change.
    async fn change_entry(&mut self, org: OrgId, doc: DocId, change: &ChangeHash) -> Result<Option<EntryId>>;
    /// The facts that lock or open a run, in order of their numbers.
    async fn locks(&mut self, org: OrgId, doc: DocId) -> Result<Vec<LockFact>>;
}

#[async_trait]
pub trait JudgingWrite {
    /// Notes which entry made a capture; the first one stands, and this may be it (true).
    async fn put_captured(&mut self, org: OrgId, capture: CaptureId, by: EntryId) -> Result<bool>;
    /// Keeps a waiting entry, or what it waits for now.
    async fn put_held(&mut self, org: OrgId, held: &Held) -> Result<()>;
    async fn remove_held(&mut self, org: OrgId, id: EntryId, hash: &EntryHash) -> Result<()>;
    async fn put_quarantined(&mut self, org: OrgId, quarantined: &Quarantined) -> Result<()>;
    /// Closes the original for ever.
    async fn put_replaced(&mut self, org: OrgId, original: &Replaces, by: EntryId) -> Result<()>;
    async fn put_doc(&mut self, org: OrgId, doc: &DocRow) -> Result<()>;
    /// Keeps it in the place of the one before.
    async fn put_saved_doc(&mut self, org: OrgId, doc: DocId, saved: &SavedDoc) -> Result<()>;
    async fn put_change(&mut self, org: OrgId, doc: DocId, change: &ChangeHash, id: EntryId) -> Result<()>;
    async fn put_lock(&mut self, org: OrgId, doc: DocId, lock: &LockFact) -> Result<()>;
}
