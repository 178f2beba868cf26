//! Files that nothing names. A file is written before the row that names it commits; a kill between leaves one
//! without a row. What was added and never came to belong to anything goes after a day.
//!
//! A file is written under the store's write lock, and swept under it: another program that works with the same
//! store has either committed its row or not begun.

use std::collections::BTreeSet;

use super::files::Files;
use crate::core::Inner;
use crate::error::Fault;
use crate::recover;
use crate::store::blobs::{self, FileRow};

/// How long what was added may wait to be used.
const UNUSED_MS: i64 = 86_400_000;

/// Brings files and rows together.
pub(crate) fn sweep(inner: &Inner) -> Result<(), Fault> {
    let files = Files::of(&inner.store);
    let names = files.names()?;
    let before_ms = inner.clock.now().wall_ms - UNUSED_MS;
    let (rows, unused) = inner.store.read(|db| blobs::counts(db, before_ms))?;
    if rows == names.len() as u64 && unused == 0 {
        return Ok(());
    }
    inner.store.write(|tx| {
        // After damage the rows are gone, and what was captured was taken over: its files still wait to be sent.
        for one in blobs::own(tx)? {
            let (said, at_ms) = (one.said, one.at_ms);
            if blobs::file(tx, &said.blob)?.is_none() && files.length(&said.blob)? == Some(said.bytes) {
                let whole = FileRow::whole(&said, at_ms);
                blobs::put_file(tx, &whole)?;
                blobs::set_named(tx, &said.blob)?;
                if let Some(small) = whole.small()
                    && files.length(&small.blob)? == Some(small.bytes)
                {
                    blobs::put_file(tx, &small)?;
                }
            }
        }
        // A store that was damaged may have lost what named a picture: then the picture is all that is left of it.
        if !recover::noted(tx)?.is_empty() {
            return Ok(());
        }
        // A row goes before its file: were this commit to fail, no row would be without one.
        let with_row: BTreeSet<String> = blobs::files(tx)?.iter().map(|one| files.name(&one.blob)).collect();
        for name in names.iter().filter(|name| !with_row.contains(*name)) {
            files.remove(name)?;
        }
        Ok(blobs::remove_unused(tx, before_ms)?)
    })
}
