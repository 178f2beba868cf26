//! Captures that were appended and from which nothing was made yet: frames behind the last row of the outbox. Each is
//! whole and durable, and says all that its rows will; [`crate::settle`] makes them. A capture so writes one page where
//! its rows are on nine.

use std::sync::Arc;

use frontline_domain::document::RunChanged;
use frontline_domain::{DocId, EntryType, Epoch, Moment};
use frontline_protocol::{Entry, limits};
use rusqlite::{OptionalExtension, Row};

use super::{Db, StoreError, Tx};

const BEHIND: &str = "id > (SELECT coalesce(max(id), 0) FROM outbox)";

/// Whether there is any.
pub fn is_any(db: &Db<'_>) -> Result<bool, StoreError> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM frame WHERE {BEHIND})");
    Ok(db.conn.prepare_cached(&sql)?.query_row([], |r| r.get(0))?)
}

/// Appends one; behind everything that has a row, so that its own will be the next.
pub fn push(tx: &Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    let sql = "INSERT INTO frame (id, row) VALUES (1 + max((SELECT coalesce(max(id), 0) FROM entry), \
               (SELECT coalesce(max(id), 0) FROM frame), (SELECT coalesce(max(id), 0) FROM outbox)), ?1)";
    tx.conn.prepare_cached(sql)?.execute([crate::salvage::frame(entry.bytes())])?;
    tx.appended.set(tx.appended.get() + 1);
    tx.remember("pending", &[], Some(Last::of(entry)));
    Ok(())
}

/// What the latest says of where its device stands: the series goes on behind its number, and the clocks were read for
/// its moment.
#[derive(Debug, Clone, Copy)]
pub struct Last {
    pub epoch: Epoch,
    pub seq: u64,
    pub moment: Moment,
}
impl Last {
    pub fn of(entry: &Entry) -> Self {
        let h = &entry.header;
        Self { epoch: h.epoch, seq: h.seq, moment: h.moment }
    }
}

/// The latest.
pub fn last(db: &Db<'_>) -> Result<Option<Last>, StoreError> {
    db.recall("pending", &[], || {
        let sql = format!("SELECT id, row FROM frame WHERE {BEHIND} ORDER BY id DESC LIMIT 1");
        let one = db.conn.prepare_cached(&sql)?.query_row([], |r| Ok(entry(r))).optional()?;
        Ok(one.transpose()?.map(|(_, entry)| Last::of(&entry)))
    })
}

/// All, each with the row that it will have, in order.
pub fn all(db: &Db<'_>) -> Result<Vec<(i64, Entry)>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("SELECT id, row FROM frame WHERE {BEHIND} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(entry(r)?);
    }
    Ok(out)
}

/// A change of a run that was appended.
#[derive(Debug, Clone)]
pub struct Appended {
    /// The row that it will have.
    pub row: i64,
    pub entry: Entry,
    pub body: RunChanged,
}

impl Appended {
    /// None where the entry is no change of a run.
    pub fn of(row: i64, entry: &Entry) -> Option<Self> {
        let body = (entry.header.entry_type == EntryType::RUN_CHANGED).then(|| RunChanged::decode(&entry.body).ok()).flatten()?;
        Some(Self { row, entry: entry.clone(), body })
    }
}

/// What was appended of one run, in order. Each builds on all that the run had: see `services/procedures/answer.rs`.
pub fn of_run(db: &Db<'_>, run: DocId) -> Result<Arc<Vec<Appended>>, StoreError> {
    if !db.is_ahead() {
        return Ok(Arc::default());
    }
    let last: i64 = db.conn.prepare_cached("SELECT coalesce(max(id), 0) FROM frame")?.query_row([], |r| r.get(0))?;
    db.recall("appended", &[run.as_bytes(), last.to_be_bytes().as_slice()].concat(), || {
        let of_it = |(row, entry): &(i64, Entry)| Appended::of(*row, entry).filter(|one| one.body.run == run);
        Ok(Arc::new(all(db)?.iter().filter_map(of_it).collect()))
    })
}

/// One that does not read is damage: its page was sealed, and nobody wrote it so.
fn entry(r: &Row<'_>) -> Result<(i64, Entry), StoreError> {
    let framed = r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
    let read = crate::salvage::unframe(framed).and_then(|bytes| Entry::read(bytes, limits::ENTRY).ok());
    let damage = || StoreError::Sql(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), None));
    Ok((r.get(0)?, read.ok_or_else(damage)?))
}
