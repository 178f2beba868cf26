//! Devices: their keys, who may write on them, how far they numbered, when they were last heard of.

use async_trait::async_trait;

use frontline_domain::{DeviceId, Epoch, OrgId, PersonId, SiteId};
use frontline_protocol::sync::AppVersion;

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
    /// Since when it reads nothing more, and what it sends is set aside.
    pub revoked_ms: Option<i64>,
    /// It was revoked because it is lost: it may be found again.
    pub lost: bool,
    /// Why it was revoked, in the words of who did it.
    pub reason: Option<String>,
    /// The app's version, as the device said at its last contact.
    pub app: Option<AppVersion>,
    pub last_contact_ms: Option<i64>,
    /// Everything captured before this instant has a verdict (`sync.md` 30).
    pub reported_through_ms: Option<i64>,
}

/// How a device came to be revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub at_ms: i64,
    pub lost: bool,
    pub reason: String,
}

/// That a person may write on a device (`sync.md` 14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    pub device: DeviceId,
    pub person: PersonId,
    pub site: SiteId,
    pub at_ms: i64,
    /// When the last code of theirs was used there.
    pub since_ms: i64,
    /// When they signed out, if they ever did.
    pub signed_out_ms: Option<i64>,
}

impl Certified {
    /// Whether they left the device, and did not come back. What they captured there is still theirs.
    pub fn has_left(&self) -> bool {
        self.signed_out_ms.is_some_and(|left| left >= self.since_ms)
    }
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
    pub app: Option<AppVersion>,
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
    /// On which devices this person may write.
    async fn certified_person(&mut self, org: OrgId, person: PersonId) -> Result<Vec<Certified>>;
    /// Everybody who may write on any device.
    async fn all_certified(&mut self, org: OrgId) -> Result<Vec<Certified>>;
    /// When a series of this device was closed last, because two copies of it used one.
    async fn copied(&mut self, org: OrgId, device: DeviceId) -> Result<Option<i64>>;
    async fn epoch(&mut self, org: OrgId, device: DeviceId, epoch: Epoch) -> Result<Option<EpochRow>>;
    /// The latest contact that was stated together with a next number not above `seq`.
    async fn contact_stated(&mut self, org: OrgId, device: DeviceId, epoch: Epoch, seq: u64) -> Result<Option<i64>>;
    /// The same, and the lowest next number above `seq` that was stated: below it the answer is the same.
    async fn contact_stated_until(&mut self, org: OrgId, device: DeviceId, epoch: Epoch, seq: u64) -> Result<(Option<i64>, Option<u64>)>;
    async fn code(&mut self, hash: &[u8; 32]) -> Result<Option<Code>>;
}

#[async_trait]
pub trait DevicesWrite {
    /// Keeps a device as enrolled, or its new name; contact and revocation have their own ways.
    async fn put_device(&mut self, org: OrgId, device: &DeviceRow) -> Result<()>;
    /// Revokes a device, or takes that back. One that was revoked already keeps the time.
    async fn set_ended(&mut self, org: OrgId, device: DeviceId, ended: Option<&Ended>) -> Result<()>;
    async fn put_certified(&mut self, org: OrgId, certified: &Certified) -> Result<()>;
    /// They left the device then; the latest time stands.
    async fn set_signed_out(&mut self, org: OrgId, device: DeviceId, person: PersonId, at_ms: i64) -> Result<()>;
    async fn put_epoch(&mut self, org: OrgId, epoch: &EpochRow) -> Result<()>;
    /// Moves last contact, reported-through and stated contact forward, never back.
    async fn touch(&mut self, contact: &Contact) -> Result<()>;
    async fn put_code(&mut self, code: &Code) -> Result<()>;
    async fn use_code(&mut self, hash: &[u8; 32], by: DeviceId) -> Result<()>;
}
