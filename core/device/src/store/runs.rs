//! A row per run of a procedure: what lists show.

use frontline_domain::{DocId, PersonId, ReleaseHash, Scope};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{id, scope};
use super::{Db, StoreError, Tx};

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Status {
    Open = 0,
    Submitted = 1,
    SignedOff = 2,
    /// It was signed off, and an answer changed since.
    Lapsed = 3,
}

impl Status {
    /// The word that people and JSON read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::SignedOff => "signed-off",
            Self::Lapsed => "lapsed",
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    pub id: DocId,
    pub scope: Scope,
    pub release: ReleaseHash,
    pub status: Status,
    /// Items with an answer, and how many ask for one.
    pub answered: u32,
    pub required: u32,
    /// Required ones without.
    pub missing: u32,
    pub clashes: u32,
    pub started_by: PersonId,
    pub started_ms: i64,
    pub updated_ms: i64,
}

const COLUMNS: &str = "id, scope, release, status, answered, required, missing, clashes, started_by, started_ms, updated_ms";

/// Keeps a run's row.
pub fn put(tx: &Tx<'_>, run: &RunRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?.execute(params![
        run.id.as_bytes(),
        run.scope.to_string(),
        run.release.as_bytes(),
        run.status as u8,
        run.answered,
        run.required,
        run.missing,
        run.clashes,
        run.started_by.as_bytes(),
        run.started_ms,
        run.updated_ms,
    ])?;
    Ok(())
}

/// Takes a run's row away.
pub fn clear(tx: &Tx<'_>, one: DocId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM run WHERE id = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// One run's row.
pub fn get(db: &Db<'_>, one: DocId) -> Result<Option<RunRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM run WHERE id = ?1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([one.as_bytes()], run).optional()?)
}

/// All runs, latest changed first.
pub fn all(db: &Db<'_>) -> Result<Vec<RunRow>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM run ORDER BY updated_ms DESC, id"))?;
    let rows = statement.query_map([], run)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Items of all runs that stand in a clash.
pub fn clashes(db: &Db<'_>) -> Result<u64, StoreError> {
    Ok(db.conn.prepare_cached("SELECT coalesce(sum(clashes), 0) FROM run")?.query_row([], |r| r.get::<_, u32>(0))?.into())
}

fn run(r: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        id: id(r, 0, DocId::from_slice)?,
        scope: scope(r, 1)?,
        release: id(r, 2, ReleaseHash::from_slice)?,
        status: match r.get::<_, u8>(3)? {
            0 => Status::Open,
            1 => Status::Submitted,
            2 => Status::SignedOff,
            _ => Status::Lapsed,
        },
        answered: r.get(4)?,
        required: r.get(5)?,
        missing: r.get(6)?,
        clashes: r.get(7)?,
        started_by: id(r, 8, PersonId::from_slice)?,
        started_ms: r.get(9)?,
        updated_ms: r.get(10)?,
    })
}
