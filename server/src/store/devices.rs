//! Devices: their keys, who may write on them, how far they numbered, when they were last heard of.

use async_trait::async_trait;

use frontline_domain::{DeviceId, Epoch, OrgId, PersonId, SiteId};

use super::Result;

/// A device that was enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    pub id: DeviceId,
    /// Tells it from its site's others: `harbour-7`.
    pub name: String,
    pub model: String,
    /// Where it was first enrolled.
    pub site: SiteId,
    /// Its Ed25519 public key.
    pub key: [u8; 32],
    pub enrolled_ms: i64,
    pub revoked_ms: Option<i64>,
    pub last_contact_ms: Option<i64>,
    /// Everything captured before this instant has a verdict (`sync.md` 30).
    pub reported_through_ms: Option<i64>,
}

/// That a person may write on a device (`sync.md` 14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    pub device: DeviceId,
    pub person: PersonId,
    pub site: SiteId,
    pub at_ms: i64,
}

/// One series of a device's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpochRow {
    pub device: DeviceId,
    pub epoch: Epoch,
    /// The highest number that was offered.
    pub highest_seq: u64,
    /// The highest next number that was stated.
    pub highest_next: u64,
    /// Every number up to it has a verdict.
    pub judged_to: u64,
    /// Closed because two copies of the device used it.
    pub closed_ms: Option<i64>,
}

/// What one request of a device said about itself; kept in batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    pub org: OrgId,
    pub device: DeviceId,
    pub at_ms: i64,
    /// At this contact everything up to the stated next number had a verdict.
    pub reported: bool,
    /// (epoch, next number, server time of the last answer it had applied), `sync.md` 19.
    pub stated: Option<(Epoch, u64, i64)>,
}

/// A one-time enrolment code; only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub hash: [u8; 32],
    pub org: OrgId,
    pub site: SiteId,
    pub person: PersonId,
    pub made_ms: i64,
    pub expires_ms: i64,
    pub used_by: Option<DeviceId>,
}

#[async_trait]
pub trait DevicesRead {
    async fn device(&mut self, org: OrgId, device: DeviceId) -> Result<Option<DeviceRow>>;
    async fn devices(&mut self, org: OrgId) -> Result<Vec<DeviceRow>>;
    /// Who may write on this device.
    async fn certified(&mut self, org: OrgId, device: DeviceId) -> Result<Vec<Certified>>;
    /// Everybody who may write on any device.
    async fn all_certified(&mut self, org: OrgId) -> Result<Vec<Certified>>;
    async fn epoch(&mut self, org: OrgId, device: DeviceId, epoch: Epoch) -> Result<Option<EpochRow>>;
    /// The latest contact that was stated together with a next number not above `seq`.
    async fn contact_stated(&mut self, org: OrgId, device: DeviceId, epoch: Epoch, seq: u64) -> Result<Option<i64>>;
    async fn code(&mut self, hash: &[u8; 32]) -> Result<Option<Code>>;
}

#[async_trait]
pub trait DevicesWrite {
    /// Keeps a device as enrolled; contact and revocation have their own ways.
    async fn put_device(&mut self, org: OrgId, device: &DeviceRow) -> Result<()>;
    async fn set_revoked(&mut self, org: OrgId, device: DeviceId, at_ms: i64) -> Result<()>;
    async fn put_certified(&mut self, org: OrgId, certified: &Certified) -> Result<()>;
    async fn put_epoch(&mut self, org: OrgId, epoch: &EpochRow) -> Result<()>;
    /// Moves last contact, reported-through and stated contact forward, never back.
    async fn touch(&mut self, contact: &Contact) -> Result<()>;
    async fn put_code(&mut self, code: &Code) -> Result<()>;
    async fn use_code(&mut self, hash: &[u8; 32], by: DeviceId) -> Result<()>;
}
