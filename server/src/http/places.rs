//! How much memory exchanges may take at once. Whoever finds no place waits a little, and is then told to come
//! back.
//!
//! An organisation has half of them at most: the others find room beside its storm.
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
    arriving: Room,
    working: Room,
    publishing: Arc<Semaphore>,
    devices: Arc<Devices>,
}

/// Places of one kind, of which an organisation has at most a half.
#[derive(Debug)]
struct Room {
    all: Arc<Semaphore>,
    half: u32,
    orgs: Arc<Mutex<BTreeMap<OrgId, Arc<Semaphore>>>>,
}

/// What an organisation has of a room; its line goes with the last that waits in it.
#[derive(Debug)]
struct Share {
    org: OrgId,
    line: Option<Arc<Semaphore>>,
    held: Option<OwnedSemaphorePermit>,
    orgs: Arc<Mutex<BTreeMap<OrgId, Arc<Semaphore>>>>,
}

impl Room {
    fn of(kib: u32) -> Self {
        Self { all: Arc::new(Semaphore::new(kib as usize)), half: kib / 2, orgs: Arc::default() }
    }

    /// Waits in the organisation's own line first: in the common one it would stand before the others.
    async fn take(&self, org: OrgId, bytes: usize) -> Result<Place, Full> {
        let many = kib(bytes, self.half);
        let line = self.orgs.lock().unwrap_or_else(PoisonError::into_inner).entry(org).or_insert_with(|| self.line()).clone();
        let mut share = Share { org, line: Some(line.clone()), held: None, orgs: self.orgs.clone() };
        let both = async {
            share.held = Some(line.acquire_many_owned(many).await.map_err(|_| Full)?);
            self.all.clone().acquire_many_owned(many).await.map_err(|_| Full)
        };
        let place = tokio::time::timeout(PATIENCE, both).await.map_err(|_| Full)??;
        Ok(Place { _place: place, _share: Some(share) })
    }

    fn line(&self) -> Arc<Semaphore> {
        Arc::new(Semaphore::new(self.half as usize))
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        drop((self.held.take(), self.line.take()));
        let mut orgs = self.orgs.lock().unwrap_or_else(PoisonError::into_inner);
        if orgs.get(&self.org).is_some_and(|line| Arc::strong_count(line) == 1) {
            orgs.remove(&self.org);
        }
    }
}

/// Given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    _place: OwnedSemaphorePermit,
    _share: Option<Share>,
}

/// There is none now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl Default for Places {
    fn default() -> Self {
        let publishing = Arc::new(Semaphore::new(PUBLISHING));
        Self { arriving: Room::of(ARRIVING), working: Room::of(WORKING), publishing, devices: Arc::default() }
    }
}

impl Places {
    /// For a body that is to be kept as it comes.
    pub async fn arriving(&self, org: OrgId, bytes: usize) -> Result<Place, Full> {
        self.arriving.take(org, bytes).await
    }
    /// For what a body unpacks to.
    pub async fn working(&self, org: OrgId, unpacked: usize) -> Result<Place, Full> {
        self.working.take(org, unpacked.saturating_mul(FACTOR)).await
    }
    /// For a bundle of content.
    pub async fn publishing(&self) -> Result<Place, Full> {
        let place = tokio::time::timeout(PATIENCE, self.publishing.clone().acquire_owned()).await;
        let place = place.map_err(|_| Full)?.map_err(|_| Full)?;
        Ok(Place { _place: place, _share: None })
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

/// What is larger than all that it may have waits for all of that, not for ever.
fn kib(bytes: usize, all: u32) -> u32 {
    u32::try_from(bytes.div_ceil(1 << 10).max(LEAST)).unwrap_or(all).min(all)
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
        let [harbour, marina] = [1, 2].map(|n| OrgId::from_bytes([n; 16]));
        let mut held = Vec::new();
        for org in [harbour, marina] {
            for _ in 0..16 {
                held.push(places.arriving(org, 2 << 20).await.expect("a place"));
            }
            assert_eq!(places.arriving(org, 1).await.err(), Some(Full), "the half is taken");
        }
        held.pop();
        for _ in 0..128 {
            held.push(places.arriving(marina, 100).await.expect("many small ones in the place of a large one"));
        }
        assert!(places.working(harbour, usize::MAX).await.is_ok(), "as much as it may have");
        drop(held);
        assert!(places.arriving.orgs.lock().expect("the map").is_empty(), "none is kept of an organisation that left");
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
