//! Finding a fact by its id, and going through a feed whose entries lie in pieces, in rows, or are still pending.

use std::collections::VecDeque;
use std::sync::Arc;

use frontline_domain::{EntryId, EntryType, OrgId, Scope, TypeSet};

use super::super::columns::{ScopeColumn, org, unsigned};
use super::super::feed::{ENTRY, stored};
use super::super::tx::SqliteTx;
use super::pack;
use crate::store::{Result, Scan, Skip, StoreError, Stored};

/// Pieces of one type that are looked up at once.
const AHEAD: i64 = 32;

/// An entry that lies in no piece.
#[derive(Debug, Clone)]
pub(in super::super) enum Loose {
    Row(i64),
    Pending(Box<Stored>),
}

impl SqliteTx {
    /// The entry with this id, wherever it lies.
    pub(in super::super) fn find_entry(&mut self, o: OrgId, id: EntryId) -> Result<Option<Stored>> {
        if let Some(pending) = self.pending.by_id(o, id) {
            return Ok(Some(pending.clone()));
        }
        let (device, epoch, seq) = (id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed());
        if let Some(piece) = self.piece_with(o, id)? {
            return Ok(self.piece(piece)?.iter().find(|e| e.id == id).cloned());
        }
        let sql = format!("{ENTRY} WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND seq = ?4");
        self.row(&sql, (org(&o), device, epoch, seq), stored)
    }

    /// What is pending of a feed and is looked for.
    pub(in super::super) fn pending_of(&self, o: OrgId, scan: &Scan) -> impl Iterator<Item = &Stored> {
        let (types, after, to, skip) = (scan.types, scan.after, scan.to, scan.skip);
        self.pending.of(o, scan.scope).filter(move |e| wanted(e, types, (after, to), skip))
    }

    /// The entry with this number of a feed, of this type.
    pub(in super::super) fn entry_at(&mut self, o: OrgId, s: Scope, entry_type: EntryType, number: u64) -> Result<Option<Stored>> {
        if let Some(pending) = self.pending.of(o, s).find(|e| e.number == number) {
            return Ok(Some(pending.clone()));
        }
        let sql = "SELECT piece FROM piece_type WHERE org = ?1 AND scope = ?2 AND type = ?3 AND last >= ?4 ORDER BY last LIMIT 1";
        let params = (org(&o), ScopeColumn(s), entry_type.0, number.cast_signed());
        if let Some(piece) = self.row(sql, params, |row| row.get("piece"))?
            && let Some(found) = self.piece(piece)?.iter().find(|e| e.number == number)
        {
            return Ok(Some(found.clone()));
        }
        let sql = format!("{ENTRY} WHERE org = ?1 AND scope = ?2 AND type = ?3 AND number = ?4");
        self.row(&sql, (org(&o), ScopeColumn(s), entry_type.0, number.cast_signed()), stored)
    }

    /// Whether an entry with this id is stored in a piece, or will be.
    pub(in super::super) fn is_in_a_piece(&self, o: OrgId, id: EntryId) -> Result<bool> {
        Ok(self.pending.by_id(o, id).is_some() || self.piece_with(o, id)?.is_some())
    }

    fn piece_with(&self, o: OrgId, id: EntryId) -> Result<Option<i64>> {
        let sql =
            "SELECT piece, first FROM piece_series WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND last >= ?4 ORDER BY last LIMIT 1";
        let params = (org(&o), id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed());
        let found: Option<(i64, u64)> = self.row(sql, params, |row| Ok((row.get("piece")?, unsigned(row, "first")?)))?;
        Ok(found.filter(|(_, first)| *first <= id.seq).map(|(piece, _)| piece))
    }

    /// The entries of a piece, in order of their numbers.
    pub(super) fn piece(&mut self, id: i64) -> Result<Arc<Vec<Stored>>> {
        if let Some((recent, entries)) = &self.pending.recent
            && *recent == id
        {
            return Ok(entries.clone());
        }
        let sql = "SELECT scope, committed_ms, body FROM piece WHERE id = ?1";
        let found = self.row(sql, [id], |row| {
            Ok((super::super::columns::scope(row, "scope")?, row.get::<_, i64>("committed_ms")?, row.get::<_, Vec<u8>>("body")?))
        })?;
        let (scope, committed_ms, body) = found.ok_or_else(|| StoreError::Corrupt("an index names a piece that is not there".into()))?;
        let entries = Arc::new(pack::unpack(scope, committed_ms, &body)?);
        self.pending.recent = Some((id, entries.clone()));
        Ok(entries)
    }
}

fn wanted(e: &Stored, types: TypeSet, (after, to): (u64, u64), skip: Option<Skip>) -> bool {
    let is_own = skip.is_some_and(|s| e.id.device == s.device && e.id.epoch == s.epoch && e.id.seq < s.below);
    types.contains(e.entry_type) && e.number > after && e.number <= to && !is_own
}

/// The pieces of a type that are looked up: the last number of each, its id and its first number; and from where on
/// more are to be looked up, if there may be more.
type Line = (u16, VecDeque<(u64, i64, u64)>, Option<u64>);

/// The pieces that hold something of the types, in order: one line for each type, looked up a few at a time.
struct Ahead<'a> {
    org: OrgId,
    scan: &'a Scan,
    lines: Vec<Line>,
}

impl<'a> Ahead<'a> {
    fn new(org: OrgId, scan: &'a Scan) -> Self {
        Self { org, scan, lines: scan.types.iter().map(|one| (one.0, VecDeque::new(), Some(scan.after))).collect() }
    }

    /// The next piece: its id and its first number.
    fn next(&mut self, tx: &SqliteTx) -> Result<Option<(i64, u64)>> {
        let sql = "SELECT t.last AS last, t.piece AS piece, p.first AS first FROM piece_type t JOIN piece p ON p.id = t.piece
             WHERE t.org = ?1 AND t.scope = ?2 AND t.type = ?3 AND t.last > ?4 AND p.first <= ?5
             AND NOT (p.device IS ?6 AND p.epoch IS ?7 AND p.highest_seq < ?8) ORDER BY t.last LIMIT ?9";
        let skip = self.scan.skip;
        let (device, epoch, below) =
            skip.map_or((vec![], 0, 0), |s| (s.device.as_bytes().to_vec(), s.epoch.0.cast_signed(), s.below.cast_signed()));
        for (one, line, after) in &mut self.lines {
            let Some(from) = after.filter(|_| line.is_empty()) else { continue };
            let (from, to) = (from.cast_signed(), self.scan.to.cast_signed());
            let params = (org(&self.org), ScopeColumn(self.scan.scope), *one, from, to, &device, epoch, below, AHEAD);
            line.extend(tx.rows(sql, params, |row| Ok((unsigned(row, "last")?, row.get("piece")?, unsigned(row, "first")?)))?);
            *after = if line.len() < usize::try_from(AHEAD).unwrap_or(0) { None } else { line.back().map(|(last, ..)| *last) };
        }
        let Some((last, piece, first)) = self.lines.iter().filter_map(|(_, line, _)| line.front().copied()).min() else { return Ok(None) };
        for (_, line, _) in &mut self.lines {
            if line.front().is_some_and(|(l, ..)| *l == last) {
                line.pop_front();
            }
        }
        Ok(Some((piece, first)))
    }
}

/// Goes through a feed: what lies in pieces, and `loose`, in order of their numbers. As [`crate::store::FeedRead::scan`].
pub(in super::super) fn scan(tx: &mut SqliteTx, o: OrgId, scan: &Scan, loose: Vec<(u64, Loose)>) -> Result<(Vec<Stored>, u64)> {
    let mut ahead = Ahead::new(o, scan);
    let mut loose = VecDeque::from(loose);
    let (mut piece, mut next_piece) = (VecDeque::<Stored>::new(), ahead.next(tx)?);
    let (mut rows, mut size): (Vec<Stored>, usize) = (Vec::new(), 0);
    loop {
        while piece.is_empty()
            && let Some((id, first)) = next_piece
            && loose.front().is_none_or(|(number, _)| first < *number)
        {
            piece = tx.piece(id)?.iter().filter(|e| wanted(e, scan.types, (scan.after, scan.to), scan.skip)).cloned().collect();
            next_piece = ahead.next(tx)?;
        }
        let from_piece = match (piece.front(), loose.front()) {
            (Some(one), Some((number, _))) => one.number < *number,
            (one, None) => {
                if one.is_none() {
                    return Ok((rows, scan.to));
                }
                true
            }
            (None, Some(_)) => false,
        };
        let next = if from_piece { piece.pop_front() } else { loose.pop_front().map(|(_, one)| row(tx, one)).transpose()? };
        let Some(next) = next else { return Ok((rows, scan.to)) };
        if rows.len() >= scan.max_rows || !rows.is_empty() && size + next.bytes.len() > scan.max_bytes {
            return Ok((rows, next.number - 1));
        }
        size += next.bytes.len();
        rows.push(next);
    }
}

fn row(tx: &SqliteTx, one: Loose) -> Result<Stored> {
    match one {
        Loose::Pending(entry) => Ok(*entry),
        Loose::Row(id) => {
            let found = tx.row(&format!("{ENTRY} WHERE rowid = ?1"), [id], stored)?;
            found.ok_or_else(|| StoreError::Corrupt("a feed's index names a row that is not there".into()))
        }
    }
}
