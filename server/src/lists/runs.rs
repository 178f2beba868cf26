//! Runs, the latest begun first: what stands in each, how far it is and what it is worth.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use frontline_domain::document::pace::{self, Clocks};
use frontline_domain::document::{Covers, Run, RunChanged, RunState, Seal};
use frontline_domain::fact::Fact;
use frontline_domain::form::response::{Response, Trouble};
use frontline_domain::form::{Item, ItemKind, Plan, Value};
use frontline_domain::record::{Asset, Site};
use frontline_domain::release::{Content, Release, Signers};
use frontline_domain::{DocId, EntryType, OrgId, PersonId, ReleaseHash, Scope, SiteId, Slug, cbor};
use frontline_protocol::{Entry, limits};

use super::stale::Worked;
use super::{ANY, CLASH, heading, sort};
use crate::filled::{self, Records};
use crate::judge::runs::load;
use crate::records;
use crate::store::{Between, DocRow, Heading, List, ReadTx, Result, StoreError, Walk, Within, WriteTx};
use crate::withdrawn::Withdrawals;

/// Rows that are read at once.
const NOTED: usize = 1_000;
/// People that a row names at most.
const PEOPLE: usize = 20;

/// What a page shows of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    pub doc: DocId,
    pub site: SiteId,
    pub release: ReleaseHash,
    pub procedure: Slug,
    /// As [`RunState::name`] says it.
    pub state: String,
    /// Nobody has to do anything more.
    pub done: bool,
    pub began_by: PersonId,
    pub began_ms: i64,
    pub changed_ms: i64,
    /// When it was handed in last.
    pub submitted_ms: Option<i64>,
    pub people: Vec<PersonId>,
    pub asked: u32,
    pub answered: u32,
    /// Items that have to be answered and are not.
    pub missing: u32,
    pub clashes: u32,
    pub points: u64,
    pub possible: u64,
    pub passed: Option<bool>,
    /// How long people answered, all together ([`pace::Sum`]).
    #[serde(default)]
    pub took_ms: u64,
    /// Answers that are hard to believe for how or when they came.
    #[serde(default)]
    pub doubts: u32,
    /// Of items that can fail: how often each was answered here, and how often it failed.
    pub items: Vec<Failing>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<Slug>,
    /// Nobody is to finish it: it is in no figure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// An item that can fail, in one run: more than once where its section repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    pub item: Slug,
    pub answered: u16,
    pub failed: u16,
}

/// What figures of many runs count of a row: the rest is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Worth {
    pub done: bool,
    pub began_ms: i64,
    pub points: u64,
    pub possible: u64,
    #[serde(default)]
    pub withdrawn: bool,
}

/// What can fail in a row: the rest is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Items {
    pub items: Vec<Failing>,
    #[serde(default)]
    pub withdrawn: bool,
}

/// A part of a row.
pub fn part<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    cbor::decode("a row of a run", bytes).map_err(|e| StoreError::Corrupt(e.to_string()))
}

impl RunRow {
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        part(bytes)
    }
    /// Whether it is worth too little, or something critical failed.
    pub fn is_failed(&self) -> bool {
        self.passed == Some(false)
    }
    /// How many items failed.
    pub fn failures(&self) -> u32 {
        self.items.iter().map(|one| u32::from(one.failed)).sum()
    }
    /// Where it is found.
    pub fn headings(&self) -> Vec<(Heading, Vec<u8>)> {
        let mut facets = vec![ANY.to_owned(), by_state(&self.state), by_procedure(&self.procedure), by_beginner(self.began_by)];
        let special = [(self.clashes > 0, CLASH), (self.is_failed(), FAILED), (self.missing > 0, MISSING)];
        facets.extend(special.into_iter().filter(|(is, _)| *is).map(|(_, facet)| facet.to_owned()));
        let order = sort::latest(self.began_ms);
        facets.into_iter().map(|facet| (heading(Some(Scope::Site(self.site)), facet), order.clone())).collect()
    }
}

/// Runs that are worth too little.
pub const FAILED: &str = "failed";
/// Runs with items that have to be answered and are not.
pub const MISSING: &str = "missing";

/// The facet of a state, by its name.
pub fn by_state(state: &str) -> String {
    format!("state-{state}")
}
/// The facet of a procedure, whatever version.
pub fn by_procedure(slug: &Slug) -> String {
    format!("of-{slug}")
}
/// The facet of who gave the first answer.
pub fn by_beginner(person: PersonId) -> String {
    format!("by-{person}")
}
/// What was begun in a stretch of time.
pub fn begun(between: Between) -> Within {
    let below = (between.from_ms > i64::MIN).then(|| sort::latest(between.from_ms - 1));
    Within { least: sort::latest(between.until_ms.saturating_sub(1)), below }
}

/// Under which a run stands in the list.
pub fn key(doc: DocId) -> String {
    doc.to_string()
}

/// Procedures whose forms were made ready, for the time of one working off.
#[derive(Default)]
pub struct Ready(BTreeMap<ReleaseHash, Option<Arc<Form>>>);

struct Form {
    slug: Slug,
    sign_off: Signers,
    plan: Arc<Plan>,
}

impl Ready {
    async fn get(&mut self, tx: &mut dyn ReadTx, org: OrgId, hash: ReleaseHash) -> Result<Option<Arc<Form>>> {
        if let Some(known) = self.0.get(&hash) {
            return Ok(known.clone());
        }
        let release = tx.release(org, hash).await?.and_then(|row| Release::decode(&row.bytes).ok());
        let form = release.and_then(|release| match release.content {
            Content::Procedure(one) => {
                let (slug, sign_off) = (release.slug, one.sign_off);
                Some(Arc::new(Form { slug, sign_off, plan: Arc::new(Plan::of(one.form).ok()?) }))
            }
            _ => None,
        });
        self.0.insert(hash, form.clone());
        Ok(form)
    }
}

/// What the row of a run shows, and where it is found; nothing where it can't be read.
pub(super) async fn worked_out(tx: &mut dyn ReadTx, ready: &mut Ready, org: OrgId, key: &str) -> Result<Option<Worked>> {
    let Ok(doc) = key.parse::<DocId>() else { return Ok(None) };
    let Some(row) = tx.doc(org, doc).await?.filter(|row| row.entry_type == EntryType::RUN_CHANGED) else { return Ok(None) };
    let Scope::Site(site) = row.scope else { return Ok(None) };
    let Some(form) = ready.get(tx, org, row.release).await? else { return Ok(None) };
    let run = match load(tx, org, doc, form.plan.form()).await {
        Ok(run) => run,
        Err(StoreError::Corrupt(why)) => {
            tracing::error!(%org, %doc, %why, "a run is in no list: it can't be read");
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    let place = records::one::<Site>(tx, org, &site.to_string()).await?;
    let asset = match &row.asset {
        Some(slug) => records::one::<Asset>(tx, org, slug.as_str()).await?,
        None => None,
    };
    let seals = seals(tx, org, &row).await?;
    let about = Records { site: place.as_ref(), asset: asset.as_ref() };
    let clocks = clocks(tx, org, doc).await?;
    let is_withdrawn = Withdrawals::read(tx, org).await?.of(&row.release).is_some();
    let made = made(&run, &row, (site, about), &form, (&seals, is_withdrawn), &clocks);
    Ok(made.map(|row| Worked { headings: row.headings(), body: cbor::encode(&row) }))
}

/// Has the rows of these versions' runs worked out anew that nobody handed in: open ones were withdrawn, or are no longer. What
/// is to be worked out already is not found here, and needs not be.
pub(super) async fn note_unfinished(tx: &mut dyn WriteTx, org: OrgId, releases: &[ReleaseHash]) -> Result<()> {
    for site in records::all::<Site>(tx.as_read(), org).await? {
        for state in [RunState::Open, RunState::Withdrawn] {
            let under = heading(Some(Scope::Site(site.id)), by_state(state.name()));
            let mut walk = Walk::first(NOTED);
            loop {
                let rows = tx.listed_rows(org, List::Runs, &under, &Within::default(), &walk).await?;
                for (spot, body) in &rows {
                    if releases.contains(&part::<Of>(body)?.release) {
                        tx.put_stale(org, List::Runs, &spot.key).await?;
                    }
                }
                match rows.into_iter().next_back() {
                    Some((last, _)) => walk = Walk::after(last, NOTED),
                    None => break,
                }
            }
        }
    }
    Ok(())
}

/// Which version a row is of: the rest is passed over.
#[derive(Deserialize)]
struct Of {
    release: ReleaseHash,
}

/// What was said of a run at its place, in the order of the feed, and when.
async fn seals(tx: &mut dyn ReadTx, org: OrgId, row: &DocRow) -> Result<Vec<(Seal, i64)>> {
    let said = tx.said_about(org, row.doc.as_bytes(), usize::MAX).await?;
    let read = |stored: &crate::store::Stored| {
        let entry = Entry::read(&stored.bytes, limits::SERVER_ENTRY).ok()?;
        let fact = Fact::decode(entry.header.entry_type, &entry.body)?.ok()?;
        Some((Seal::of(&fact, entry.header.person)?.1, stored.effective_ms))
    };
    Ok(said.iter().filter(|stored| stored.scope == row.scope).filter_map(read).collect())
}

/// Which device made each edit of a run, and when.
async fn clocks(tx: &mut dyn ReadTx, org: OrgId, doc: DocId) -> Result<Clocks> {
    let stored = tx.doc_entries(org, doc, 0, usize::MAX).await?;
    let read = |stored: &crate::store::Stored| {
        let entry = Entry::read(&stored.bytes, limits::SERVER_ENTRY).ok()?;
        Some((RunChanged::decode(&entry.body).ok()?.intent, (entry.header.device, entry.header.moment)))
    };
    Ok(stored.iter().filter(|one| one.entry_type == EntryType::RUN_CHANGED).filter_map(read).collect())
}

fn made(
    run: &Run,
    row: &DocRow,
    (site, about): (SiteId, Records<'_>),
    form: &Form,
    (seals, is_withdrawn): (&[(Seal, i64)], bool),
    clocks: &Clocks,
) -> Option<RunRow> {
    let history = run.history();
    let pace = pace::Sum::of(&pace::of_history(&history, clocks));
    let first = history.iter().min_by_key(|line| line.answer.at_ms)?;
    let changed_ms = history.iter().map(|line| line.answer.at_ms).max()?;
    let mut people: Vec<PersonId> = history.iter().map(|line| line.answer.by).collect();
    people.sort_unstable();
    people.dedup();
    people.truncate(PEOPLE);
    let said: Vec<Seal> = seals.iter().map(|(seal, _)| *seal).collect();
    let state = RunState::of(&said, &form.sign_off, &Covers::of(run, form.plan.form(), &form.sign_off)).state.where_withdrawn(is_withdrawn);
    let withdrawn = state == RunState::Withdrawn;
    // How far it is says what staff were asked, as on its page; what it is worth counts what signers were asked, too.
    let asked = if matches!(state, RunState::Open | RunState::Withdrawn) { &[] } else { form.sign_off.roles() };
    let filled = filled::of_run(run, &form.plan, about, changed_ms, asked);
    let score = filled.score();
    let of_staff = filled::of_run(run, &form.plan, about, changed_ms, &[]);
    let missing = of_staff.all().filter(|at| of_staff.trouble(*at) == Some(Trouble::Missing)).count();
    Some(RunRow {
        doc: row.doc,
        site,
        release: row.release,
        procedure: form.slug.clone(),
        state: state.name().to_owned(),
        done: state.is_done(form.sign_off.are_asked()),
        began_by: first.answer.by,
        began_ms: first.answer.at_ms,
        changed_ms,
        submitted_ms: seals.iter().filter(|(seal, _)| matches!(seal, Seal::Submitted(_))).map(|(_, at)| *at).next_back(),
        people,
        asked: of_staff.total().asked,
        answered: of_staff.total().answered,
        // Of what nobody is to finish nothing is missing, nothing is to be settled, and nothing failed.
        missing: if withdrawn { 0 } else { u32::try_from(missing).unwrap_or(u32::MAX) },
        clashes: if withdrawn { 0 } else { of_staff.total().clashes },
        points: score.points,
        possible: score.possible,
        passed: score.passed.filter(|_| !withdrawn),
        took_ms: pace.took_ms,
        doubts: pace.doubted,
        items: if withdrawn { Vec::new() } else { failing(&filled) },
        asset: row.asset.clone(),
        withdrawn,
    })
}

/// How the items stand that can fail; what does not apply, and what people answered differently, is no answer here.
fn failing(filled: &Response) -> Vec<Failing> {
    let mut all: BTreeMap<u32, (u16, u16)> = BTreeMap::new();
    for at in filled.all() {
        let Some((slot, item)) = filled.slot(at).zip(filled.plan().item(at.item)) else { continue };
        let value = slot.given.value().filter(|value| !value.is_empty() && !slot.given.is_na());
        let Some(failed) = value.filter(|_| slot.visible).and_then(|value| is_failed(item, value)) else { continue };
        let one = all.entry(at.item).or_default();
        one.0 = one.0.saturating_add(1);
        one.1 = one.1.saturating_add(u16::from(failed));
    }
    let named = |(n, (answered, failed))| Some(Failing { item: filled.plan().item(n)?.slug.clone(), answered, failed });
    all.into_iter().filter_map(named).collect()
}

/// Whether an answer is a failure: not passed, outside of its target, or worth less than it could be. None where the
/// item can't fail.
pub fn is_failed(item: &Item, value: &Value) -> Option<bool> {
    let kind = item.kind.answers();
    let mut said = None;
    let mut say = |failed: bool| said = Some(said.unwrap_or(false) || failed);
    if matches!(item.kind, ItemKind::PassFail) {
        say(*value == Value::Bool(false));
    }
    if kind.numbers().is_some_and(|rule| rule.target.is_some()) {
        say(kind.is_out_of_band(value));
    }
    if item.critical || item.weight > 0 {
        let weight = item.weight.max(1);
        if let Some(points) = item.worth(value, weight) {
            say(points < weight);
        }
    }
    said
}
