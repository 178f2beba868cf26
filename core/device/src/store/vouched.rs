//! What the server vouched for, page by page, and what of it is to be given back after a restore (`sync.md` 25).

use frontline_domain::{Incarnation, Scope, cbor};
use frontline_protocol::give_back::Vouched;
use rusqlite::params;

use super::row::bits;
use super::{Db, StoreError, Tx};

/// Rows of pages that are kept at most, some 80 bytes each: of a server that never makes a backup the oldest go.
const KEPT: i64 = 100_000;

/// A page that is to be given back, from a number on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub id: i64,
    pub from: u64,
    pub page: Vouched,
}

/// Keeps what came with a page.
pub fn keep(tx: &Tx<'_>, page: &Vouched, at_ms: i64) -> Result<(), StoreError> {
    let rows = i64::try_from(page.rows.len()).unwrap_or(i64::MAX);
    tx.conn
        .prepare_cached(
            "INSERT INTO vouched (scope, incarnation, to_number, at_ms, row_count, give_from, page) VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6)",
        )?
        .execute(params![page.scope.to_string(), bits(page.incarnation.0), bits(page.to.number), at_ms, rows, cbor::encode(page)])?;
    let sql = "DELETE FROM vouched WHERE give_from IS NULL AND id <= coalesce((SELECT id FROM \
               (SELECT id, sum(row_count) OVER (ORDER BY id DESC) AS behind FROM vouched) WHERE behind > ?1 ORDER BY id DESC LIMIT 1), 0)";
    if tx.conn.prepare_cached("SELECT sum(row_count) FROM vouched")?.query_row([], |r| r.get::<_, Option<i64>>(0))?.unwrap_or(0) > KEPT {
        tx.conn.prepare_cached(sql)?.execute([KEPT])?;
    }
    Ok(())
}

/// The server's feed turned out to go only to `number`: what came from above it in another life is to be given back.
pub fn lose(tx: &Tx<'_>, of: Scope, number: u64, now: Incarnation) -> Result<(), StoreError> {
    let sql = "UPDATE vouched SET give_from = 1 WHERE scope = ?1 AND to_number > ?2 AND incarnation <> ?3 AND give_from IS NULL";
    tx.conn.prepare_cached(sql)?.execute(params![of.to_string(), bits(number), bits(now.0)])?;
    Ok(())
}

/// Up to `count` pages that are to be given back, the oldest first.
pub fn lost(db: &Db<'_>, count: usize) -> Result<Vec<Lost>, StoreError> {
    let sql = "SELECT id, give_from, page FROM vouched WHERE give_from IS NOT NULL ORDER BY id LIMIT ?1";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query([i64::try_from(count).unwrap_or(i64::MAX)])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let page = cbor::decode("a page that was vouched for", r.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?)?;
        out.push(Lost { id: r.get(0)?, from: r.get::<_, i64>(1)?.cast_unsigned(), page });
    }
    Ok(out)
}

/// Whether anything is to be given back.
pub fn is_lost(db: &Db<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM vouched WHERE give_from IS NOT NULL)";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

/// It was given back up to before `next`; whole, where none is named.
pub fn given(tx: &Tx<'_>, id: i64, next: Option<u64>) -> Result<(), StoreError> {
    match next {
        Some(next) => tx.conn.prepare_cached("UPDATE vouched SET give_from = ?2 WHERE id = ?1")?.execute(params![id, bits(next)])?,
        None => tx.conn.prepare_cached("DELETE FROM vouched WHERE id = ?1")?.execute([id])?,
    };
    Ok(())
}

/// Nothing is to be given back after all: the server does not want it from this device.
pub fn keep_nothing_lost(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM vouched WHERE give_from IS NOT NULL")?.execute([])?;
    Ok(())
}

/// Everything committed until then is in every backup.
pub fn backed_up(tx: &Tx<'_>, until_ms: i64) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM vouched WHERE at_ms <= ?1 AND give_from IS NULL")?.execute([until_ms])?;
    Ok(())
}
