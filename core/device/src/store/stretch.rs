//! Neighbours of the outbox: own entries of one series whose numbers follow each other.

use frontline_domain::{EntryType, Epoch};
use frontline_protocol::sync::{Receipt, Stretch};
use rusqlite::params;

use super::outbox::{self, State};
use super::row::{bits, scope, unbits};
use super::{Db, StoreError, Tx};

/// What is known of one of them.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    pub row: i64,
    pub seq: u64,
    pub hash8: [u8; 8],
    pub state: State,
    pub entry_type: EntryType,
    /// When it happened, by its own word.
    pub said_ms: i64,
}

/// Up to `count` of them, from `seq` on, in order.
pub fn held(db: &Db<'_>, epoch: Epoch, seq: u64, count: u32) -> Result<Vec<Held>, StoreError> {
    let sql = "SELECT seq, hash, state, type, said_ms, id FROM outbox WHERE epoch = ?1 AND seq >= ?2 AND seq < ?3 ORDER BY seq";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![bits(epoch.0), bits(seq), bits(seq.saturating_add(u64::from(count)))])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let hash = r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let damaged = StoreError::BadColumn { column: "outbox" };
        let (Some(hash8), Some(state)) = (hash.first_chunk::<8>(), State::of(r.get(2)?)) else { return Err(damaged) };
        let (row, seq, entry_type, said_ms) = (r.get(5)?, unbits(r.get(0)?), EntryType(r.get(3)?), r.get(4)?);
        out.push(Held { row, seq, hash8: *hash8, state, entry_type, said_ms });
    }
    Ok(out)
}

/// Writes the receipts of these down, which are all that the stretch is of: each has its place in the feed, and needs its
/// frame for salvage no longer.
pub fn set_stored(tx: &Tx<'_>, one: &Stretch, held: &[Held]) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (held.first(), held.last()) else { return Ok(()) };
    let scope = tx.conn.prepare_cached("SELECT scope FROM entry WHERE id = ?1")?.query_row([first.row], |r| scope(r, 0))?;
    let receipt = Receipt {
        incarnation: one.incarnation,
        number: one.number,
        mark: one.mark,
        committed_ms: one.committed_ms,
        effective_ms: first.said_ms,
    };
    let said = outbox::receipt_row(tx, scope, &receipt)?;
    let of = "epoch = ?1 AND seq >= ?2 AND seq < ?3";
    let sql = format!("UPDATE outbox SET state = 2, code = NULL, receipt = ?4, number = ?5 + seq - ?2, effective_ms = NULL WHERE {of}");
    let (from, to) = (bits(one.seq), bits(one.seq.saturating_add(u64::from(one.count))));
    tx.conn.prepare_cached(&sql)?.execute(params![bits(one.epoch.0), from, to, said, bits(one.number)])?;
    // In the order of numbers, which is that of rows: what lies between them is of another series.
    let sql = format!("DELETE FROM frame WHERE id BETWEEN ?4 AND ?5 AND id IN (SELECT id FROM outbox WHERE {of})");
    let (lowest, highest) = (first.row.min(last.row), first.row.max(last.row));
    tx.conn.prepare_cached(&sql)?.execute(params![bits(one.epoch.0), from, to, lowest, highest])?;
    Ok(())
}
