//! Instants as people at a site read them: in the site's zone, which the page names.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use frontline_domain::zone;

use super::strings::{Calendar, Strings, fill};
use super::view::Stamp;

/// The zone of a site, at one instant of reading.
#[derive(Clone)]
pub struct Zone {
    tz: zone::Zone,
    now_ms: i64,
    t: &'static Strings,
}

/// A local time that no instant has, because clocks go forward over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped;

impl Zone {
    /// A zone that this build does not know is read as UTC, and named so.
    pub fn new(name: &str, now_ms: i64, t: &'static Strings) -> Self {
        Self { tz: zone::Zone::find(name).unwrap_or(zone::Zone::UTC), now_ms, t }
    }
    fn local(&self, ms: i64) -> DateTime<FixedOffset> {
        let at = DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
        FixedOffset::east_opt(self.tz.offset_s(ms)).map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
    }
    /// `Asia/Dubai`.
    pub fn name(&self) -> &str {
        self.tz.name()
    }
    /// `Times in Asia/Dubai (UTC+04:00)`.
    pub fn sentence(&self) -> String {
        let offset = self.local(self.now_ms).format("UTC%:z").to_string();
        fill(self.t.frame.zone, &[("zone", self.name()), ("offset", &offset)])
    }
    /// `14:05`.
    pub fn time(&self, ms: i64) -> String {
        self.local(ms).format("%H:%M").to_string()
    }
    /// `14:05` today, else with the day.
    pub fn text(&self, ms: i64) -> String {
        let time = self.time(ms);
        if self.day(ms) == self.day(self.now_ms) {
            return time;
        }
        fill(self.t.calendar.at, &[("date", &self.date(ms)), ("time", &time)])
    }
    /// `Tue 12 May`, with the year where it is another one than now's.
    pub fn date(&self, ms: i64) -> String {
        let (local, calendar) = (self.local(ms), &self.t.calendar);
        let same_year = local.year() == self.local(self.now_ms).year();
        let words = [
            ("day", calendar.days[local.weekday().num_days_from_monday() as usize]),
            ("d", &local.day().to_string()),
            ("month", calendar.months[local.month0() as usize]),
            ("year", &local.year().to_string()),
        ];
        fill(if same_year { calendar.date } else { calendar.date_year }, &words)
    }
    pub fn stamp(&self, ms: i64) -> Stamp {
        Stamp { iso: self.local(ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true), text: self.text(ms) }
    }
    /// The day of the site's calendar.
    pub fn day(&self, ms: i64) -> NaiveDate {
        self.local(ms).date_naive()
    }
    /// Today in the site's calendar.
    pub fn today(&self) -> NaiveDate {
        self.day(self.now_ms)
    }
    /// When a day begins; where clocks skip midnight, at the first instant of it.
    pub fn day_begins(&self, day: NaiveDate) -> i64 {
        let midnight = day.and_time(NaiveTime::MIN);
        (0..4).find_map(|hour| self.tz.when(midnight + chrono::Duration::hours(hour)).earliest()).unwrap_or(0)
    }
    /// The last full hour of the site's clock.
    pub fn full_hour(&self) -> i64 {
        let local = self.local(self.now_ms);
        self.now_ms - i64::from(local.minute()) * 60_000 - i64::from(local.second()) * 1_000 - self.now_ms.rem_euclid(1_000)
    }
    /// The instant of a local time; where clocks go back and it comes twice, the earlier.
    pub fn instant(&self, local: NaiveDateTime) -> Result<i64, Skipped> {
        self.tz.when(local).earliest().ok_or(Skipped)
    }
}

/// `4 min 10 s`: the two largest units that are not nothing.
pub fn duration(seconds: u64, calendar: &Calendar) -> String {
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let unit = |text: &str, n: u64| fill(text, &[("n", &n.to_string())]);
    let two = |long: String, short: String| fill(calendar.two, &[("long", &long), ("short", &short)]);
    match (h, m, s) {
        (0, 0, s) => unit(calendar.seconds, s),
        (0, m, 0) => unit(calendar.minutes, m),
        (0, m, s) => two(unit(calendar.minutes, m), unit(calendar.seconds, s)),
        (h, 0, _) => unit(calendar.hours, h),
        (h, m, _) => two(unit(calendar.hours, h), unit(calendar.minutes, m)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::strings::ENGLISH;

    /// 2026-05-12 10:05:30 UTC, a Tuesday.
    const NOW: i64 = 1_778_580_330_000;

    #[test]
    fn times_are_read_in_the_zone_of_the_site() {
        let dubai = Zone::new("Asia/Dubai", NOW, &ENGLISH);
        assert_eq!(dubai.text(NOW), "14:05");
        assert_eq!(dubai.text(NOW - 86_400_000), "Mon 11 May, 14:05");
        assert_eq!(dubai.sentence(), "Times in Asia/Dubai (UTC+04:00)");
        assert_eq!(dubai.time(dubai.full_hour()), "14:00");
        assert_eq!(Zone::new("Asia/Kathmandu", NOW, &ENGLISH).time(Zone::new("Asia/Kathmandu", NOW, &ENGLISH).full_hour()), "15:00");
    }

    #[test]
    fn a_time_that_clocks_skip_is_no_due_time() {
        let berlin = Zone::new("Europe/Berlin", NOW, &ENGLISH);
        let at = |h, m| NaiveDate::from_ymd_opt(2026, 3, 29).and_then(|d| d.and_hms_opt(h, m, 0)).expect("a time");
        assert_eq!(berlin.instant(at(2, 30)), Err(Skipped));
        assert!(berlin.instant(at(3, 30)).is_ok());
    }

    #[test]
    fn a_day_begins_even_where_clocks_skip_midnight() {
        let cairo = Zone::new("Africa/Cairo", NOW, &ENGLISH);
        let day = NaiveDate::from_ymd_opt(2026, 4, 24).expect("a day");
        assert_eq!(cairo.time(cairo.day_begins(day)), "01:00");
    }

    #[test]
    fn a_duration_shows_its_two_largest_units() {
        let show = |s| duration(s, &ENGLISH.calendar);
        assert_eq!(show(0), "0 s");
        assert_eq!(show(250), "4 min 10 s");
        assert_eq!(show(7_200), "2 h");
        assert_eq!(show(3_660), "1 h 1 min");
    }
}
