//! Customers: keys, what finds them again, and a row per contact or feedback that says something about one.
//! Nothing here is readable without its key; without the key of a customer nothing about them is.

use frontline_domain::customer::Sealed;
use frontline_domain::{CaptureId, DeviceId, SubjectId, cbor};
use rusqlite::{OptionalExtension, params};

use super::keys::Key;
use super::row::id;
use super::{Db, StoreError, Tx};

/// What the last entry said about the customer of `about`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    pub about: CaptureId,
    /// The author's.
    pub device: DeviceId,
    pub sealed: Sealed,
}

/// Keeps a key; the first one stands.
pub fn put_key(tx: &Tx<'_>, subject: SubjectId, device: DeviceId, key: &[u8; 32]) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO customer_key (subject, device, key) VALUES (?1, ?2, ?3)";
    tx.conn.prepare_cached(sql)?.execute(params![subject.as_bytes(), device.as_bytes(), &key[..]])?;
    Ok(())
}

/// The key of what this device said about this customer.
pub fn key(db: &Db<'_>, subject: SubjectId, device: DeviceId) -> Result<Option<Key>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT key FROM customer_key WHERE subject = ?1 AND device = ?2")?;
    let found = statement.query_row(params![subject.as_bytes(), device.as_bytes()], |r| r.get::<_, [u8; 32]>(0)).optional()?;
    Ok(found.map(Key::new))
}

/// Removes all that opens or finds a customer.
pub fn forget(tx: &Tx<'_>, subject: SubjectId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM customer_key WHERE subject = ?1")?.execute([subject.as_bytes()])?;
    tx.conn.prepare_cached("DELETE FROM customer_index WHERE subject = ?1")?.execute([subject.as_bytes()])?;
    Ok(())
}

/// Removes keys that were lent for entries that are no longer here, and what found their customers.
pub fn sweep(tx: &Tx<'_>, own: DeviceId) -> Result<(), StoreError> {
    let sql = "DELETE FROM customer_key WHERE device <> ?1 AND NOT EXISTS (SELECT 1 FROM customer \
               WHERE customer.subject = customer_key.subject AND customer.device = customer_key.device)";
    tx.conn.prepare_cached(sql)?.execute([own.as_bytes()])?;
    let sql =
        "DELETE FROM customer_index WHERE NOT EXISTS (SELECT 1 FROM customer_key WHERE customer_key.subject = customer_index.subject)";
    tx.conn.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Notes by what a customer is found again.
pub fn put_index(tx: &Tx<'_>, mac: &[u8; 32], subject: SubjectId) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO customer_index (mac, subject) VALUES (?1, ?2)";
    tx.conn.prepare_cached(sql)?.execute(params![&mac[..], subject.as_bytes()])?;
    Ok(())
}

/// The customers that are found by this.
pub fn with(db: &Db<'_>, mac: &[u8; 32]) -> Result<Vec<SubjectId>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT subject FROM customer_index WHERE mac = ?1 ORDER BY subject")?;
    let rows = statement.query_map([&mac[..]], |r| id(r, 0, SubjectId::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a row.
pub fn put(tx: &Tx<'_>, one: &CustomerRow) -> Result<(), StoreError> {
    let sealed = cbor::encode(&one.sealed);
    let subject = one.sealed.subject;
    tx.conn
        .prepare_cached("INSERT OR REPLACE INTO customer (about, device, subject, sealed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![one.about.as_bytes(), one.device.as_bytes(), subject.as_bytes(), sealed])?;
    Ok(())
}

/// Takes a row away.
pub fn clear(tx: &Tx<'_>, about: CaptureId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM customer WHERE about = ?1")?.execute([about.as_bytes()])?;
    Ok(())
}

/// What is known about the customer of a contact, or was said with a feedback.
pub fn get(db: &Db<'_>, about: CaptureId) -> Result<Option<CustomerRow>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT device, sealed FROM customer WHERE about = ?1")?;
    let found = statement.query_row([about.as_bytes()], |r| Ok((id(r, 0, DeviceId::from_slice)?, r.get::<_, Vec<u8>>(1)?))).optional()?;
    let row = |(device, sealed): (DeviceId, Vec<u8>)| Ok(CustomerRow { about, device, sealed: cbor::decode("a sealed payload", &sealed)? });
    found.map(row).transpose()
}

/// The contacts and feedbacks that say something about this customer.
pub fn abouts(db: &Db<'_>, subject: SubjectId) -> Result<Vec<CaptureId>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT about FROM customer WHERE subject = ?1 ORDER BY about")?;
    let rows = statement.query_map([subject.as_bytes()], |r| id(r, 0, CaptureId::from_slice))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
