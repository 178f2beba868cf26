//! When an assignment is due: a day and time of the site's calendar, or so many days after it is pushed.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use frontline_domain::zone::Zone;
use serde::{Deserialize, Serialize};

/// A due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// ms since 1970 UTC.
    At(i64),
    /// So many days after the day of the push, at this minute of the day, both in the site's calendar.
    InDays { days: u16, minute: u16 },
}

/// Why a due date is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    #[error("‘{0}’ is no due date: write a day and a time of the site, such as 2026-03-31 18:00, or +2d 18:00 for two days after the push")]
    Unreadable(String),
    #[error("‘{0}’ is no zone: use an IANA name such as Europe/London")]
    Zone(String),
    #[error("the due date is outside of the calendar")]
    OutOfRange,
}

/// A due date as it was written, before the site's zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Local(NaiveDateTime),
    InDays { days: u16, minute: u16 },
}

impl FromStr for Written {
    type Err = DueError;
    fn from_str(text: &str) -> Result<Self, DueError> {
        let unreadable = || DueError::Unreadable(text.chars().take(40).collect());
        let (day, time) = text.trim().split_once([' ', 'T']).ok_or_else(unreadable)?;
        let time = Some(time).filter(|t| t.len() == 5).and_then(|t| NaiveTime::parse_from_str(t, "%H:%M").ok()).ok_or_else(unreadable)?;
        if let Some(days) = day.strip_prefix('+').and_then(|d| d.strip_suffix('d')) {
            let plain = days.bytes().all(|b| b.is_ascii_digit());
            let days = days.parse().ok().filter(|d| plain && *d <= 3_650).ok_or_else(unreadable)?;
            let minute = (time.signed_duration_since(NaiveTime::MIN)).num_minutes();
            return Ok(Self::InDays { days, minute: u16::try_from(minute).map_err(|_| unreadable())? });
        }
        let date =
            Some(day).filter(|d| d.len() == 10).and_then(|d| NaiveDate::parse_from_str(d, "%Y-%m-%d").ok()).ok_or_else(unreadable)?;
        Ok(Self::Local(date.and_time(time)))
    }
}

impl Written {
    /// The due date in the calendar of `zone`.
    pub fn in_zone(self, zone: &str) -> Result<Due, DueError> {
        match self {
            Self::Local(local) => instant(local, &find(zone)?).map(Due::At),
            Self::InDays { days, minute } => Ok(Due::InDays { days, minute }),
        }
    }
}

impl Due {
    /// The instant, for an assignment pushed at `pushed_ms` to somebody whose calendar is that of `zone`
    /// ([`super::Bundle::zone_of`]). ms since 1970 UTC.
    pub fn resolve(&self, pushed_ms: i64, zone: &str) -> Result<i64, DueError> {
        match *self {
            Self::At(ms) => Ok(ms),
            Self::InDays { days, minute } => {
                let zone = find(zone)?;
                let pushed = zone.local(pushed_ms).ok_or(DueError::OutOfRange)?;
                let day = pushed.date().checked_add_days(Days::new(days.into())).ok_or(DueError::OutOfRange)?;
                let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0).ok_or(DueError::OutOfRange)?;
                instant(day.and_time(time), &zone)
            }
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(ms) => match DateTime::from_timestamp_millis(*ms) {
                Some(at) => write!(f, "{}", at.format("%Y-%m-%d %H:%M UTC")),
                None => write!(f, "{ms} ms"),
            },
            Self::InDays { days, minute } => write!(f, "+{days}d {:02}:{:02}", minute / 60, minute % 60),
        }
    }
}

/// The zone with this IANA name.
pub fn find(zone: &str) -> Result<Zone, DueError> {
    Zone::find(zone).ok_or_else(|| DueError::Zone(zone.chars().take(40).collect()))
}

/// A clock that goes back shows a time twice, and one that goes forward skips some: the later reading is
/// taken, so that nobody is late by a change of clocks.
fn instant(local: NaiveDateTime, zone: &Zone) -> Result<i64, DueError> {
    let read = |local: NaiveDateTime| zone.when(local).latest();
    read(local).or_else(|| read(local.checked_add_signed(TimeDelta::hours(1))?)).ok_or(DueError::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }
    fn due(text: &str, zone: &str) -> Due {
        text.parse::<Written>().unwrap().in_zone(zone).unwrap()
    }

    #[test]
    fn a_day_and_time_are_those_of_the_sites_calendar() {
        assert_eq!(due("2026-07-01 18:00", "Europe/London"), Due::At(at("2026-07-01T17:00:00Z")));
        assert_eq!(due("2026-07-01 18:00", "Asia/Dubai"), Due::At(at("2026-07-01T14:00:00Z")));
    }

    #[test]
    fn days_after_the_push_count_from_the_sites_day_not_from_utc() {
        let two_days = due("+2d 18:00", "Asia/Dubai");
        assert_eq!(two_days.to_string(), "+2d 18:00");
        // 22:30 in UTC is past midnight in Dubai.
        assert_eq!(two_days.resolve(at("2026-03-01T22:30:00Z"), "Asia/Dubai"), Ok(at("2026-03-04T14:00:00Z")));
        assert_eq!(two_days.resolve(at("2026-03-01T22:30:00Z"), "Europe/Lisbon"), Ok(at("2026-03-03T18:00:00Z")));
    }

    #[test]
    fn a_time_that_a_change_of_clocks_skips_or_repeats_is_read_as_the_later() {
        assert_eq!(due("2026-03-29 01:30", "Europe/London"), Due::At(at("2026-03-29T01:30:00Z")));
        assert_eq!(due("2026-10-25 01:30", "Europe/London"), Due::At(at("2026-10-25T01:30:00Z")));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in [
            "",
            "tomorrow",
            "2026-02-30 18:00",
            "2026-03-31",
            "2026-3-31 18:00",
            "+2 18:00",
            "+-2d 18:00",
            "+2d 25:00",
            "+9999d 18:00",
            "+d 18:00",
        ] {
            assert!(bad.parse::<Written>().is_err(), "{bad}");
        }
        assert!("+1d 08:00".parse::<Written>().unwrap().in_zone("Mars/Base").is_ok(), "the zone is asked for at the push");
        assert!("2026-03-31 18:00".parse::<Written>().unwrap().in_zone("Mars/Base").is_err());
    }
}
