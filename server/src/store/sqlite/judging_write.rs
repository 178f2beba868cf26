//! Writing what waits, what was refused, and documents, in SQLite.

use async_trait::async_trait;
use rusqlite::params;

use frontline_domain::document::ChangeHash;
use frontline_domain::{CaptureId, DocId, EntryHash, EntryId, OrgId, Slug};
use frontline_protocol::Replaces;

use super::columns::{ScopeColumn, org};
use super::tx::SqliteTx;
use crate::store::{DocRow, Held, JudgingWrite, LockFact, Quarantined, Resolution, Result, SavedDoc};

fn resolution(of: Resolution) -> u8 {
    match of {
        Resolution::LetIn => 1,
        Resolution::Remake => 2,
        Resolution::Replaced => 3,
    }
}

#[async_trait]
impl JudgingWrite for SqliteTx {
    async fn put_captured(&mut self, o: OrgId, capture: CaptureId, by: EntryId) -> Result<bool> {
        let sql = "INSERT OR IGNORE INTO captured (org, capture, device, epoch, seq) VALUES (?1, ?2, ?3, ?4, ?5)";
        let params = (org(&o), capture.as_bytes(), by.device.as_bytes(), by.epoch.0.cast_signed(), by.seq.cast_signed());
        Ok(self.prepare_cached(sql)?.execute(params)? == 1)
    }
    async fn put_held(&mut self, o: OrgId, h: &Held) -> Result<()> {
        let sql = "INSERT INTO held (org, device, epoch, seq, hash, scope, type, person, code, doc, change, waits_on, arrived_ms, effective_ms, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                   ON CONFLICT (org, device, epoch, seq, hash) DO UPDATE
                   SET code = excluded.code, waits_on = excluded.waits_on, change = excluded.change";
        self.prepare_cached(sql)?.execute(params![
            org(&o),
            h.id.device.as_bytes(),
            h.id.epoch.0.cast_signed(),
            h.id.seq.cast_signed(),
            h.hash.as_bytes(),
            ScopeColumn(h.scope),
            h.entry_type.0,
            h.person.as_bytes(),
            h.code.0,
            h.doc.as_ref().map(|d| d.as_bytes()),
            h.change,
            h.waits_on,
            h.arrived_ms,
            h.effective_ms,
            h.bytes,
        ])?;
        Ok(())
    }

    async fn remove_held(&mut self, o: OrgId, id: EntryId, hash: &EntryHash) -> Result<()> {
        let sql = "DELETE FROM held WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND seq = ?4 AND hash = ?5";
        self.run(sql, (org(&o), id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed(), hash.as_bytes()))
    }

    async fn put_quarantined(&mut self, o: OrgId, q: &Quarantined) -> Result<()> {
        let sql = "INSERT INTO quarantine (org, offered_by, hash, device, epoch, seq, scope, type, person, code, doc, change,
                     arrived_ms, effective_ms, superseded, resolution, resolved_ms, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
                   ON CONFLICT (org, offered_by, hash) DO UPDATE
                   SET superseded = excluded.superseded, resolution = excluded.resolution, resolved_ms = excluded.resolved_ms";
        self.prepare_cached(sql)?.execute(params![
            org(&o),
            q.offered_by.as_bytes(),
            q.hash.as_bytes(),
            q.id.as_ref().map(|i| i.device.as_bytes()),
            q.id.map(|i| i.epoch.0.cast_signed()),
            q.id.map(|i| i.seq.cast_signed()),
            q.scope.map(ScopeColumn),
            q.entry_type.map(|t| t.0),
            q.person.as_ref().map(|p| p.as_bytes()),
            q.code.0,
            q.doc.as_ref().map(|d| d.as_bytes()),
            q.change,
            q.arrived_ms,
            q.effective_ms,
            q.superseded,
            q.resolved.map(|(r, _)| resolution(r)),
            q.resolved.map(|(_, at)| at),
            q.bytes,
        ])?;
        Ok(())
    }

    async fn put_replaced(&mut self, o: OrgId, original: &Replaces, by: EntryId) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO replaced (org, device, epoch, seq, hash, by_device, by_epoch, by_seq)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.prepare_cached(sql)?.execute(params![
            org(&o),
            original.id.device.as_bytes(),
            original.id.epoch.0.cast_signed(),
            original.id.seq.cast_signed(),
            original.hash.as_bytes(),
            by.device.as_bytes(),
            by.epoch.0.cast_signed(),
            by.seq.cast_signed(),
        ])?;
        Ok(())
    }

    async fn put_doc(&mut self, o: OrgId, d: &DocRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO doc (org, doc, scope, type, release, changes, first_number, last_number, changed_ms, asset)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let (doc, release) = (d.doc.as_bytes(), d.release.as_bytes());
        let (changes, first, last) = (d.changes.cast_signed(), d.first_number.cast_signed(), d.last_number.cast_signed());
        let asset = d.asset.as_ref().map(Slug::as_str);
        self.run(sql, (org(&o), doc, ScopeColumn(d.scope), d.entry_type.0, release, changes, first, last, d.changed_ms, asset))
    }

    async fn put_saved_doc(&mut self, o: OrgId, doc: DocId, saved: &SavedDoc) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO doc_saved (org, doc, changes, number, saved) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, (org(&o), doc.as_bytes(), saved.changes.cast_signed(), saved.number.cast_signed(), &saved.bytes))
    }

    async fn put_change(&mut self, o: OrgId, doc: DocId, change: &ChangeHash, id: EntryId) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO change (org, doc, change, device, epoch, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (device, epoch, seq) = (id.device.as_bytes(), id.epoch.0.cast_signed(), id.seq.cast_signed());
        self.run(sql, (org(&o), doc.as_bytes(), &change[..], device, epoch, seq))
    }

    async fn put_lock(&mut self, o: OrgId, doc: DocId, lock: &LockFact) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO lock (org, doc, number, device, epoch, seq, locks) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (device, epoch, seq) = (lock.id.device.as_bytes(), lock.id.epoch.0.cast_signed(), lock.id.seq.cast_signed());
        self.run(sql, (org(&o), doc.as_bytes(), lock.number.cast_signed(), device, epoch, seq, lock.locks))
    }
}
