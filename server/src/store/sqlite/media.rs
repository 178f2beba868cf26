//! Pictures and videos of content in SQLite.

use async_trait::async_trait;
use rusqlite::Row;

use frontline_domain::{BlobHash, OrgId, ReleaseHash};

use super::columns::{bytes, org, unsigned};
use super::tx::SqliteTx;
use crate::store::media::{NamedMedia, Offered};
use crate::store::{MediaRead, MediaWrite, Result};

fn named(row: &Row<'_>) -> rusqlite::Result<NamedMedia> {
    Ok(NamedMedia {
        blob: BlobHash::from_bytes(bytes(row, "blob")?),
        release: ReleaseHash::from_bytes(bytes(row, "by_release")?),
        draft: row.get("draft")?,
        bytes: unsigned(row, "bytes")?,
        media: row.get("media")?,
    })
}

fn offered(row: &Row<'_>) -> rusqlite::Result<Offered> {
    Ok(Offered {
        blob: BlobHash::from_bytes(bytes(row, "blob")?),
        bytes: unsigned(row, "bytes")?,
        brought: row.get("brought")?,
        until_ms: row.get("until_ms")?,
    })
}

#[async_trait]
impl MediaRead for SqliteTx {
    async fn media_named(&mut self, o: OrgId, blob: &BlobHash) -> Result<Vec<NamedMedia>> {
        let sql = "SELECT * FROM media_named WHERE org = ?1 AND blob = ?2 ORDER BY by_release, draft";
        self.rows(sql, (org(&o), blob.as_bytes()), named)
    }
    async fn media_offered(&mut self, o: OrgId, blob: &BlobHash) -> Result<Option<Offered>> {
        self.row("SELECT * FROM media_offered WHERE org = ?1 AND blob = ?2", (org(&o), blob.as_bytes()), offered)
    }
    async fn ended_offers(&mut self, now_ms: i64) -> Result<Vec<(OrgId, Offered)>> {
        let sql = "SELECT * FROM media_offered WHERE until_ms <= ?1 ORDER BY org, blob";
        self.rows(sql, [now_ms], |row| Ok((OrgId::from_bytes(bytes(row, "org")?), offered(row)?)))
    }
}

#[async_trait]
impl MediaWrite for SqliteTx {
    async fn put_media_named(&mut self, o: OrgId, n: &NamedMedia) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO media_named (org, blob, by_release, draft, bytes, media) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(sql, (org(&o), n.blob.as_bytes(), n.release.as_bytes(), n.draft, n.bytes.cast_signed(), &n.media))
    }
    async fn remove_media_of_draft(&mut self, o: OrgId, draft: ReleaseHash) -> Result<Vec<NamedMedia>> {
        let of = "org = ?1 AND by_release = ?2 AND draft = 1";
        let gone = self.rows(&format!("SELECT * FROM media_named WHERE {of} ORDER BY blob"), (org(&o), draft.as_bytes()), named)?;
        self.run(&format!("DELETE FROM media_named WHERE {of}"), (org(&o), draft.as_bytes()))?;
        Ok(gone)
    }
    async fn put_offer(&mut self, o: OrgId, one: &Offered) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO media_offered (org, blob, bytes, brought, until_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, (org(&o), one.blob.as_bytes(), one.bytes.cast_signed(), one.brought, one.until_ms))
    }
    async fn remove_offer(&mut self, o: OrgId, blob: &BlobHash) -> Result<()> {
        self.run("DELETE FROM media_offered WHERE org = ?1 AND blob = ?2", (org(&o), blob.as_bytes()))
    }
}
