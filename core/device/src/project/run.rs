//! Runs: the document from its changes, and the row that lists show.

use std::collections::BTreeSet;
use std::sync::Arc;

use frontline_domain::document::judge::change_hash;
use frontline_domain::document::{Asked, Covers, Refusal, Run, RunChanged, RunState, Seal, asked, filled};
use frontline_domain::fact::Fact;
use frontline_domain::form::Form;
use frontline_domain::form::response::{Demand, Demanded, Response, Trouble};
use frontline_domain::record::RunsWithdrawn;
use frontline_domain::{DocId, EntryType, ReleaseHash, Scope, Slug};

use super::around::around;
use super::plans::Prepared;
use super::{Subject, ahead, plans};
use crate::error::Fault;
use crate::observe::{Topic, Touched};
use crate::store::demands::DemandRow;
use crate::store::docs::Doc;
use crate::store::entries::Held;
use crate::store::runs::{Away, Place, RunRow};
use crate::store::{Db, StoreError, Tx, demands, docs, entries, records, runs, stubs};

/// How much of a form is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub answered: u32,
    pub required: u32,
    /// The required items that nobody answered, in the form's order.
    pub missing: Vec<String>,
    /// The items of which a person has to pick a value.
    pub clashes: Vec<String>,
    /// The items whose answer does not keep what it has to.
    pub wrong: Vec<String>,
}

impl Tally {
    /// Of a form that is filled. A section that repeats is there at least once, and as often as it was answered.
    pub(crate) fn of(filled: &Response) -> Self {
        let total = filled.total();
        let mut out = Self { answered: total.answered, required: total.required, ..Self::default() };
        for at in filled.all() {
            let (Some(trouble), Some(item)) = (filled.trouble(at), filled.plan().item(at.item)) else { continue };
            let name = if at.instance == 0 { item.slug.to_string() } else { format!("{}/{}", item.slug, at.instance) };
            match trouble {
                Trouble::Missing => out.missing.push(name),
                Trouble::Evidence { .. } | Trouble::Note => {
                    out.required += u32::from(!item.required);
                    out.missing.push(name);
                }
                Trouble::Clash => out.clashes.push(name),
                Trouble::Broken | Trouble::Unfit => out.wrong.push(name),
            }
        }
        out
    }
}

/// What was said about a run beside answering, in the order of the feed; what has no number yet comes last.
pub(crate) fn seals(db: &Db<'_>, id: DocId) -> Result<Vec<(Held, Fact)>, StoreError> {
    let subject = Subject::Run(id).encode();
    let mut held = entries::standing_of(db, &subject, [EntryType::RUN_SUBMITTED, EntryType::SIGNED_OFF, EntryType::RETURNED])?;
    held.sort_by_key(|h| (h.place.map_or(u64::MAX, |p| p.number), h.row));
    let read = |h: Held| {
        let fact = Fact::decode(h.entry.header.entry_type, &h.entry.body)?.ok()?;
        Some((h, fact))
    };
    Ok(held.into_iter().filter_map(read).collect())
}

/// The domain's view of what was said.
pub(crate) fn said(seals: &[(Held, Fact)]) -> Vec<Seal> {
    seals.iter().filter_map(|(held, fact)| Some(Seal::of(fact, held.entry.header.person)?.1)).collect()
}

/// A run as the caller has just changed it, and the row of the first entry that carries what they did: all behind it are
/// theirs, too.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    pub run: &'a Run,
    pub since: i64,
}

struct Kind {
    scope: Scope,
    release: ReleaseHash,
    nonce: [u8; 16],
    asset: Option<Slug>,
}

/// Makes a run's rows anew, and those of the runs that look back to it. `whole` as for [`alone`].
pub(super) fn refresh(tx: &Tx<'_>, id: DocId, whole: Option<Whole<'_>>, touched: &mut Touched) -> Result<(), Fault> {
    alone(tx, id, whole, touched)?;
    let Some(row) = runs::get(tx, id)? else { return Ok(()) };
    if !plans::prepared(tx, &row.release)?.is_some_and(|p| p.plan().is_some_and(|plan| plan.asks_for_history())) {
        return Ok(());
    }
    let place = Place { run: id, scope: row.scope, release: row.release, started_ms: row.started_ms, asset: row.asset };
    for next in runs::behind_it(tx, &place)? {
        alone(tx, next, None, touched)?;
    }
    Ok(())
}

/// Makes the rows of a site's runs anew where what follows from their answers may be another, the site being called,
/// marked or timed otherwise.
pub(super) fn refresh_at(tx: &Tx<'_>, scope: Scope, touched: &mut Touched) -> Result<(), Fault> {
    for (run, release) in runs::of_place(tx, scope)? {
        if plans::prepared(tx, &release)?.is_some_and(|p| p.plan().is_some_and(|plan| plan.asks_for_the_site())) {
            alone(tx, run, None, touched)?;
        }
    }
    Ok(())
}

/// The same of the runs about an asset that is called, marked or placed otherwise.
pub(super) fn refresh_about(tx: &Tx<'_>, asset: &Slug, touched: &mut Touched) -> Result<(), Fault> {
    for (run, release) in runs::of_asset(tx, asset)? {
        touched.add(Topic::Procedures, run.to_string());
        if plans::prepared(tx, &release)?.is_some_and(|p| p.plan().is_some_and(|plan| plan.asks_for_the_asset())) {
            alone(tx, run, None, touched)?;
        }
    }
    Ok(())
}

/// Makes the rows of the runs of these versions anew that nobody handed in, where open ones were withdrawn, or are no longer.
pub(super) fn refresh_unfinished(tx: &Tx<'_>, releases: &BTreeSet<ReleaseHash>, touched: &mut Touched) -> Result<(), Fault> {
    for run in runs::unfinished_of(tx, releases)? {
        alone(tx, run, None, touched)?;
    }
    Ok(())
}

/// The withdrawal by which open runs of a version are not to be finished.
pub(crate) fn withdrawn(db: &Db<'_>, release: &ReleaseHash) -> Result<Option<RunsWithdrawn>, StoreError> {
    // Asked with each answer.
    db.recall("withdrawn", release.as_bytes(), || {
        let all: Vec<RunsWithdrawn> = records::all(db)?;
        Ok(RunsWithdrawn::of(&all, release).cloned())
    })
}

/// Makes the document and the row of a run anew, from where the document was saved and what came since: one
/// load, one save, however many changes a page brought. `whole` is the run where the caller has just changed it
/// itself: nothing is then read but what was said about it.
fn alone(tx: &Tx<'_>, id: DocId, whole: Option<Whole<'_>>, touched: &mut Touched) -> Result<(), Fault> {
    touched.add(Topic::Procedures, id.to_string());
    if let Some(mut stub) = stubs::away(tx, id)? {
        // What it was made from has left.
        if stub.status == RunState::Withdrawn && withdrawn(tx, &stub.release)?.is_none() {
            stub.status = RunState::Open;
        }
        demands::set(tx, id, &[])?;
        return Ok(runs::put(tx, &stub)?);
    }
    let subject = Subject::Run(id).encode();
    let kept = docs::get(tx, id)?;
    let started = runs::started(tx, id)?;
    let kind = match (&kept, &started) {
        (Some(doc), _) => Some(Kind { scope: doc.scope, release: doc.release, nonce: doc.nonce, asset: doc.asset.clone() }),
        (None, Some(s)) => Some(Kind { scope: s.scope, release: s.release, nonce: s.nonce, asset: s.asset.clone() }),
        (None, None) => None,
    };
    // Where the caller has the run it is not read: only how far its saved bytes go matters.
    let (saved, after) = match kept.as_ref().filter(|d| !d.saved.is_empty()) {
        Some(doc) if whole.is_some() => (None, doc.taken),
        Some(doc) => read(tx, doc).map_or((None, 0), |run| (Some(run), doc.taken)),
        None => (None, 0),
    };
    let changes = entries::standing_after(tx, &subject, EntryType::RUN_CHANGED, after)?;
    let loaded;
    let (run, kind, taken) = match (whole, kind) {
        (Some(Whole { run, since }), Some(kind)) if changes.iter().all(|h| h.row >= since || holds(run, h)) => {
            (run, kind, changes.last().map_or(after, |h| h.row))
        }
        (_, kind) => {
            let bodies: Vec<Option<RunChanged>> = changes.iter().map(|h| RunChanged::decode(&h.entry.body).ok()).collect();
            let first = changes.first().map(|h| h.entry.header.scope).zip(bodies.first().and_then(Option::as_ref));
            let first = first.map(|(scope, c)| Kind { scope, release: c.procedure, nonce: c.nonce.into_array(), asset: c.asset.clone() });
            // Once some of it was taken in, what comes is no first change: an app of before says nothing of the asset.
            let asset = match after > 0 {
                true => kind.as_ref().and_then(|kind| kind.asset.clone()),
                false => bodies.iter().find_map(|body| body.as_ref()?.asset.clone()),
            };
            let asset = asset.or_else(|| started.as_ref().and_then(|s| s.asset.clone()));
            let first = first.map(|first| Kind { asset, ..first });
            let Some(kind) = first.or(kind).filter(|_| !changes.is_empty() || after > 0 || started.is_some()) else {
                // Only what was said about it is here, or nothing any more.
                runs::clear(tx, id)?;
                demands::set(tx, id, &[])?;
                if kept.is_some_and(|d| d.rebuild == 0) {
                    docs::clear(tx, id)?;
                }
                return Ok(());
            };
            let Some(procedure) = plans::prepared(tx, &kind.release)? else {
                runs::wait(tx, &kind.release, id)?;
                return Ok(());
            };
            let mut run = match (whole, saved) {
                (Some(whole), _) => Arc::new(whole.run.clone()),
                (None, Some(run)) => run,
                (None, None) => Arc::new(Run::new(id)),
            };
            let taken = take_in(Arc::make_mut(&mut run), &changes, &bodies, procedure.form(), after);
            docs::keep(tx, &run);
            loaded = run;
            (loaded.as_ref(), kind, taken)
        }
    };
    let Some(procedure) = plans::prepared(tx, &kind.release)? else { return Ok(()) };
    if run.change_count() > 0 || kept.is_some() {
        docs::put(
            tx,
            &Doc {
                id,
                entry_type: EntryType::RUN_CHANGED,
                scope: kind.scope,
                release: kind.release,
                nonce: kind.nonce,
                rebuild: kept.as_ref().map_or(0, |d| d.rebuild),
                saved: match kept.as_ref().filter(|_| whole.is_some()) {
                    // Of an answer only what it adds is written; what was saved was read by whoever made it.
                    Some(doc) => run.save_after(&doc.saved, &doc.heads),
                    None => run.save(),
                },
                heads: run.heads(),
                taken,
                asset: kind.asset.clone(),
            },
        )?;
    }
    #[cfg(test)]
    counted::note(|c| c.projections += 1);
    let span = entries::span(tx, &subject)?;
    let said = said(&seals(tx, id)?);
    let status = match said.is_empty() {
        // What a signature would cover is not worked out for each answer.
        true => RunState::Open,
        false => RunState::of(&said, &procedure.sign_off, &Covers::of(run, procedure.form(), &procedure.sign_off)).state,
    };
    let status = status.where_withdrawn(status == RunState::Open && withdrawn(tx, &kind.release)?.is_some());
    let is_withdrawn = status == RunState::Withdrawn;
    let author = entries::first_author(tx, &subject, EntryType::RUN_CHANGED)?;
    let begun = started.as_ref().map(|s| (s.person, s.at_ms));
    let (Some(started_by), Some(started_ms)) = (author.or(begun.map(|b| b.0)), span.from_ms.or(begun.map(|b| b.1))) else {
        return Ok(());
    };
    let place = Place { run: id, scope: kind.scope, release: kind.release, started_ms, asset: kind.asset.clone() };
    let filled = for_everybody(tx, &procedure, &place, run, status, span.to_ms.unwrap_or(started_ms))?;
    let counted = filled.as_ref().map(Tally::of).unwrap_or_default();
    demands::set(tx, id, &demanded(&procedure, &place, filled.as_ref(), run, status))?;
    // Of what nobody is to finish nothing is missing, and nothing is to be settled.
    let count = |list: &[String]| if is_withdrawn { 0 } else { u32::try_from(list.len()).unwrap_or(u32::MAX) };
    Ok(runs::put(
        tx,
        &RunRow {
            id,
            scope: kind.scope,
            release: kind.release,
            status,
            answered: counted.answered,
            required: counted.required,
            missing: count(&counted.missing) + count(&counted.wrong),
            clashes: count(&counted.clashes),
            started_by,
            started_ms,
            updated_ms: span.to_ms.unwrap_or(started_ms),
            away: Away::Here,
            asset: kind.asset,
        },
    )?)
}

/// A run's form as it is filled, nobody in particular at the phone; none of a procedure that this app does not understand.
fn for_everybody(
    db: &Db<'_>,
    procedure: &Prepared,
    place: &Place,
    run: &Run,
    status: RunState,
    now_ms: i64,
) -> Result<Option<Response>, Fault> {
    let Some(plan) = procedure.plan() else { return Ok(None) };
    let mut around = around(db, plan, place, None, now_ms)?;
    around.asked = procedure.asked(status);
    Ok(Some(filled(plan, around, run)))
}

/// What its rules ask for and tell.
fn demanded(procedure: &Prepared, place: &Place, filled: Option<&Response>, run: &Run, status: RunState) -> Vec<DemandRow> {
    let asks = filled.filter(|_| !procedure.is_try && status != RunState::Withdrawn);
    let all = asks.map(|filled| asked(filled, run, status, place.started_ms)).unwrap_or_default();
    all.iter().map(|one| row_of(place.run, place.scope, one)).collect()
}

/// The same of a run with what was appended of it, as the rows will say it once it is settled.
pub(crate) fn demanded_ahead(
    db: &Db<'_>,
    procedure: &Prepared,
    place: &Place,
    run: &Run,
    status: RunState,
    now_ms: i64,
) -> Result<Vec<DemandRow>, Fault> {
    let filled = for_everybody(db, procedure, place, run, status, now_ms)?;
    Ok(demanded(procedure, place, filled.as_ref(), run, status))
}

fn row_of(run: DocId, scope: Scope, one: &Asked<'_>) -> DemandRow {
    let Demanded { at, rule, then, demand } = one.demanded;
    let role = if let Demand::Notify(notice) = demand { Some(notice.role) } else { None };
    let (since_ms, due_ms) = (one.since_ms, one.due_ms);
    DemandRow { run, scope, item: at.item, instance: at.instance, rule, then, role, since_ms, due_ms }
}

/// Reads a document as it was saved. One that does not read is made from its entries.
fn read(tx: &Tx<'_>, doc: &Doc) -> Option<Arc<Run>> {
    #[cfg(test)]
    counted::note(|c| c.loads += 1);
    docs::run_to_change(tx, doc).inspect_err(|cause| tracing::error!(%cause, run = %doc.id, "a saved run does not read")).ok()
}

/// Whether a run has an entry's change.
fn holds(run: &Run, held: &Held) -> bool {
    let body = RunChanged::decode(&held.entry.body).ok();
    body.and_then(|b| change_hash(&b.change)).is_some_and(|change| run.has(&change))
}

/// Takes in what came after the row `after`; gives the row up to which nothing has to be looked at again. What
/// cannot be applied is set aside in the log and stays an entry; what waits for a dependency is tried again when
/// something else arrives.
fn take_in(run: &mut Run, changes: &[Held], bodies: &[Option<RunChanged>], form: &Form, after: i64) -> i64 {
    let offered = changes.iter().zip(bodies).map(|(held, body)| {
        // What has no body is no change either, and is refused as such.
        ahead::offer(&held.entry.header, body.as_ref().map_or(&[], |b| b.change.as_slice()), form)
    });
    let fates = run.take_in(&offered.collect::<Vec<_>>());
    let (mut taken, mut waits) = (after, false);
    for (held, fate) in changes.iter().zip(fates) {
        match fate {
            Err(Refusal::Missing(_) | Refusal::EarlierByAuthor) => waits = true,
            Err(refusal) => {
                tracing::warn!(entry = %held.entry.hash(), run = %run.id(), reason = %refusal, "a change of a run was set aside");
            }
            Ok(()) => {}
        }
        if !waits {
            taken = held.row;
        }
    }
    taken
}

/// How often a test's thread loaded, and projected, a run.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::RefCell;

    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub(crate) struct Counted {
        pub loads: u32,
        pub projections: u32,
    }
    thread_local! {
        static COUNTED: RefCell<Counted> = const { RefCell::new(Counted { loads: 0, projections: 0 }) };
    }
    pub(crate) fn note(f: impl FnOnce(&mut Counted)) {
        COUNTED.with_borrow_mut(f);
    }
    /// What was counted since the last time.
    pub(crate) fn take() -> Counted {
        COUNTED.take()
    }
}
