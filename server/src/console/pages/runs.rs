//! `/runs`: procedures under way and done, the latest begun first.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use frontline_domain::document::RunState;
use frontline_domain::permission::Act;
use frontline_domain::{PersonId, Scope, SiteId, Slug};

use super::{answers, run_figures};
use crate::console::Console;
use crate::console::address::with;
use crate::console::errors::Failure;
use crate::console::list::{LOOK_IN_ROWS, List, Reading, RowOf, Texts, filters, freshen};
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Bar, Cell, Chip, Field, FieldKind, Line, Place, Row, Words};
use crate::console::zone::Zone;
use crate::lists::runs::{self, FAILED, MISSING, RunRow};
use crate::lists::walk::Rows;
use crate::lists::{ANY, CLASH, heading};
use crate::store::{Between, List as Lists};

/// The states of a run.
pub const STATES: [RunState; 5] = RunState::ALL;

/// The filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Runs {
    site: String,
    procedure: String,
    state: String,
    by: String,
    from: String,
    until: String,
    only: String,
    /// An item that failed in them.
    item: String,
    q: String,
}

/// A run with its words.
pub struct Item {
    pub row: RunRow,
    pub title: Words,
    pub zone: Zone,
}

#[async_trait]
impl List for Runs {
    const PATH: &'static str = "/runs";
    const PLACE: Place = Place::Runs;
    const ACT: Act = Act::Oversee;
    const LOOK: usize = LOOK_IN_ROWS;
    type Source = Rows;
    type Item = Item;

    async fn prepare(console: &Console, me: &Me) -> Result<bool, Failure> {
        freshen(console, me).await
    }

    fn texts(t: &'static Strings) -> Texts {
        let r = &t.runs;
        Texts { title: r.title, lead: r.lead, empty: r.empty, empty_text: r.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[
            ("site", &self.site),
            ("procedure", &self.procedure),
            ("state", &self.state),
            ("by", &self.by),
            ("from", &self.from),
            ("until", &self.until),
            ("only", &self.only),
            ("item", &self.item),
            ("q", &self.q),
        ])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let (t, r) = (reading.me.t, &reading.me.t.runs);
        let states: Vec<(&str, &str)> = STATES.iter().map(|one| (one.name(), state(t, one.name()))).collect();
        let only = [(CLASH, r.clash), (FAILED, r.failed), (MISSING, r.missing)];
        let mut fields: Vec<Field> = filters::site(reading, Act::Oversee, &self.site).into_iter().collect();
        fields.push(procedures(reading, r.all_procedures, &self.procedure).await?);
        fields.push(filters::choice("state", r.state, t.lists.all, &states, &self.state));
        fields.push(filters::choice("only", r.only, t.lists.all, &only, &self.only));
        fields.push(filters::person(reading, ("by", r.begun_by), Act::Oversee, &self.site, &[], &self.by).await?);
        fields.push(Field { name: "from", label: r.begun_from, kind: FieldKind::Date(self.from.clone()) });
        fields.push(Field { name: "until", label: r.begun_until, kind: FieldKind::Date(self.until.clone()) });
        fields.push(filters::search(r.search, &self.q));
        if !self.item.is_empty() {
            let chosen = [(self.item.as_str(), self.item.as_str())];
            fields.push(filters::choice("item", r.item_failed, t.lists.all, &chosen, &self.item));
        }
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Rows>, Failure> {
        filters::typed(&self.q)?;
        if !self.item.is_empty() {
            self.item.parse::<Slug>().map_err(|_| Failure::Wrong)?;
        }
        let (facet, days) = (self.facet()?, Days::read(&self.from, &self.until)?);
        let rows = |scope: Scope| Rows {
            org: reading.me.org,
            list: Lists::Runs,
            heading: heading(Some(scope), facet.clone()),
            within: runs::begun(days.at(&zone(reading, scope))),
        };
        Ok(filters::scopes(reading, Act::Oversee, &self.site)?.into_iter().map(rows).collect())
    }

    async fn item(&self, reading: &mut Reading, (_, body): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let row = RunRow::decode(&body)?;
        if !self.keeps(&row) {
            return Ok(None);
        }
        let people: Vec<PersonId> = row.people.iter().copied().chain([row.began_by]).collect();
        reading.names.meet(&mut *reading.tx, &people).await?;
        let title = title(reading, &row).await?;
        let named: Vec<String> = people.iter().map(|id| reading.names.person(*id)).collect();
        let about = row.asset.as_ref().map(|slug| reading.names.asset(slug).text);
        let said = [title.text.as_str(), row.procedure.as_str()].into_iter().chain(about.as_deref());
        if !filters::contains(&self.q, named.iter().map(String::as_str).chain(said)) {
            return Ok(None);
        }
        let zone = reading.names.zone_at(row.site);
        Ok(Some(Item { row, title, zone }))
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        let r = &t.runs;
        vec![r.run, r.state, r.answered, r.points, r.changed]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, row, r) = (reading.me.t, &item.row, &reading.me.t.runs);
        let begun = fill(r.set_by, &[("name", &reading.names.person(row.began_by)), ("time", &item.zone.text(row.began_ms))]);
        let of = |n: u64, total: u64| fill(r.of, &[("n", &n.to_string()), ("total", &total.to_string())]);
        let bar = |n: u64, total: u64| Line::Bar(Bar::of(n, total));
        Row {
            cells: vec![
                Cell::new(
                    [Line::Link { href: format!("/runs/{}", row.doc), words: item.title.clone() }]
                        .into_iter()
                        .chain(row.asset.as_ref().map(|slug| Line::Words(reading.names.asset(slug))))
                        .chain([Line::Words(reading.names.site(row.site)), Line::Quiet(begun)])
                        .collect(),
                ),
                Cell::new(vec![Line::Chips(chips(t, row))]),
                Cell::new(vec![Line::Text(of(row.answered.into(), row.asked.into())), bar(row.answered.into(), row.asked.into())]),
                Cell::new(match row.possible {
                    0 => Vec::new(),
                    possible => vec![Line::Text(of(row.points, possible)), bar(row.points, possible)],
                }),
                Cell::new(vec![Line::Time(item.zone.stamp(row.changed_ms)), Line::Quiet(item.zone.name().to_owned())]),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let r = &t.runs;
        vec![
            r.run,
            r.procedure,
            t.content.slug,
            t.lists.site,
            r.state,
            r.begun,
            r.begun_by,
            r.changed,
            r.sealed,
            r.people,
            r.answered,
            r.asked,
            r.missing_head,
            r.clashes,
            r.points,
            r.possible,
            r.result,
            r.asset,
            r.asset_slug,
        ]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, row, iso) = (reading.me.t, &item.row, |ms| item.zone.stamp(ms).iso);
        vec![
            row.doc.to_string(),
            item.title.text.clone(),
            row.procedure.to_string(),
            reading.names.site(row.site).text,
            state(t, &row.state).to_owned(),
            iso(row.began_ms),
            reading.names.person(row.began_by),
            iso(row.changed_ms),
            row.submitted_ms.map_or_else(String::new, iso),
            t.list(&row.people.iter().map(|id| reading.names.person(*id)).collect::<Vec<_>>()),
            row.answered.to_string(),
            row.asked.to_string(),
            row.missing.to_string(),
            row.clashes.to_string(),
            row.points.to_string(),
            row.possible.to_string(),
            row.passed.map_or("", |passed| if passed { t.runs.passed } else { t.runs.failed }).to_owned(),
            row.asset.as_ref().map_or_else(String::new, |slug| reading.names.asset(slug).text),
            row.asset.as_ref().map_or_else(String::new, ToString::to_string),
        ]
    }

    fn ways(&self, reading: &Reading) -> Vec<(String, String)> {
        let (r, some) = (&reading.me.t.runs, filters::terms(&[("site", &self.site), ("procedure", &self.procedure)]));
        let answers = fill(r.answers, &[("n", &answers::MOST.to_string())]);
        vec![
            (with("/weeks", some.iter().cloned()), r.by_week.to_owned()),
            (with("/failures", some.iter().cloned()), r.what_fails.to_owned()),
            (with(run_figures::PATH, self.terms().into_iter()), r.figures.to_owned()),
            (with(answers::PATH, self.terms().into_iter()), answers),
        ]
    }
}

impl Runs {
    /// The heading that leaves the least to look through.
    fn facet(&self) -> Result<String, Failure> {
        let state = filters::one_of(&self.state, &STATES.map(RunState::name))?;
        let only = filters::one_of(&self.only, &[CLASH, FAILED, MISSING])?;
        let by = match self.by.as_str() {
            "" => None,
            id => Some(runs::by_beginner(id.parse().map_err(|_| Failure::Wrong)?)),
        };
        let procedure = match self.procedure.as_str() {
            "" => None,
            slug => Some(runs::by_procedure(&slug.parse().map_err(|_| Failure::Wrong)?)),
        };
        let only = (!only.is_empty()).then(|| only.to_owned());
        let state = (!state.is_empty()).then(|| runs::by_state(state));
        Ok(by.or(only).or(procedure).or(state).unwrap_or_else(|| ANY.to_owned()))
    }
    /// What the heading and the stretch do not say already.
    fn keeps(&self, row: &RunRow) -> bool {
        let only = match self.only.as_str() {
            CLASH => row.clashes > 0,
            FAILED => row.is_failed(),
            MISSING => row.missing > 0,
            _ => true,
        };
        let procedure = self.procedure.is_empty() || row.procedure.as_str() == self.procedure;
        let state = self.state.is_empty() || row.state == self.state;
        let item = self.item.is_empty() || row.items.iter().any(|one| one.failed > 0 && one.item.as_str() == self.item);
        only && procedure && state && item
    }
}

/// Days that somebody chose, each site's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl Days {
    /// As a field of dates sends them.
    pub fn read(from: &str, until: &str) -> Result<Self, Failure> {
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            // No other year has days in every zone.
            text => text.parse().ok().filter(|day: &NaiveDate| (1970..=9999).contains(&day.year())).map(Some).ok_or(Failure::Wrong),
        };
        Ok(Self { from: day(from)?, until: day(until)? })
    }
    /// Where they lie by a site's clocks; the last day is within.
    pub fn at(&self, zone: &Zone) -> Between {
        Between {
            from_ms: self.from.map_or(i64::MIN, |day| zone.day_begins(day)),
            until_ms: self.until.and_then(|day| day.succ_opt()).map_or(i64::MAX, |day| zone.day_begins(day)),
        }
    }
}

/// The clocks of a place.
pub fn zone(reading: &Reading, scope: Scope) -> Zone {
    let site = if let Scope::Site(site) = scope { site } else { SiteId::from_bytes([0; 16]) };
    reading.names.zone_at(site)
}

/// A choice of the procedures that were ever published, by their current titles.
pub async fn procedures(reading: &mut Reading, all: &'static str, chosen: &str) -> Result<Field, Failure> {
    let mut titles = BTreeMap::new();
    for one in reading.names.publications.clone().iter().filter(|p| p.kind == "procedure") {
        let release = reading.console.library.get(&mut *reading.tx, reading.me.org, one.release).await?;
        titles.insert(one.slug.to_string(), release.map_or_else(|| one.slug.to_string(), |r| reading.names.words(&r.title).text));
    }
    let mut options: Vec<(&str, &str)> = titles.iter().map(|(slug, title)| (slug.as_str(), title.as_str())).collect();
    options.sort_by_key(|(slug, title)| (title.to_lowercase(), *slug));
    Ok(filters::choice("procedure", reading.me.t.runs.procedure, all, &options, chosen))
}

/// What a run's procedure was called when it was begun.
pub async fn title(reading: &mut Reading, row: &RunRow) -> Result<Words, Failure> {
    let release = reading.console.library.get(&mut *reading.tx, reading.me.org, row.release).await?;
    Ok(release.map_or_else(|| reading.names.plain(row.procedure.as_str()), |r| reading.names.words(&r.title)))
}

/// A state in words, by its name.
pub fn state(t: &'static Strings, name: &str) -> &'static str {
    let r = &t.run;
    match STATES.into_iter().find(|one| one.name() == name) {
        Some(RunState::Submitted) => r.submitted,
        Some(RunState::SignedOff) => r.signed_off,
        Some(RunState::Lapsed) => r.lapsed,
        Some(RunState::Withdrawn) => r.withdrawn,
        Some(RunState::Open) | None => r.open,
    }
}

/// How a run stands, in words.
pub fn chips(t: &'static Strings, row: &RunRow) -> Vec<Chip> {
    let tone = match STATES.into_iter().find(|one| one.name() == row.state) {
        Some(RunState::Lapsed) => "warn",
        Some(RunState::SignedOff) => "good",
        Some(RunState::Submitted) => {
            if row.done {
                "good"
            } else {
                "info"
            }
        }
        Some(RunState::Open | RunState::Withdrawn) | None => "open",
    };
    let mut chips = vec![Chip::new(tone, state(t, &row.state))];
    chips.extend((row.clashes > 0).then(|| Chip::new("warn", t.counted(t.run.clashes, row.clashes.into()))));
    // Of one that is under way it is no news that something is missing.
    chips.extend((row.missing > 0 && row.done).then(|| Chip::new("warn", t.counted(t.runs.missing_n, row.missing.into()))));
    chips.extend(row.is_failed().then(|| Chip::new("bad", t.runs.failed)));
    chips
}
