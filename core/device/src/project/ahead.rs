//! Runs with what was appended of them ([`crate::store::pending`]): an answer is one row, and the next answer, and the
//! screen behind it, are of the run with it, while lists are of what is settled. All of it is read from the store as it is
//! seen; memory only saves making it anew.

use std::sync::Arc;

use frontline_domain::DocId;
use frontline_domain::document::judge::{answer_of_own, hash_of_own};
use frontline_domain::document::{Author, Heads, Offered, Refusal, Run};
use frontline_domain::form::Form;

use super::run::{Whole, refresh};
use super::{Subject, plans};
use crate::error::Fault;
use crate::observe::Touched;
use crate::store::entries::Span;
use crate::store::pending::{self, Appended};
use crate::store::{Db, StoreError, Tx, docs, entries, intents, runs};

/// Where a run that was saved at `heads` stands with what was appended of it: each such change builds on all before it.
pub(crate) fn heads_with(saved: &Heads, appended: &[Appended]) -> Heads {
    match appended.last().and_then(|last| hash_of_own(&last.body.change)) {
        Some(last) => Heads::new([last]),
        None => saved.clone(),
    }
}

/// The run at `heads`, which [`heads_with`] gives; the caller has it alone where it is `to_change`, and gives it to
/// [`docs::keep`] then.
pub(crate) fn run(db: &Db<'_>, id: DocId, heads: &Heads, form: &Form, to_change: bool) -> Result<Arc<Run>, Fault> {
    match of_memory(db, id, heads, to_change) {
        Some(run) => Ok(run),
        None => read(db, id, &pending::of_run(db, id)?, form, to_change),
    }
}

/// The same where what was appended has been read.
pub(super) fn run_with(db: &Db<'_>, id: DocId, heads: &Heads, appended: &[Appended], form: &Form) -> Result<Arc<Run>, Fault> {
    of_memory(db, id, heads, true).map_or_else(|| read(db, id, appended, form, true), Ok)
}

fn of_memory(db: &Db<'_>, id: DocId, heads: &Heads, to_change: bool) -> Option<Arc<Run>> {
    if to_change { docs::from_memory(db, id, heads) } else { docs::in_memory(db, id, heads) }
}

fn read(db: &Db<'_>, id: DocId, appended: &[Appended], form: &Form, to_change: bool) -> Result<Arc<Run>, Fault> {
    let mut run = match docs::get(db, id)?.filter(|doc| !doc.saved.is_empty()) {
        Some(doc) => Run::load(id, &doc.saved)?,
        None => Run::new(id),
    };
    let offered = appended.iter().map(|one| offer(&one.entry.header, &one.body.change, form));
    run.take_in(&offered.collect::<Vec<_>>()).into_iter().collect::<Result<Vec<()>, Refusal>>()?;
    let run = Arc::new(run);
    if !to_change {
        docs::keep(db, &run);
    }
    Ok(run)
}

/// A change with who its entry says made it.
pub(super) fn offer<'a>(header: &frontline_protocol::Header, change: &'a [u8], form: &'a Form) -> Offered<'a> {
    let author = Author { person: header.person, device: header.device, epoch: header.epoch, rebuild: header.rebuild, form };
    Offered { change, author }
}

/// The earliest and latest times that anything about a run bears.
pub(crate) fn span(db: &Db<'_>, id: DocId) -> Result<Span, StoreError> {
    let settled = entries::span(db, &Subject::Run(id).encode())?;
    Ok(pending::of_run(db, id)?.iter().fold(settled, |span, one| {
        let at_ms = one.entry.header.moment.server_estimate();
        let (from_ms, to_ms) = (span.from_ms.map_or(at_ms, |from| from.min(at_ms)), span.to_ms.map_or(at_ms, |to| to.max(at_ms)));
        Span { from_ms: Some(from_ms), to_ms: Some(to_ms) }
    }))
}

/// Makes the rows of a run anew from what was appended of it, which is in the log of entries by now: the edits made here,
/// the document, its row. All at once, however many there are.
pub(crate) fn settle(tx: &Tx<'_>, id: DocId, appended: &[Appended], touched: &mut Touched) -> Result<(), Fault> {
    let Some(since) = appended.first().map(|one| one.row) else { return Ok(()) };
    let (doc, started) = (docs::head(tx, id)?, runs::started(tx, id)?);
    let release = doc.as_ref().map(|doc| doc.release).or(started.map(|s| s.release));
    let procedure = release.map_or(Ok(None), |release| plans::prepared(tx, &release))?;
    let saved = doc.map(|doc| doc.heads).unwrap_or_default();
    let heads = heads_with(&saved, appended);
    let run = match &procedure {
        Some(procedure) => run_with(tx, id, &heads, appended, procedure.form())
            .inspect_err(|cause| tracing::error!(%cause, run = %id, "what was appended of a run does not follow what it has"))
            .ok(),
        None => None,
    };
    put_edits(tx, id, saved, appended, run.as_deref())?;
    refresh(tx, id, run.as_deref().map(|run| Whole { run, since }), touched)?;
    run.iter().for_each(|run| docs::keep(tx, run));
    Ok(())
}

/// Keeps the edits that appended changes carry. Each was made by somebody who saw all that the run had.
fn put_edits(tx: &Tx<'_>, id: DocId, saved: Heads, appended: &[Appended], run: Option<&Run>) -> Result<(), Fault> {
    let mut own = intents::ids(tx, id)?;
    let mut seen = saved;
    for one in appended {
        let Some((change, key, answer)) = answer_of_own(&one.body.change) else { continue };
        let intent = intents::Intent {
            id: one.body.intent,
            doc: id,
            place: 0,
            builds_on: run.map(|run| run.builds_on(&key, &seen, one.body.intent, &own)).unwrap_or_default(),
            key,
            answer,
            seen: std::mem::replace(&mut seen, Heads::new([change])),
            entry: one.entry.hash(),
            change,
            state: intents::State::Made,
        };
        intents::put(tx, &intent)?;
        own.insert(intent.id);
    }
    Ok(())
}
