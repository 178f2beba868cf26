//! The store's key once more, wrapped to the organisation's recovery key (`sync.md` 13): a slot of the key header
//! that only the server, or whoever keeps that key, opens.

use std::path::Path;

use frontline_domain::env::Random;
use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::hpke;

use super::keys::{self, Holder, Key, Slot};
use super::meta::Identity;
use super::open::{self, KEYS};
use super::{Store, StoreError, lock};

/// What the slot says.
pub struct Wrapped {
    pub org: OrgId,
    pub device: DeviceId,
    pub sealed: Vec<u8>,
}

impl Store {
    /// Wraps the store's key to this public key, unless it is already.
    pub fn wrap(&self, to: &[u8; 32], own: &Identity, random: &dyn Random) -> Result<(), StoreError> {
        let id = id(own.org, own.device, to);
        let header = self.dir.join(KEYS);
        if keys::slots(&header, Holder::Recovery)?.iter().any(|slot| slot.id() == id.as_slice()) {
            return Ok(());
        }
        let mut ephemeral = hpke::Secret::default();
        random.fill(ephemeral.as_mut_slice());
        let info = frontline_protocol::recover::wrapped(own.org, own.device);
        let Some(sealed) = hpke::seal(to, &ephemeral, &info, self.key.as_slice()) else { return Ok(()) };
        let _writer = lock(&self.writer);
        keys::put_alone(&header, Slot::of_recovery(id, sealed))
    }
}

/// The wrapped key of the store in `dir`; none where there is none.
pub fn wrapped(dir: &Path) -> Result<Option<Wrapped>, StoreError> {
    let slot = keys::slots(&dir.join(KEYS), Holder::Recovery)?.pop();
    Ok(slot.and_then(|slot| {
        let (org, rest) = slot.id().split_at_checked(16)?;
        let (device, _) = rest.split_at_checked(16)?;
        let (org, device) = (OrgId::from_slice(org).ok()?, DeviceId::from_slice(device).ok()?);
        Some(Wrapped { org, device, sealed: slot.sealed().to_vec() })
    }))
}

/// Lets the shell's key open the store in `dir`, whose own key is `data`; false where it is not.
pub fn admit(dir: &Path, data: &Key, shell: &[u8; 32], random: &dyn Random) -> Result<bool, StoreError> {
    if !open::opens(dir, data)? {
        return Ok(false);
    }
    keys::put_alone(&dir.join(KEYS), Slot::seal(Holder::Shell, &[], shell, data, random))?;
    Ok(true)
}

fn id(org: OrgId, device: DeviceId, to: &[u8; 32]) -> Vec<u8> {
    [org.as_bytes().as_slice(), device.as_bytes(), &to[..8]].concat()
}
