//! How far each feed was read, under which types; the older marks of each cursor; what may be read at all.

use frontline_domain::{Incarnation, Scope, TypeSet};
use frontline_protocol::Mark;
use frontline_protocol::sync::Cursor;
use rusqlite::{OptionalExtension, params};

use super::row::{bits, scope, tag, types, unbits};
use super::{Db, StoreError, Tx};

/// All cursors, without their older marks, in order of scope and types.
pub fn all(db: &Db<'_>) -> Result<Vec<Cursor>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT scope, types, incarnation, number, tag FROM cursor ORDER BY scope, types")?;
    let rows = statement.query_map([], |r| {
        Ok(Cursor {
            scope: scope(r, 0)?,
            types: types(r, 1)?,
            incarnation: Incarnation(unbits(r.get(2)?)),
            at: Mark { number: unbits(r.get(3)?), tag: tag(r, 4)? },
            older: Vec::new(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets a cursor.
pub fn put(tx: &Tx<'_>, one: &Cursor) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO cursor VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        one.scope.to_string(),
        one.types.to_bytes(),
        bits(one.incarnation.0),
        bits(one.at.number),
        one.at.tag.as_bytes()
    ])?;
    Ok(())
}

/// Takes a cursor away, with its history.
pub fn remove(tx: &Tx<'_>, of: Scope, under: TypeSet) -> Result<(), StoreError> {
    let args = params![of.to_string(), under.to_bytes()];
    tx.conn.prepare_cached("DELETE FROM cursor WHERE scope = ?1 AND types = ?2")?.execute(args)?;
    tx.conn.prepare_cached("DELETE FROM mark_history WHERE scope = ?1 AND types = ?2")?.execute(args)?;
    Ok(())
}

/// The furthest that a scope's feed was read, for the `seen` of what is written in it: (incarnation, number).
/// Where several cursors stand in it, the lowest: everything up to there was there to be seen.
pub fn seen(db: &Db<'_>, of: Scope) -> Result<Option<(Incarnation, u64)>, StoreError> {
    let of = of.to_string();
    let sql = "SELECT incarnation, number FROM cursor WHERE scope = ?1 ORDER BY number LIMIT 1";
    let row = db.recall("cursor", of.as_bytes(), || {
        Ok::<_, StoreError>(db.conn.prepare_cached(sql)?.query_row([&of], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?))).optional()?)
    })?;
    Ok(row.map(|(incarnation, number)| (Incarnation(unbits(incarnation)), unbits(number))))
}

/// The marks that a cursor stood at before, highest first.
pub fn history(db: &Db<'_>, of: Scope, under: TypeSet) -> Result<Vec<Mark>, StoreError> {
    let sql = "SELECT number, tag FROM mark_history WHERE scope = ?1 AND types = ?2 ORDER BY number DESC";
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows =
        statement.query_map(params![of.to_string(), under.to_bytes()], |r| Ok(Mark { number: unbits(r.get(0)?), tag: tag(r, 1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a cursor's history in the place of the one before.
pub fn set_history(tx: &Tx<'_>, of: Scope, under: TypeSet, marks: &[Mark]) -> Result<(), StoreError> {
    let (of, under) = (of.to_string(), under.to_bytes());
    tx.conn.prepare_cached("DELETE FROM mark_history WHERE scope = ?1 AND types = ?2")?.execute(params![of, under])?;
    let mut insert = tx.conn.prepare_cached("INSERT OR REPLACE INTO mark_history VALUES (?1, ?2, ?3, ?4)")?;
    for mark in marks {
        insert.execute(params![of, under, bits(mark.number), mark.tag.as_bytes()])?;
    }
    Ok(())
}

/// What this device may carry, as the last answer said.
pub fn reads(db: &Db<'_>) -> Result<Vec<(Scope, TypeSet)>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT scope, types FROM reads ORDER BY scope")?;
    let rows = statement.query_map([], |r| Ok((scope(r, 0)?, types(r, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts what may be carried in the place of what was said before.
pub fn set_reads(tx: &Tx<'_>, granted: &[(Scope, TypeSet)]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM reads")?.execute([])?;
    let mut insert = tx.conn.prepare_cached("INSERT OR REPLACE INTO reads VALUES (?1, ?2)")?;
    for (of, under) in granted {
        insert.execute(params![of.to_string(), under.to_bytes()])?;
    }
    Ok(())
}
