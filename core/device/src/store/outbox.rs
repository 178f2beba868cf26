//! What was captured here and what became of it. Nothing about it is guessed: each row carries the server's
//! last word, or none.

use frontline_domain::{EntryHash, EntryType, Epoch, Incarnation, Scope};
use frontline_protocol::sync::Receipt;
use frontline_protocol::{Code, Entry, Mark, limits};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{bits, id, id_or_null, scope, tag, unbits};
use super::{Db, StoreError, Tx, entries};

/// What became of something that was captured here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum State {
    /// On this device alone.
    Captured = 0,
    /// The server has the bytes and waits for what it builds on.
    Held = 1,
    /// It has a number in its scope's feed.
    Stored = 2,
    /// Refused, for a person to look at.
    Quarantined = 3,
    /// Another entry was stored in its stead.
    Replaced = 4,
    /// Offered anew under another entry, after its series was closed or its document rebuilt.
    Reissued = 5,
}

impl State {
    pub(super) fn of(code: u8) -> Option<Self> {
        [Self::Captured, Self::Held, Self::Stored, Self::Quarantined, Self::Replaced, Self::Reissued].into_iter().find(|s| *s as u8 == code)
    }
    /// The word that people and JSON read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Held => "held",
            Self::Stored => "stored",
            Self::Quarantined => "quarantined",
            Self::Replaced => "replaced",
            Self::Reissued => "reissued",
        }
    }
}

/// One row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub row: i64,
    pub epoch: Epoch,
    pub seq: u64,
    pub hash: EntryHash,
    pub scope: Scope,
    pub state: State,
    /// Why it is held or quarantined.
    pub code: Option<Code>,
    /// Where it is stored; true as long as the server's feed agrees with the mark.
    pub receipt: Option<Receipt>,
    /// The entry that it was reissued as.
    pub successor: Option<EntryHash>,
}

/// What is to be offered. That it is not stored follows, and has to be said all the same: without it SQLite does not see
/// that the index of what is open has it, and goes through all that was ever captured.
pub(super) const UNSENT: &str = "state = 0 AND state <> 2";

/// An [`Item`], of the queue as `o`; and where that is.
const ITEM: &str = "o.id, o.epoch, o.seq, o.hash, e.scope, o.state, o.code, r.incarnation, o.number, r.mark_number, r.mark_tag, \
                    r.committed_ms, coalesce(o.effective_ms, o.said_ms), o.successor";
const QUEUE: &str = "outbox o JOIN entry e ON e.id = o.id LEFT JOIN receipt r ON r.id = o.receipt";

fn of(rest: &str) -> String {
    format!("SELECT {ITEM} FROM {QUEUE} {rest}")
}

/// Queues an entry that was put into the row `row` of the entries.
pub fn push(tx: &Tx<'_>, row: i64, entry: &Entry) -> Result<(), StoreError> {
    queue(tx, row, entry)?;
    // Never in the place of another: that may be all that there is of a capture.
    tx.conn.prepare_cached("INSERT INTO frame (id, row) VALUES (?1, ?2)")?.execute(params![row, crate::salvage::frame(entry.bytes())])?;
    Ok(())
}

/// The same of one whose frame is there already.
pub fn queue(tx: &Tx<'_>, row: i64, entry: &Entry) -> Result<(), StoreError> {
    let h = &entry.header;
    let sql = "INSERT INTO outbox (id, epoch, seq, hash, type, said_ms, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)";
    let (epoch, seq, said_ms) = (bits(h.epoch.0), bits(h.seq), h.moment.server_estimate());
    tx.conn.prepare_cached(sql)?.execute(params![row, epoch, seq, entry.hash().as_bytes(), h.entry_type.0, said_ms])?;
    Ok(())
}

/// The second copy of what has no receipt, which salvage finds without any table.
fn put_frame(tx: &Tx<'_>, row: i64, entry: &Entry) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO frame (id, row) VALUES (?1, ?2)";
    tx.conn.prepare_cached(sql)?.execute(params![row, crate::salvage::frame(entry.bytes())])?;
    Ok(())
}

/// What has no final verdict, in the rows behind `after`, oldest first, with its bytes: at most `count` entries of
/// together `bytes` bytes, always at least one where there is one. `with_held`: also what the server holds, which it
/// may lose.
pub fn unsent_after(db: &Db<'_>, after: i64, count: usize, bytes: usize, with_held: bool) -> Result<Vec<(Item, Vec<u8>)>, StoreError> {
    let which = if with_held { "IN (0, 1)" } else { "= 0" };
    let sql = format!(
        "SELECT {ITEM}, f.row FROM {QUEUE} LEFT JOIN frame f ON f.id = o.id \
         WHERE o.state {which} AND o.state <> 2 AND o.id > ?2 ORDER BY o.id LIMIT ?1"
    );
    let args = params![i64::try_from(count).unwrap_or(i64::MAX), after];
    within(db, &sql, args, bytes, |r| Ok((r.get_ref(14)?, id(r, 3, EntryHash::from_slice)?)), item)
}

/// What is to be offered, as [`unsent_after`]: the bytes alone, each with its type.
pub fn to_send(db: &Db<'_>, count: usize, bytes: usize) -> Result<Vec<(EntryType, Vec<u8>)>, StoreError> {
    let sql = format!("SELECT o.hash, f.row, o.type FROM outbox o LEFT JOIN frame f ON f.id = o.id WHERE {UNSENT} ORDER BY o.id LIMIT ?1");
    let args = [i64::try_from(count).unwrap_or(i64::MAX)];
    within(db, &sql, args, bytes, |r| Ok((r.get_ref(1)?, id(r, 0, EntryHash::from_slice)?)), |r| Ok(EntryType(r.get(2)?)))
}

/// Rows with the bytes of their entries, as many as are within `bytes`, and at least one. `framed` gives a row's frame
/// and its entry's hash.
fn within<T>(
    db: &Db<'_>,
    sql: &str,
    args: impl rusqlite::Params,
    bytes: usize,
    framed: for<'r> fn(&'r Row<'_>) -> rusqlite::Result<(rusqlite::types::ValueRef<'r>, EntryHash)>,
    said: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<(T, Vec<u8>)>, StoreError> {
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(args)?;
    let (mut out, mut size) = (Vec::new(), 0);
    while let Some(r) = rows.next()? {
        let (frame, hash) = framed(r)?;
        // A frame that is not there or does not read must not stop the queue: the entry itself stands elsewhere, too.
        let entry = match frame.as_blob_or_null().map_err(rusqlite::Error::from)?.and_then(crate::salvage::unframe) {
            Some(entry) => entry.to_vec(),
            None => match entries::by_hash(db, &hash)? {
                Some(held) => held.entry.bytes().to_vec(),
                None => continue,
            },
        };
        size += entry.len();
        if size > bytes && !out.is_empty() {
            break;
        }
        out.push((said(r)?, entry));
    }
    Ok(out)
}

/// The row of an entry that this device numbered.
pub fn find(db: &Db<'_>, epoch: Epoch, seq: u64) -> Result<Option<Item>, StoreError> {
    Ok(db.conn.prepare_cached(&of("WHERE o.epoch = ?1 AND o.seq = ?2"))?.query_row(params![bits(epoch.0), bits(seq)], item).optional()?)
}

/// Whether this was captured here.
pub fn is_known(db: &Db<'_>, hash: &EntryHash) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE hash = ?1)";
    Ok(db.conn.prepare_cached(sql)?.query_row([hash.as_bytes()], |r| r.get(0))?)
}

/// The row of the entry with this row number.
pub fn by_row(db: &Db<'_>, row: i64) -> Result<Option<Item>, StoreError> {
    Ok(db.conn.prepare_cached(&of("WHERE o.id = ?1"))?.query_row([row], item).optional()?)
}

/// The row of the entry with this hash.
pub fn by_hash(db: &Db<'_>, hash: &EntryHash) -> Result<Option<Item>, StoreError> {
    Ok(db.conn.prepare_cached(&of("WHERE e.hash = ?1"))?.query_row([hash.as_bytes()], item).optional()?)
}

/// What became of everything captured here about a subject.
pub fn about(db: &Db<'_>, subject: &[u8]) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE e.subject = ?1 AND e.own = 1 ORDER BY o.id", [subject])
}

/// Of everything captured here about a subject the one that says how the subject stands: what needs a person first, then
/// what is furthest from stored; the oldest of these. A run of a hundred answers is a row of a list, and a list has fifty.
pub fn telling(db: &Db<'_>, subject: &[u8]) -> Result<Option<Item>, StoreError> {
    let sql = of("WHERE o.id = (SELECT one.id FROM entry JOIN outbox one ON one.id = entry.id WHERE entry.subject = ?1 AND entry.own = 1
         ORDER BY CASE one.state WHEN 3 THEN 0 WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 3 ELSE 4 END, one.id LIMIT 1)");
    Ok(db.conn.prepare_cached(&sql)?.query_row([subject], item).optional()?)
}

/// A receipt: the entry takes its place in the feed, and the frame for salvage is no longer needed.
pub fn set_stored(tx: &Tx<'_>, one: &Item, receipt: &Receipt) -> Result<(), StoreError> {
    let said = receipt_row(tx, one.scope, receipt.incarnation, &receipt.mark, receipt.committed_ms)?;
    let sql = "UPDATE outbox SET state = 2, code = NULL, receipt = ?2, number = ?3, effective_ms = nullif(?4, said_ms) WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![one.row, said, bits(receipt.number), receipt.effective_ms])?;
    tx.conn.prepare_cached("DELETE FROM frame WHERE id = ?1")?.execute([one.row])?;
    Ok(())
}

/// What the server said of everything in one commit: the row that has it.
pub(super) fn receipt_row(tx: &Tx<'_>, scope: Scope, incarnation: Incarnation, mark: &Mark, committed_ms: i64) -> Result<i64, StoreError> {
    let said = params![bits(incarnation.0), bits(mark.number), scope.to_string(), mark.tag.as_bytes(), committed_ms];
    let sql = "SELECT id FROM receipt WHERE incarnation = ?1 AND mark_number = ?2 AND scope = ?3 AND mark_tag = ?4 AND committed_ms = ?5";
    if let Some(row) = tx.conn.prepare_cached(sql)?.query_row(said, |r| r.get(0)).optional()? {
        return Ok(row);
    }
    let sql = "INSERT INTO receipt (incarnation, mark_number, scope, mark_tag, committed_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.conn.prepare_cached(sql)?.execute(said)?;
    Ok(tx.conn.last_insert_rowid())
}

/// Forgets what the server said of nothing that is here any more; gives how many rows that were.
pub fn sweep_receipts(tx: &Tx<'_>) -> Result<usize, StoreError> {
    let sql = "DELETE FROM receipt WHERE id NOT IN (SELECT receipt FROM outbox WHERE receipt IS NOT NULL)";
    Ok(tx.conn.prepare_cached(sql)?.execute([])?)
}

/// Held or quarantined with a code, or closed; never [`State::Stored`], which takes a receipt.
pub fn set_state(tx: &Tx<'_>, one: &Item, state: State, code: Option<Code>, successor: Option<&EntryHash>) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE outbox SET state = ?2, code = ?3, successor = ?4 WHERE id = ?1")?.execute(params![
        one.row,
        state as u8,
        code.map(|c| c.0),
        successor.map(|h| h.as_bytes().as_slice())
    ])?;
    Ok(())
}

/// Makes it unsent: its receipt is gone and it is offered again.
pub fn set_captured(tx: &Tx<'_>, one: &Item) -> Result<(), StoreError> {
    let held = entries::by_hash(tx, &one.hash)?.ok_or(StoreError::BadColumn { column: "outbox.hash" })?;
    let sql = "UPDATE outbox SET state = 0, code = NULL, receipt = NULL, number = NULL, effective_ms = NULL WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute([one.row])?;
    put_frame(tx, one.row, &held.entry)
}

/// The receipts of `scope` that rest on a mark above `number`: no longer true where the feeds part there.
pub fn receipts_above(db: &Db<'_>, scope: Scope, number: u64) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE o.state = 2 AND r.scope = ?1 AND r.mark_number > ?2 ORDER BY o.id", params![scope.to_string(), bits(number)])
}

/// The feeds of two lives of the server agree up to `number`: receipts of `scope` that rest on a mark up to there
/// are as true in the life `now` as they were in `was`.
pub fn carry_over(tx: &Tx<'_>, scope: Scope, number: u64, was: Incarnation, now: Incarnation) -> Result<(), StoreError> {
    let sql = "UPDATE receipt SET incarnation = ?4 WHERE scope = ?1 AND mark_number <= ?2 AND incarnation = ?3";
    tx.conn.prepare_cached(sql)?.execute(params![scope.to_string(), bits(number), bits(was.0), bits(now.0)])?;
    Ok(())
}

/// The receipts of `scope` that are of another life of the server than `now`.
pub fn receipts_of_others(db: &Db<'_>, scope: Scope, now: Incarnation) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE o.state = 2 AND r.scope = ?1 AND r.incarnation <> ?2 ORDER BY o.id", params![scope.to_string(), bits(now.0)])
}

/// Everything in one state, oldest first.
pub fn in_state(db: &Db<'_>, state: State) -> Result<Vec<Item>, StoreError> {
    // As with [`UNSENT`].
    let open = if state == State::Stored { "" } else { "AND o.state <> 2" };
    list(db, &format!("WHERE o.state = ?1 {open} ORDER BY o.id"), [state as u8])
}

/// Up to `count` rows, newest first, below the row `before`.
pub fn newest(db: &Db<'_>, before: i64, count: u32) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE o.id < ?1 ORDER BY o.id DESC LIMIT ?2", params![before, count])
}

/// How many rows there are of each state, in the order of [`State`].
pub fn counts(db: &Db<'_>) -> Result<[u64; 6], StoreError> {
    let mut out = [0; 6];
    let mut statement = db.conn.prepare_cached("SELECT state, count(*) FROM outbox GROUP BY state")?;
    let mut rows = statement.query([])?;
    while let Some(r) = rows.next()? {
        if let Some(slot) = out.get_mut(usize::from(r.get::<_, u8>(0)?)) {
            *slot = unbits(r.get(1)?);
        }
    }
    Ok(out)
}

/// How many entries were captured here, and how many of them are changes of documents; without those that
/// another one stands for.
pub fn totals(db: &Db<'_>) -> Result<(u64, u64), StoreError> {
    let sql = "SELECT count(*), coalesce(sum(type = ?1), 0) FROM outbox WHERE successor IS NULL";
    let mut statement = db.conn.prepare_cached(sql)?;
    Ok(statement.query_row([EntryType::RUN_CHANGED.0], |r| Ok((unbits(r.get(0)?), unbits(r.get(1)?))))?)
}

/// Rows whose frame does not read back to their entry, or that have none and need one: for the check.
pub fn damaged(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    let mut statement = db.conn.prepare_cached(
        "SELECT o.id, o.hash, f.row FROM outbox o LEFT JOIN frame f ON f.id = o.id WHERE o.state IN (0, 1) OR f.id IS NOT NULL",
    )?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let framed = r.get_ref(2)?.as_blob_or_null().map_err(rusqlite::Error::from)?;
        let entry = framed.and_then(crate::salvage::unframe).and_then(|b| Entry::read(b, limits::ENTRY).ok());
        let hash = id(r, 1, EntryHash::from_slice)?;
        if entry.is_none_or(|e| e.hash() != hash) {
            out.push(r.get(0)?);
        }
    }
    Ok(out)
}

/// Own entries that the queue does not know: for the check.
pub fn orphans(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM entry WHERE own = 1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = entry.id)";
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn list(db: &Db<'_>, rest: &str, args: impl rusqlite::Params) -> Result<Vec<Item>, StoreError> {
    let mut statement = db.conn.prepare_cached(&of(rest))?;
    let rows = statement.query_map(args, item)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn item(r: &Row<'_>) -> rusqlite::Result<Item> {
    let state = State::of(r.get(5)?).ok_or(rusqlite::Error::IntegralValueOutOfRange(5, r.get(5)?))?;
    let receipt = if state == State::Stored {
        Some(Receipt {
            incarnation: Incarnation(unbits(r.get(7)?)),
            number: unbits(r.get(8)?),
            mark: Mark { number: unbits(r.get(9)?), tag: tag(r, 10)? },
            committed_ms: r.get(11)?,
            effective_ms: r.get(12)?,
        })
    } else {
        None
    };
    Ok(Item {
        row: r.get(0)?,
        epoch: Epoch(unbits(r.get(1)?)),
        seq: unbits(r.get(2)?),
        hash: id(r, 3, EntryHash::from_slice)?,
        scope: scope(r, 4)?,
        state,
        code: r.get::<_, Option<u16>>(6)?.map(Code),
        receipt,
        successor: id_or_null(r, 13, EntryHash::from_slice)?,
    })
}
