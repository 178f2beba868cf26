//! What was captured here and what became of it. Nothing about it is guessed: each row carries the server's
//! last word, or none.

use frontline_domain::{EntryHash, EntryType, Epoch, Incarnation, Scope};
use frontline_protocol::sync::Receipt;
use frontline_protocol::{Code, Entry, Mark, limits};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{bits, id, id_or_null, scope, tag, unbits};
use super::{Db, StoreError, Tx, entries};

/// What became of something that was captured here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

const COLUMNS: &str =
    "id, epoch, seq, hash, scope, state, code, incarnation, number, mark_number, mark_tag, committed_ms, effective_ms, successor";

/// Queues an entry that was put into the row `row` of the entries.
pub fn push(tx: &Tx<'_>, row: i64, entry: &Entry) -> Result<(), StoreError> {
    let h = &entry.header;
    tx.conn.prepare_cached("INSERT INTO outbox (id, epoch, seq, hash, scope, state, row) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)")?.execute(
        params![row, bits(h.epoch.0), bits(h.seq), entry.hash().as_bytes(), h.scope.to_string(), crate::salvage::frame(entry.bytes())],
    )?;
    Ok(())
}

/// What has no final verdict, in the rows behind `after`, oldest first, with its bytes: at most `count` entries of
/// together `bytes` bytes, always at least one where there is one. `with_held`: also what the server holds, which it
/// may lose.
pub fn unsent_after(db: &Db<'_>, after: i64, count: usize, bytes: usize, with_held: bool) -> Result<Vec<(Item, Vec<u8>)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, row FROM outbox WHERE state IN (0, ?1) AND id > ?3 ORDER BY id LIMIT ?2");
    let args = params![u8::from(with_held), i64::try_from(count).unwrap_or(i64::MAX), after];
    within(db, &sql, args, bytes, |r| Ok((r.get_ref(14)?, id(r, 3, EntryHash::from_slice)?)), item)
}

/// What is to be offered, as [`unsent_after`]: the bytes alone, each with its type.
pub fn to_send(db: &Db<'_>, count: usize, bytes: usize) -> Result<Vec<(EntryType, Vec<u8>)>, StoreError> {
    let sql = "SELECT outbox.hash, row, type FROM outbox JOIN (SELECT id, type FROM entry) USING (id) WHERE state = 0 ORDER BY id LIMIT ?1";
    let args = [i64::try_from(count).unwrap_or(i64::MAX)];
    within(db, sql, args, bytes, |r| Ok((r.get_ref(1)?, id(r, 0, EntryHash::from_slice)?)), |r| Ok(EntryType(r.get(2)?)))
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
        // A frame that does not read must not stop the queue: the entry itself stands elsewhere, too.
        let entry = match crate::salvage::unframe(frame.as_blob().map_err(rusqlite::Error::from)?) {
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
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE epoch = ?1 AND seq = ?2");
    Ok(db.conn.prepare_cached(&sql)?.query_row(params![bits(epoch.0), bits(seq)], item).optional()?)
}

/// The row of the entry with this row number.
pub fn by_row(db: &Db<'_>, row: i64) -> Result<Option<Item>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([row], item).optional()?)
}

/// The row of the entry with this hash.
pub fn by_hash(db: &Db<'_>, hash: &EntryHash) -> Result<Option<Item>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = (SELECT id FROM entry WHERE hash = ?1)");
    Ok(db.conn.prepare_cached(&sql)?.query_row([hash.as_bytes()], item).optional()?)
}

/// What became of everything captured here about a subject.
pub fn about(db: &Db<'_>, subject: &[u8]) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE id IN (SELECT id FROM entry WHERE subject = ?1 AND own = 1) ORDER BY id", [subject])
}

/// A receipt: the entry takes its place in the feed, and the frame for salvage is no longer needed.
pub fn set_stored(tx: &Tx<'_>, one: &Item, receipt: &Receipt) -> Result<(), StoreError> {
    tx.conn
        .prepare_cached(
            "UPDATE outbox SET state = 2, code = NULL, incarnation = ?2, number = ?3, mark_number = ?4, mark_tag = ?5, \
             committed_ms = ?6, effective_ms = ?7, row = x'' WHERE id = ?1",
        )?
        .execute(params![
            one.row,
            bits(receipt.incarnation.0),
            bits(receipt.number),
            bits(receipt.mark.number),
            receipt.mark.tag.as_bytes(),
            receipt.committed_ms,
            receipt.effective_ms,
        ])?;
    let place = entries::Place { incarnation: receipt.incarnation, number: receipt.number, effective_ms: receipt.effective_ms };
    entries::set_place(tx, &one.hash, place)
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
    tx.conn
        .prepare_cached(
            "UPDATE outbox SET state = 0, code = NULL, incarnation = NULL, number = NULL, mark_number = NULL, mark_tag = NULL, \
             committed_ms = NULL, effective_ms = NULL, row = ?2 WHERE id = ?1",
        )?
        .execute(params![one.row, crate::salvage::frame(held.entry.bytes())])?;
    entries::clear_place(tx, &one.hash)
}

/// The receipts of `scope` that rest on a mark above `number`: no longer true where the feeds part there.
pub fn receipts_above(db: &Db<'_>, scope: Scope, number: u64) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE state = 2 AND scope = ?1 AND mark_number > ?2 ORDER BY id", params![scope.to_string(), bits(number)])
}

/// The feeds of two lives of the server agree up to `number`: receipts of `scope` that rest on a mark up to there
/// are as true in the life `now` as they were in `was`.
pub fn carry_over(tx: &Tx<'_>, scope: Scope, number: u64, was: Incarnation, now: Incarnation) -> Result<(), StoreError> {
    let args = params![scope.to_string(), bits(number), bits(was.0), bits(now.0)];
    let these = "state = 2 AND scope = ?1 AND mark_number <= ?2 AND incarnation = ?3";
    let sql = format!("UPDATE entry SET incarnation = ?4 WHERE id IN (SELECT id FROM outbox WHERE {these})");
    tx.conn.prepare_cached(&sql)?.execute(args)?;
    tx.conn.prepare_cached(&format!("UPDATE outbox SET incarnation = ?4 WHERE {these}"))?.execute(args)?;
    Ok(())
}

/// The receipts of `scope` that are of another life of the server than `now`.
pub fn receipts_of_others(db: &Db<'_>, scope: Scope, now: Incarnation) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE state = 2 AND scope = ?1 AND incarnation <> ?2 ORDER BY id", params![scope.to_string(), bits(now.0)])
}

/// Everything in one state, oldest first.
pub fn in_state(db: &Db<'_>, state: State) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE state = ?1 ORDER BY id", [state as u8])
}

/// Up to `count` rows, newest first, below the row `before`.
pub fn newest(db: &Db<'_>, before: i64, count: u32) -> Result<Vec<Item>, StoreError> {
    list(db, "WHERE id < ?1 ORDER BY id DESC LIMIT ?2", params![before, count])
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
    let sql = "SELECT count(*), coalesce(sum(entry.type = ?1), 0) FROM outbox JOIN entry ON entry.id = outbox.id WHERE successor IS NULL";
    let mut statement = db.conn.prepare_cached(sql)?;
    Ok(statement.query_row([EntryType::RUN_CHANGED.0], |r| Ok((unbits(r.get(0)?), unbits(r.get(1)?))))?)
}

/// The lowest number of the series that has no verdict yet, if one has none.
pub fn first_unjudged(db: &Db<'_>, epoch: Epoch) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT min(seq) FROM outbox WHERE state = 0 AND epoch = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([bits(epoch.0)], |r| r.get::<_, Option<i64>>(0))?.map(unbits))
}

/// Rows whose frame does not read back to their entry: for the check.
pub fn damaged(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT id, hash, row FROM outbox WHERE length(row) > 0")?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let framed = r.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let entry = crate::salvage::unframe(framed).and_then(|b| Entry::read(b, limits::ENTRY).ok());
        let hash = id(r, 1, EntryHash::from_slice)?;
        if entry.is_none_or(|e| e.hash() != hash) {
            out.push(r.get(0)?);
        }
    }
    Ok(out)
}

/// Own entries that the queue does not know: for the check.
pub fn orphans(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM entry WHERE own = 1 AND number IS NULL AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = entry.id)";
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn list(db: &Db<'_>, rest: &str, args: impl rusqlite::Params) -> Result<Vec<Item>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox {rest}"))?;
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
