//! Facts of one type by their effective time, out of pieces that overlap in it.

use std::cmp::Reverse;

use frontline_domain::{EntryType, OrgId, Scope};

use super::super::columns::{ScopeColumn, org, unsigned};
use super::super::tx::SqliteTx;
use super::DAY_MS;
use crate::store::{Result, Stored};

/// Pieces that are looked up at once.
const AHEAD: i64 = 32;

/// Which facts: between two places, without them; a place is (effective time, number).
pub(in super::super) struct Span {
    pub low: (i64, u64),
    pub high: (i64, u64),
    /// The earliest first, not the latest.
    pub back: bool,
    pub most: usize,
}

/// The first of them in the order that is asked for; `rows` are those that lie in rows of their own.
pub(in super::super) fn by_time(
    tx: &mut SqliteTx,
    o: OrgId,
    s: Scope,
    entry_type: EntryType,
    span: &Span,
    rows: Vec<Stored>,
) -> Result<Vec<Stored>> {
    let is_wanted = |e: &Stored| {
        let at = (e.effective_ms, e.number);
        e.entry_type == entry_type && at > span.low && at < span.high
    };
    let mut found = rows;
    found.extend(tx.pending.of(o, s).filter(|e| is_wanted(e)).cloned());
    // The literal list of types is what lets the partial indexes answer.
    let sql = if span.back {
        "SELECT piece, from_ms AS ms, last FROM piece_type WHERE org = ?1 AND scope = ?2 AND type = ?3 AND type IN (32, 40)
         AND (from_ms, last) > (?4, ?5) AND from_ms <= ?6 ORDER BY from_ms, last LIMIT ?7"
    } else {
        "SELECT piece, until_ms AS ms, last FROM piece_type WHERE org = ?1 AND scope = ?2 AND type = ?3 AND type IN (32, 40)
         AND (until_ms, last) < (?4, ?5) AND until_ms >= ?6 ORDER BY until_ms DESC, last DESC LIMIT ?7"
    };
    // No piece is longer than a day: what holds something of the span ends at most a day behind it.
    let (mut after, end) = if span.back {
        ((span.low.0.saturating_sub(DAY_MS), 0), span.high.0)
    } else {
        ((span.high.0.saturating_add(DAY_MS), i64::MAX), span.low.0)
    };
    loop {
        let params = (org(&o), ScopeColumn(s), entry_type.0, after.0, after.1, end, AHEAD);
        let ahead: Vec<(i64, i64, u64)> = tx.rows(sql, params, |row| Ok((row.get("piece")?, row.get("ms")?, unsigned(row, "last")?)))?;
        for &(piece, ms, last) in &ahead {
            after = (ms, last.cast_signed());
            order(&mut found, span);
            // What comes from here on is all behind the last one that is asked for.
            let is_enough = |last: &Stored| if span.back { last.effective_ms < ms } else { last.effective_ms > ms };
            if found.len() >= span.most && found.last().is_some_and(is_enough) {
                return Ok(found);
            }
            found.extend(tx.piece(piece)?.iter().filter(|e| is_wanted(e)).cloned());
        }
        if ahead.len() < usize::try_from(AHEAD).unwrap_or(0) {
            order(&mut found, span);
            return Ok(found);
        }
    }
}

fn order(found: &mut Vec<Stored>, span: &Span) {
    if span.back {
        found.sort_by_key(|e| (e.effective_ms, e.number));
    } else {
        found.sort_by_key(|e| Reverse((e.effective_ms, e.number)));
    }
    found.truncate(span.most);
}
