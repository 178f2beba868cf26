//! How much memory exchanges may take at once. Whoever finds no place waits a little, and is then told to come
//! back.
//!
//! Only who holds a fresh nonce of this server gets a place: a stranger's body is hashed and forgotten as it
//! comes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use frontline_domain::{DeviceId, OrgId};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// KiB of bodies that are arriving: each as long as it says it is.
const ARRIVING: u32 = 64 << 10;
/// KiB of what is judged: a body unpacked, [`FACTOR`] times.
const WORKING: u32 = 64 << 10;
/// Measured: sixteen at once of 1 MiB in 4,096 offers take 72 MB until they are judged (docs/performance.md).
const FACTOR: usize = 4;
/// KiB that the smallest takes.
const LEAST: usize = 16;
/// How long one waits for a place.
const PATIENCE: Duration = Duration::from_secs(20);
/// Bundles of content at once, each of some ten MiB: from people with a token.
const PUBLISHING: usize = 2;
/// Exchanges of one device at once, their answers included while they are on their way. One is usual; a phone
/// whose connection broke may begin the next before the server has noticed.
const OF_A_DEVICE: u32 = 8;

/// The places of one server.
#[derive(Debug)]
pub struct Places {
    arriving: Arc<Semaphore>,
    working: Arc<Semaphore>,
    publishing: Arc<Semaphore>,
    devices: Arc<Devices>,
}

/// Given back when it is dropped.
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held for its end")] OwnedSemaphorePermit);

/// There is none now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl Default for Places {
    fn default() -> Self {
        let all = |kib: u32| Arc::new(Semaphore::new(kib as usize));
        let publishing = Arc::new(Semaphore::new(PUBLISHING));
        Self { arriving: all(ARRIVING), working: all(WORKING), publishing, devices: Arc::default() }
    }
}

impl Places {
    /// For a body that is to be kept as it comes.
    pub async fn arriving(&self, bytes: usize) -> Result<Place, Full> {
        take(&self.arriving, kib(bytes, ARRIVING)).await
    }
    /// For what a body unpacks to.
    pub async fn working(&self, unpacked: usize) -> Result<Place, Full> {
        take(&self.working, kib(unpacked.saturating_mul(FACTOR), WORKING)).await
    }
    /// For a bundle of content.
    pub async fn publishing(&self) -> Result<Place, Full> {
        take(&self.publishing, 1).await
    }
    /// For one exchange of a device, from its beginning until its answer is taken.
    pub fn turn(&self, org: OrgId, device: DeviceId) -> Result<Turn, Full> {
        let mut map = self.devices.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = map.entry((org, device)).or_default();
        if *count >= OF_A_DEVICE {
            return Err(Full);
        }
        *count += 1;
        drop(map);
        Ok(Turn { key: (org, device), devices: self.devices.clone() })
    }
}

/// What is larger than all places waits for all of them, not for ever.
fn kib(bytes: usize, all: u32) -> u32 {
    u32::try_from(bytes.div_ceil(1 << 10).max(LEAST)).unwrap_or(all).min(all)
}

async fn take(places: &Arc<Semaphore>, many: u32) -> Result<Place, Full> {
    let place = tokio::time::timeout(PATIENCE, places.clone().acquire_many_owned(many)).await;
    place.map_err(|_| Full)?.map(Place).map_err(|_| Full)
}

#[derive(Debug, Default)]
struct Devices(Mutex<BTreeMap<(OrgId, DeviceId), u32>>);

/// One exchange of a device.
#[derive(Debug)]
pub struct Turn {
    key: (OrgId, DeviceId),
    devices: Arc<Devices>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut map = self.devices.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = map.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                map.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn bodies_wait_for_places_by_their_size_and_then_are_told_so() {
        let places = Places::default();
        let mut held = Vec::new();
        for _ in 0..32 {
            held.push(places.arriving(2 << 20).await.expect("a place"));
        }
        assert_eq!(places.arriving(1).await.err(), Some(Full));
        held.pop();
        for _ in 0..128 {
            held.push(places.arriving(100).await.expect("many small ones in the place of a large one"));
        }
        assert!(places.working(usize::MAX).await.is_ok(), "as much as there is");
        let publishing = (places.publishing().await.expect("a place"), places.publishing().await.expect("another"));
        assert_eq!(places.publishing().await.err(), Some(Full));
        drop(publishing);
        assert!(places.publishing().await.is_ok());
    }

    #[test]
    fn a_device_has_few_exchanges_at_once_and_none_is_kept_of_one_that_left() {
        let places = Places::default();
        let (org, ana, ben) = (OrgId::from_bytes([1; 16]), DeviceId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
        let turns: Vec<Turn> = (0..OF_A_DEVICE).map(|_| places.turn(org, ana).expect("a turn")).collect();
        assert_eq!(places.turn(org, ana).err(), Some(Full));
        assert!(places.turn(org, ben).is_ok());
        drop(turns);
        assert!(places.devices.0.lock().expect("the map").is_empty());
    }
}
