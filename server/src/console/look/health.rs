//! Why a device in use needs somebody: from what the server knows of it, in the order of how much it matters.

use frontline_domain::fact::{ClockJumped, Fact, StorageSetAside};
use frontline_domain::{EntryType as T, OrgId};
use frontline_protocol::Code;
use frontline_protocol::sync::AppVersion;

use super::facts;
use crate::store::{DeviceRow, ReadTx, Result};

/// So many days is told of a copy, a clock or a store.
pub const RECENT_DAYS: i64 = 14;
const DAY_MS: i64 = 86_400_000;

/// What is known of a device beside its row.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// How many are held, and why the first is.
    pub held: Option<(u64, Code)>,
    pub quarantined: u64,
    pub copied_ms: Option<i64>,
    pub clock: Option<(i64, ClockJumped)>,
    pub storage: Option<(i64, StorageSetAside)>,
}

/// A reason, with what its words need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Never,
    Silent {
        since_ms: i64,
    },
    Storage {
        at_ms: i64,
        found: u64,
        missing: u64,
    },
    Quarantined {
        n: u64,
    },
    Held {
        n: u64,
        code: Code,
    },
    Copied {
        at_ms: i64,
    },
    NeverAll {
        contact_ms: i64,
    },
    Cut {
        through_ms: i64,
        contact_ms: i64,
    },
    Clock {
        at_ms: i64,
        by_ms: i64,
    },
    Old {
        app: AppVersion,
    },
    /// Not a fault: it was not heard of since the hour was full.
    Contact {
        contact_ms: i64,
    },
}

/// What kind of reason it is, as the filter has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Silent,
    Failing,
    Old,
    Waiting,
}

impl Why {
    pub fn kind(self) -> Kind {
        match self {
            Self::Never | Self::Silent { .. } => Kind::Silent,
            Self::Storage { .. }
            | Self::Quarantined { .. }
            | Self::Held { .. }
            | Self::Copied { .. }
            | Self::NeverAll { .. }
            | Self::Cut { .. }
            | Self::Clock { .. } => Kind::Failing,
            Self::Old { .. } => Kind::Old,
            Self::Contact { .. } => Kind::Waiting,
        }
    }
}

impl Known {
    /// Reads what a device said of itself, and whether copies of it were seen.
    pub async fn of(tx: &mut dyn ReadTx, org: OrgId, row: &DeviceRow, held: Option<(u64, Code)>, quarantined: u64) -> Result<Self> {
        let mut known = Self { held, quarantined, copied_ms: tx.copied(org, row.id).await?, ..Self::default() };
        for one in [T::CLOCK_JUMPED, T::STORAGE_SET_ASIDE] {
            let said = tx.said_of_itself(org, row.id, one).await?;
            match said.as_ref().and_then(facts::read).map(|found| (found.effective_ms, found.fact)) {
                Some((at_ms, Fact::ClockJumped(jumped))) => known.clock = Some((at_ms, jumped)),
                Some((at_ms, Fact::StorageSetAside(aside))) => known.storage = Some((at_ms, aside)),
                _ => {}
            }
        }
        Ok(known)
    }

    /// Every reason, what weighs most first. `past_ms`: the instant past which it should have reported.
    pub fn reasons(&self, row: &DeviceRow, past_ms: i64, now_ms: i64, silent_days: u16, server: AppVersion) -> Vec<Why> {
        let recent = |at_ms: &i64| now_ms - at_ms <= RECENT_DAYS * DAY_MS;
        let silent = |last: i64| now_ms.saturating_sub(last) > i64::from(silent_days) * DAY_MS;
        let contact = match (row.last_contact_ms, row.reported_through_ms) {
            (None, _) => Some(Why::Never),
            (Some(last), _) if silent(last) => Some(Why::Silent { since_ms: last }),
            (Some(_), Some(through)) if through >= past_ms => None,
            (Some(last), None) => Some(Why::NeverAll { contact_ms: last }),
            // Heard of after it reported all that it had: what came then is not all here.
            (Some(last), Some(through)) if last > through => Some(Why::Cut { through_ms: through, contact_ms: last }),
            (Some(last), Some(_)) => Some(Why::Contact { contact_ms: last }),
        };
        let mut all: Vec<Why> = contact.filter(|why| why.kind() == Kind::Silent).into_iter().collect();
        let storage = self.storage.filter(|(at, _)| recent(at));
        all.extend(storage.map(|(at_ms, s)| Why::Storage { at_ms, found: s.found, missing: s.missing }));
        all.extend((self.quarantined > 0).then_some(Why::Quarantined { n: self.quarantined }));
        all.extend(self.held.map(|(n, code)| Why::Held { n, code }));
        all.extend(self.copied_ms.filter(recent).map(|at_ms| Why::Copied { at_ms }));
        all.extend(contact.filter(|why| why.kind() != Kind::Silent));
        all.extend(self.clock.filter(|(at, _)| recent(at)).map(|(at_ms, c)| Why::Clock { at_ms, by_ms: c.by_ms }));
        all.extend(row.app.filter(|app| *app < server).map(|app| Why::Old { app }));
        // What only has to wait for its next contact says nothing beside what needs somebody.
        if all.len() > 1 {
            all.retain(|why| why.kind() != Kind::Waiting);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use frontline_domain::fact::Noticed;
    use frontline_domain::{CaptureId, DeviceId, SiteId};

    use super::*;

    const NOW: i64 = 100 * DAY_MS;
    const HOUR: i64 = 3_600_000;

    fn row(last: Option<i64>, through: Option<i64>) -> DeviceRow {
        DeviceRow {
            id: DeviceId::from_bytes([1; 16]),
            name: "harbour-1".into(),
            model: String::new(),
            site: SiteId::from_bytes([2; 16]),
            key: [0; 32],
            enrolled_ms: 0,
            revoked_ms: None,
            lost: false,
            reason: None,
            app: Some(AppVersion(0, 2, 0)),
            last_contact_ms: last,
            reported_through_ms: through,
        }
    }
    fn reasons(known: &Known, row: &DeviceRow) -> Vec<Why> {
        known.reasons(row, NOW - HOUR, NOW, 14, AppVersion(0, 2, 0))
    }

    #[test]
    fn a_device_is_silent_or_late_or_cut_short_by_its_contacts() {
        let known = Known::default();
        let of = |last, through| reasons(&known, &row(last, through));
        assert_eq!(of(Some(NOW), Some(NOW)), []);
        assert_eq!(of(None, None), [Why::Never]);
        assert_eq!(of(Some(NOW - 15 * DAY_MS), Some(0)), [Why::Silent { since_ms: NOW - 15 * DAY_MS }]);
        assert_eq!(of(Some(NOW - 2 * HOUR), Some(NOW - 2 * HOUR)), [Why::Contact { contact_ms: NOW - 2 * HOUR }]);
        assert_eq!(of(Some(NOW), Some(NOW - 2 * HOUR)), [Why::Cut { through_ms: NOW - 2 * HOUR, contact_ms: NOW }]);
        assert_eq!(of(Some(NOW), None), [Why::NeverAll { contact_ms: NOW }]);
    }

    #[test]
    fn every_fault_is_named_what_weighs_most_first_and_old_news_is_not() {
        let id = CaptureId::from_bytes([3; 16]);
        let clock = ClockJumped { id, by_ms: -HOUR, noticed: Noticed::Contact };
        let storage = StorageSetAside { id, found: 9, missing: 2, pages: 40, broken: 1 };
        let known = Known {
            held: Some((3, Code::WAITS_FOR_EARLIER)),
            quarantined: 2,
            copied_ms: Some(NOW - DAY_MS),
            clock: Some((NOW - DAY_MS, clock)),
            storage: Some((NOW - DAY_MS, storage)),
        };
        let late = DeviceRow { app: Some(AppVersion(0, 1, 9)), ..row(Some(NOW - 2 * HOUR), Some(NOW - 2 * HOUR)) };
        let all = reasons(&known, &late);
        assert_eq!(
            all,
            [
                Why::Storage { at_ms: NOW - DAY_MS, found: 9, missing: 2 },
                Why::Quarantined { n: 2 },
                Why::Held { n: 3, code: Code::WAITS_FOR_EARLIER },
                Why::Copied { at_ms: NOW - DAY_MS },
                Why::Clock { at_ms: NOW - DAY_MS, by_ms: -HOUR },
                Why::Old { app: AppVersion(0, 1, 9) },
            ]
        );
        let old = NOW - (RECENT_DAYS + 1) * DAY_MS;
        let past = Known { copied_ms: Some(old), clock: Some((old, clock)), storage: Some((old, storage)), ..Known::default() };
        assert_eq!(reasons(&past, &row(Some(NOW), Some(NOW))), []);
    }
}
