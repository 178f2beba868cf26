//! Pictures: what stored facts say of them, which are here whole, and which are on their way. Their bytes are not
//! in the store.

use async_trait::async_trait;

use frontline_domain::{BlobHash, DeviceId, OrgId, Scope};

use super::Result;

/// What one stored fact says of a picture, whole or small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBlob {
    pub blob: BlobHash,
    /// The run or the action that it belongs to ([`frontline_domain::fact::BlobOf::id`]).
    pub of: [u8; 16],
    /// Whoever may read the fact in this feed may read the bytes.
    pub scope: Scope,
    /// The fact's number in that feed.
    pub number: u64,
    pub device: DeviceId,
    pub bytes: u64,
    pub media: String,
    /// Of a small one: the whole one.
    pub small_of: Option<BlobHash>,
}

/// Who sends: a device, or a program with a token.
pub type SenderId = [u8; 16];

/// A picture on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    pub by: SenderId,
    pub blob: BlobHash,
    pub expires_ms: i64,
}

#[async_trait]
pub trait BlobsRead {
    /// What is said of a picture, in the order of feeds and numbers.
    async fn blob_named(&mut self, org: OrgId, blob: &BlobHash) -> Result<Vec<NamedBlob>>;
    /// What is said of the pictures of a run or of an action, in the order of numbers.
    async fn blobs_of(&mut self, org: OrgId, of: &[u8; 16]) -> Result<Vec<NamedBlob>>;
    /// How many bytes it has, where it is here whole.
    async fn blob_here(&mut self, org: OrgId, blob: &BlobHash) -> Result<Option<u64>>;
    /// How many pictures are here whole, and their bytes together.
    async fn blob_total(&mut self, org: OrgId) -> Result<(u64, u64)>;
    /// Those that are here whole of all organisations, in their order behind this one.
    async fn blobs_here(&mut self, after: (OrgId, BlobHash), limit: u32) -> Result<Vec<(OrgId, BlobHash, u64)>>;
    /// What this sender has on its way.
    async fn uploads(&mut self, org: OrgId, by: &SenderId) -> Result<Vec<Upload>>;
    /// What has been on its way for too long, of any organisation.
    async fn expired_uploads(&mut self, now_ms: i64) -> Result<Vec<(OrgId, Upload)>>;
}

#[async_trait]
pub trait BlobsWrite {
    async fn put_blob_named(&mut self, org: OrgId, named: &NamedBlob) -> Result<()>;
    async fn put_blob_here(&mut self, org: OrgId, blob: &BlobHash, bytes: u64, at_ms: i64) -> Result<()>;
    async fn remove_blob_here(&mut self, org: OrgId, blob: &BlobHash) -> Result<()>;
    async fn put_upload(&mut self, org: OrgId, upload: &Upload) -> Result<()>;
    async fn remove_upload(&mut self, org: OrgId, by: &SenderId, blob: &BlobHash) -> Result<()>;
}
