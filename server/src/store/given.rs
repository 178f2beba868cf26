//! What devices gave back after a restore, and what something else stands in the place of by now.

use async_trait::async_trait;

use frontline_domain::{DeviceId, EntryHash, EntryType, OrgId, Scope};

use super::Result;

/// An entry that was not taken back, for an administrator to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAside {
    pub hash: EntryHash,
    pub scope: Scope,
    pub entry_type: EntryType,
    pub given_by: DeviceId,
    pub given_ms: i64,
    /// A sentence; holds no content.
    pub why: String,
    pub bytes: Vec<u8>,
}

#[async_trait]
pub trait GivenRead {
    /// All of them, the newest first.
    async fn given_aside(&mut self, org: OrgId, limit: usize) -> Result<Vec<GivenAside>>;
}

#[async_trait]
pub trait GivenWrite {
    /// Keeps one; the first who gave it stands.
    async fn put_given_aside(&mut self, org: OrgId, row: &GivenAside) -> Result<()>;
}
