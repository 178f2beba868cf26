//! Taking facts in, and making pieces of them.

use std::collections::BTreeMap;

use frontline_domain::{DeviceId, EntryId, Epoch, OrgId, Scope};
use rusqlite::params;

use super::super::columns::{ScopeColumn, org, unsigned};
use super::super::tx::SqliteTx;
use super::{BYTES, DAY_MS, ENTRIES, GATHERED, LARGEST, PACKED, pack};
use crate::store::{Result, StoreError, Stored};

impl SqliteTx {
    /// Takes an entry, if it is one that goes into a piece; its id and its number must be new.
    pub(in super::super) fn take_into_piece(&mut self, o: OrgId, entry: &Stored) -> Result<bool> {
        if entry.doc.is_some() || !PACKED.contains(entry.entry_type) || entry.bytes.len() > LARGEST {
            return Ok(false);
        }
        self.check_new(o, entry)?;
        self.pending.push(o, entry.clone());
        if self.pending.savepoint.is_none() && self.pending.entries.len() >= GATHERED {
            self.pack_pending()?;
        }
        Ok(true)
    }

    /// A number that is used twice would hide one of two entries for ever.
    fn check_new(&mut self, o: OrgId, entry: &Stored) -> Result<()> {
        let taken = |what: &str| Err(StoreError::Failed(format!("this {what} is taken")));
        let (device, epoch) = (entry.id.device, entry.id.epoch);
        let highest = match self.pending.series.get(&(o, device, epoch)) {
            Some(highest) => *highest,
            None => self.highest_seq(o, device, epoch)?,
        };
        if entry.id.seq <= highest && self.find_entry(o, entry.id)?.is_some() {
            return taken("entry's number");
        }
        self.pending.series.insert((o, device, epoch), highest.max(entry.id.seq));
        let last = match self.pending.feeds.get(&(o, entry.scope)) {
            Some(last) => *last,
            None => self.last_number(o, entry.scope)?,
        };
        // Feeds only grow: [`crate::feed`] gives the next number after the last.
        if entry.number <= last {
            return taken("place in the feed");
        }
        self.pending.feeds.insert((o, entry.scope), entry.number);
        Ok(())
    }

    fn highest_seq(&self, o: OrgId, device: DeviceId, epoch: Epoch) -> Result<u64> {
        let of = "WHERE org = ?1 AND device = ?2 AND epoch = ?3";
        let sql = format!(
            "SELECT max(coalesce((SELECT max(last) FROM piece_series {of}), 0), coalesce((SELECT max(seq) FROM entry {of}), 0)) AS n"
        );
        Ok(self.row(&sql, (org(&o), device.as_bytes(), epoch.0.cast_signed()), |row| unsigned(row, "n"))?.unwrap_or(0))
    }

    fn last_number(&self, o: OrgId, scope: Scope) -> Result<u64> {
        let of = "WHERE org = ?1 AND scope = ?2";
        let sql = format!("SELECT coalesce((SELECT max(last) FROM piece {of}), 0) AS n");
        let stored = self.row(&sql, (org(&o), ScopeColumn(scope)), |row| unsigned(row, "n"))?.unwrap_or(0);
        Ok(self.pending.of(o, scope).map(|e| e.number).fold(stored, u64::max))
    }

    /// Makes rows of what is pending.
    pub(in super::super) fn pack_pending(&mut self) -> Result<()> {
        let entries = std::mem::take(&mut self.pending.entries);
        self.pending.by_id.clear();
        let mut feeds: BTreeMap<(OrgId, Scope), Vec<&Stored>> = BTreeMap::new();
        for (o, entry) in &entries {
            feeds.entry((*o, entry.scope)).or_default().push(entry);
        }
        for ((o, scope), entries) in feeds {
            let mut from = 0;
            while from < entries.len() {
                let (mut bytes, mut from_ms, mut until_ms) = (0, entries[from].effective_ms, entries[from].effective_ms);
                let fits = |e: &&&Stored| {
                    bytes += e.bytes.len();
                    (from_ms, until_ms) = (from_ms.min(e.effective_ms), until_ms.max(e.effective_ms));
                    bytes <= BYTES && until_ms.saturating_sub(from_ms) <= DAY_MS && e.committed_ms == entries[from].committed_ms
                };
                let many = entries[from..].iter().take(ENTRIES).take_while(fits).count().max(1);
                self.put_piece(o, scope, &entries[from..from + many])?;
                from += many;
            }
        }
        Ok(())
    }

    fn put_piece(&mut self, o: OrgId, scope: Scope, entries: &[&Stored]) -> Result<()> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
        let series = (first.id.device, first.id.epoch);
        let one = entries.iter().all(|e| (e.id.device, e.id.epoch) == series);
        let highest = entries.iter().map(|e| e.id.seq).max().unwrap_or(0);
        let sql = "INSERT INTO piece (org, scope, first, last, entries, committed_ms, device, epoch, highest_seq, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        self.prepare_cached(sql)?.execute(params![
            org(&o),
            ScopeColumn(scope),
            first.number.cast_signed(),
            last.number.cast_signed(),
            i64::try_from(entries.len()).unwrap_or(i64::MAX),
            first.committed_ms,
            one.then(|| series.0.as_bytes().to_vec()),
            one.then(|| series.1.0.cast_signed()),
            one.then(|| highest.cast_signed()),
            pack::pack(entries)?,
        ])?;
        let piece = self.last_insert_rowid();
        let mut types: BTreeMap<u16, (i64, i64, i64)> = BTreeMap::new();
        for e in entries {
            let of = types.entry(e.entry_type.0).or_insert((0, e.effective_ms, e.effective_ms));
            *of = (of.0 + 1, of.1.min(e.effective_ms), of.2.max(e.effective_ms));
        }
        let sql =
            "INSERT INTO piece_type (org, scope, type, last, piece, entries, from_ms, until_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut statement = self.prepare_cached(sql)?;
        for (one, (many, from_ms, until_ms)) in types {
            let last = last.number.cast_signed();
            statement.execute(params![org(&o), ScopeColumn(scope), one, last, piece, many, from_ms, until_ms])?;
        }
        let sql = "INSERT INTO piece_series (org, device, epoch, last, first, piece) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut statement = self.prepare_cached(sql)?;
        for run in runs(entries) {
            let (id, last) = run;
            let (epoch, first) = (id.epoch.0.cast_signed(), id.seq.cast_signed());
            statement.execute(params![org(&o), id.device.as_bytes(), epoch, last.cast_signed(), first, piece])?;
        }
        Ok(())
    }
}

/// The stretches of numbers without a gap that the entries are: the first id of each, and its last number.
fn runs(entries: &[&Stored]) -> Vec<(EntryId, u64)> {
    let mut ids: Vec<EntryId> = entries.iter().map(|e| e.id).collect();
    ids.sort_unstable();
    let mut out: Vec<(EntryId, u64)> = Vec::new();
    for id in ids {
        match out.last_mut() {
            Some((first, last)) if (first.device, first.epoch) == (id.device, id.epoch) && *last + 1 == id.seq => *last = id.seq,
            _ => out.push((id, id.seq)),
        }
    }
    out
}
