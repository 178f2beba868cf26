//! Runs that have left this device (`sync.md` 24), one row each: what lists show, without what it was made from.

use frontline_domain::{DocId, EntryType, Scope, Slug};
use rusqlite::{OptionalExtension, params};

use super::row::{id, scope};
use super::runs::{self, RunRow};
use super::{Db, StoreError, Tx};

/// Keeps what is shown of a run that leaves.
pub fn put(tx: &Tx<'_>, run: &RunRow) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO stub VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, NULL, ?12)";
    tx.conn.prepare_cached(sql)?.execute(params![
        run.id.as_bytes(),
        run.scope.to_string(),
        run.release.as_bytes(),
        runs::code(run.status),
        run.answered,
        run.required,
        run.missing,
        run.clashes,
        run.started_by.as_bytes(),
        run.started_ms,
        run.updated_ms,
        run.asset.as_ref().map(Slug::as_str),
    ])?;
    Ok(())
}

/// What is shown of a run that is away.
pub fn away(db: &Db<'_>, one: DocId) -> Result<Option<RunRow>, StoreError> {
    let sql = "SELECT run, scope, release, status, answered, required, missing, clashes, started_by, started_ms, updated_ms, 1 + changed, asset \
               FROM stub WHERE run = ?1 AND fetched_ms IS NULL";
    Ok(db.conn.prepare_cached(sql)?.query_row([one.as_bytes()], runs::run).optional()?)
}

/// All that are away.
pub fn all_away(db: &Db<'_>) -> Result<Vec<DocId>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT run FROM stub WHERE fetched_ms IS NULL")?;
    let rows = statement.query_map([], |r| id(r, 0, DocId::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that something came about a run that is away, at this time.
pub fn changed(tx: &Tx<'_>, one: DocId, at_ms: i64) -> Result<(), StoreError> {
    let sql = "UPDATE stub SET changed = 1, updated_ms = max(updated_ms, ?2) WHERE run = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![one.as_bytes(), at_ms])?;
    Ok(())
}

/// Notes that a run was fetched again.
pub fn fetched(tx: &Tx<'_>, one: DocId, at_ms: i64) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE stub SET fetched_ms = ?2 WHERE run = ?1")?.execute(params![one.as_bytes(), at_ms])?;
    Ok(())
}

/// When a run that is here was fetched again, if it was.
pub fn fetched_ms(db: &Db<'_>, one: DocId) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT fetched_ms FROM stub WHERE run = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([one.as_bytes()], |r| r.get(0)).optional()?.flatten())
}

/// The scopes of what is away.
pub fn scopes(db: &Db<'_>) -> Result<Vec<Scope>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT DISTINCT scope FROM stub ORDER BY scope")?;
    let rows = statement.query_map([], |r| scope(r, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Drops what is shown of a scope's runs that are away, since this device may no longer read them; gives which.
pub fn drop_of(tx: &Tx<'_>, of: Scope) -> Result<Vec<DocId>, StoreError> {
    let mut statement = tx.conn.prepare_cached("DELETE FROM stub WHERE scope = ?1 RETURNING run")?;
    let rows = statement.query_map([of.to_string()], |r| id(r, 0, DocId::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Up to `count` subjects behind `after` that nothing was said about later than `edge_ms`.
pub fn old_subjects(db: &Db<'_>, after: &[u8], edge_ms: i64, count: u32) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = "SELECT subject FROM entry WHERE subject > ?1 GROUP BY subject HAVING max(estimate_ms) <= ?2 ORDER BY subject LIMIT ?3";
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![after, edge_ms, count], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes everything about a subject away, and its places in the queue; gives how many entries. Whoever asks has
/// seen that each of them may go.
pub fn take_away(tx: &Tx<'_>, subject: &[u8]) -> Result<u64, StoreError> {
    for table in ["frame", "outbox"] {
        let sql = format!("DELETE FROM {table} WHERE id IN (SELECT id FROM entry WHERE subject = ?1)");
        tx.conn.prepare_cached(&sql)?.execute([subject])?;
    }
    Ok(tx.conn.prepare_cached("DELETE FROM entry WHERE subject = ?1")?.execute([subject])? as u64)
}

/// Forgets the edits of a document that leaves, and that it was begun here.
pub fn forget_edits(tx: &Tx<'_>, one: DocId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM intent WHERE doc = ?1")?.execute([one.as_bytes()])?;
    tx.conn.prepare_cached("DELETE FROM started WHERE run = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// Takes received entries of a type away that are as old as `edge_ms`.
pub fn take_away_received(tx: &Tx<'_>, one: EntryType, edge_ms: i64) -> Result<u64, StoreError> {
    let sql = "DELETE FROM entry WHERE own = 0 AND type = ?1 AND subject IS NULL AND effective_ms <= ?2";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![one.0, edge_ms])? as u64)
}
