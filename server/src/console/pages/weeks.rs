//! `/weeks`: sites by weeks: of the runs that were begun in each, how many are done and what they are worth.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use frontline_domain::Scope;
use frontline_domain::permission::Act;

use super::frame;
use super::runs::{procedures, zone};
use crate::console::Console;
use crate::console::address::with;
use crate::console::errors::{Failure, show as page};
use crate::console::list::{Reading, filters, freshen};
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Bar, FiguresHead, Place, Stamp, WeekCell, WeeksPage, WeeksRow};
use crate::console::zone::Zone;
use crate::lists::runs::{self, Worth};
use crate::lists::walk::{Rows, Source};
use crate::lists::{ANY, heading};
use crate::store::{Between, List, Walk};

const PATH: &str = "/weeks";
/// How many weeks there are to choose, and how many are shown where nobody chose.
const WEEKS: [u32; 4] = [4, 8, 13, 26];
const DEFAULT: u32 = 8;
/// Runs that are counted at most, and read at once.
pub const MOST: usize = 100_000;
const CHUNK: usize = 1_000;

/// Of what, and how far back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    site: String,
    procedure: String,
    weeks: String,
}

/// The runs of a site that were begun in a week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    begun: u64,
    done: u64,
    /// Of those that are done.
    points: u64,
    possible: u64,
}

impl Tally {
    fn count(&mut self, row: &Worth) {
        self.begun += 1;
        if row.done {
            self.done += 1;
            self.points = self.points.saturating_add(row.points);
            self.possible = self.possible.saturating_add(row.possible);
        }
    }
    fn plus(&mut self, other: &Self) {
        self.begun += other.begun;
        self.done += other.done;
        self.points = self.points.saturating_add(other.points);
        self.possible = self.possible.saturating_add(other.possible);
    }
}

/// The Monday on which the week of a day begins.
fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

/// Where each week begins by a site's clocks, the latest first, and where the latest ends.
fn borders(zone: &Zone, mondays: &[NaiveDate]) -> (Vec<i64>, i64) {
    let end = mondays.first().map_or(i64::MAX, |last| zone.day_begins(*last + Days::new(7)));
    (mondays.iter().map(|day| zone.day_begins(*day)).collect(), end)
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    if !me.may_anywhere(Act::Oversee) {
        return Err(Failure::Forbidden);
    }
    let behind = freshen(&console, &me).await?;
    let mut reading = Reading::begin(console, me).await?;
    let facet = match asked.procedure.as_str() {
        "" => ANY.to_owned(),
        slug => runs::by_procedure(&slug.parse().map_err(|_| Failure::Wrong)?),
    };
    let count = if asked.weeks.is_empty() { DEFAULT } else { asked.weeks.parse().map_err(|_| Failure::Wrong)? };
    if !WEEKS.contains(&count) {
        return Err(Failure::Wrong);
    }
    let mut scopes = filters::scopes(&reading, Act::Oversee, &asked.site)?;
    scopes.sort_by_key(|scope| (reading.names.place(*scope).text, *scope));
    // The week that is now at the site where it is latest.
    let calendar = reading.names.zone_of(scopes.iter().copied());
    let today = scopes.iter().map(|scope| zone(&reading, *scope).today()).max();
    let this = monday(today.unwrap_or_default());
    let mondays: Vec<NaiveDate> = (0..u64::from(count)).filter_map(|n| this.checked_sub_days(Days::new(7 * n))).collect();
    let (mut left, mut sites) = (MOST, Vec::new());
    for scope in scopes {
        let tallies = tally(&mut reading, scope, &facet, &mondays, &mut left).await?;
        sites.push((scope, tallies));
    }
    let rows = rows(&reading, &asked, &mondays, &sites);
    let t = reading.me.t;
    let w = &t.weeks;
    let weeks = mondays
        .iter()
        .map(|day| {
            let date = calendar.date(calendar.day_begins(*day));
            (fill(w.week, &[("n", &day.iso_week().week().to_string())]), Stamp { iso: day.to_string(), text: date })
        })
        .collect();
    let chosen = count.to_string();
    let choices: Vec<(String, String)> = WEEKS.iter().map(|n| (n.to_string(), fill(w.last, &[("n", &n.to_string())]))).collect();
    let choices: Vec<(&str, &str)> = choices.iter().map(|(n, words)| (n.as_str(), words.as_str())).collect();
    let mut fields: Vec<_> = filters::site(&reading, Act::Oversee, &asked.site).into_iter().collect();
    fields.push(procedures(&mut reading, t.runs.all_procedures, &asked.procedure).await?);
    fields.push(filters::of(&choices, ("weeks", w.weeks), &chosen));
    let some = filters::terms(&[("site", &asked.site), ("procedure", &asked.procedure)]);
    let ways = [("/runs", t.runs.list), ("/failures", t.runs.what_fails)];
    let head = FiguresHead {
        title: w.title,
        lead: w.lead,
        path: PATH,
        ways: ways.iter().map(|(path, words)| (with(path, some.iter().cloned()), (*words).to_owned())).collect(),
        fields,
        note: (left == 0).then(|| fill(w.cut, &[("n", &MOST.to_string())])).or_else(|| behind.then(|| t.lists.behind.to_owned())),
        empty: w.empty,
        empty_text: w.empty_text,
    };
    let frame = frame(&mut *reading.tx, &reading.me, Some(Place::Runs), None).await?;
    Ok(page(&WeeksPage { head, weeks, rows, frame }))
}

/// Counts the runs of a site, the latest first, as many as may be counted still.
async fn tally(reading: &mut Reading, scope: Scope, facet: &str, mondays: &[NaiveDate], left: &mut usize) -> Result<Vec<Tally>, Failure> {
    let (begins, until_ms) = borders(&zone(reading, scope), mondays);
    let within = runs::begun(Between { from_ms: begins.last().copied().unwrap_or(until_ms), until_ms });
    let rows = Rows { org: reading.me.org, list: List::Runs, heading: heading(Some(scope), facet), within };
    let mut tallies = vec![Tally::default(); mondays.len()];
    let mut from = None;
    while *left > 0 {
        let most = CHUNK.min(*left);
        let found = rows.read(&mut *reading.tx, &Walk { from: from.take(), back: false, most }).await?;
        *left -= found.len();
        tokio::task::yield_now().await;
        for (_, body) in &found {
            let row: Worth = runs::part(body)?;
            if row.withdrawn {
                continue;
            }
            if let Some(at) = begins.iter().position(|begin| row.began_ms >= *begin)
                && let Some(tally) = tallies.get_mut(at)
            {
                tally.count(&row);
            }
        }
        match found.into_iter().next_back() {
            Some((last, _)) => from = Some(last),
            None => break,
        }
    }
    Ok(tallies)
}

fn rows(reading: &Reading, asked: &Asked, mondays: &[NaiveDate], sites: &[(Scope, Vec<Tally>)]) -> Vec<WeeksRow> {
    let (t, names) = (reading.me.t, &reading.names);
    let mut all = vec![Tally::default(); mondays.len()];
    let mut rows = Vec::new();
    for (scope, tallies) in sites {
        let Scope::Site(id) = scope else { continue };
        for (sum, one) in all.iter_mut().zip(tallies) {
            sum.plus(one);
        }
        let site = id.to_string();
        let href = |monday: &NaiveDate| {
            let (from, until) = (monday.to_string(), (*monday + Days::new(6)).to_string());
            with(
                "/runs",
                filters::terms(&[("site", &site), ("procedure", &asked.procedure), ("from", &from), ("until", &until)]).into_iter(),
            )
        };
        let cells = mondays.iter().zip(tallies).map(|(monday, one)| cell(t, one, Some(href(monday)))).collect();
        rows.push(WeeksRow { name: names.site(*id), href: Some(format!("/sites/{id}")), cells });
    }
    if all.iter().all(|one| one.begun == 0) {
        return Vec::new();
    }
    if rows.len() > 1 {
        rows.push(WeeksRow { name: names.plain(t.weeks.all), href: None, cells: all.iter().map(|one| cell(t, one, None)).collect() });
    }
    rows
}

fn cell(t: &'static crate::console::strings::Strings, one: &Tally, href: Option<String>) -> Option<WeekCell> {
    (one.begun > 0).then(|| WeekCell {
        href,
        runs: fill(t.weeks.done_of, &[("done", &one.done.to_string()), ("n", &one.begun.to_string())]),
        bar: Bar::of(one.done, one.begun),
        share: (one.possible > 0)
            .then(|| fill(t.weeks.share, &[("n", &(u128::from(one.points) * 100 / u128::from(one.possible)).to_string())])),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::strings::ENGLISH;

    #[test]
    fn a_week_goes_over_the_end_of_a_year_and_begins_by_the_clocks_of_the_site() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(monday(day("2027-01-03")), day("2026-12-28"), "a Sunday belongs to the week before");
        assert_eq!((monday(day("2027-01-03")).iso_week().week(), monday(day("2027-01-04")).iso_week().week()), (53, 1));
        let weeks = [day("2026-12-28"), day("2026-12-21")];
        let utc = borders(&Zone::new("UTC", 0, &ENGLISH), &weeks);
        let dubai = borders(&Zone::new("Asia/Dubai", 0, &ENGLISH), &weeks);
        assert_eq!(utc.1 - utc.0[0], 7 * 86_400_000);
        assert_eq!(utc.0[0] - dubai.0[0], 4 * 3_600_000, "a run of Sunday 21:00 UTC is one of Monday there");
    }
}
