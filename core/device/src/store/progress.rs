//! How far each person read each lesson.

use frontline_domain::{EntryHash, PersonId, ReleaseHash, Slug};
use rusqlite::{Row, params};

use super::row::{id, text};
use super::{Db, StoreError, Tx};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRow {
    pub person: PersonId,
    pub module: ReleaseHash,
    pub lesson: Slug,
    /// Where they left off, counted from 1.
    pub card: u16,
    /// The furthest they ever read.
    pub furthest: u16,
    pub cards: u16,
    pub at_ms: i64,
    pub entry: EntryHash,
}

/// Keeps a row.
pub fn put(tx: &Tx<'_>, one: &ProgressRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO progress VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
        one.person.as_bytes(),
        one.module.as_bytes(),
        one.lesson.as_str(),
        one.card,
        one.furthest,
        one.cards,
        one.at_ms,
        one.entry.as_bytes(),
    ])?;
    Ok(())
}

/// Takes a row away.
pub fn clear(tx: &Tx<'_>, person: PersonId, module: &ReleaseHash, lesson: &Slug) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM progress WHERE person = ?1 AND module = ?2 AND lesson = ?3")?.execute(params![
        person.as_bytes(),
        module.as_bytes(),
        lesson.as_str()
    ])?;
    Ok(())
}

/// A person's progress in every lesson that they began.
pub fn of(db: &Db<'_>, person: PersonId) -> Result<Vec<ProgressRow>, StoreError> {
    let sql = "SELECT person, module, lesson, card, furthest, cards, at_ms, entry FROM progress WHERE person = ?1 ORDER BY module, lesson";
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows = statement.query_map([person.as_bytes()], progress)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn progress(r: &Row<'_>) -> rusqlite::Result<ProgressRow> {
    Ok(ProgressRow {
        person: id(r, 0, PersonId::from_slice)?,
        module: id(r, 1, ReleaseHash::from_slice)?,
        lesson: text(r, 2)?,
        card: r.get(3)?,
        furthest: r.get(4)?,
        cards: r.get(5)?,
        at_ms: r.get(6)?,
        entry: id(r, 7, EntryHash::from_slice)?,
    })
}
