//! Pictures and videos of content: which releases and drafts name them, and which are on their way from an author. Their
//! bytes lie with those of photos.

use async_trait::async_trait;

use frontline_domain::{BlobHash, OrgId, ReleaseHash};

use super::Result;

/// What one release or draft says of a picture or video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedMedia {
    pub blob: BlobHash,
    pub release: ReleaseHash,
    /// Else it is a release.
    pub draft: bool,
    pub bytes: u64,
    pub media: String,
}

/// A picture or video that an author offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    pub blob: BlobHash,
    pub bytes: u64,
    /// Whoever offered it brought its bytes.
    pub brought: bool,
    pub until_ms: i64,
}

#[async_trait]
pub trait MediaRead {
    /// What names it, in the order of hashes.
    async fn media_named(&mut self, org: OrgId, blob: &BlobHash) -> Result<Vec<NamedMedia>>;
    async fn media_offered(&mut self, org: OrgId, blob: &BlobHash) -> Result<Option<Offered>>;
    /// Offers of any organisation that ended by then.
    async fn ended_offers(&mut self, now_ms: i64) -> Result<Vec<(OrgId, Offered)>>;
}

#[async_trait]
pub trait MediaWrite {
    async fn put_media_named(&mut self, org: OrgId, named: &NamedMedia) -> Result<()>;
    /// A draft is gone, and names nothing any more. What it named.
    async fn remove_media_of_draft(&mut self, org: OrgId, draft: ReleaseHash) -> Result<Vec<NamedMedia>>;
    /// In place of one of the same blob.
    async fn put_offer(&mut self, org: OrgId, offered: &Offered) -> Result<()>;
    async fn remove_offer(&mut self, org: OrgId, blob: &BlobHash) -> Result<()>;
}
