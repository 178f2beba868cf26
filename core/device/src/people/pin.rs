//! Setting, giving and unlocking PINs.
//!
//! A try is counted, durably, before the PIN is looked at; the right one takes the count back. So a kill at any
//! moment costs a try and never gives one.

use frontline_domain::fact::OnDevice;
use frontline_domain::permission::{self, Act, Verb};
use frontline_domain::pin::{self, Next};
use frontline_domain::record::PinUnlocked;
use frontline_domain::{Moment, PersonId, Scope};

use super::People;
use super::session::PersonKey;
use crate::capture::grants_of;
use crate::core::Inner;
use crate::error::{Error, Fault};
use crate::observe::{Origin, Topic};
use crate::services::drafts;
use crate::store::enrolled::{self, Enrolled};
use crate::store::pins::{self, Tries};
use crate::store::{Db, StoreError, Tx, meta};

/// So long after their own enrolment code was used somebody may set a new PIN without the old one, ms: as long as
/// the code itself is good.
const CODE_MS: i64 = 15 * 60_000;

/// A PIN to be kept.
#[derive(Clone, Default)]
pub struct PinDraft {
    /// By slug or id; none: whoever writes now.
    pub person: Option<String>,
    pub pin: String,
    /// The one that stands, where there is one.
    pub old: Option<String>,
}

impl People<'_> {
    /// Sets or changes a person's PIN, and signs them in.
    pub fn set_pin(&self, draft: &PinDraft) -> Result<(), Error> {
        let chosen = pin::choose(&draft.pin).map_err(|why| Fault::invalid("pin", why.rule(), why.to_string()))?;
        let person = self.0.read(|db| match &draft.person {
            Some(name) => super::named(db, name),
            None => Ok(super::current(db)?),
        })?;
        let key = match (self.0.store.has_pin(person.person).map_err(Error::from)?, &draft.old) {
            (true, Some(old)) => self.0.prove(person.person, old, "old")?,
            (true, None) if self.0.read(|db| self.0.code_is_fresh(db, person.person))? => self.0.new_key(),
            (true, None) => {
                let message = "say the PIN that stands as `old`; who forgot it uses a new enrolment code of their own on this phone, and sets another within 15 minutes";
                return Err(Fault::invalid("old", "required", message).into());
            }
            (false, Some(_)) => return Err(no_pin("old").into()),
            (false, None) => self.0.new_key(),
        };
        // Before there is a PIN to give: whoever looks in between does not find them locked out.
        self.0.session.begin(person.person, key.clone());
        let set = self.0.store.set_pin(person.person, &chosen, &key, self.0.random.as_ref());
        let set = set.map_err(Error::from).and_then(|()| self.0.sign_in(person.person, key));
        set.inspect_err(|_| self.0.session.end_of(person.person))
    }

    /// From now on this person writes, named by slug or id. Whoever has a PIN gives it.
    pub fn switch(&self, name: &str, pin: Option<&str>) -> Result<(), Error> {
        let person = self.0.read(|db| super::named(db, name))?.person;
        match (self.0.store.has_pin(person).map_err(Error::from)?, pin) {
            (true, Some(pin)) => {
                let key = self.0.prove(person, pin, "pin")?;
                self.0.sign_in(person, key)
            }
            (true, None) => Err(pin_missing().into()),
            (false, Some(_)) => Err(no_pin("pin").into()),
            (false, None) => {
                self.0.session.end();
                self.0.choose(person)
            }
        }
    }

    /// Ends the session: whoever writes next gives their PIN first. Who has none is not kept out.
    pub fn lock(&self) {
        self.0.session.end();
    }

    /// Lets `name` try their PIN again, on the word of `by`, who leads at the site and gives their own PIN.
    pub fn unlock(&self, name: &str, by: &str, pin: &str) -> Result<(), Error> {
        let (person, leads) = self.0.read(|db| {
            let (person, by) = (super::named(db, name)?, super::named(db, by)?);
            may_unlock(self.0, db, &person, &by)?;
            Ok((person.person, by))
        })?;
        let by = leads.person;
        if !self.0.store.has_pin(by).map_err(Error::from)? {
            return Err(Fault::invalid("by", "pin", "whoever unlocks needs a PIN of their own on this phone").into());
        }
        self.0.prove(by, pin, "pin")?;
        self.0.write(Origin::Local, |tx, touched| {
            touched.topic(Topic::People);
            // Who let whom try again is on record at the server, too.
            self.0.note_as(tx, touched, leads, |pen| pen.on_device(OnDevice::Unlocked(person)))?;
            let before = pins::tries(tx, person)?;
            Ok(pins::set_tries(tx, person, &Tries { wrong: 0, ..before })?)
        })
    }
}

/// Nobody unlocks themselves; and where this device knows of no right, there is none.
pub(crate) fn may_unlock(inner: &Inner, db: &Db<'_>, person: &Enrolled, by: &Enrolled) -> Result<(), Fault> {
    let (grants, now_ms) = (grants_of(db, by.person)?, inner.now(db)?.server_estimate());
    let may = permission::may(&grants, now_ms, Verb::Act(Act::Unlock), Scope::Site(person.site));
    if may && person.person != by.person { Ok(()) } else { Err(Fault::Forbidden) }
}

fn pin_missing() -> Fault {
    Fault::invalid("pin", "required", "say the PIN of this person")
}
fn no_pin(field: &str) -> Fault {
    Fault::invalid(field, "none", "this person has no PIN on this phone yet")
}

impl Inner {
    /// The person's key, if `pin` is their PIN; `field` is where it was given.
    pub(crate) fn prove(&self, person: PersonId, pin: &str, field: &str) -> Result<PersonKey, Error> {
        self.prove_with(person, field, || {
            // What can't be a PIN is a wrong one.
            pin::digits(pin).map_or(Ok(None), |pin| self.store.open_person(person, &pin))
        })
    }

    /// As [`Inner::prove`]; `open` is called once the try is on the disk.
    pub(crate) fn prove_with(
        &self,
        person: PersonId,
        field: &str,
        open: impl FnOnce() -> Result<Option<PersonKey>, StoreError>,
    ) -> Result<PersonKey, Error> {
        let wrong = self.store.write_at_last(|tx| self.count(tx, person, field))?;
        match open().map_err(Error::from)? {
            Some(key) => {
                let reset = |tx: &Tx<'_>| {
                    let before = pins::tries(tx, person)?;
                    pins::set_tries(tx, person, &Tries { wrong: 0, code_ms: None, ..before })
                };
                self.store.write_at_last(reset).map_err(Error::from)?;
                Ok(key)
            }
            None => Err(Fault::invalid(field, "wrong", format!("this PIN is not right; {}", what_next(wrong))).into()),
        }
    }

    /// Counts a try, unless it comes too early; gives how many there are now.
    fn count(&self, tx: &Tx<'_>, person: PersonId, field: &str) -> Result<u32, Fault> {
        let now = self.now(tx)?;
        let before = standing(tx, person)?;
        match pin::next(before.wrong) {
            Next::Now => {}
            Next::After(ms) => {
                let left = ms.saturating_sub(elapsed(&before, &now));
                if left > 0 {
                    return Err(Fault::invalid(field, "wait", format!("too many wrong PINs; try again in {}", span(left))));
                }
            }
            Next::Locked => {
                let message = "this PIN is locked after too many wrong ones; a supervisor on this phone, an administrator, or a new enrolment code of your own unlocks it";
                return Err(Fault::invalid(field, "locked", message));
            }
        }
        let counted = Tries { wrong: before.wrong + 1, mono_ms: now.mono_ms, boot: now.boot, ..before };
        pins::set_tries(tx, person, &counted)?;
        Ok(counted.wrong)
    }

    /// What is left to try of this person's PIN.
    pub(super) fn tries(&self, db: &Db<'_>, person: PersonId) -> Result<Left, StoreError> {
        let tries = standing(db, person)?;
        let next = pin::next(tries.wrong);
        let wait_ms = match next {
            Next::After(ms) => ms.saturating_sub(elapsed(&tries, &self.now(db)?)),
            Next::Now | Next::Locked => 0,
        };
        Ok(Left { locked: next == Next::Locked, left: pin::TRIES.saturating_sub(tries.wrong), wait_ms })
    }

    fn code_is_fresh(&self, db: &Db<'_>, person: PersonId) -> Result<bool, Fault> {
        let now_ms = self.now(db)?.server_estimate();
        Ok(pins::tries(db, person)?.code_ms.is_some_and(|at| (0..=CODE_MS).contains(&(now_ms - at))))
    }

    pub(crate) fn new_key(&self) -> PersonKey {
        let mut key = PersonKey::default();
        self.random.fill(key.as_mut_slice());
        key
    }

    /// This person writes from now on, with their key at hand.
    fn sign_in(&self, person: PersonId, key: PersonKey) -> Result<(), Error> {
        // Observers are told by the write: whoever asks then who is at the phone finds them signed in.
        self.session.begin(person, key.clone());
        let written = self.write(Origin::Local, |tx, touched| {
            let before = pins::tries(tx, person)?;
            if before.code_ms.is_some() || before.wrong > 0 {
                pins::set_tries(tx, person, &Tries { wrong: 0, code_ms: None, ..before })?;
            }
            drafts::adopt(self, tx, person, &key)?;
            touched.topic(Topic::People);
            Ok(meta::put(tx, meta::key::PERSON, &person)?)
        });
        written.inspect_err(|_| self.session.end_of(person))
    }

    /// This person writes from now on.
    fn choose(&self, person: PersonId) -> Result<(), Error> {
        self.write(Origin::Local, |tx, touched| {
            if meta::chosen_person(tx)? != Some(person) {
                meta::put(tx, meta::key::PERSON, &person)?;
                touched.topic(Topic::People);
            }
            Ok(())
        })
    }

    /// Signing asks for the PIN of whoever signs, signed in or not; gives who that is.
    pub(crate) fn signer(&self, pin: Option<&str>) -> Result<PersonId, Error> {
        let person = self.read(|db| Ok(super::current(db)?))?.person;
        match (self.store.has_pin(person).map_err(Error::from)?, pin) {
            (true, Some(pin)) => {
                let key = self.prove(person, pin, "pin")?;
                self.sign_in(person, key)?;
            }
            (true, None) => return Err(Fault::invalid("pin", "required", "say your PIN: a signature asks for it").into()),
            (false, Some(_)) => return Err(no_pin("pin").into()),
            (false, None) => {}
        }
        Ok(person)
    }
}

/// What is left to try.
pub(super) struct Left {
    /// Only somebody else's word, or a new code, helps.
    pub locked: bool,
    pub left: u32,
    pub wait_ms: u64,
}

/// A person's tries, with an order of the server to unlock followed.
fn standing(db: &Db<'_>, person: PersonId) -> Result<Tries, StoreError> {
    let noted = pins::tries(db, person)?;
    let Some(own) = meta::get::<meta::Identity>(db, meta::key::IDENTITY)? else { return Ok(noted) };
    let key = [own.device.as_bytes().as_slice(), person.as_bytes()].concat();
    let order: Option<PinUnlocked> = crate::store::records::get(db, &key)?;
    Ok(match order {
        Some(order) if order.at_ms > noted.unlocked_ms => Tries { wrong: 0, unlocked_ms: order.at_ms, ..noted },
        _ => noted,
    })
}

/// How long ago the last try was at least. After a restart of the machine all that is sure is how long it has been
/// up: the wall clock may have been set.
fn elapsed(last: &Tries, now: &Moment) -> u64 {
    if last.boot == now.boot { now.mono_ms.saturating_sub(last.mono_ms) } else { now.mono_ms }
}

/// A person's own enrolment code was used here: they may try again, and set a new PIN for a while.
pub(crate) fn code_used(tx: &Tx<'_>, person: PersonId, server_ms: i64) -> Result<(), StoreError> {
    let before = pins::tries(tx, person)?;
    pins::set_tries(tx, person, &Tries { wrong: 0, code_ms: Some(server_ms), ..before })
}

/// The first who is named so, by slug or id.
pub(super) fn find(db: &Db<'_>, name: &str) -> Result<Option<Enrolled>, StoreError> {
    for one in enrolled::all(db)? {
        let record: Option<frontline_domain::record::Person> = crate::store::records::get(db, one.person.as_bytes())?;
        if one.person.to_string() == name || record.is_some_and(|r| r.slug.as_str() == name) {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

fn what_next(wrong: u32) -> String {
    match pin::next(wrong) {
        Next::Now => "try again".to_owned(),
        Next::After(ms) => format!("try again in {}", span(ms)),
        Next::Locked => {
            "it is locked now; a supervisor on this phone, an administrator, or a new enrolment code of your own unlocks it".to_owned()
        }
    }
}

fn span(ms: u64) -> String {
    let seconds = ms.div_ceil(1_000);
    if seconds < 120 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) }
}
