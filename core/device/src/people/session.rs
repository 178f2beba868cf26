//! Who is signed in: whoever gave their PIN last, for as long as the app runs. After a restart the same person
//! still writes, and gives it again first; one without a PIN is always signed in.

use std::sync::{Mutex, PoisonError};

use frontline_domain::PersonId;
use frontline_domain::record::Organisation;
use zeroize::Zeroizing;

use crate::core::Inner;
use crate::error::{Fault, Lock};
use crate::store::{Db, records};

/// A person's own key.
pub(crate) type PersonKey = Zeroizing<[u8; 32]>;

/// Holds the key of whoever is signed in, in memory alone.
#[derive(Default)]
pub(crate) struct Session(Mutex<Option<(PersonId, PersonKey)>>);

impl Session {
    pub(crate) fn begin(&self, person: PersonId, key: PersonKey) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((person, key));
    }
    pub(crate) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
    /// The key of this person, while they are signed in.
    pub(crate) fn key_of(&self, person: PersonId) -> Option<PersonKey> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|(id, _)| *id == person).map(|(_, key)| key.clone())
    }
    /// Ends it, should it be this person's.
    pub(crate) fn end_of(&self, person: PersonId) {
        if self.is_of(person) {
            self.end();
        }
    }
    fn is_of(&self, person: PersonId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(|(id, _)| *id == person)
    }
}

impl Inner {
    /// Refuses where this person has to give their PIN first, or to set one.
    pub(crate) fn demand_signed_in(&self, db: &Db<'_>, person: PersonId) -> Result<(), Fault> {
        if self.session.is_of(person) {
            return Ok(());
        }
        if self.store.has_pin(person)? {
            return Err(Fault::Locked(Lock::Pin));
        }
        let is_required = db.recall("pin required", &[], || {
            let organisation: Option<Organisation> = records::all(db)?.pop();
            Ok::<_, Fault>(organisation.is_some_and(|o| o.policy.pin_required))
        })?;
        if is_required {
            return Err(Fault::invalid("pin", "unset", "set a PIN first: in this organisation nobody writes on a phone without one"));
        }
        Ok(())
    }
}
