//! Published content, by its hash.

use frontline_domain::ReleaseHash;
use frontline_domain::release::Release;
use rusqlite::{OptionalExtension, params};

use super::{Db, StoreError, Tx, media};

/// Keeps a release.
pub fn put(tx: &Tx<'_>, hash: &ReleaseHash, release: &Release, bytes: &[u8]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO release VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        hash.as_bytes(),
        release.kind(),
        release.slug.as_str(),
        bytes
    ])?;
    media::put(tx, hash, release)
}

/// Drops a release that nothing here names any more.
pub fn clear(tx: &Tx<'_>, hash: &ReleaseHash) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM release WHERE hash = ?1")?.execute([hash.as_bytes()])?;
    media::clear(tx, hash)
}

/// Whether the release with this hash has arrived.
pub fn has(db: &Db<'_>, hash: &ReleaseHash) -> Result<bool, StoreError> {
    Ok(db.conn.prepare_cached("SELECT 1 FROM release WHERE hash = ?1")?.exists([hash.as_bytes()])?)
}

/// The release with this hash, if it has arrived.
pub fn get(db: &Db<'_>, hash: &ReleaseHash) -> Result<Option<Release>, StoreError> {
    let sql = "SELECT bytes FROM release WHERE hash = ?1";
    let bytes: Option<Vec<u8>> = db.conn.prepare_cached(sql)?.query_row([hash.as_bytes()], |r| r.get(0)).optional()?;
    Ok(bytes.map(|b| Release::decode(&b)).transpose()?)
}
