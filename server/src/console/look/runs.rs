//! Runs: what stands in each, and how far it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use frontline_domain::document::pace::{self, Clocks, Pace};
use frontline_domain::document::{Author, ChangeHash, Covers, Heads, HistoryLine, Run, RunChanged, RunState, Seal, Standing};
use frontline_domain::record::{Asset, Site};
use frontline_domain::release::{Procedure, Release};
use frontline_domain::{DeviceId, DocId, EntryType as T, Epoch, OrgId, PersonId, Scope, SiteId};
use frontline_protocol::{Entry, limits};

use super::assigned::{self, Given};
use super::facts::Found;
use super::filled::{self, Records};
use super::library::{Library, procedure};
use crate::console::errors::Failure;
use crate::records;
use crate::store::{DocRow, ReadTx};
use crate::withdrawn::Withdrawals;

/// What is said about runs beside their answers.
pub const SEALS: &[T] = &[T::RUN_SUBMITTED, T::SIGNED_OFF, T::RETURNED];

/// What a list shows of a run's document. Changes only with the number of its changes.
#[derive(Debug, Clone)]
pub struct Summary {
    pub doc: DocId,
    pub covers: Covers,
    pub answered: u64,
    /// Items that ask for an answer.
    pub total: u64,
    pub clashes: u64,
    pub started_ms: i64,
    pub changed_ms: i64,
    pub people: Vec<PersonId>,
}

/// How many changes a summary was made from, and the summary.
type Made = (u64, Arc<Summary>);

/// Summaries that were made before, by how many changes they were made from.
#[derive(Debug, Default)]
pub struct Summaries {
    known: Mutex<BTreeMap<(OrgId, DocId), Made>>,
}

/// Summaries kept in memory at most; over it, it begins anew.
const MOST: usize = 20_000;

impl Summaries {
    pub async fn get(
        &self,
        tx: &mut dyn ReadTx,
        org: OrgId,
        row: &DocRow,
        form: Option<&Procedure>,
    ) -> Result<Option<Arc<Summary>>, Failure> {
        let key = (org, row.doc);
        if let Some((changes, summary)) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key)
            && *changes == row.changes
        {
            return Ok(Some(summary.clone()));
        }
        let Some(form) = form else { return Ok(None) };
        let loaded = load(tx, org, row.doc, form).await?;
        let site: Option<Site> = match row.scope {
            Scope::Site(id) => records::one(tx, org, &id.to_string()).await?,
            _ => None,
        };
        let asset: Option<Asset> = match &row.asset {
            Some(slug) => records::one(tx, org, slug.as_str()).await?,
            None => None,
        };
        let about = Records { site: site.as_ref(), asset: asset.as_ref() };
        let Some(summary) = summarise(&loaded.run, form, about)? else { return Ok(None) };
        let summary = Arc::new(summary);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, (row.changes, summary.clone()));
        Ok(Some(summary))
    }
}

/// A run with the places of its changes.
pub struct Loaded {
    pub run: Run,
    changes: Vec<Change>,
    clocks: Clocks,
}

struct Change {
    number: u64,
    device: DeviceId,
    epoch: Epoch,
    seq: u64,
    hash: ChangeHash,
}

impl Loaded {
    /// How long each line of its history took, and what is hard to believe about it.
    pub fn paces(&self, history: &[HistoryLine]) -> Vec<Pace> {
        pace::of_history(history, &self.clocks)
    }
    /// What the author of a fact saw of the run: what their device had read of the feed, and what it had
    /// written itself before.
    pub fn seen_by(&self, found: &Found) -> Vec<Standing> {
        let h = &found.header;
        let read = h.seen.map_or(0, |s| s.number);
        let own = |c: &&Change| c.device == h.device && c.epoch == h.epoch && c.seq < h.seq;
        let saw = self.changes.iter().filter(|c| c.number <= read || own(c));
        self.run.standings_at(&Heads::new(saw.map(|c| c.hash)))
    }
}

/// Puts a run together from its stored changes. They were judged when they came; they are judged again, as
/// nothing unchecked may reach the document.
pub async fn load(tx: &mut dyn ReadTx, org: OrgId, doc: DocId, procedure: &Procedure) -> Result<Loaded, Failure> {
    let broken = |why: &dyn std::fmt::Display| Failure::Failed(format!("a stored change of run {doc} can't be read: {why}"));
    let mut loaded = Loaded { run: Run::new(doc), changes: Vec::new(), clocks: Clocks::new() };
    for row in tx.doc_entries(org, doc, 0, usize::MAX).await?.iter().filter(|e| e.entry_type == T::RUN_CHANGED) {
        let entry = Entry::read(&row.bytes, limits::ENTRY).map_err(|e| broken(&e))?;
        let body = RunChanged::decode(&entry.body).map_err(|e| broken(&e))?;
        let h = &entry.header;
        let author = Author { person: h.person, device: h.device, epoch: h.epoch, rebuild: h.rebuild, form: &procedure.form };
        let checked = loaded.run.check(&body.change, &author).map_err(|e| broken(&e))?;
        loaded.clocks.insert(body.intent, (h.device, h.moment));
        loaded.changes.push(Change { number: row.number, device: h.device, epoch: h.epoch, seq: h.seq, hash: checked.hash() });
        loaded.run = loaded.run.taking(checked).map_err(|e| broken(&e))?;
    }
    Ok(loaded)
}

fn summarise(run: &Run, procedure: &Procedure, about: Records<'_>) -> Result<Option<Summary>, Failure> {
    let history = run.history();
    let times = || history.iter().map(|l| l.answer.at_ms);
    let (Some(started_ms), Some(changed_ms)) = (times().min(), times().max()) else { return Ok(None) };
    let total = filled::of_run(run, procedure, about, changed_ms, &[])?.total();
    let mut people: Vec<PersonId> = history.iter().map(|line| line.answer.by).collect();
    people.sort_unstable();
    people.dedup();
    Ok(Some(Summary {
        doc: run.id(),
        covers: Covers::of(run, &procedure.form, &procedure.sign_off),
        answered: total.answered.into(),
        total: total.asked.into(),
        clashes: total.clashes.into(),
        started_ms,
        changed_ms,
        people,
    }))
}

/// A run as lists show it.
pub struct RunLine {
    pub summary: Arc<Summary>,
    pub release: Arc<Release>,
    pub state: RunState,
    pub done: bool,
    pub due_ms: Option<i64>,
    pub past_due: bool,
}

impl RunLine {
    /// Items that somebody has to settle.
    pub fn clashes(&self) -> u64 {
        if self.state == RunState::Withdrawn { 0 } else { self.summary.clashes }
    }
}

/// What was said about each run, in the order of the feed.
pub fn seals(facts: &[Found]) -> BTreeMap<DocId, Vec<&Found>> {
    let mut all: BTreeMap<DocId, Vec<&Found>> = BTreeMap::new();
    for found in facts {
        if let Some((run, _)) = seal(found) {
            all.entry(run).or_default().push(found);
        }
    }
    all
}

/// The seal that a fact is, and of which run.
pub fn seal(found: &Found) -> Option<(DocId, Seal)> {
    Seal::of(&found.fact, found.person())
}

/// Reads runs of one site.
pub struct Reader<'a> {
    pub org: OrgId,
    pub site: SiteId,
    pub now_ms: i64,
    pub library: &'a Library,
    pub summaries: &'a Summaries,
    pub given: &'a [Given],
}

impl Reader<'_> {
    /// The runs whose last change is above a number, latest changed first.
    pub async fn lines(&self, tx: &mut dyn ReadTx, after: u64, facts: &[Found]) -> Result<Vec<RunLine>, Failure> {
        let seals = seals(facts);
        let mut lines = Vec::new();
        let withdrawals = Withdrawals::read(tx, self.org).await?;
        for row in tx.docs(self.org, Scope::Site(self.site)).await? {
            if row.last_number <= after || row.entry_type != T::RUN_CHANGED {
                continue;
            }
            if let Some(line) = self.line(tx, &row, seals.get(&row.doc).map_or(&[], Vec::as_slice), &withdrawals).await? {
                lines.push(line);
            }
        }
        assigned::settle(&mut lines);
        for line in &mut lines {
            line.past_due = !line.done && line.due_ms.is_some_and(|due| due < self.now_ms);
        }
        lines.sort_by_key(|l| (std::cmp::Reverse(l.summary.changed_ms), l.summary.doc));
        Ok(lines)
    }

    /// One run.
    async fn line(
        &self,
        tx: &mut dyn ReadTx,
        row: &DocRow,
        seals: &[&Found],
        withdrawals: &Withdrawals,
    ) -> Result<Option<RunLine>, Failure> {
        let Some(release) = self.library.get(tx, self.org, row.release).await? else { return Ok(None) };
        let Some(form) = procedure(&release) else { return Ok(None) };
        let Some(summary) = self.summaries.get(tx, self.org, row, Some(form)).await? else { return Ok(None) };
        let said: Vec<Seal> = seals.iter().filter_map(|f| Some(seal(f)?.1)).collect();
        let state = RunState::of(&said, &form.sign_off, &summary.covers).state.where_withdrawn(withdrawals.of(&row.release).is_some());
        let done = state.is_done(form.sign_off.are_asked());
        // What nobody is to finish is done by another run, if at all.
        let due_ms = assigned::due(self.given, self.site, &release.slug, &summary).filter(|_| state != RunState::Withdrawn);
        Ok(Some(RunLine { summary, release, state, done, due_ms, past_due: false }))
    }
}
