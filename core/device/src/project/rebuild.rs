//! All projections anew, from what was captured and received.

use std::collections::BTreeSet;

use super::{Subject, VERSION, refresh, run, subject};
use crate::error::Fault;
use crate::observe::Touched;
use crate::store::{Tx, docs, dump, entries, meta, runs, stubs};

/// Entries read at once.
const PAGE: u32 = 1_000;

/// Empties the projections and fills them again. An entry whose type this build has come to know gets its
/// subject on the way.
pub(crate) fn rebuild(tx: &Tx<'_>) -> Result<(), Fault> {
    dump::empty(tx)?;
    let mut subjects: BTreeSet<Subject> = BTreeSet::new();
    let mut after = 0;
    loop {
        let page = entries::after(tx, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.row;
        for held in page {
            let about = subject(&held.entry);
            entries::set_subject(tx, held.row, about.as_ref().map(Subject::encode).as_deref())?;
            subjects.extend(about);
        }
    }
    let mut touched = Touched::default();
    // Releases and records come first in the order of subjects: runs are read with their procedure.
    for about in subjects.iter().filter(|about| !matches!(about, Subject::Run(_))) {
        refresh(tx, about, &mut touched)?;
    }
    // A run may look back to the one before it: the first begun comes first.
    let mut begun = Vec::new();
    for about in &subjects {
        if let Subject::Run(id) = about {
            begun.push((entries::span(tx, &about.encode())?.from_ms, *id));
        }
    }
    begun.sort_unstable();
    for (_, id) in begun {
        run::refresh(tx, id, None, &mut touched)?;
    }
    for id in stubs::all_away(tx)? {
        run::refresh(tx, id, None, &mut touched)?;
    }
    for id in runs::all_started(tx)? {
        if !subjects.contains(&Subject::Run(id)) {
            run::refresh(tx, id, None, &mut touched)?;
        }
    }
    docs::clear_forgotten(tx)?;
    meta::put(tx, meta::key::PROJECTION, &VERSION)?;
    Ok(())
}

/// Rebuilds where another build filled the tables.
pub(crate) fn after_an_update(tx: &Tx<'_>) -> Result<(), Fault> {
    if meta::get::<u32>(tx, meta::key::PROJECTION)? == Some(VERSION) { Ok(()) } else { rebuild(tx) }
}
