//! Captures that only add are appended, durable, as one row each ([`crate::store::Store::append`]). What follows from
//! them is made here, in the order that they were captured in, before anybody reads or writes anything else: their
//! entries, their places in the queue, the rows that lists read, the next number, the last reading of the clocks. Of a run
//! all its answers are taken in at once.

use std::collections::BTreeMap;

use frontline_domain::DocId;

use crate::observe::Touched;
use crate::store::pending::Appended;
use crate::store::{StoreError, Tx, meta, outbox, pending};
use crate::{clock, error::Fault, project};

/// Settles all that was appended.
pub(crate) fn settle(tx: &Tx<'_>) -> Result<(), StoreError> {
    let mut last = None;
    let mut runs = BTreeMap::<DocId, Vec<Appended>>::new();
    for (row, entry) in pending::all(tx)? {
        match Appended::of(row, &entry) {
            Some(change) => {
                project::put_appended(tx, &change)?;
                runs.entry(change.body.run).or_default().push(change);
            }
            // The observers were told when it was captured.
            None => made(project::put_own(tx, Some(row), &entry, None, &mut Touched::default()).map(drop))?,
        }
        outbox::queue(tx, row, &entry)?;
        last = Some(entry.header);
    }
    for (run, appended) in runs {
        made(project::settle_run(tx, run, &appended, &mut Touched::default()))?;
    }
    let Some(header) = last else { return Ok(()) };
    meta::put(tx, meta::key::SERIES, &(header.epoch, header.seq + 1))?;
    clock::settled(tx, &header.moment)
}

/// What was captured goes to the server all the same: a list is no reason to hold up all others. What the disk refuses is.
fn made(done: Result<(), Fault>) -> Result<(), StoreError> {
    match done {
        Err(Fault::Store(e @ (StoreError::Sql(_) | StoreError::Io(_)))) => Err(e),
        Err(e) => {
            tracing::error!(cause = %e, "a capture could not be put into its list; a rebuild tries again");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}
