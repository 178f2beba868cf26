//! Pictures in SQLite.

use async_trait::async_trait;
use rusqlite::{Row, params};

use frontline_domain::{BlobHash, DeviceId, OrgId};

use super::columns::{ScopeColumn, bytes, maybe_bytes, org, scope, unsigned};
use super::tx::SqliteTx;
use crate::store::blobs::{NamedBlob, SenderId, Upload};
use crate::store::{BlobsRead, BlobsWrite, Result};

fn named(row: &Row<'_>) -> rusqlite::Result<NamedBlob> {
    Ok(NamedBlob {
        blob: BlobHash::from_bytes(bytes(row, "blob")?),
        of: bytes(row, "belongs_to")?,
        scope: scope(row, "scope")?,
        number: unsigned(row, "number")?,
        device: DeviceId::from_bytes(bytes(row, "device")?),
        bytes: unsigned(row, "bytes")?,
        media: row.get("media")?,
        small_of: maybe_bytes(row, "small_of")?.map(BlobHash::from_bytes),
    })
}

fn upload(row: &Row<'_>) -> rusqlite::Result<Upload> {
    Ok(Upload { by: bytes(row, "sender")?, blob: BlobHash::from_bytes(bytes(row, "blob")?), expires_ms: row.get("expires_ms")? })
}

#[async_trait]
impl BlobsRead for SqliteTx {
    async fn blob_named(&mut self, o: OrgId, blob: &BlobHash) -> Result<Vec<NamedBlob>> {
        let sql = "SELECT * FROM blob_named WHERE org = ?1 AND blob = ?2 ORDER BY scope, number";
        self.rows(sql, (org(&o), blob.as_bytes()), named)
    }
    async fn blobs_of(&mut self, o: OrgId, of: &[u8; 16]) -> Result<Vec<NamedBlob>> {
        self.rows("SELECT * FROM blob_named WHERE org = ?1 AND belongs_to = ?2 ORDER BY number, blob", (org(&o), of), named)
    }
    async fn blob_here(&mut self, o: OrgId, blob: &BlobHash) -> Result<Option<u64>> {
        self.row("SELECT bytes FROM blob_here WHERE org = ?1 AND blob = ?2", (org(&o), blob.as_bytes()), |row| unsigned(row, "bytes"))
    }
    async fn blob_total(&mut self, o: OrgId) -> Result<(u64, u64)> {
        let sql = "SELECT count(*) AS n, coalesce(sum(bytes), 0) AS bytes FROM blob_here WHERE org = ?1";
        Ok(self.row(sql, [org(&o)], |row| Ok((unsigned(row, "n")?, unsigned(row, "bytes")?)))?.unwrap_or_default())
    }
    async fn blobs_here(&mut self, (o, blob): (OrgId, BlobHash), limit: u32) -> Result<Vec<(OrgId, BlobHash, u64)>> {
        let sql = "SELECT * FROM blob_here WHERE (org, blob) > (?1, ?2) ORDER BY org, blob LIMIT ?3";
        self.rows(sql, (org(&o), blob.as_bytes(), limit), |row| {
            Ok((OrgId::from_bytes(bytes(row, "org")?), BlobHash::from_bytes(bytes(row, "blob")?), unsigned(row, "bytes")?))
        })
    }
    async fn uploads(&mut self, o: OrgId, by: &SenderId) -> Result<Vec<Upload>> {
        self.rows("SELECT * FROM blob_upload WHERE org = ?1 AND sender = ?2 ORDER BY blob", (org(&o), &by[..]), upload)
    }
    async fn expired_uploads(&mut self, now_ms: i64) -> Result<Vec<(OrgId, Upload)>> {
        let sql = "SELECT * FROM blob_upload WHERE expires_ms <= ?1 ORDER BY org, sender, blob";
        self.rows(sql, [now_ms], |row| Ok((OrgId::from_bytes(bytes(row, "org")?), upload(row)?)))
    }
}

#[async_trait]
impl BlobsWrite for SqliteTx {
    async fn put_blob_named(&mut self, o: OrgId, n: &NamedBlob) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO blob_named (org, blob, scope, number, belongs_to, device, bytes, media, small_of)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.prepare_cached(sql)?.execute(params![
            org(&o),
            n.blob.as_bytes(),
            ScopeColumn(n.scope),
            n.number.cast_signed(),
            n.of,
            n.device.as_bytes(),
            n.bytes.cast_signed(),
            n.media,
            n.small_of.map(|of| *of.as_bytes()),
        ])?;
        Ok(())
    }
    async fn put_blob_here(&mut self, o: OrgId, blob: &BlobHash, bytes: u64, at_ms: i64) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO blob_here (org, blob, bytes, at_ms) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, (org(&o), blob.as_bytes(), bytes.cast_signed(), at_ms))
    }
    async fn remove_blob_here(&mut self, o: OrgId, blob: &BlobHash) -> Result<()> {
        self.run("DELETE FROM blob_here WHERE org = ?1 AND blob = ?2", (org(&o), blob.as_bytes()))
    }
    async fn put_upload(&mut self, o: OrgId, u: &Upload) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO blob_upload (org, sender, blob, expires_ms) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, (org(&o), &u.by[..], u.blob.as_bytes(), u.expires_ms))
    }
    async fn remove_upload(&mut self, o: OrgId, by: &SenderId, blob: &BlobHash) -> Result<()> {
        self.run("DELETE FROM blob_upload WHERE org = ?1 AND sender = ?2 AND blob = ?3", (org(&o), &by[..], blob.as_bytes()))
    }
}
