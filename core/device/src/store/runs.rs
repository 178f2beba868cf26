//! A row per run of a procedure: what lists show.

use std::collections::BTreeSet;

use frontline_domain::document::RunState;
use frontline_domain::{DocId, PersonId, ReleaseHash, Scope, Slug};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{id, scope, text_or_null};
use super::{Db, StoreError, Tx};

/// Whether a run that is here, or was begun here, is of this procedure.
pub fn is_of(db: &Db<'_>, release: &ReleaseHash) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM doc WHERE release = ?1) OR EXISTS (SELECT 1 FROM started WHERE release = ?1)";
    Ok(db.conn.prepare_cached(sql)?.query_row([release.as_bytes()], |r| r.get(0))?)
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    pub id: DocId,
    pub scope: Scope,
    pub release: ReleaseHash,
    pub status: RunState,
    /// Items with an answer, and how many ask for one.
    pub answered: u32,
    pub required: u32,
    /// Required ones without.
    pub missing: u32,
    pub clashes: u32,
    pub started_by: PersonId,
    pub started_ms: i64,
    pub updated_ms: i64,
    pub away: Away,
    /// What it is about.
    pub asset: Option<Slug>,
}

/// Whether a run is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    Here,
    /// It has left: only this row is here.
    Left,
    /// And something came about it since.
    Changed,
}

/// Open runs behind one another at most that look back to the same one.
const LOOK_BACK: u32 = 64;

const COLUMNS: &str = "id, scope, release, status, answered, required, missing, clashes, started_by, started_ms, updated_ms, away, asset";

/// Keeps a run's row.
pub fn put(tx: &Tx<'_>, run: &RunRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?.execute(
        params![
            run.id.as_bytes(),
            run.scope.to_string(),
            run.release.as_bytes(),
            code(run.status),
            run.answered,
            run.required,
            run.missing,
            run.clashes,
            run.started_by.as_bytes(),
            run.started_ms,
            run.updated_ms,
            match run.away {
                Away::Here => 0,
                Away::Left => 1,
                Away::Changed => 2,
            },
            run.asset.as_ref().map(Slug::as_str),
        ],
    )?;
    Ok(())
}

/// Takes a run's row away.
pub fn clear(tx: &Tx<'_>, one: DocId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM run WHERE id = ?1")?.execute([one.as_bytes()])?;
    tx.conn.prepare_cached("DELETE FROM run_waiting WHERE run = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// A run among those of its procedure at its place, about the same asset or about none.
#[derive(Debug, Clone)]
pub struct Place {
    pub run: DocId,
    pub scope: Scope,
    pub release: ReleaseHash,
    pub started_ms: i64,
    pub asset: Option<Slug>,
}

impl Place {
    /// As [`SAME`] asks for it.
    fn values(&self) -> (&[u8; 16], String, &[u8; 32], i64, Option<&str>) {
        (self.run.as_bytes(), self.scope.to_string(), self.release.as_bytes(), self.started_ms, self.asset.as_ref().map(Slug::as_str))
    }
}

/// Of a status: the run was handed in, whatever became of it since.
const HANDED_IN: &str = "BETWEEN 1 AND 3";

const SAME: &str = "FROM run other JOIN release r ON r.hash = other.release
    WHERE other.scope = ?2 AND (r.kind, r.slug) = (SELECT kind, slug FROM release WHERE hash = ?3) AND other.asset IS ?5 AND other.away = 0";

/// The run before this one that was handed in, of the same procedure at the same place and about the same asset, whichever
/// version of it.
pub fn before(db: &Db<'_>, one: &Place) -> Result<Option<DocId>, StoreError> {
    let sql = format!(
        "SELECT other.id {SAME} AND other.status {HANDED_IN} AND (other.started_ms, other.id) < (?4, ?1)
         ORDER BY other.started_ms DESC, other.id DESC LIMIT 1"
    );
    Ok(db.conn.prepare_cached(&sql)?.query_row(one.values(), |r| id(r, 0, DocId::from_slice)).optional()?)
}

/// The runs behind this one that look back to it, or did before it was given back: up to the next that was handed in.
pub fn behind_it(db: &Db<'_>, one: &Place) -> Result<Vec<DocId>, StoreError> {
    let sql = format!(
        "SELECT other.id, other.status {HANDED_IN} {SAME} AND (other.started_ms, other.id) > (?4, ?1) ORDER BY other.started_ms, other.id LIMIT {LOOK_BACK}"
    );
    let mut statement = db.conn.prepare_cached(&sql)?;
    let mut rows = statement.query(one.values())?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(id(r, 0, DocId::from_slice)?);
        if r.get::<_, bool>(1)? {
            break;
        }
    }
    Ok(out)
}

/// Runs that are here, open and about this asset, the latest changed first.
pub fn open_about(db: &Db<'_>, asset: &Slug, count: u32) -> Result<Vec<RunRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM run WHERE asset = ?1 AND status = 0 AND away = 0 ORDER BY updated_ms DESC, id LIMIT ?2");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![asset.as_str(), count], run)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The runs that are here of a place, with their versions.
pub fn of_place(db: &Db<'_>, scope: Scope) -> Result<Vec<(DocId, ReleaseHash)>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT id, release FROM run WHERE scope = ?1 AND away = 0 ORDER BY started_ms, id")?;
    let rows = statement.query_map([scope.to_string()], |r| Ok((id(r, 0, DocId::from_slice)?, id(r, 1, ReleaseHash::from_slice)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The runs that are here of these versions and are open, or were withdrawn while they were.
pub fn unfinished_of(db: &Db<'_>, releases: &BTreeSet<ReleaseHash>) -> Result<Vec<DocId>, StoreError> {
    let sql = format!("SELECT id FROM run WHERE release = ?1 AND status NOT {HANDED_IN} ORDER BY started_ms, id");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let mut out = Vec::new();
    for release in releases {
        let rows = statement.query_map([release.as_bytes()], |r| id(r, 0, DocId::from_slice))?;
        out.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(out)
}

/// The runs that are here about an asset, with their versions.
pub fn of_asset(db: &Db<'_>, asset: &Slug) -> Result<Vec<(DocId, ReleaseHash)>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT id, release FROM run WHERE asset = ?1 AND away = 0 ORDER BY started_ms, id")?;
    let rows = statement.query_map([asset.as_str()], |r| Ok((id(r, 0, DocId::from_slice)?, id(r, 1, ReleaseHash::from_slice)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One run's row.
pub fn get(db: &Db<'_>, one: DocId) -> Result<Option<RunRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM run WHERE id = ?1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([one.as_bytes()], run).optional()?)
}

/// Up to `count` rows behind a place, the latest first.
pub fn behind(db: &Db<'_>, at_ms: i64, after: &[u8; 16], count: u32) -> Result<Vec<RunRow>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM run WHERE updated_ms < ?1 OR updated_ms = ?1 AND id > ?2 ORDER BY updated_ms DESC, id LIMIT ?3");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![at_ms, after, count], run)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Runs that are here and in this state, the latest changed first; of one version alone where one is named.
pub fn in_state(db: &Db<'_>, status: RunState, of: Option<ReleaseHash>, count: u32) -> Result<Vec<RunRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM run WHERE status = ?1 AND away = 0 AND (?2 IS NULL OR release = ?2) ORDER BY updated_ms DESC, id LIMIT ?3"
    );
    let of = of.map(|release| release.as_bytes().to_vec());
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![code(status), of, count], run)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The versions that runs which are here and in this state belong to.
pub fn versions_in_state(db: &Db<'_>, status: RunState) -> Result<Vec<ReleaseHash>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT DISTINCT release FROM run WHERE status = ?1 AND away = 0 ORDER BY release")?;
    let rows = statement.query_map([code(status)], |r| id(r, 0, ReleaseHash::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the latest handed in run of a procedure at a place was changed last, whichever version of it.
pub fn latest_handed_in(db: &Db<'_>, scope: Scope, release: ReleaseHash) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT max(run.updated_ms) FROM run JOIN release r ON r.hash = run.release
         WHERE run.scope = ?1 AND (r.kind, r.slug) = (SELECT kind, slug FROM release WHERE hash = ?2) AND run.status {HANDED_IN}"
    );
    let mut statement = db.conn.prepare_cached(&sql)?;
    Ok(statement.query_row(params![scope.to_string(), release.as_bytes()], |r| r.get(0))?)
}

/// Items that stand in a clash, of each version and of whom began its runs.
pub fn clashes(db: &Db<'_>) -> Result<Vec<(ReleaseHash, PersonId, u64)>, StoreError> {
    let sql = "SELECT release, started_by, sum(clashes) FROM run WHERE clashes > 0 GROUP BY release, started_by";
    let mut statement = db.conn.prepare_cached(sql)?;
    let of = |r: &Row<'_>| Ok((id(r, 0, ReleaseHash::from_slice)?, id(r, 1, PersonId::from_slice)?, r.get::<_, u32>(2)?.into()));
    let rows = statement.query_map([], of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn code(status: RunState) -> u8 {
    match status {
        RunState::Open => 0,
        RunState::Submitted => 1,
        RunState::SignedOff => 2,
        RunState::Lapsed => 3,
        RunState::Withdrawn => 4,
    }
}

/// A run begun on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    pub run: DocId,
    pub scope: Scope,
    pub release: ReleaseHash,
    pub nonce: [u8; 16],
    pub person: PersonId,
    pub at_ms: i64,
    /// What it is about.
    pub asset: Option<Slug>,
}

/// Notes that a run was begun here; the same one a second time changes nothing.
pub fn start(tx: &Tx<'_>, one: &Started) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR IGNORE INTO started VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        one.run.as_bytes(),
        one.scope.to_string(),
        one.release.as_bytes(),
        one.nonce,
        one.person.as_bytes(),
        one.at_ms,
        one.asset.as_ref().map(Slug::as_str),
    ])?;
    Ok(())
}

/// How a run was begun here, if it was.
pub fn started(db: &Db<'_>, one: DocId) -> Result<Option<Started>, StoreError> {
    let sql = "SELECT run, scope, release, nonce, person, at_ms, asset FROM started WHERE run = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([one.as_bytes()], begun).optional()?)
}

/// All runs begun here.
pub fn all_started(db: &Db<'_>) -> Result<Vec<DocId>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT run FROM started")?;
    let rows = statement.query_map([], |r| id(r, 0, DocId::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn begun(r: &Row<'_>) -> rusqlite::Result<Started> {
    Ok(Started {
        run: id(r, 0, DocId::from_slice)?,
        scope: scope(r, 1)?,
        release: id(r, 2, ReleaseHash::from_slice)?,
        nonce: r.get(3)?,
        person: id(r, 4, PersonId::from_slice)?,
        at_ms: r.get(5)?,
        asset: text_or_null(r, 6)?,
    })
}

/// Notes that a run waits for its procedure.
pub fn wait(tx: &Tx<'_>, release: &ReleaseHash, run: DocId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR IGNORE INTO run_waiting VALUES (?1, ?2)")?.execute(params![release.as_bytes(), run.as_bytes()])?;
    Ok(())
}

/// The runs that waited for a procedure, which no longer do.
pub fn waited(tx: &Tx<'_>, release: &ReleaseHash) -> Result<Vec<DocId>, StoreError> {
    let mut statement = tx.conn.prepare_cached("DELETE FROM run_waiting WHERE release = ?1 RETURNING run")?;
    let rows = statement.query_map([release.as_bytes()], |r| id(r, 0, DocId::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn run(r: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        id: id(r, 0, DocId::from_slice)?,
        scope: scope(r, 1)?,
        release: id(r, 2, ReleaseHash::from_slice)?,
        status: match r.get::<_, u8>(3)? {
            0 => RunState::Open,
            1 => RunState::Submitted,
            2 => RunState::SignedOff,
            3 => RunState::Lapsed,
            _ => RunState::Withdrawn,
        },
        answered: r.get(4)?,
        required: r.get(5)?,
        missing: r.get(6)?,
        clashes: r.get(7)?,
        started_by: id(r, 8, PersonId::from_slice)?,
        started_ms: r.get(9)?,
        updated_ms: r.get(10)?,
        away: match r.get::<_, u8>(11)? {
            0 => Away::Here,
            1 => Away::Left,
            _ => Away::Changed,
        },
        asset: text_or_null(r, 12)?,
    })
}
