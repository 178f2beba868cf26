//! Entries, heads and marks in SQLite.

use std::collections::BTreeMap;

use async_trait::async_trait;
use rusqlite::Row;

use frontline_domain::{DocId, EntryHash, EntryId, EntryType, OrgId, PersonId, Scope};
use frontline_protocol::{Mark, Tag};

use super::columns::{ScopeColumn, bytes, entry_id, maybe_bytes, org, scope, tag, unsigned};
use super::pieces::{self, Loose};
use super::tx::SqliteTx;
use crate::store::{Counts, FeedRead, FeedWrite, Head, Result, Scan, Stored};

pub(super) const ENTRY: &str =
    "SELECT device, epoch, seq, hash, scope, type, number, person, effective_ms, committed_ms, doc, bytes FROM entry";

pub(super) fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        scope: scope(row, "scope")?,
        number: unsigned(row, "number")?,
        entry_type: EntryType(row.get("type")?),
        id: entry_id(row, "device", "epoch", "seq")?,
        person: PersonId::from_bytes(bytes(row, "person")?),
        hash: EntryHash::from_bytes(bytes(row, "hash")?),
        effective_ms: row.get("effective_ms")?,
        committed_ms: row.get("committed_ms")?,
        doc: maybe_bytes(row, "doc")?.map(DocId::from_bytes),
        bytes: row.get("bytes")?,
    })
}

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark { number: unsigned(row, "number")?, tag: tag(row, "tag")? })
}

#[async_trait]
impl FeedRead for SqliteTx {
    async fn head(&mut self, o: OrgId, s: Scope) -> Result<Head> {
        let sql = "SELECT number, tag, unmarked_entries, unmarked_bytes FROM feed WHERE org = ?1 AND scope = ?2";
        let found = self.row(sql, (org(&o), ScopeColumn(s)), |row| {
            let (unmarked_entries, unmarked_bytes) = (unsigned(row, "unmarked_entries")?, unsigned(row, "unmarked_bytes")?);
            Ok(Head { mark: mark(row)?, unmarked_entries, unmarked_bytes })
        })?;
        Ok(found.unwrap_or_default())
    }

    async fn tag_at(&mut self, o: OrgId, s: Scope, number: u64) -> Result<Option<Tag>> {
        if number == 0 {
            return Ok(Some(Mark::START.tag));
        }
        let sql = "SELECT tag FROM mark WHERE org = ?1 AND scope = ?2 AND number = ?3";
        self.row(sql, (org(&o), ScopeColumn(s), number.cast_signed()), |row| tag(row, "tag"))
    }

    async fn mark_below(&mut self, o: OrgId, s: Scope, number: u64) -> Result<Mark> {
        let sql = "SELECT number, tag FROM mark WHERE org = ?1 AND scope = ?2 AND number <= ?3 ORDER BY number DESC LIMIT 1";
        Ok(self.row(sql, (org(&o), ScopeColumn(s), number.cast_signed()), mark)?.unwrap_or(Mark::START))
    }

    async fn mark_above(&mut self, o: OrgId, s: Scope, number: u64) -> Result<Option<Mark>> {
        let sql = "SELECT number, tag FROM mark WHERE org = ?1 AND scope = ?2 AND number >= ?3 ORDER BY number LIMIT 1";
        self.row(sql, (org(&o), ScopeColumn(s), number.cast_signed()), mark)
    }

    async fn scan(&mut self, o: OrgId, scan: &Scan) -> Result<(Vec<Stored>, u64)> {
        // Per type the first numbers from the index, then in one order: a feed that is mostly of other types
        // costs nothing.
        let index = "SELECT number, rowid FROM entry WHERE org = ?1 AND scope = ?2 AND type = ?3 AND number > ?4 AND number <= ?5
             AND NOT (device = ?6 AND epoch = ?7 AND seq < ?8) ORDER BY number LIMIT ?9";
        let (device, epoch, below) =
            scan.skip.map_or((vec![], 0, 0), |s| (s.device.as_bytes().to_vec(), s.epoch.0.cast_signed(), s.below.cast_signed()));
        let limit = i64::try_from(scan.max_rows.saturating_add(1)).unwrap_or(i64::MAX);
        let mut found: Vec<(i64, i64)> = Vec::new();
        for one in scan.types.iter() {
            let (after, to) = (scan.after.cast_signed(), scan.to.cast_signed());
            let params = (org(&o), ScopeColumn(scan.scope), one.0, after, to, &device, epoch, below, limit);
            found.extend(self.rows(index, params, |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        let mut loose: Vec<(u64, Loose)> = found.into_iter().map(|(number, row)| (number.cast_unsigned(), Loose::Row(row))).collect();
        loose.extend(self.pending_of(o, scan).map(|e| (e.number, Loose::Pending(Box::new(e.clone())))));
        loose.sort_unstable_by_key(|(number, _)| *number);
        pieces::scan(self, o, scan, loose)
    }

    async fn entry(&mut self, o: OrgId, id: EntryId) -> Result<Option<Stored>> {
        self.find_entry(o, id)
    }

    async fn doc_entries(&mut self, o: OrgId, doc: DocId, after: u64, limit: usize) -> Result<Vec<Stored>> {
        let sql = format!("{ENTRY} WHERE org = ?1 AND doc = ?2 AND number > ?3 ORDER BY number LIMIT ?4");
        self.rows(&sql, (org(&o), doc.as_bytes(), after.cast_signed(), i64::try_from(limit).unwrap_or(i64::MAX)), stored)
    }

    async fn counts(&mut self, o: OrgId) -> Result<Counts> {
        let sql = "SELECT type, sum(n) AS n FROM (SELECT type, count(*) AS n FROM entry WHERE org = ?1 GROUP BY type
             UNION ALL SELECT type, sum(entries) AS n FROM piece_type WHERE org = ?1 GROUP BY type) GROUP BY type";
        let stored = self.rows(sql, [org(&o)], |row| Ok((EntryType(row.get("type")?), unsigned(row, "n")?)))?;
        let mut stored: BTreeMap<EntryType, u64> = stored.into_iter().collect();
        for pending in self.pending.of_org(o) {
            *stored.entry(pending.entry_type).or_default() += 1;
        }
        let stored = stored.into_iter().collect();
        let count = |sql| -> Result<u64> { Ok(self.row(sql, [org(&o)], |row| unsigned(row, "n"))?.unwrap_or(0)) };
        Ok(Counts {
            stored,
            held: count("SELECT count(*) AS n FROM held WHERE org = ?1")?,
            quarantined: count("SELECT count(*) AS n FROM quarantine WHERE org = ?1 AND resolution IS NULL")?,
            replaced: count("SELECT count(*) AS n FROM replaced WHERE org = ?1")?,
        })
    }
}

#[async_trait]
impl FeedWrite for SqliteTx {
    async fn put_entry(&mut self, o: OrgId, e: &Stored) -> Result<()> {
        if self.take_into_piece(o, e)? {
            return Ok(());
        }
        let sql =
            "INSERT INTO entry (org, device, epoch, seq, hash, scope, type, number, person, effective_ms, committed_ms, doc, size, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let mut statement = self.prepare_cached(sql)?;
        statement.execute(rusqlite::params![
            org(&o),
            e.id.device.as_bytes(),
            e.id.epoch.0.cast_signed(),
            e.id.seq.cast_signed(),
            e.hash.as_bytes(),
            ScopeColumn(e.scope),
            e.entry_type.0,
            e.number.cast_signed(),
            e.person.as_bytes(),
            e.effective_ms,
            e.committed_ms,
            e.doc.as_ref().map(|d| d.as_bytes()),
            i64::try_from(e.bytes.len()).unwrap_or(i64::MAX),
            e.bytes,
        ])?;
        Ok(())
    }

    async fn set_head(&mut self, o: OrgId, s: Scope, head: &Head) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO feed (org, scope, number, tag, unmarked_entries, unmarked_bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (number, tag) = (head.mark.number.cast_signed(), head.mark.tag.as_bytes());
        self.run(sql, (org(&o), ScopeColumn(s), number, tag, head.unmarked_entries.cast_signed(), head.unmarked_bytes.cast_signed()))
    }

    async fn put_mark(&mut self, o: OrgId, s: Scope, mark: Mark) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO mark (org, scope, number, tag) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, (org(&o), ScopeColumn(s), mark.number.cast_signed(), mark.tag.as_bytes()))
    }

    async fn next_pen_seq(&mut self, o: OrgId) -> Result<u64> {
        let next: i64 = self
            .prepare_cached("UPDATE org SET pen_seq = pen_seq + 1 WHERE org = ?1 RETURNING pen_seq")?
            .query_row([org(&o)], |row| row.get(0))?;
        Ok(next.cast_unsigned())
    }
}
