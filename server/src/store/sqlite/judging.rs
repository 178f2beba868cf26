//! Reading what waits, what was refused, and documents, in SQLite.

use async_trait::async_trait;
use rusqlite::Row;

use frontline_domain::document::ChangeHash;
use frontline_domain::{CaptureId, DeviceId, DocId, EntryHash, EntryId, EntryType, Epoch, OrgId, PersonId, ReleaseHash, Scope};
use frontline_protocol::{Code, Replaces};

use super::columns::{ScopeColumn, bytes, entry_id, maybe_bytes, maybe_slug, org, scope, unsigned};
use super::tx::SqliteTx;
use crate::store::{DocRow, Held, JudgingRead, LockFact, Quarantined, Resolution, Result, SavedDoc};

pub(super) const HELD: &str = "SELECT * FROM held WHERE org = ?1";
const QUARANTINE: &str = "SELECT * FROM quarantine WHERE org = ?1";
pub(super) const DOC: &str = "SELECT * FROM doc WHERE org = ?1";

pub(super) fn held_row(row: &Row<'_>) -> rusqlite::Result<Held> {
    Ok(Held {
        id: entry_id(row, "device", "epoch", "seq")?,
        hash: EntryHash::from_bytes(bytes(row, "hash")?),
        scope: scope(row, "scope")?,
        entry_type: EntryType(row.get("type")?),
        person: PersonId::from_bytes(bytes(row, "person")?),
        code: Code(row.get("code")?),
        doc: maybe_bytes(row, "doc")?.map(DocId::from_bytes),
        change: maybe_bytes(row, "change")?,
        waits_on: maybe_bytes(row, "waits_on")?,
        arrived_ms: row.get("arrived_ms")?,
        effective_ms: row.get("effective_ms")?,
        bytes: row.get("bytes")?,
    })
}

fn quarantine_row(row: &Row<'_>) -> rusqlite::Result<Quarantined> {
    let resolution = match row.get::<_, Option<u8>>("resolution")? {
        Some(1) => Some(Resolution::LetIn),
        Some(2) => Some(Resolution::Remake),
        Some(_) => Some(Resolution::Replaced),
        None => None,
    };
    let known = row.get::<_, Option<i64>>("seq")?.is_some();
    Ok(Quarantined {
        offered_by: DeviceId::from_bytes(bytes(row, "offered_by")?),
        hash: EntryHash::from_bytes(bytes(row, "hash")?),
        id: if known { Some(entry_id(row, "device", "epoch", "seq")?) } else { None },
        scope: row.get::<_, Option<ScopeColumn>>("scope")?.map(|s| s.0),
        entry_type: row.get::<_, Option<u16>>("type")?.map(EntryType),
        person: maybe_bytes(row, "person")?.map(PersonId::from_bytes),
        code: Code(row.get("code")?),
        doc: maybe_bytes(row, "doc")?.map(DocId::from_bytes),
        change: maybe_bytes(row, "change")?,
        arrived_ms: row.get("arrived_ms")?,
        effective_ms: row.get("effective_ms")?,
        superseded: row.get("superseded")?,
        resolved: resolution.zip(row.get::<_, Option<i64>>("resolved_ms")?),
        bytes: row.get("bytes")?,
    })
}

pub(super) fn doc_row(row: &Row<'_>) -> rusqlite::Result<DocRow> {
    Ok(DocRow {
        doc: DocId::from_bytes(bytes(row, "doc")?),
        scope: scope(row, "scope")?,
        entry_type: EntryType(row.get("type")?),
        release: ReleaseHash::from_bytes(bytes(row, "release")?),
        changes: unsigned(row, "changes")?,
        first_number: unsigned(row, "first_number")?,
        last_number: unsigned(row, "last_number")?,
        changed_ms: row.get("changed_ms")?,
        asset: maybe_slug(row, "asset")?,
    })
}

#[async_trait]
impl JudgingRead for SqliteTx {
    async fn captured(&mut self, o: OrgId, capture: CaptureId) -> Result<Option<EntryId>> {
        let sql = "SELECT device, epoch, seq FROM captured WHERE org = ?1 AND capture = ?2";
        self.row(sql, (org(&o), capture.as_bytes()), |row| entry_id(row, "device", "epoch", "seq"))
    }
    async fn held(&mut self, o: OrgId, id: EntryId, hash: &EntryHash) -> Result<Option<Held>> {
        let (device, epoch, seq) = (id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed());
        let sql = format!("{HELD} AND device = ?2 AND epoch = ?3 AND seq = ?4 AND hash = ?5");
        self.row(&sql, (org(&o), device, epoch, seq, hash.as_bytes()), held_row)
    }
    async fn all_held(&mut self, o: OrgId) -> Result<Vec<Held>> {
        self.rows(&format!("{HELD} ORDER BY rowid"), [org(&o)], held_row)
    }
    async fn held_on(&mut self, o: OrgId, doc: DocId, change: &ChangeHash) -> Result<Vec<Held>> {
        let sql = format!("{HELD} AND doc = ?2 AND (waits_on = ?3 OR waits_on IS NULL) ORDER BY rowid");
        self.rows(&sql, (org(&o), doc.as_bytes(), &change[..]), held_row)
    }
    async fn held_change(&mut self, o: OrgId, doc: DocId, change: &ChangeHash) -> Result<Option<Held>> {
        self.row(&format!("{HELD} AND doc = ?2 AND change = ?3 LIMIT 1"), (org(&o), doc.as_bytes(), &change[..]), held_row)
    }
    async fn quarantined(&mut self, o: OrgId, offered_by: DeviceId, hash: &EntryHash) -> Result<Option<Quarantined>> {
        let sql = format!("{QUARANTINE} AND offered_by = ?2 AND hash = ?3");
        self.row(&sql, (org(&o), offered_by.as_bytes(), hash.as_bytes()), quarantine_row)
    }
    async fn quarantined_hash(&mut self, o: OrgId, hash: &EntryHash) -> Result<Option<Quarantined>> {
        self.row(&format!("{QUARANTINE} AND hash = ?2 LIMIT 1"), (org(&o), hash.as_bytes()), quarantine_row)
    }
    async fn all_quarantined(&mut self, o: OrgId, open: bool, limit: usize) -> Result<Vec<Quarantined>> {
        let sql = format!("{QUARANTINE} AND (NOT ?2 OR resolution IS NULL) ORDER BY rowid DESC LIMIT ?3");
        self.rows(&sql, (org(&o), open, i64::try_from(limit).unwrap_or(i64::MAX)), quarantine_row)
    }
    async fn quarantined_change(&mut self, o: OrgId, doc: DocId, change: &ChangeHash) -> Result<Option<Quarantined>> {
        let sql = format!("{QUARANTINE} AND doc = ?2 AND change = ?3 LIMIT 1");
        self.row(&sql, (org(&o), doc.as_bytes(), &change[..]), quarantine_row)
    }
    async fn replaced_by(&mut self, o: OrgId, original: &Replaces) -> Result<Option<EntryId>> {
        let sql =
            "SELECT by_device, by_epoch, by_seq FROM replaced WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND seq = ?4 AND hash = ?5";
        let id = original.id;
        let params = (org(&o), id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed(), original.hash.as_bytes());
        self.row(sql, params, |row| entry_id(row, "by_device", "by_epoch", "by_seq"))
    }
    async fn is_any_replaced(&mut self, o: OrgId, device: DeviceId, epoch: Epoch, from: u64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM replaced WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND seq >= ?4) AS found";
        let found = self.row(sql, (org(&o), device.as_bytes(), epoch.0.cast_signed(), from.cast_signed()), |row| row.get("found"))?;
        Ok(found.unwrap_or(false))
    }
    async fn has_verdict(&mut self, o: OrgId, id: EntryId) -> Result<bool> {
        if self.is_in_a_piece(o, id)? {
            return Ok(true);
        }
        let of = "WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND seq = ?4";
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM entry {of}) OR EXISTS (SELECT 1 FROM held {of})
                 OR EXISTS (SELECT 1 FROM quarantine {of}) OR EXISTS (SELECT 1 FROM replaced {of}) AS found"
        );
        let params = (org(&o), id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed());
        Ok(self.row(&sql, params, |row| row.get("found"))?.unwrap_or(false))
    }
    async fn doc(&mut self, o: OrgId, doc: DocId) -> Result<Option<DocRow>> {
        self.row(&format!("{DOC} AND doc = ?2"), (org(&o), doc.as_bytes()), doc_row)
    }
    async fn docs(&mut self, o: OrgId, s: Scope) -> Result<Vec<DocRow>> {
        self.rows(&format!("{DOC} AND scope = ?2 ORDER BY changed_ms DESC, last_number DESC"), (org(&o), ScopeColumn(s)), doc_row)
    }
    async fn saved_doc(&mut self, o: OrgId, doc: DocId) -> Result<Option<SavedDoc>> {
        let sql = "SELECT changes, number, saved FROM doc_saved WHERE org = ?1 AND doc = ?2";
        self.row(sql, (org(&o), doc.as_bytes()), |row| {
            Ok(SavedDoc { changes: unsigned(row, "changes")?, number: unsigned(row, "number")?, bytes: row.get("saved")? })
        })
    }
    async fn saved_changes(&mut self, o: OrgId, doc: DocId) -> Result<u64> {
        let sql = "SELECT changes FROM doc_saved WHERE org = ?1 AND doc = ?2";
        Ok(self.row(sql, (org(&o), doc.as_bytes()), |row| unsigned(row, "changes"))?.unwrap_or(0))
    }
    async fn change_entry(&mut self, o: OrgId, doc: DocId, change: &ChangeHash) -> Result<Option<EntryId>> {
        let sql = "SELECT device, epoch, seq FROM change WHERE org = ?1 AND doc = ?2 AND change = ?3";
        self.row(sql, (org(&o), doc.as_bytes(), &change[..]), |row| entry_id(row, "device", "epoch", "seq"))
    }
    async fn locks(&mut self, o: OrgId, doc: DocId) -> Result<Vec<LockFact>> {
        let sql = "SELECT number, device, epoch, seq, locks FROM lock WHERE org = ?1 AND doc = ?2 ORDER BY number";
        self.rows(sql, (org(&o), doc.as_bytes()), |row| {
            Ok(LockFact { number: unsigned(row, "number")?, id: entry_id(row, "device", "epoch", "seq")?, locks: row.get("locks")? })
        })
    }
}
