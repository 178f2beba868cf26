//! The devices of a site, and whether they have reported.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::metrics::{self, Completeness};
use frontline_domain::{DeviceId, OrgId, PersonId, SiteId};

use super::names::Names;
use crate::console::calm::calm;
use crate::console::strings::fill;
use crate::console::view::{Bar, Chip, Reporting};
use crate::console::zone::Zone;
use crate::store::{DeviceRow, ReadTx, Result};

/// All devices of an organisation, by the sites where people use them.
pub struct Fleet {
    devices: BTreeMap<DeviceId, DeviceRow>,
    at: BTreeMap<SiteId, BTreeSet<DeviceId>>,
    people: BTreeMap<DeviceId, Vec<PersonId>>,
    pub held: BTreeMap<DeviceId, u64>,
    pub quarantined: BTreeMap<DeviceId, u64>,
}

/// Entries in quarantine that are counted at most.
const MOST: usize = 10_000;

/// With the words that somebody typed as a page can show them.
pub fn shown(d: DeviceRow) -> DeviceRow {
    DeviceRow { name: calm(d.name), model: calm(d.model), reason: d.reason.map(calm), ..d }
}

impl Fleet {
    pub async fn read(tx: &mut dyn ReadTx, org: OrgId) -> Result<Self> {
        let devices: BTreeMap<_, _> = tx.devices(org).await?.into_iter().map(|d| (d.id, shown(d))).collect();
        let mut fleet = Self { devices, at: BTreeMap::new(), people: BTreeMap::new(), held: BTreeMap::new(), quarantined: BTreeMap::new() };
        // Where somebody was enrolled last is where the device is.
        let mut certified = tx.all_certified(org).await?;
        certified.sort_by_key(|c| (c.at_ms, c.site));
        let latest: BTreeMap<DeviceId, SiteId> = certified.iter().map(|c| (c.device, c.site)).collect();
        for row in fleet.devices.values() {
            let site = latest.get(&row.id).copied().unwrap_or(row.site);
            fleet.at.entry(site).or_default().insert(row.id);
        }
        for one in certified {
            fleet.people.entry(one.device).or_default().push(one.person);
        }
        for held in tx.all_held(org).await? {
            *fleet.held.entry(held.id.device).or_default() += 1;
        }
        for one in tx.all_quarantined(org, true, MOST).await? {
            *fleet.quarantined.entry(one.offered_by).or_default() += 1;
        }
        Ok(fleet)
    }

    /// The devices of a site, by name.
    pub fn of(&self, site: SiteId) -> Vec<&DeviceRow> {
        let ids = self.at.get(&site).into_iter().flatten();
        let mut rows: Vec<&DeviceRow> = ids.filter_map(|id| self.devices.get(id)).collect();
        rows.sort_by_key(|d| (natural(&d.name), d.id));
        rows
    }
    /// Who may write on a device.
    pub fn people(&self, id: DeviceId) -> &[PersonId] {
        self.people.get(&id).map_or(&[], Vec::as_slice)
    }
    /// Who of a site's devices has reported past an instant.
    pub fn completeness(&self, site: SiteId, (from_ms, past_ms): (i64, i64), names: &Names) -> Completeness {
        let count = |map: &BTreeMap<DeviceId, u64>, id| map.get(id).copied().unwrap_or(0);
        let rows = self.of(site).into_iter().map(|d| metrics::DeviceRow {
            device: d.id,
            last_contact_ms: d.last_contact_ms,
            reported_through_ms: d.reported_through_ms,
            since_ms: d.enrolled_ms,
            retired_ms: d.revoked_ms,
            held: count(&self.held, &d.id),
            quarantined: count(&self.quarantined, &d.id),
        });
        metrics::completeness(rows, (from_ms, past_ms), names.now_ms, i64::from(names.policy.silent_days) * 86_400_000)
    }
    /// The same in words.
    pub fn reporting(&self, site: SiteId, (from_ms, past_ms): (i64, i64), names: &Names, zone: &Zone) -> Reporting {
        let t = &names.t.numbers;
        let all = self.completeness(site, (from_ms, past_ms), names);
        let list = |ids: &[DeviceId]| {
            let found = ids.iter().filter_map(|id| self.devices.get(id)).map(|d| d.name.clone());
            names.several(found.collect(), 4)
        };
        let mut notes = Vec::new();
        if !all.waiting.is_empty() {
            notes.push(fill(t.waiting_for, &[("names", &list(&all.waiting))]));
        }
        let heard = |id: &DeviceId| self.devices.get(id).is_some_and(|d| d.last_contact_ms.is_some());
        let (silent, never): (Vec<DeviceId>, Vec<DeviceId>) = all.silent.iter().copied().partition(heard);
        if !silent.is_empty() {
            notes.push(fill(t.silent, &[("days", &names.policy.silent_days.to_string()), ("names", &list(&silent))]));
        }
        if !never.is_empty() {
            notes.push(fill(t.never, &[("names", &list(&never))]));
        }
        if !all.retired.is_empty() {
            notes.push(fill(t.retired, &[("names", &list(&all.retired))]));
        }
        if !all.left_out.is_empty() {
            notes.push(fill(t.left_out, &[("names", &list(&all.left_out))]));
        }
        if all.expected() == 0 {
            let sentence = fill(t.no_devices, &[("time", &zone.text(past_ms))]);
            return Reporting { sentence, chip: None, bar: None, notes };
        }
        let sentence = names.t.counted(t.reported, all.expected());
        let words = [("reported", &*all.reported.to_string()), ("expected", &all.expected().to_string()), ("time", &zone.text(past_ms))];
        let chip = if all.is_final() { Chip::new("good", t.complete) } else { Chip::new("warn", t.provisional) };
        Reporting { sentence: fill(&sentence, &words), chip: Some(chip), bar: Some(Bar::of(all.reported, all.expected())), notes }
    }
}

/// `harbour-10` after `harbour-9`.
fn natural(name: &str) -> (String, u64) {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.to_owned(), name[stem.len()..].parse().unwrap_or(0))
}
