//! Pictures and videos of content: which releases name them, and which of them are here.

use std::collections::BTreeSet;

use frontline_domain::media::Media;
use frontline_domain::release::Release;
use frontline_domain::{BlobHash, ReleaseHash};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{bits, id, unbits};
use super::{Db, StoreError, Tx};

/// One that a release names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Else a picture: videos come after them.
    pub video: bool,
    pub bytes: u64,
    pub blob: BlobHash,
}

/// Notes what a release names.
pub(super) fn put(tx: &Tx<'_>, hash: &ReleaseHash, release: &Release) -> Result<(), StoreError> {
    clear(tx, hash)?;
    for one in release.media() {
        let video = matches!(one, Media::Video(_));
        tx.conn.prepare_cached("INSERT OR IGNORE INTO media VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            hash.as_bytes(),
            one.blob().as_bytes(),
            bits(one.bytes()),
            video
        ])?;
    }
    Ok(())
}

/// It names nothing any more.
pub(super) fn clear(tx: &Tx<'_>, hash: &ReleaseHash) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM media WHERE release = ?1")?.execute([hash.as_bytes()])?;
    Ok(())
}

const COLUMNS: &str = "video, bytes, hash";

fn named(r: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named { video: r.get(0)?, bytes: unbits(r.get(1)?), blob: id(r, 2, BlobHash::from_slice)? })
}

/// What is said of one, by whichever release.
pub fn get(db: &Db<'_>, blob: &BlobHash) -> Result<Option<Named>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM media WHERE hash = ?1 LIMIT 1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([blob.as_bytes()], named).optional()?)
}

/// What these releases name: pictures first, and of each kind the smallest, so that as many as can be are soon here.
pub fn of(db: &Db<'_>, releases: &BTreeSet<ReleaseHash>) -> Result<BTreeSet<Named>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM media WHERE release = ?1"))?;
    let mut out = BTreeSet::new();
    for release in releases {
        for row in statement.query_map([release.as_bytes()], named)? {
            out.insert(row?);
        }
    }
    Ok(out)
}

/// Whether its bytes are here.
pub fn is_here(db: &Db<'_>, blob: &BlobHash) -> Result<bool, StoreError> {
    Ok(db.conn.prepare_cached("SELECT 1 FROM media_file WHERE hash = ?1")?.exists([blob.as_bytes()])?)
}

/// All whose bytes are here.
pub fn here(db: &Db<'_>) -> Result<Vec<BlobHash>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT hash FROM media_file ORDER BY hash")?;
    let rows = statement.query_map([], |r| id(r, 0, BlobHash::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Its bytes are here: the file is on the disk.
pub fn put_file(tx: &Tx<'_>, blob: &BlobHash, bytes: u64, at_ms: i64) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR IGNORE INTO media_file VALUES (?1, ?2, ?3)")?.execute(params![
        blob.as_bytes(),
        bits(bytes),
        at_ms
    ])?;
    Ok(())
}

/// Its bytes are here no more.
pub fn remove_file(tx: &Tx<'_>, blob: &BlobHash) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM media_file WHERE hash = ?1")?.execute([blob.as_bytes()])?;
    Ok(())
}
