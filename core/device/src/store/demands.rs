//! What the rules of runs ask for and tell, as the runs stand now.

use std::collections::BTreeMap;

use frontline_domain::permission::Role;
use frontline_domain::{DocId, ReleaseHash, Scope};
use rusqlite::{Row, params};
use serde::Serialize;

use super::row::{id, scope};
use super::{Db, StoreError, Tx};

/// One row. `item`, `rule` and `then` are its place in the form of the run's release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandRow {
    pub run: DocId,
    pub scope: Scope,
    pub item: u32,
    pub instance: u16,
    pub rule: u32,
    pub then: u32,
    /// Whom a notice is for; none: something is to be put right.
    pub role: Option<Role>,
    /// When what it follows from was answered, by its author's device.
    pub since_ms: i64,
    pub due_ms: Option<i64>,
}

/// A row with the version that says what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demanded {
    pub row: DemandRow,
    pub release: ReleaseHash,
}

impl DemandRow {
    /// The same on every device.
    pub fn id(&self) -> [u8; 16] {
        let mut hash = blake3::Hasher::new();
        hash.update(self.run.as_bytes());
        for part in [self.item, self.instance.into(), self.rule, self.then] {
            hash.update(&part.to_be_bytes());
        }
        let mut out = [0; 16];
        hash.finalize_xof().fill(&mut out);
        out
    }
}

/// Somebody's role at a place: whom notices there are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ear(String);

impl Ear {
    pub fn new(scope: Scope, role: &str) -> Self {
        Self(format!("{scope} {role}"))
    }
}

/// Sets what a run asks for: only what is another than before is written.
pub fn set(tx: &Tx<'_>, run: DocId, rows: &[DemandRow]) -> Result<(), StoreError> {
    let mut left: BTreeMap<[u8; 16], (i64, Option<i64>)> = {
        let mut statement = tx.conn.prepare_cached("SELECT id, since_ms, due_ms FROM demand WHERE run = ?1")?;
        let rows = statement.query_map([run.as_bytes()], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
        rows.collect::<Result<_, _>>()?
    };
    for one in rows {
        if left.remove(&one.id()) != Some((one.since_ms, one.due_ms)) {
            put(tx, one)?;
        }
    }
    for gone in left.into_keys() {
        tx.conn.prepare_cached("DELETE FROM demand WHERE id = ?1")?.execute([gone])?;
    }
    Ok(())
}

fn put(tx: &Tx<'_>, one: &DemandRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO demand VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
        one.id(),
        one.run.as_bytes(),
        one.scope.to_string(),
        one.item,
        one.instance,
        one.rule,
        one.then,
        one.role.map(Role::name),
        one.since_ms,
        one.due_ms,
    ])?;
    Ok(())
}

const COLUMNS: &str = "d.run, d.scope, d.item, d.instance, d.rule, d.consequence, d.role, d.since_ms, d.due_ms, r.release";

/// What one run asks for and tells, in the order of its form.
pub fn of(db: &Db<'_>, run: DocId) -> Result<Vec<Demanded>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM demand d JOIN run r ON r.id = d.run WHERE d.run = ?1 ORDER BY d.item, d.instance, d.rule, d.consequence"
    );
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([run.as_bytes()], demanded)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Up to `count` of what is to be put right, and of what these ears are told, behind a place, newest first.
pub fn behind(db: &Db<'_>, at_ms: i64, after: &[u8; 16], count: u32, ears: &[Ear]) -> Result<Vec<Demanded>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM demand d JOIN run r ON r.id = d.run
         WHERE (d.since_ms < ?1 OR d.since_ms = ?1 AND d.id > ?2) AND (d.role IS NULL OR d.scope || ' ' || d.role IN (SELECT value FROM json_each(?3)))
         ORDER BY d.since_ms DESC, d.id LIMIT ?4"
    );
    let ears = serde_json::to_string(ears).unwrap_or_else(|_| "[]".to_owned());
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![at_ms, after, ears, count], demanded)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The places where something is asked for.
pub fn scopes(db: &Db<'_>) -> Result<Vec<Scope>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT DISTINCT scope FROM demand")?;
    let rows = statement.query_map([], |r| scope(r, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn demanded(r: &Row<'_>) -> rusqlite::Result<Demanded> {
    let role: Option<String> = r.get(6)?;
    Ok(Demanded {
        row: DemandRow {
            run: id(r, 0, DocId::from_slice)?,
            scope: scope(r, 1)?,
            item: r.get(2)?,
            instance: r.get(3)?,
            rule: r.get(4)?,
            then: r.get(5)?,
            role: role.and_then(|name| Role::ALL.into_iter().find(|role| role.name() == name)),
            since_ms: r.get(7)?,
            due_ms: r.get(8)?,
        },
        release: id(r, 9, ReleaseHash::from_slice)?,
    })
}
