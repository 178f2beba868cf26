//! PINs. Each person has a key of their own, random, in a slot of the key header that their PIN opens; how often
//! in a row a wrong one was given stands in the database.
//!
//! The PIN is made into the slot's key by Argon2id with the store's data key as its secret: whoever has the
//! files alone can't even begin to guess. Whoever has the data key too can, at the cost of one Argon2id a guess;
//! there a longer PIN is what holds.

use argon2::{Algorithm, Argon2, Params, Version};
use frontline_domain::PersonId;
use frontline_domain::env::Random;
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

use super::keys::{self, Holder, Kdf, Key, Slot};
use super::open::KEYS;
use super::row::{bits, unbits};
use super::{Db, Store, StoreError, Tx, lock};

/// What a PIN costs: 19 MiB and two passes, the least that OWASP advises for Argon2id. More memory is what a phone
/// of the cheap kind may not have beside its camera.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// What a header may ask for at most: a forged one must not take all memory.
const MOST_KIB: u32 = 262_144;

impl Store {
    /// Whether the person set a PIN on this device.
    pub fn has_pin(&self, person: PersonId) -> Result<bool, StoreError> {
        // Asked twice with every capture.
        self.slots.is_any(&self.dir.join(KEYS), Holder::Person, person.as_bytes())
    }

    /// The person's key, if this is their PIN. Takes as long as Argon2id does; nothing is locked meanwhile.
    pub fn open_person(&self, person: PersonId, pin: &str) -> Result<Option<Key>, StoreError> {
        let Some(slot) = self.person_slot(person)? else { return Ok(None) };
        let Some(under) = slot.kdf.as_ref().and_then(|kdf| self.under(kdf, pin)) else { return Ok(None) };
        Ok(slot.open(&under))
    }

    /// Puts the person's key under this PIN, in the place of what stood before.
    pub fn set_pin(&self, person: PersonId, pin: &str, key: &Key, random: &dyn Random) -> Result<(), StoreError> {
        let kdf = Kdf { salt: random.id().into(), memory_kib: MEMORY_KIB, passes: PASSES, lanes: 1 };
        let under = self.under(&kdf, pin).ok_or(StoreError::BadColumn { column: "keys.kdf" })?;
        let mut slot = Slot::seal(Holder::Person, person.as_bytes(), &under, key, random);
        slot.kdf = Some(kdf);
        // The header is read and written as one: whoever writes the store waits.
        let _writer = lock(&self.writer);
        self.slots.forget();
        keys::put(&self.dir.join(KEYS), slot)
    }

    /// Takes the person's key away: nothing opens what is under it any more.
    pub fn clear_pin(&self, person: PersonId) -> Result<(), StoreError> {
        let _writer = lock(&self.writer);
        self.slots.forget();
        keys::take(&self.dir.join(KEYS), Holder::Person, person.as_bytes())
    }

    fn person_slot(&self, person: PersonId) -> Result<Option<Slot>, StoreError> {
        keys::slot(&self.dir.join(KEYS), Holder::Person, person.as_bytes())
    }

    fn under(&self, kdf: &Kdf, pin: &str) -> Option<Key> {
        if kdf.memory_kib > MOST_KIB || kdf.passes > 16 || kdf.lanes > 4 {
            return None;
        }
        let params = Params::new(kdf.memory_kib, kdf.passes, kdf.lanes, Some(32)).ok()?;
        let argon = Argon2::new_with_secret(self.key.as_slice(), Algorithm::Argon2id, Version::V0x13, params).ok()?;
        let mut out = Zeroizing::new([0; 32]);
        argon.hash_password_into(pin.as_bytes(), kdf.salt.as_slice(), out.as_mut_slice()).ok()?;
        Some(out)
    }
}

/// What is noted of a person's tries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Wrong ones in a row.
    pub wrong: u32,
    /// The monotonic clock at the last one, and the start of the machine that it counts from.
    pub mono_ms: u64,
    pub boot: u64,
    /// The order to unlock that was followed last, server time.
    pub unlocked_ms: i64,
    /// When the person's own enrolment code was used, where no PIN was given since.
    pub code_ms: Option<i64>,
}

/// A person's tries; none at all where nothing is noted.
pub fn tries(db: &Db<'_>, person: PersonId) -> Result<Tries, StoreError> {
    let sql = "SELECT wrong, mono_ms, boot, unlocked_ms, code_ms FROM pin_try WHERE person = ?1";
    let mut statement = db.conn.prepare_cached(sql)?;
    let row = statement.query_row([person.as_bytes()], |r| {
        let (mono, boot) = (unbits(r.get(1)?), unbits(r.get(2)?));
        Ok(Tries { wrong: r.get(0)?, mono_ms: mono, boot, unlocked_ms: r.get(3)?, code_ms: r.get(4)? })
    });
    Ok(row.optional()?.unwrap_or_default())
}

/// Notes a person's tries.
pub fn set_tries(tx: &Tx<'_>, person: PersonId, tries: &Tries) -> Result<(), StoreError> {
    let Tries { wrong, mono_ms, boot, unlocked_ms, code_ms } = *tries;
    tx.conn.prepare_cached("INSERT OR REPLACE INTO pin_try VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        person.as_bytes(),
        wrong,
        bits(mono_ms),
        bits(boot),
        unlocked_ms,
        code_ms
    ])?;
    Ok(())
}

/// Forgets a person's tries.
pub fn clear_tries(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM pin_try WHERE person = ?1")?.execute([person.as_bytes()])?;
    Ok(())
}
