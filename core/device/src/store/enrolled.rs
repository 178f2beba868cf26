//! Who may write on this device.

use frontline_domain::record::Certificate;
use frontline_domain::{PersonId, SiteId, cbor};
use rusqlite::params;

use super::row::id;
use super::{Db, StoreError, Tx};

/// A person with the certificate that their enrolment code gave (`sync.md` 14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    pub person: PersonId,
    pub site: SiteId,
    /// As the server said it at enrolment; the record says it later.
    pub name: String,
    pub certificate: Certificate,
}

/// Adds a person, or puts a newer certificate in the old one's place.
pub fn put(tx: &Tx<'_>, one: &Enrolled) -> Result<(), StoreError> {
    tx.conn
        .prepare_cached(
            "INSERT INTO enrolled VALUES (?1, ?2, ?3, ?4, (SELECT 1 + coalesce(max(place), 0) FROM enrolled)) \
             ON CONFLICT (person) DO UPDATE SET site = excluded.site, name = excluded.name, certificate = excluded.certificate",
        )?
        .execute(params![one.person.as_bytes(), one.site.as_bytes(), one.name, cbor::encode(&one.certificate)])?;
    Ok(())
}

/// Takes a person away.
pub fn remove(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM enrolled WHERE person = ?1")?.execute([person.as_bytes()])?;
    Ok(())
}

/// Everybody, in the order that they were enrolled in.
pub fn all(db: &Db<'_>) -> Result<Vec<Enrolled>, StoreError> {
    db.recall("enrolled", &[], || read_all(db))
}

fn read_all(db: &Db<'_>) -> Result<Vec<Enrolled>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT person, site, name, certificate FROM enrolled ORDER BY place")?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(Enrolled {
            person: id(r, 0, PersonId::from_slice)?,
            site: id(r, 1, SiteId::from_slice)?,
            name: r.get(2)?,
            certificate: cbor::decode("a certificate", r.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?)?,
        });
    }
    Ok(out)
}
