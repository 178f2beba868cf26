//! What the server wrote about people, sites and the rest. The record with the highest number stands; where
//! the same one is in several feeds (a person in each of their sites'), the latest written.

use frontline_domain::record::Record;
use frontline_domain::{EntryType, Scope};
use rusqlite::params;

use super::row::{bits, scope};
use super::{Db, StoreError, Tx};

/// Sets what stands in one scope.
pub fn put(tx: &Tx<'_>, one: EntryType, id: &[u8], scope: Scope, number: u64, at_ms: i64, body: &[u8]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        one.0,
        id,
        scope.to_string(),
        bits(number),
        at_ms,
        body
    ])?;
    Ok(())
}

/// Takes away what stood about one thing, in every scope.
pub fn clear(tx: &Tx<'_>, one: EntryType, id: &[u8]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM record WHERE type = ?1 AND id = ?2")?.execute(params![one.0, id])?;
    Ok(())
}

/// The record about one thing.
pub fn get<R: Record>(db: &Db<'_>, id: &[u8]) -> Result<Option<R>, StoreError> {
    db.recall("record", id, || read_one(db, id))
}

fn read_one<R: Record>(db: &Db<'_>, id: &[u8]) -> Result<Option<R>, StoreError> {
    let sql = "SELECT body FROM record WHERE type = ?1 AND id = ?2 ORDER BY at_ms DESC, number DESC LIMIT 1";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![R::TYPE.0, id])?;
    match rows.next()? {
        Some(r) => Ok(Some(R::decode(r.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?)),
        None => Ok(None),
    }
}

/// All records of a kind, in order of their ids, withdrawn ones too.
pub fn all<R: Record>(db: &Db<'_>) -> Result<Vec<R>, StoreError> {
    db.recall("record", &[], || read_all(db))
}

/// What stands in one scope, in order of their ids, withdrawn ones too.
pub fn of<R: Record>(db: &Db<'_>, scope: Scope) -> Result<Vec<R>, StoreError> {
    let sql = "SELECT body FROM record WHERE type = ?1 AND scope = ?2 ORDER BY id";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![R::TYPE.0, scope.to_string()])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(R::decode(r.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?);
    }
    Ok(out)
}

fn read_all<R: Record>(db: &Db<'_>) -> Result<Vec<R>, StoreError> {
    let sql = "SELECT id, body FROM record WHERE type = ?1 ORDER BY id, at_ms DESC, number DESC";
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query([R::TYPE.0])?;
    let (mut out, mut last) = (Vec::new(), None);
    while let Some(r) = rows.next()? {
        let id: Vec<u8> = r.get(0)?;
        if last.as_ref() != Some(&id) {
            out.push(R::decode(r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?);
            last = Some(id);
        }
    }
    Ok(out)
}

/// All that stands of a kind, of each scope for itself, in order of their ids, withdrawn ones too.
pub fn everywhere<R: Record>(db: &Db<'_>) -> Result<Vec<(Scope, R)>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT scope, body FROM record WHERE type = ?1 ORDER BY id, scope")?;
    let mut rows = statement.query([R::TYPE.0])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push((scope(r, 0)?, R::decode(r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?));
    }
    Ok(out)
}

/// When each record of a kind was written last, in order of their ids, withdrawn ones too.
pub fn written<R: Record>(db: &Db<'_>) -> Result<Vec<(i64, R)>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT id, max(at_ms) FROM record WHERE type = ?1 GROUP BY id ORDER BY id")?;
    let rows = statement.query_map([R::TYPE.0], |r| Ok((r.get::<_, Vec<u8>>(0)?, r.get::<_, i64>(1)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (id, at_ms) = row?;
        out.extend(get::<R>(db, &id)?.map(|record| (at_ms, record)));
    }
    Ok(out)
}
