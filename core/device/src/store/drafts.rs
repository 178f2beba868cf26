//! What people began to write: sealed rows, each under its person's own key.

use frontline_domain::PersonId;
use rusqlite::{OptionalExtension, params};
use serde_bytes::ByteArray;
use zeroize::Zeroizing;

use super::keys::Key;
use super::row::id;
use super::{Db, StoreError, Tx};

/// One row. What it is about stands inside of what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    pub person: PersonId,
    /// A MAC of what it is about, under the person's key.
    pub id: [u8; 32],
    pub nonce: [u8; 12],
    pub sealed: Vec<u8>,
}

/// Keeps a row, in the place of the one with its id.
pub fn put(tx: &Tx<'_>, row: &DraftRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        row.person.as_bytes(),
        row.id,
        row.nonce,
        row.sealed
    ])?;
    Ok(())
}

/// A person's row.
pub fn get(db: &Db<'_>, person: PersonId, one: &[u8; 32]) -> Result<Option<DraftRow>, StoreError> {
    Ok(of(db, person)?.into_iter().find(|row| row.id == *one))
}

/// All rows of a person.
pub fn of(db: &Db<'_>, person: PersonId) -> Result<Vec<DraftRow>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT person, id, nonce, sealed FROM draft WHERE person = ?1 ORDER BY id")?;
    let mut rows = statement.query([person.as_bytes()])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(DraftRow { person: id(r, 0, PersonId::from_slice)?, id: r.get(1)?, nonce: r.get(2)?, sealed: r.get(3)? });
    }
    Ok(out)
}

/// How many rows a person has.
pub fn count(db: &Db<'_>, person: PersonId) -> Result<u64, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT count(*) FROM draft WHERE person = ?1")?;
    Ok(statement.query_row([person.as_bytes()], |r| r.get::<_, i64>(0))?.unsigned_abs())
}

/// Takes a row away; whether there was one.
pub fn clear(tx: &Tx<'_>, person: PersonId, one: &[u8; 32]) -> Result<bool, StoreError> {
    let sql = "DELETE FROM draft WHERE person = ?1 AND id = ?2";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![person.as_bytes(), one])? > 0)
}

/// Takes all rows of a person away, and the key that lies open.
pub fn clear_all(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM draft WHERE person = ?1")?.execute([person.as_bytes()])?;
    clear_open_key(tx, person)
}

/// The key of somebody without a PIN: it lies open in the store, like everything else there.
pub fn open_key(db: &Db<'_>, person: PersonId) -> Result<Option<Key>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT key FROM person_key WHERE person = ?1")?;
    let key: Option<[u8; 32]> = statement.query_row([person.as_bytes()], |r| r.get(0)).optional()?;
    Ok(key.map(Zeroizing::new))
}

/// Keeps the key of somebody without a PIN.
pub fn put_open_key(tx: &Tx<'_>, person: PersonId, key: &Key) -> Result<(), StoreError> {
    let bytes = ByteArray::new(**key);
    tx.conn.prepare_cached("INSERT OR REPLACE INTO person_key VALUES (?1, ?2)")?.execute(params![person.as_bytes(), bytes.as_slice()])?;
    Ok(())
}

/// Takes it away: from here on a PIN opens what the person begins.
pub fn clear_open_key(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM person_key WHERE person = ?1")?.execute([person.as_bytes()])?;
    Ok(())
}
