//! Neighbours of the outbox: own entries of one series whose numbers follow each other.

use frontline_domain::{EntryType, Epoch};
use frontline_protocol::sync::Stretch;
use rusqlite::params;

use super::outbox::State;
use super::row::{bits, unbits};
use super::{Db, StoreError, Tx};

/// What is known of one of them.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    pub seq: u64,
    pub hash8: [u8; 8],
    pub state: State,
    pub entry_type: EntryType,
    /// When it happened, by its own word.
    pub estimate_ms: i64,
}

/// Up to `count` of them, from `seq` on, in order.
pub fn held(db: &Db<'_>, epoch: Epoch, seq: u64, count: u32) -> Result<Vec<Held>, StoreError> {
    let sql = "SELECT seq, outbox.hash, state, type, estimate_ms FROM outbox JOIN (SELECT id, type, estimate_ms FROM entry) USING (id) \
               WHERE outbox.epoch = ?1 AND seq >= ?2 AND seq < ?3 ORDER BY seq";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![bits(epoch.0), bits(seq), bits(seq.saturating_add(u64::from(count)))])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let hash = r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let damaged = StoreError::BadColumn { column: "outbox" };
        let (Some(hash8), Some(state)) = (hash.first_chunk::<8>(), State::of(r.get(2)?)) else { return Err(damaged) };
        out.push(Held { seq: unbits(r.get(0)?), hash8: *hash8, state, entry_type: EntryType(r.get(3)?), estimate_ms: r.get(4)? });
    }
    Ok(out)
}

/// Writes their receipts down: each has its place in the feed, and needs its frame for salvage no longer.
pub fn set_stored(tx: &Tx<'_>, one: &Stretch) -> Result<(), StoreError> {
    let of = "epoch = ?1 AND seq >= ?2 AND seq < ?3";
    let (from, to) = (bits(one.seq), bits(one.seq.saturating_add(u64::from(one.count))));
    let entries = format!(
        "UPDATE entry SET incarnation = ?4, number = ?5 + seq - ?2, \
         effective_ms = estimate_ms, confirmed = 1 WHERE id IN (SELECT id FROM outbox WHERE {of})"
    );
    let place = params![bits(one.epoch.0), from, to, bits(one.incarnation.0), bits(one.number)];
    tx.conn.prepare_cached(&entries)?.execute(place)?;
    let receipts = format!(
        "UPDATE outbox SET state = 2, code = NULL, incarnation = ?4, number = ?5 + seq - ?2, mark_number = ?6, mark_tag = ?7, \
         committed_ms = ?8, effective_ms = (SELECT estimate_ms FROM entry WHERE entry.id = outbox.id), row = x'' WHERE {of}"
    );
    tx.conn.prepare_cached(&receipts)?.execute(params![
        bits(one.epoch.0),
        from,
        to,
        bits(one.incarnation.0),
        bits(one.number),
        bits(one.mark.number),
        one.mark.tag.as_bytes(),
        one.committed_ms,
    ])?;
    Ok(())
}
