//! Devices that were lost, stolen or retired.

use frontline_domain::record::Device;
use frontline_domain::{DeviceId, Scope};

use super::{AdminError, Desk, Result};

impl Desk<'_> {
    /// Revokes a device for cause: it reads nothing more, and what it still sends is set aside whole, for a
    /// person to look at (`sync.md` 19).
    pub async fn revoke(&mut self, device: DeviceId) -> Result<()> {
        let org = self.org();
        let row = self.tx.device(org, device).await?.ok_or_else(|| AdminError::Invalid("there is no such device".into()))?;
        self.tx.set_revoked(org, device, self.now_ms).await?;
        self.record(&[Scope::Device(device)], &Device { id: device, name: row.name, revoked: true }).await?;
        Ok(())
    }
}
