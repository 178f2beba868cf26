//! Times as people read and write them: in the zone of this machine, with how long ago it was.

use chrono::{DateTime, Local, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone};
use frontline_content::words::count;
use frontline_device::system::SystemClock;
use frontline_domain::Clock;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const TWO_DAYS: i64 = 2 * DAY;

/// Now, ms since 1970 UTC.
pub fn now_ms() -> i64 {
    SystemClock.now().wall_ms
}

/// `2026-03-02 14:30:05 (3 min ago)`.
pub fn told(ms: i64, now_ms: i64) -> String {
    match local(ms) {
        Some(time) => format!("{} ({})", time.format("%Y-%m-%d %H:%M:%S"), ago(ms, now_ms)),
        None => format!("{ms} ms since 1970, which is no date"),
    }
}

/// `2026-03-02T14:30:05+00:00`, for programs.
pub fn iso(ms: i64) -> String {
    local(ms).map_or_else(|| ms.to_string(), |time| time.to_rfc3339_opts(SecondsFormat::Secs, false))
}

fn local(ms: i64) -> Option<DateTime<Local>> {
    Local.timestamp_millis_opt(ms).single()
}

fn ago(ms: i64, now_ms: i64) -> String {
    let away = now_ms.saturating_sub(ms);
    match away.saturating_abs() {
        0..MINUTE if away >= 0 => "just now".to_owned(),
        0..MINUTE => "in a moment".to_owned(),
        far => {
            let far = match far {
                MINUTE..HOUR => format!("{} min", far / MINUTE),
                HOUR..TWO_DAYS => format!("{} h", far / HOUR),
                _ => count((far / DAY).unsigned_abs(), "day", "days"),
            };
            if away > 0 { format!("{far} ago") } else { format!("in {far}") }
        }
    }
}

/// `45 s`, `3 min 20 s`, `2 h 5 min`: how long something took.
pub fn span(ms: i64) -> String {
    match ms {
        i64::MIN..MINUTE => format!("{} s", ms / SECOND),
        MINUTE..HOUR => format!("{} min {} s", ms / MINUTE, ms % MINUTE / SECOND),
        _ => format!("{} h {} min", ms / HOUR, ms % HOUR / MINUTE),
    }
}

/// Reads a date, a date and a time of this machine's zone, or a time that names its own. A date alone is its
/// first moment.
pub fn read(text: &str) -> Result<i64, String> {
    let text = text.trim();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Ok(exact.timestamp_millis());
    }
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN));
    let times = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
    let mut times = times.iter().filter_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let naive = times.next().map_or_else(day, Ok).map_err(|_| {
        let text: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
        format!("‘{text}’ is no date: write one such as 2026-03-02, 2026-03-02 14:30 or 2026-03-02T14:30:00+01:00")
    })?;
    match Local.from_local_datetime(&naive) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Ok(time.timestamp_millis()),
        LocalResult::None => Err(format!("{naive} does not exist here: the clocks were put forward then")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_it_was_is_said_in_the_largest_unit_that_fits() {
        let now = 100 * DAY;
        let said = [0, 59 * SECOND, MINUTE, 59 * MINUTE, HOUR, 47 * HOUR, 2 * DAY, -5 * MINUTE, -3 * DAY, -SECOND]
            .map(|away| ago(now - away, now));
        assert_eq!(
            said,
            [
                "just now",
                "just now",
                "1 min ago",
                "59 min ago",
                "1 h ago",
                "47 h ago",
                "2 days ago",
                "in 5 min",
                "in 3 days",
                "in a moment"
            ]
        );
        assert_eq!([45 * SECOND, 200 * SECOND, 125 * MINUTE].map(span), ["45 s", "3 min 20 s", "2 h 5 min"]);
        assert!(told(i64::MAX, now).contains("no date"));
    }

    #[test]
    fn a_time_is_read_as_it_is_told_and_what_is_no_date_says_what_would_be() {
        let noon = read("2026-03-02 12:00").unwrap();
        assert_eq!(read("2026-03-02T12:00:00"), Ok(noon));
        assert_eq!(read("2026-03-02"), Ok(noon - 12 * HOUR));
        assert_eq!(read(&iso(noon)), Ok(noon));
        assert!(told(noon, noon + 3 * MINUTE).starts_with("2026-03-02 12:00:00 (3 min ago)"));
        assert_eq!(read("1970-01-02T00:00:00+01:00"), Ok(DAY - HOUR));
        for bad in ["yesterday", "2026-02-30", "", "2026-03-02 25:00", "\u{1b}[2J"] {
            let said = read(bad).unwrap_err();
            assert!(said.contains("such as 2026-03-02") && !said.contains('\u{1b}'), "{said}");
        }
    }
}
