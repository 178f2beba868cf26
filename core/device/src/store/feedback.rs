//! A row per feedback. What the customer said in words lies sealed in `customer`; the column for it stays empty.

use frontline_domain::{CaptureId, EntryHash, PersonId, ReleaseHash, Scope, Slug};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{id, scope, text, text_or_null};
use super::{Db, StoreError, Tx};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    pub id: CaptureId,
    pub scope: Scope,
    pub touchpoint: Slug,
    pub survey: ReleaseHash,
    pub score: u8,
    pub reason: Option<Slug>,
    pub person: PersonId,
    pub at_ms: i64,
    pub entry: EntryHash,
}

const COLUMNS: &str = "id, scope, touchpoint, survey, score, reason, person, at_ms, entry";

/// Keeps a row.
pub fn put(tx: &Tx<'_>, one: &FeedbackRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO feedback (id, scope, touchpoint, survey, score, reason, person, at_ms, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(params![
        one.id.as_bytes(),
        one.scope.to_string(),
        one.touchpoint.as_str(),
        one.survey.as_bytes(),
        one.score,
        one.reason.as_ref().map(Slug::as_str),
        one.person.as_bytes(),
        one.at_ms,
        one.entry.as_bytes(),
    ])?;
    Ok(())
}

/// Takes a row away.
pub fn clear(tx: &Tx<'_>, one: &[u8]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM feedback WHERE id = ?1")?.execute([one])?;
    Ok(())
}

/// One feedback.
pub fn get(db: &Db<'_>, one: CaptureId) -> Result<Option<FeedbackRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM feedback WHERE id = ?1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([one.as_bytes()], feedback).optional()?)
}

/// Up to `count` rows behind a place, the latest first.
pub fn behind(db: &Db<'_>, at_ms: i64, after: &[u8; 16], count: u32) -> Result<Vec<FeedbackRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM feedback WHERE at_ms <= ?1 AND (at_ms < ?1 OR id > ?2) ORDER BY at_ms DESC, id LIMIT ?3");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![at_ms, after, count], feedback)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn feedback(r: &Row<'_>) -> rusqlite::Result<FeedbackRow> {
    Ok(FeedbackRow {
        id: id(r, 0, CaptureId::from_slice)?,
        scope: scope(r, 1)?,
        touchpoint: text(r, 2)?,
        survey: id(r, 3, ReleaseHash::from_slice)?,
        score: r.get(4)?,
        reason: text_or_null(r, 5)?,
        person: id(r, 6, PersonId::from_slice)?,
        at_ms: r.get(7)?,
        entry: id(r, 8, EntryHash::from_slice)?,
    })
}
