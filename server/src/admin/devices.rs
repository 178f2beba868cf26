//! Devices that were renamed, lost, found or stolen.

use frontline_domain::record::{Device, PinUnlocked};
use frontline_domain::{DeviceId, PersonId, Scope};

use super::{AdminError, Desk, Result, is_name};
use crate::ledger::{Order, settle};
use crate::lists;
use crate::store::{DeviceRow, Ended};

/// Bytes of a device's name at most.
pub const MAX_NAME: usize = 60;
/// Bytes of the reason for revoking one at most.
pub const MAX_REASON: usize = 500;

impl Desk<'_> {
    /// Revokes a device for cause: it reads nothing more, and what it still sends is set aside whole, for a
    /// person to look at (`sync.md` 19).
    pub async fn revoke(&mut self, device: DeviceId) -> Result<()> {
        self.end_device(device, false, "").await
    }

    /// Revokes a device and says why; a lost one may be found again.
    pub async fn end_device(&mut self, device: DeviceId, lost: bool, reason: &str) -> Result<()> {
        let (row, reason) = (self.known(device).await?, reason.trim());
        if reason.len() > MAX_REASON {
            return Err(AdminError::Invalid(format!("a reason has at most {MAX_REASON} bytes")));
        }
        if lost && row.revoked_ms.is_some() && !row.lost {
            return Err(AdminError::Invalid("this device was revoked for good; enrol it anew to use it again".into()));
        }
        let ended = Ended { at_ms: self.now_ms, lost, reason: reason.to_owned() };
        self.tx.set_ended(self.pen.org.id, device, Some(&ended)).await?;
        let now = self.known(device).await?;
        self.orders.extend(settle::revoked(self.pen.org.id, &now));
        self.say_device(&row, true).await
    }

    /// A lost device turned up: it reads and sends again. What it sent meanwhile stays in quarantine until
    /// somebody lets it in.
    pub async fn device_found(&mut self, device: DeviceId) -> Result<()> {
        let row = self.known(device).await?;
        if !row.lost {
            return Err(AdminError::Invalid("this device is not marked as lost".into()));
        }
        self.tx.set_ended(self.pen.org.id, device, None).await?;
        self.orders.push(Order::Found { org: self.pen.org.id, device });
        self.say_device(&row, false).await
    }

    /// Gives a device another name; two of one organisation never have the same.
    pub async fn rename_device(&mut self, device: DeviceId, name: &str) -> Result<()> {
        let (mut row, name) = (self.known(device).await?, name.trim());
        if !is_name(name, MAX_NAME) {
            return Err(AdminError::Invalid(format!("a device's name has 1 to {MAX_NAME} bytes and no control characters")));
        }
        let org = self.org();
        if self.tx.devices(org).await?.iter().any(|other| other.id != device && other.name == name) {
            return Err(AdminError::Invalid("another device has that name already".into()));
        }
        row.name = name.to_owned();
        self.tx.put_device(org, &row).await?;
        self.say_device(&row, row.revoked_ms.is_some()).await
    }

    /// Lets somebody try their PIN again on a device, at its next sync: the wrong ones of before no longer count.
    pub async fn unlock_pin(&mut self, device: DeviceId, person: PersonId) -> Result<()> {
        let (row, org) = (self.known(device).await?, self.org());
        if !self.tx.certified(org, row.id).await?.iter().any(|c| c.person == person) {
            return Err(AdminError::Invalid("this person was never enrolled on that device".into()));
        }
        let order = PinUnlocked { device: row.id, person, at_ms: self.now_ms };
        self.record(&[Scope::Device(row.id)], &order).await?;
        Ok(())
    }

    async fn known(&mut self, device: DeviceId) -> Result<DeviceRow> {
        let row = self.tx.device(self.pen.org.id, device).await?;
        row.ok_or_else(|| AdminError::Invalid("there is no such device".into()))
    }

    /// Tells the device, and lists it anew where nothing was to tell.
    async fn say_device(&mut self, row: &DeviceRow, revoked: bool) -> Result<()> {
        let record = Device { id: row.id, name: row.name.clone(), revoked };
        self.record(&[Scope::Device(row.id)], &record).await?;
        Ok(lists::device(&mut *self.tx, self.pen.org.id, row.id).await?)
    }
}
