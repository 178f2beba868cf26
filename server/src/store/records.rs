//! Organisations, their records as they stand now, releases and grants.

use async_trait::async_trait;

use frontline_domain::permission::Grant;
use frontline_domain::{DeviceId, EntryHash, EntryType, OrgId, PersonId, ReleaseHash, Scope};

use super::Result;

/// An organisation of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgRow {
    pub id: OrgId,
    pub name: String,
    /// The device id under which the server itself writes.
    pub pen: DeviceId,
    pub created_ms: i64,
}

/// A record as it stands: the one with the highest number of its (type, key).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    pub entry_type: EntryType,
    /// The record's id or slug as text; see [`crate::records::Keyed`].
    pub key: String,
    /// The feed that it was last written to.
    pub scope: Scope,
    pub number: u64,
    pub body: Vec<u8>,
}

/// A published release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRow {
    pub hash: ReleaseHash,
    /// `module`, `procedure`, …
    pub kind: String,
    pub slug: String,
    pub number: u64,
    pub bytes: Vec<u8>,
}

/// A part of content that a push put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRow {
    /// `site`, `procedure`, …
    pub part: String,
    pub key: String,
    /// What changes when, and only when, the part does.
    pub fingerprint: [u8; 32],
}

/// A new version of content that nobody has yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// `procedure`, …
    pub kind: String,
    pub slug: String,
    /// The release as it would be published, without a predecessor.
    pub bytes: Vec<u8>,
    /// As of [`PublishedRow`].
    pub fingerprint: [u8; 32],
    pub at_ms: i64,
}

#[async_trait]
pub trait RecordsRead {
    async fn orgs(&mut self) -> Result<Vec<OrgRow>>;
    async fn org(&mut self, org: OrgId) -> Result<Option<OrgRow>>;
    async fn record(&mut self, org: OrgId, entry_type: EntryType, key: &str) -> Result<Option<RecordRow>>;
    /// All of a type, in order of their keys.
    async fn records(&mut self, org: OrgId, entry_type: EntryType) -> Result<Vec<RecordRow>>;
    /// The hash of the body that was last written of this record to this feed.
    async fn fed(&mut self, org: OrgId, entry_type: EntryType, key: &str, scope: Scope) -> Result<Option<EntryHash>>;
    async fn release(&mut self, org: OrgId, hash: ReleaseHash) -> Result<Option<ReleaseRow>>;
    /// What pushes of content put there and did not withdraw.
    async fn published(&mut self, org: OrgId) -> Result<Vec<PublishedRow>>;
    /// In order of kind and slug.
    async fn drafts(&mut self, org: OrgId) -> Result<Vec<DraftRow>>;
    async fn draft(&mut self, org: OrgId, kind: &str, slug: &str) -> Result<Option<DraftRow>>;
    /// Who tries it.
    async fn testers(&mut self, org: OrgId, kind: &str, slug: &str) -> Result<Vec<PersonId>>;
    /// All grants that this person ever held.
    async fn grants(&mut self, org: OrgId, person: PersonId) -> Result<Vec<Grant>>;
    /// All grants that anybody ever held.
    async fn all_grants(&mut self, org: OrgId) -> Result<Vec<Grant>>;
}

#[async_trait]
pub trait RecordsWrite {
    async fn put_org(&mut self, org: &OrgRow) -> Result<()>;
    /// Keeps a record as the current one.
    async fn put_record(&mut self, org: OrgId, record: &RecordRow) -> Result<()>;
    async fn set_fed(&mut self, org: OrgId, entry_type: EntryType, key: &str, scope: Scope, body: EntryHash) -> Result<()>;
    async fn put_release(&mut self, org: OrgId, release: &ReleaseRow) -> Result<()>;
    async fn put_published(&mut self, org: OrgId, row: &PublishedRow) -> Result<()>;
    async fn remove_published(&mut self, org: OrgId, part: &str, key: &str) -> Result<()>;
    /// Keeps a draft in the place of the one under its name.
    async fn put_draft(&mut self, org: OrgId, row: &DraftRow) -> Result<()>;
    async fn remove_draft(&mut self, org: OrgId, kind: &str, slug: &str) -> Result<()>;
    async fn put_tester(&mut self, org: OrgId, kind: &str, slug: &str, person: PersonId) -> Result<()>;
    async fn remove_tester(&mut self, org: OrgId, kind: &str, slug: &str, person: PersonId) -> Result<()>;
    /// Keeps a grant, or its end.
    async fn put_grant(&mut self, org: OrgId, grant: &Grant) -> Result<()>;
}
