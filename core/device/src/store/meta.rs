//! Single values: who this device is and what it last heard of the server.

use frontline_domain::{DeviceId, Epoch, Incarnation, OrgId, PersonId, cbor};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Db, StoreError, Tx, pending};

/// The values that there are; each is CBOR.
pub mod key {
    /// [`super::Identity`], once enrolled.
    pub const IDENTITY: &str = "identity";
    /// `(Epoch, u64)`: the series that entries are numbered in, and the number that the next one gets.
    pub const SERIES: &str = "series";
    /// The seed of the device's Ed25519 key, 32 bytes; made before enrolment.
    pub const SEED: &str = "seed";
    /// 32 random bytes: what the device's two keys for customers are derived from.
    pub const CUSTOMERS: &str = "customers";
    /// The X25519 public key that keys of customers are sealed to for the server; since enrolment.
    pub const CUSTOMERS_AT: &str = "customers_at";
    /// The X25519 public recovery key of the organisation, where it has one; since enrolment.
    pub const RECOVERY_AT: &str = "recovery_at";
    /// The nonce that the server gave last.
    pub const NONCE: &str = "nonce";
    /// [`frontline_protocol::stance::Stance::digest`] of where this device stood when the server last told it nothing
    /// new; null since it told something.
    pub const STANCE: &str = "stance";
    /// `(Incarnation, server time)` of the last answer applied.
    pub const CONTACT: &str = "contact";
    /// Server time minus wall clock at the last answer, ms.
    pub const SERVER_OFFSET: &str = "server_offset";
    /// `(Incarnation, commit time)` that the server announced as backed up, or null.
    pub const BACKED_UP: &str = "backed_up";
    /// The server time up to which all that was captured has a verdict (`sync.md` 30).
    pub const REPORTED_THROUGH: &str = "reported_through";
    /// [`super::Synced`]: what syncs moved since the device was enrolled.
    pub const SYNCED: &str = "synced";
    /// `(Code, server time)`: why the server turns this device away as a whole, and since when; absent while it
    /// does not.
    pub const BLOCKED: &str = "blocked";
    /// What is noted of damaged stores that were set aside ([`crate::recover`]).
    pub const SET_ASIDE: &str = "set_aside";
    /// The last reading of the clocks ([`crate::clock`]).
    pub const CLOCK: &str = "clock";
    /// The highest estimate of server time that was seen, ms ([`crate::lease`]).
    pub const LEASE_SEEN: &str = "lease_seen";
    /// What pictures took of a metered network on the last day that they did ([`crate::blobs::budget`]).
    pub const METERED: &str = "metered";
    /// The person who was chosen to write.
    pub const PERSON: &str = "person";
    /// `[(PersonId, Lang)]`: who reads in another language here than their record says.
    pub const LANGUAGES: &str = "languages";
    /// The build of the projections that filled the tables.
    pub const PROJECTION: &str = "projection";
}

/// Who this device is, as enrolling it settled.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Identity {
    pub org: OrgId,
    pub org_name: String,
    pub device: DeviceId,
    pub device_name: String,
    /// `https://host[:port]`.
    pub server: String,
}

/// What all syncs of this device moved; counted with the contact, so that it costs no commit of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Synced {
    /// Syncs that the server answered to the end at least once.
    pub sessions: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
}

/// What to sign with next; an answer without one says that the last is good yet.
pub fn heard_nonce(tx: &Tx<'_>, nonce: &[u8]) -> Result<(), StoreError> {
    if nonce.is_empty() { Ok(()) } else { put(tx, key::NONCE, &serde_bytes::Bytes::new(nonce)) }
}

/// The value under `key`, if there is one.
pub fn get<T: DeserializeOwned>(db: &Db<'_>, key: &'static str) -> Result<Option<T>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    let bytes: Option<Vec<u8>> = statement.query_row([key], |r| r.get(0)).optional()?;
    Ok(bytes.map(|b| cbor::decode(key, &b)).transpose()?)
}

/// As [`get`], for what each capture asks for.
pub fn recall<T: DeserializeOwned + Clone + Send + 'static>(db: &Db<'_>, key: &'static str) -> Result<Option<T>, StoreError> {
    db.recall("meta", key.as_bytes(), || get(db, key))
}

/// Sets the value under `key`.
pub fn put<T: Serialize>(tx: &Tx<'_>, key: &'static str, value: &T) -> Result<(), StoreError> {
    let mut statement =
        tx.conn.prepare_cached("INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?;
    statement.execute(params![key, cbor::encode(value)])?;
    tx.forget();
    Ok(())
}

/// Takes the value under `key` away.
pub fn clear(tx: &Tx<'_>, key: &'static str) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// Who this device is; [`StoreError::NotEnrolled`] before enrolment.
pub fn identity(db: &Db<'_>) -> Result<Identity, StoreError> {
    recall(db, key::IDENTITY)?.ok_or(StoreError::NotEnrolled)
}

/// The series of entries and its next number.
pub fn series(db: &Db<'_>) -> Result<(Epoch, u64), StoreError> {
    let known = recall(db, key::SERIES)?.ok_or(StoreError::NotEnrolled)?;
    Ok(pending::last(db)?.map_or(known, |last| (last.epoch, last.seq + 1)))
}

/// Takes the next number of the series. If the transaction rolls back, the number was never taken.
pub fn take_seq(tx: &Tx<'_>) -> Result<(Epoch, u64), StoreError> {
    let (epoch, next) = series(tx)?;
    // An appended capture takes its number by being the last.
    if !tx.appends() {
        put(tx, key::SERIES, &(epoch, next + 1))?;
    }
    Ok((epoch, next))
}

/// The last answer that was applied.
pub fn contact(db: &Db<'_>) -> Result<Option<(Incarnation, i64)>, StoreError> {
    recall(db, key::CONTACT)
}

/// What the server last announced of its backups: ask [`frontline_protocol::sync::is_backed_up`] about a receipt.
pub fn backed_up(db: &Db<'_>) -> Result<Option<(Incarnation, i64)>, StoreError> {
    Ok(get::<Option<(Incarnation, i64)>>(db, key::BACKED_UP)?.flatten())
}

/// Server time minus wall clock, as known at the last sync.
pub fn server_offset(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    recall(db, key::SERVER_OFFSET)
}

/// The person who was chosen to write, if one was.
pub fn chosen_person(db: &Db<'_>) -> Result<Option<PersonId>, StoreError> {
    recall(db, key::PERSON)
}
