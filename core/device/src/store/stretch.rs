//! Neighbours of the outbox: own entries of one series whose numbers follow each other.

use frontline_domain::{EntryType, Epoch};
use frontline_protocol::sync::Stretch;
use rusqlite::params;

use super::outbox::{self, State};
use super::row::{bits, scope, unbits};
use super::{Db, StoreError, Tx};

/// What is known of one of them.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    pub seq: u64,
    pub hash8: [u8; 8],
    pub state: State,
    pub entry_type: EntryType,
    /// When it happened, by its own word.
    pub said_ms: i64,
}

/// Up to `count` of them, from `seq` on, in order.
pub fn held(db: &Db<'_>, epoch: Epoch, seq: u64, count: u32) -> Result<Vec<Held>, StoreError> {
    let sql = "SELECT seq, hash, state, type, said_ms FROM outbox WHERE epoch = ?1 AND seq >= ?2 AND seq < ?3 ORDER BY seq";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![bits(epoch.0), bits(seq), bits(seq.saturating_add(u64::from(count)))])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let hash = r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let damaged = StoreError::BadColumn { column: "outbox" };
        let (Some(hash8), Some(state)) = (hash.first_chunk::<8>(), State::of(r.get(2)?)) else { return Err(damaged) };
        out.push(Held { seq: unbits(r.get(0)?), hash8: *hash8, state, entry_type: EntryType(r.get(3)?), said_ms: r.get(4)? });
    }
    Ok(out)
}

/// Writes their receipts down: each has its place in the feed, and needs its frame for salvage no longer.
pub fn set_stored(tx: &Tx<'_>, one: &Stretch) -> Result<(), StoreError> {
    let (epoch, from, to) = (bits(one.epoch.0), bits(one.seq), bits(one.seq.saturating_add(u64::from(one.count))));
    // Neighbours in one feed: a stretch ends where the scope changes.
    let sql = "SELECT scope FROM entry WHERE id = (SELECT id FROM outbox WHERE epoch = ?1 AND seq = ?2)";
    let scope = tx.conn.prepare_cached(sql)?.query_row([epoch, from], |r| scope(r, 0))?;
    let said = outbox::receipt_row(tx, scope, one.incarnation, &one.mark, one.committed_ms)?;
    let of = "epoch = ?1 AND seq >= ?2 AND seq < ?3";
    let sql = format!("UPDATE outbox SET state = 2, code = NULL, receipt = ?4, number = ?5 + seq - ?2, effective_ms = NULL WHERE {of}");
    tx.conn.prepare_cached(&sql)?.execute(params![epoch, from, to, said, bits(one.number)])?;
    let sql = format!("DELETE FROM frame WHERE id IN (SELECT id FROM outbox WHERE {of})");
    tx.conn.prepare_cached(&sql)?.execute(params![epoch, from, to])?;
    Ok(())
}
