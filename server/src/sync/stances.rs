//! Where the devices stand that asked lately, so that they need not say it again (`sync.md` 8). In memory: what is not
//! there any more, after a restart or where too many asked, is said in full once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::stance::Stance;

/// Cursors and rights that are kept at most, some 90 bytes each.
const MOST: usize = 200_000;

/// Of each device the last one. Two halves: whatever nobody asked for while one half filled up is let go.
#[derive(Debug, Default)]
pub struct Stances(Mutex<Halves>);

#[derive(Debug, Default)]
struct Halves {
    young: HashMap<(OrgId, DeviceId), Kept>,
    old: HashMap<(OrgId, DeviceId), Kept>,
    /// What the young half weighs.
    weight: usize,
}

#[derive(Debug)]
struct Kept {
    digest: [u8; 16],
    stance: Stance,
}

impl Stances {
    /// The device's, where it is the one with this digest.
    pub fn of(&self, org: OrgId, device: DeviceId, digest: &[u8]) -> Option<Stance> {
        let (whose, mut halves) = ((org, device), self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let kept = halves.young.get(&whose).or_else(|| halves.old.get(&whose));
        let stance = kept.filter(|kept| kept.digest == *digest)?.stance.clone();
        if let Some(kept) = halves.old.remove(&whose) {
            halves.put(whose, kept);
        }
        Some(stance)
    }

    /// Keeps it, in the stead of the device's last one.
    pub fn keep(&self, org: OrgId, device: DeviceId, mut stance: Stance) {
        stance.cursors.iter_mut().for_each(|cursor| cursor.older.clear());
        let digest = stance.digest();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put((org, device), Kept { digest, stance });
    }
}

impl Halves {
    fn put(&mut self, whose: (OrgId, DeviceId), kept: Kept) {
        let weight = |kept: &Kept| 1 + kept.stance.cursors.len() + kept.stance.reads.len();
        self.weight += weight(&kept);
        self.old.remove(&whose);
        if let Some(before) = self.young.insert(whose, kept) {
            self.weight -= weight(&before);
        }
        if self.weight > MOST / 2 {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use frontline_protocol::sync::AppVersion;

    use super::*;

    fn stance(app: u16) -> Stance {
        Stance { cursors: Vec::new(), reads: Vec::new(), app: Some(AppVersion(app, 0, 0)), reader: None }
    }
    fn device(n: u32) -> DeviceId {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        DeviceId::from_bytes(bytes)
    }

    #[test]
    fn a_device_is_known_by_its_last_one_and_by_no_other() {
        let (stances, org) = (Stances::default(), OrgId::from_bytes([1; 16]));
        assert_eq!(stances.of(org, device(1), &stance(1).digest()), None);
        stances.keep(org, device(1), stance(1));
        assert_eq!(stances.of(org, device(1), &stance(1).digest()), Some(stance(1)));
        assert_eq!(stances.of(org, device(2), &stance(1).digest()), None);
        assert_eq!(stances.of(OrgId::from_bytes([2; 16]), device(1), &stance(1).digest()), None);
        stances.keep(org, device(1), stance(2));
        assert_eq!(stances.of(org, device(1), &stance(1).digest()), None);
        assert_eq!(stances.of(org, device(1), &stance(2).digest()), Some(stance(2)));
    }

    #[test]
    fn memory_is_bounded_and_whoever_asks_again_is_kept() {
        let (stances, org) = (Stances::default(), OrgId::from_bytes([1; 16]));
        for n in 0..3 * u32::try_from(MOST).expect("fits") {
            stances.keep(org, device(n), stance(1));
            if n % 10_000 == 0 {
                assert!(stances.of(org, device(0), &stance(1).digest()).is_some(), "{n}");
            }
        }
        let halves = stances.0.lock().expect("the halves");
        assert!(halves.young.len() + halves.old.len() <= MOST);
    }
}
