//! `/sites/{id}`: one site, whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;

use frontline_domain::document::RunState;
use frontline_domain::permission::Act;
use frontline_domain::record::Site;
use frontline_domain::{AssignmentId, Scope};

use super::sites::Chosen;
use super::{frame, site_id, site_lists as lists};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::look::assigned::{self, Given, Standing};
use crate::console::look::devices::Fleet;
use crate::console::look::facts::{self, Found};
use crate::console::look::figures::{self, Contacts, Feedback};
use crate::console::look::names::Names;
use crate::console::look::runs::{Reader, RunLine, SEALS};
use crate::console::period::{Period, Span};
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Count, Figures, Place, SitePage};
use crate::store::ReadTx;

/// Runs of a list at most.
const MOST_RUNS: usize = 50;
/// How long before a period a run may have been changed last, and still be shown while it is open.
const RUNS_BEFORE_MS: i64 = 14 * 86_400_000;

/// What was found at a site, and its figures.
pub struct Around {
    pub figures: Figures,
    pub clashes: u64,
    pub past_due: u64,
    pub not_begun: u64,
    /// How the assignments that are due, or were of late, stand.
    pub standings: BTreeMap<AssignmentId, Standing>,
    pub span: Span,
    pub facts: Vec<Found>,
    /// Those that belong to the period, or are not done.
    pub runs: Vec<RunLine>,
}

/// Reads a site for a period.
#[expect(clippy::too_many_arguments, reason = "what pages share is read once and lent to each site")]
pub async fn around(
    tx: &mut dyn ReadTx,
    console: &Console,
    me: &Me,
    names: &Names,
    fleet: &Fleet,
    site: &Site,
    period: Period,
    given: &[Given],
) -> Result<Around, Failure> {
    let (zone, scope) = (names.zone(site), Scope::Site(site.id));
    let span = period.at(&zone);
    let begin = facts::number_at(tx, me.org, scope, span.from_ms - figures::BEFORE_MS).await?;
    let found = facts::since(tx, me.org, scope, figures::TYPES, begin).await?;
    let csat = Feedback::read(tx, &console.library, me.org, &found, span).await?.csat(names);
    let talks = Contacts::of(&found, span).talks(me.t);

    let begin = facts::number_at(tx, me.org, scope, span.from_ms - RUNS_BEFORE_MS).await?;
    let said = facts::since(tx, me.org, scope, SEALS, 0).await?;
    let reader = Reader { org: me.org, site: site.id, now_ms: me.now_ms, library: &console.library, summaries: &console.summaries, given };
    let lines = reader.lines(tx, begin, &said).await?;
    let stands = |g: &&Given| assigned::standing(g, &lines, me.now_ms);
    let recent = || given.iter().filter(|g| g.assignment.due_ms > me.now_ms - RUNS_BEFORE_MS);
    let standings = recent().map(|g| (g.assignment.id, stands(&g))).collect();
    let here = |g: &&Given| g.assignment.to == scope && span.holds(g.assignment.due_ms);
    let not_begun = given.iter().filter(here).filter(|g| stands(g) == Standing::NotBegun).count() as u64;
    let runs: Vec<RunLine> =
        lines.into_iter().filter(|l| !l.done && l.state != RunState::Withdrawn || span.holds(l.summary.changed_ms)).collect();
    let clashes = runs.iter().map(RunLine::clashes).sum();
    let past_due = runs.iter().filter(|l| l.past_due).count() as u64;
    let done = runs.iter().filter(|l| l.done).count() as u64;
    let open = runs.iter().filter(|l| !l.done && l.state != RunState::Withdrawn).count() as u64;
    let t = &me.t.numbers;
    let counts = vec![
        Count::new(t.open, open, ""),
        Count::new(t.past_due, past_due + not_begun, "bad"),
        Count::new(t.done, done, ""),
        Count::new(t.clashes, clashes, "warn"),
    ];
    let reporting = fleet.reporting(site.id, (span.from_ms, span.past_ms), names, &zone);
    Ok(Around {
        figures: Figures { reporting, runs: counts, csat, talks },
        clashes,
        past_due,
        not_begun,
        standings,
        span,
        facts: found,
        runs,
    })
}

pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path(site): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let id = site_id(&site)?;
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, &me).await?;
    let site = names.site_for(&me, Act::Oversee, id).ok_or(Failure::Missing)?;
    let fleet = Fleet::read(tx, me.org).await?;
    let given = assigned::given(tx, me.org).await?;
    let found = around(tx, &console, &me, &names, &fleet, site, chosen.period, &given).await?;
    let zone = names.zone(site);
    let feedback = Feedback::read(tx, &console.library, me.org, &found.facts, found.span).await?;
    let reasons = lists::reasons(tx, &console.library, &me, &names, &Contacts::of(&found.facts, found.span)).await?;
    let assigned = lists::assignments(tx, &console.library, &me, &names, site, &given, &found.standings).await?;
    let count = found.runs.len();
    let more_runs = (count > MOST_RUNS).then(|| me.t.counted(me.t.site.more_runs, MOST_RUNS as u64));
    let frame = frame(tx, &me, Some(Place::Sites), Some(&zone)).await?;
    Ok(page(&SitePage {
        id: id.to_string(),
        name: names.words(&site.name),
        local: fill(me.t.sites.local, &[("time", &zone.time(me.now_ms))]),
        zone: zone.sentence(),
        tabs: chosen.period.tabs(&format!("/sites/{id}"), me.t),
        runs: found.runs.iter().take(MOST_RUNS).map(|line| lists::run(&names, &zone, line)).collect(),
        more_runs,
        devices: lists::devices(&names, &zone, &fleet, id, (found.span.from_ms, found.span.past_ms)),
        touchpoints: lists::touchpoints(&names, &feedback),
        comments: lists::comments(tx, &console.keys, &names, &zone, &feedback).await?,
        figures: found.figures,
        reasons,
        assignments: assigned,
        may_enrol: me.may(Act::Enrol, Scope::Site(id)),
        may_assign: me.may(Act::Assign, Scope::Site(id)),
        frame,
    }))
}
