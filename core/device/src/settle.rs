//! Captures that only add are appended, durable, as one row each ([`crate::store::Store::append`]). What follows from
//! them is made here, in the order that they were captured in, before anybody reads or writes anything else: their
//! entries, their places in the queue, the rows that lists read, the next number, the last reading of the clocks.

use crate::observe::Touched;
use crate::store::{StoreError, Tx, meta, outbox, pending};
use crate::{clock, error::Fault, project};

/// Settles all that was appended.
pub(crate) fn settle(tx: &Tx<'_>) -> Result<(), StoreError> {
    let mut last = None;
    for (row, entry) in pending::all(tx)? {
        // The observers were told when it was captured.
        match project::put_own(tx, Some(row), &entry, None, &mut Touched::default()) {
            Ok(_) => {}
            Err(Fault::Store(e @ (StoreError::Sql(_) | StoreError::Io(_)))) => return Err(e),
            // It is captured and goes to the server; a list is no reason to hold up all others.
            Err(e) => tracing::error!(cause = %e, "a capture could not be put into its list; a rebuild tries again"),
        }
        outbox::queue(tx, row, &entry)?;
        last = Some(entry.header);
    }
    let Some(header) = last else { return Ok(()) };
    meta::put(tx, meta::key::SERIES, &(header.epoch, header.seq + 1))?;
    clock::settled(tx, &header.moment)
}
