//! Whether a number can still change because phones have not reported (`sync.md` 30).

use crate::DeviceId;

/// A device of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceRow {
    pub device: DeviceId,
    /// Since when it is in use there, server time in ms.
    pub since_ms: i64,
    /// Server time of its last contact, ms; none if it never came back after it was enrolled.
    pub last_contact_ms: Option<i64>,
    /// The time of the latest contact whose stated numbers all have a verdict: everything captured before
    /// it is at the server.
    pub reported_through_ms: Option<i64>,
    /// When it was taken out of use, if it was.
    pub retired_ms: Option<i64>,
    /// Its entries that wait for something, and those that were refused: in no figure.
    pub held: u64,
    pub quarantined: u64,
}

/// Who has reported past an instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completeness {
    pub reported: u64,
    /// Expected, and not there yet: the number is provisional.
    pub waiting: Vec<DeviceId>,
    /// Not heard of for longer than the policy's limit: named, and no longer waited for. A phone in a
    /// drawer must not keep a number provisional for ever.
    pub silent: Vec<DeviceId>,
    /// Taken out of use within the period and before they reported: named, not waited for.
    pub retired: Vec<DeviceId>,
    /// Those of which something is held or in quarantine, whoever of the above they are: named, since figures
    /// will change when it is let go.
    pub left_out: Vec<DeviceId>,
}

impl Completeness {
    /// The devices that count: "11 of 14 have reported past 18:00" has 14 here.
    pub fn expected(&self) -> u64 {
        self.reported + self.waiting.len() as u64
    }
    /// Whether every device that is waited for has reported.
    pub fn is_final(&self) -> bool {
        self.waiting.is_empty()
    }
}

/// Who of these devices has reported past `past_ms`, the end of a period that begins at `from_ms`, at the server
/// time `now_ms`, where a device is silent after `silent_ms` without a contact. One that was not in use within
/// the period is not asked. One that has reported counts, whatever became of it later.
pub fn completeness(
    devices: impl IntoIterator<Item = DeviceRow>,
    (from_ms, past_ms): (i64, i64),
    now_ms: i64,
    silent_ms: i64,
) -> Completeness {
    let mut all = Completeness::default();
    for row in devices {
        if row.held + row.quarantined > 0 {
            all.left_out.push(row.device);
        }
        if row.since_ms > past_ms || row.retired_ms.is_some_and(|at| at < from_ms) {
            continue;
        }
        if row.reported_through_ms.is_some_and(|through| through >= past_ms) {
            all.reported += 1;
        } else if row.retired_ms.is_some() {
            all.retired.push(row.device);
        } else if row.last_contact_ms.is_none_or(|last| now_ms.saturating_sub(last) > silent_ms) {
            all.silent.push(row.device);
        } else {
            all.waiting.push(row.device);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u8, last: Option<i64>, through: Option<i64>) -> DeviceRow {
        DeviceRow {
            device: DeviceId::from_bytes([n; 16]),
            since_ms: 0,
            last_contact_ms: last,
            reported_through_ms: through,
            retired_ms: None,
            held: 0,
            quarantined: 0,
        }
    }

    #[test]
    fn silent_and_retired_devices_are_named_and_not_waited_for() {
        let rows = [
            row(1, Some(990), Some(990)),
            row(2, Some(990), Some(700)),
            row(3, Some(100), Some(100)),
            row(4, None, None),
            DeviceRow { retired_ms: Some(650), ..row(5, Some(600), Some(600)) },
        ];
        let all = completeness(rows, (500, 800), 1_000, 500);
        assert_eq!((all.reported, all.expected(), all.is_final()), (1, 2, false));
        assert_eq!((all.waiting[0], all.retired[0]), (rows[1].device, rows[4].device));
        assert_eq!(all.silent, [rows[2].device, rows[3].device]);
    }

    #[test]
    fn a_device_that_was_not_in_use_within_the_period_is_neither_expected_nor_named() {
        let gone = DeviceRow { retired_ms: Some(499), ..row(1, Some(400), Some(400)) };
        let later = DeviceRow { since_ms: 801, ..row(2, Some(990), Some(700)) };
        assert_eq!(completeness([gone, later], (500, 800), 1_000, 500), Completeness::default());
        let within = DeviceRow { retired_ms: Some(500), ..gone };
        assert_eq!(completeness([within], (500, 800), 1_000, 500).retired, [within.device]);
    }

    #[test]
    fn a_device_of_which_something_is_held_or_refused_is_named_though_it_has_reported() {
        let held = DeviceRow { held: 1, ..row(1, Some(990), Some(990)) };
        let refused = DeviceRow { quarantined: 2, ..row(2, Some(100), None) };
        let all = completeness([held, refused], (500, 800), 1_000, 500);
        assert_eq!((all.left_out, all.reported), (vec![held.device, refused.device], 1));
    }

    #[test]
    fn a_device_that_reported_counts_even_if_it_was_retired_since() {
        let gone = DeviceRow { retired_ms: Some(950), ..row(1, Some(900), Some(900)) };
        let all = completeness([gone], (500, 800), 9_999_999, 500);
        assert!(all.is_final() && all.expected() == 1);
        assert!(completeness([], (0, 0), 0, 0).is_final());
    }

    #[test]
    fn a_sync_cut_after_its_first_page_has_not_reported() {
        let cut = row(1, Some(1_000), Some(700));
        assert_eq!(completeness([cut], (500, 800), 1_000, 500).waiting, [cut.device]);
    }
}
