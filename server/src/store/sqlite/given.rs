//! What was given back and not taken, in SQLite.

use async_trait::async_trait;

use frontline_domain::{DeviceId, EntryHash, EntryType, OrgId};

use super::columns::{ScopeColumn, bytes, org, scope};
use super::tx::SqliteTx;
use crate::store::{GivenAside, GivenRead, GivenWrite, Result};

#[async_trait]
impl GivenRead for SqliteTx {
    async fn given_aside(&mut self, o: OrgId, limit: usize) -> Result<Vec<GivenAside>> {
        let sql = "SELECT hash, scope, type, given_by, given_ms, why, bytes FROM given_aside WHERE org = ?1 ORDER BY given_ms DESC, hash LIMIT ?2";
        self.rows(sql, (org(&o), i64::try_from(limit).unwrap_or(i64::MAX)), |row| {
            Ok(GivenAside {
                hash: EntryHash::from_bytes(bytes(row, "hash")?),
                scope: scope(row, "scope")?,
                entry_type: EntryType(row.get("type")?),
                given_by: DeviceId::from_bytes(bytes(row, "given_by")?),
                given_ms: row.get("given_ms")?,
                why: row.get("why")?,
                bytes: row.get("bytes")?,
            })
        })
    }
}

#[async_trait]
impl GivenWrite for SqliteTx {
    async fn put_given_aside(&mut self, o: OrgId, row: &GivenAside) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO given_aside (org, hash, scope, type, given_by, given_ms, why, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let (hash, by) = (row.hash.as_bytes(), row.given_by.as_bytes());
        self.run(sql, (org(&o), hash, ScopeColumn(row.scope), row.entry_type.0, by, row.given_ms, &row.why, &row.bytes))
    }
}
