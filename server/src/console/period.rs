//! The stretch of time that figures are about, in the calendar of each site.

use serde::Deserialize;

use super::strings::Strings;
use super::view::Tab;
use super::zone::Zone;

/// What a manager chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    Today,
    Yesterday,
    /// Seven days of the calendar, today being the last.
    #[default]
    Week,
    Month,
}

/// A period at one site, server time in ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from_ms: i64,
    /// The first instant that no longer belongs to it.
    pub until_ms: i64,
    /// What a device has to have reported past, for the figures to be complete: the end of a period that is
    /// over, else the last full hour.
    pub past_ms: i64,
}

impl Period {
    const ALL: [Period; 4] = [Self::Today, Self::Yesterday, Self::Week, Self::Month];

    fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
    /// What people call it.
    pub fn label(self, t: &Strings) -> &'static str {
        match self {
            Self::Today => t.numbers.today,
            Self::Yesterday => t.numbers.yesterday,
            Self::Week => t.numbers.week,
            Self::Month => t.numbers.month,
        }
    }
    /// The choices on the page at `path`.
    pub fn tabs(self, path: &str, t: &Strings) -> Vec<Tab> {
        let tab = |p: Period| Tab { href: format!("{path}?period={}", p.name()), label: p.label(t), current: p == self };
        Self::ALL.into_iter().map(tab).collect()
    }
    /// Where it lies for a site.
    pub fn at(self, zone: &Zone) -> Span {
        let today = zone.today();
        let days_ago = |days: u64| zone.day_begins(today.checked_sub_days(chrono::Days::new(days)).unwrap_or(today));
        let tomorrow = zone.day_begins(today.checked_add_days(chrono::Days::new(1)).unwrap_or(today));
        let from_ms = match self {
            Self::Today => days_ago(0),
            Self::Yesterday => days_ago(1),
            Self::Week => days_ago(6),
            Self::Month => days_ago(27),
        };
        if self == Self::Yesterday {
            let end = days_ago(0);
            return Span { from_ms, until_ms: end, past_ms: end };
        }
        Span { from_ms, until_ms: tomorrow, past_ms: zone.full_hour() }
    }
}

impl Span {
    pub fn holds(&self, ms: i64) -> bool {
        (self.from_ms..self.until_ms).contains(&ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::strings::ENGLISH;

    #[test]
    fn yesterday_ends_where_today_begins_in_the_zone_of_the_site() {
        let zone = Zone::new("Asia/Dubai", 1_778_580_330_000, &ENGLISH);
        let (yesterday, today) = (Period::Yesterday.at(&zone), Period::Today.at(&zone));
        assert_eq!(yesterday.until_ms, today.from_ms);
        assert_eq!(yesterday.past_ms, today.from_ms);
        assert_eq!(today.until_ms - today.from_ms, 86_400_000);
        assert_eq!(zone.text(today.past_ms), "14:00");
    }
}
