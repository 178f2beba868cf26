//! Leaving a device: one person's sign-out, and the reset of the whole. Both ask the store first; neither takes
//! anything that was captured and not sent.

use std::path::Path;

use frontline_domain::fact::OnDevice;
use serde::Serialize;

use super::{Exported, media};
use crate::core::{Core, Inner, Options};
use crate::error::{Error, Fault, Lock};
use crate::observe::{Origin, Topic};
use crate::people::{self, People};
use crate::store::enrolled::Enrolled;
use crate::store::outbox::State;
use crate::store::{Tx, blobs, drafts, enrolled, meta, outbox, pins, wipe};

/// What somebody left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SignedOut {
    /// What they captured here and the server does not have yet: it stays, and is sent.
    pub unsent: u64,
    /// Drafts that went with them.
    pub drafts: u64,
}

impl People<'_> {
    /// Takes a person off this device, by slug or id: their PIN, their drafts, the right to write here. Refused
    /// where drafts would be lost and `drop_drafts` does not say so.
    pub fn sign_out(&self, name: &str, drop_drafts: bool) -> Result<SignedOut, Error> {
        let inner = self.0;
        let left = inner.read(|db| people::named(db, name))?;
        let person = left.person;
        let done = inner.write(Origin::Local, |tx, touched| {
            let begun = drafts::count(tx, person)?;
            if begun > 0 && drop_drafts && !inner.may_drop_drafts(tx, &left)? {
                let is_own = people::current(tx)?.person == person;
                return Err(if is_own { Fault::Locked(Lock::Pin) } else { Fault::Forbidden });
            }
            if begun > 0 && !drop_drafts {
                let message = format!("{begun} drafts of this person are not captured; capture them, or say that they may go");
                return Err(Fault::invalid("drafts", "unsent", message));
            }
            let unsent = outbox::in_state(tx, State::Captured)?;
            let mut own = 0;
            for item in unsent {
                let entry = crate::store::entries::by_hash(tx, &item.hash)?;
                own += u64::from(entry.is_some_and(|held| held.entry.header.person == person));
            }
            // Told to the server, which then feeds this device nothing more of what is theirs alone.
            inner.note_as(tx, touched, left.clone(), |pen| pen.on_device(OnDevice::SignedOut))?;
            // From this commit on they write no more. Their PIN still guards what they began.
            enrolled::remove(tx, person)?;
            drafts::clear_open_key(tx, person)?;
            if meta::chosen_person(tx)? == Some(person) {
                meta::clear(tx, meta::key::PERSON)?;
            }
            touched.topic(Topic::People);
            Ok(SignedOut { unsent: own, drafts: begun })
        })?;
        inner.session.end_of(person);
        // First what opens their drafts, then the drafts.
        inner.store.clear_pin(person).map_err(Error::from)?;
        inner.write(Origin::Local, |tx, _| {
            drafts::clear_all(tx, person)?;
            Ok(pins::clear_tries(tx, person)?)
        })?;
        inner.keep_identity();
        Ok(done)
    }
}

impl Inner {
    /// Whether whoever is at the phone may let somebody's drafts go: their own, those that no PIN guards, and, for who
    /// leads there and gave their own PIN, those of a person who left.
    fn may_drop_drafts(&self, tx: &Tx<'_>, of: &Enrolled) -> Result<bool, Fault> {
        if !self.store.has_pin(of.person)? || self.demand_signed_in(tx, of.person).is_ok() {
            return Ok(true);
        }
        let me = people::current(tx)?;
        let leads = people::pin::may_unlock(self, tx, of, &me).is_ok();
        Ok(leads && self.store.has_pin(me.person)? && self.demand_signed_in(tx, me.person).is_ok())
    }
}

/// What a reset may take with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// Unsent work is carried out into this new file before, pictures included.
    pub file: Option<&'a Path>,
    /// Pictures that the server does not have, and that no file carries, may go.
    pub drop_pictures: bool,
}

/// Makes a device new: takes its store away, what opens it first. Without a file to carry it out in, a store with
/// unsent work is not reset; nor is one that somebody has open, for what they capture until they notice would be lost.
/// Whoever holds the store's key for it destroys it after this.
pub fn reset(options: Options, leaving: Leaving<'_>) -> Result<Exported, Error> {
    let dir = options.dir.clone();
    let core = Core::open(options)?;
    let alone = core.inner.store.alone().map_err(Error::from)?;
    let status = core.status().now()?;
    let waiting = core.inner.read(|db| Ok(blobs::waiting(db, media::server(db)?)?))?.count;
    if waiting > 0 && leaving.file.is_none() && !leaving.drop_pictures {
        let message =
            format!("{waiting} pictures are not at the server; sync first, name a file to carry them out in, or say that they may go");
        return Err(Fault::invalid("pictures", "unsent", message).into());
    }
    let carried = match leaving.file {
        Some(file) if status.device.is_some() => carried(&core, file, leaving.drop_pictures)?,
        None if status.unsent > 0 => {
            let message = format!("{} captured things are not sent; sync first, or name a file to carry them out in", status.unsent);
            return Err(Fault::invalid("file", "unsent", message).into());
        }
        _ => Exported::default(),
    };
    drop(core);
    wipe::wipe(&dir).map_err(Error::from)?;
    drop(alone);
    Ok(carried)
}

/// Carries out what is unsent, all of it, unless pictures whose files are damaged may go.
fn carried(core: &Core, file: &Path, drop_pictures: bool) -> Result<Exported, Error> {
    let carried = core.export(file)?;
    if carried.left_out == 0 || drop_pictures {
        return Ok(carried);
    }
    std::fs::remove_file(file).map_err(|e| Error::from(Fault::from(e)))?;
    let message = format!("{} pictures are damaged on this device and can't be carried out; say that they may go", carried.left_out);
    Err(Fault::invalid("pictures", "damaged", message).into())
}
