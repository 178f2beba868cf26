//! Taking over from a damaged store: who the device is, and every captured thing that can still be read, under
//! its old number. The server knows what of it it has: what is offered again is answered with its receipt.
//!
//! Each folder that was set aside is taken over once, in one transaction that also notes it; a kill before that
//! commit begins anew at the next opening. New work is numbered in a series of its own, so that no number of
//! the damaged store is given twice.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use frontline_domain::document::judge::{answer_of, change_hash};
use frontline_domain::document::{AnswerKey, Heads, Run, RunChanged};
use frontline_domain::fact::{Fact, StorageSetAside};
use frontline_domain::{CaptureId, DocId, EntryType, Epoch};
use frontline_protocol::Entry;
use serde::{Deserialize, Serialize};

use crate::core::Inner;
use crate::customers;
use crate::error::{Error, Fault};
use crate::project::{self, Subject};
use crate::services::proven;
use crate::store::identity::Kept;
use crate::store::meta::{self, Identity, key};
use crate::store::outbox::{self, State};
use crate::store::{self, Db, StoreError, Tx, aside, enrolled, entries, intents};

/// What is noted of a store that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Noted {
    /// Its folder's name.
    pub folder: String,
    /// When it was taken over, by the best estimate of server time, ms.
    pub at_ms: i64,
    /// Captured things that were taken over, and the rows that they got: from and to.
    pub found: u64,
    pub rows: Option<(i64, i64)>,
    /// Numbers of which nothing could be read; those that had reached the server are not lost.
    pub missing: u64,
    pub pages: u64,
    pub broken: u64,
    /// The server is told by a fact.
    told: bool,
}

/// All that were set aside, oldest first.
pub(crate) fn noted(db: &Db<'_>) -> Result<Vec<Noted>, StoreError> {
    Ok(meta::get(db, key::SET_ASIDE)?.unwrap_or_default())
}

/// Takes over from every folder that was not taken over yet; gives the first of them.
pub(crate) fn take_over(inner: &Inner, shell: &[u8; 32]) -> Result<Option<PathBuf>, Error> {
    let known = inner.read(|db| Ok(noted(db)?))?;
    let mut open = Vec::new();
    for folder in aside::folders(inner.store.dir())? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !known.iter().any(|n| n.folder == name) {
            let held = read(&folder, shell)?;
            open.push((folder, name, held));
        }
    }
    // A store that is damaged in its turn had noted those before it: each is dug through again, and told of once.
    let earlier: Vec<Noted> =
        open.iter().filter_map(|(.., held)| held.as_ref()?.found.value::<Vec<Noted>>(key::SET_ASIDE)).flatten().collect();
    let mut first = None;
    for (folder, name, held) in open {
        let before = earlier.iter().find(|n| n.folder == name);
        inner.store.write_at_last(|tx| one(inner, tx, &name, held.as_ref(), before))?;
        if before.is_none() {
            first.get_or_insert(folder);
        }
    }
    tell(inner)?;
    Ok(first)
}

/// What can be read. A folder without its key, or one that digging itself fails on, is kept and noted.
fn read(folder: &Path, shell: &[u8; 32]) -> Result<Option<aside::Held>, Error> {
    match catch_unwind(AssertUnwindSafe(|| aside::read(folder, shell))) {
        Ok(Ok(held)) => Ok(Some(held)),
        Ok(Err(StoreError::Corrupt { .. } | StoreError::WrongKey)) => Ok(None),
        Ok(Err(e)) => Err(e.into()),
        Err(_) => {
            tracing::error!("a store that was set aside could not be dug through");
            Ok(None)
        }
    }
}

fn one(inner: &Inner, tx: &Tx<'_>, folder: &str, held: Option<&aside::Held>, before: Option<&Noted>) -> Result<(), Fault> {
    let mut all = noted(tx)?;
    let mut note = Noted {
        folder: folder.to_owned(),
        at_ms: before.map_or_else(|| inner.now(tx).map(|now| now.server_estimate()), |n| Ok(n.at_ms))?,
        found: 0,
        rows: None,
        missing: 0,
        pages: held.map_or(0, |h| h.found.pages),
        broken: held.map_or(0, |h| h.found.broken),
        told: before.is_some_and(|n| n.told),
    };
    if let Some(held) = held {
        let own = match (meta::get::<Identity>(tx, key::IDENTITY)?, &held.kept) {
            (None, Some(kept)) => Some(adopt(inner, tx, kept)?),
            (own, _) => own,
        };
        if let Some(own) = own {
            let found = held.found.captured_by(own.device);
            let taken = put(tx, &own, &found)?;
            keys(inner, tx, held, &own, &found)?;
            note.missing = held.found.missing(own.device);
            note.found = taken.len() as u64;
            note.rows = taken.first().copied().zip(taken.last().copied());
            project::rebuild(tx)?;
        }
    }
    all.push(note);
    all.sort_by(|a, b| (a.at_ms, &a.folder).cmp(&(b.at_ms, &b.folder)));
    Ok(meta::put(tx, key::SET_ASIDE, &all)?)
}

/// The new store is the same device: same id and key, same people, another series of numbers.
fn adopt(inner: &Inner, tx: &Tx<'_>, kept: &Kept) -> Result<Identity, Fault> {
    meta::put(tx, key::IDENTITY, &kept.identity)?;
    meta::put(tx, key::SEED, &kept.seed)?;
    meta::put(tx, key::SERIES, &(Epoch(inner.random.next_u64()), 1u64))?;
    for one in kept.people() {
        enrolled::put(tx, &one)?;
    }
    if let Some(person) = kept.person {
        meta::put(tx, key::PERSON, &person)?;
    }
    if let Some(customers_at) = &kept.customers_at {
        meta::put(tx, key::CUSTOMERS_AT, customers_at)?;
    }
    if let Some(recovery_at) = &kept.recovery_at {
        meta::put(tx, key::RECOVERY_AT, recovery_at)?;
    }
    if let Some(contact) = kept.contact {
        meta::put(tx, key::CONTACT, &contact)?;
    }
    Ok(kept.identity.clone())
}

/// Takes over the keys of what was found about customers: the words would stay closed for everybody.
fn keys(inner: &Inner, tx: &Tx<'_>, held: &aside::Held, own: &Identity, found: &[&Entry]) -> Result<(), Fault> {
    customers::prepare(tx, inner.random.as_ref())?;
    for entry in found {
        let Some((_, sealed)) = customers::about_customer(entry) else { continue };
        if let Some(key) = proven(&held.found, &[entry], sealed.subject, own.device) {
            store::customers::put_key(tx, sealed.subject, own.device, &key)?;
            customers::learn(tx, own.org, entry)?;
        }
    }
    Ok(())
}

/// Queues what was found, in order; gives the rows.
fn put(tx: &Tx<'_>, own: &Identity, found: &[&Entry]) -> Result<Vec<i64>, Fault> {
    let mut rows = Vec::new();
    let (mut done, mut successors) = (BTreeSet::new(), BTreeMap::new());
    for entry in found.iter().filter(|e| e.header.org == own.org) {
        let about = project::subject(entry).as_ref().map(Subject::encode);
        let (row, put) = entries::put(tx, entry, about.as_deref(), true, None)?;
        if put == entries::Put::New {
            outbox::push(tx, row, entry)?;
            rows.push(row);
            done.insert(entry.hash());
            successors.extend(entry.header.replaces.iter().map(|instead| (instead.latest().hash, entry.hash())));
        }
    }
    successors.retain(|original, _| done.contains(original));
    for (original, successor) in &successors {
        if let Some(item) = outbox::by_hash(tx, original)? {
            outbox::set_state(tx, &item, State::Reissued, None, Some(successor))?;
        }
    }
    edits(tx, found.iter().filter(|e| done.contains(&e.hash()) && !successors.contains_key(&e.hash())))?;
    Ok(rows)
}

/// The edits of documents, as far as their changes tell: should the server refuse one, those that follow it are
/// made anew from these (`sync.md` 21). An edit is taken to build on the one before it of the same item.
fn edits<'a>(tx: &Tx<'_>, found: impl Iterator<Item = &'a &'a Entry>) -> Result<(), Fault> {
    let (mut known, mut latest) = (BTreeSet::new(), BTreeMap::<(DocId, AnswerKey), CaptureId>::new());
    for entry in found.filter(|e| e.header.entry_type == EntryType::RUN_CHANGED) {
        if let Some(mut intent) = edit(entry).filter(|i| known.insert(i.id)) {
            intent.builds_on = latest.insert((intent.doc, intent.key.clone()), intent.id).into_iter().collect();
            intents::put(tx, &intent)?;
        }
    }
    Ok(())
}

fn edit(entry: &Entry) -> Option<intents::Intent> {
    let body = RunChanged::decode(&entry.body).ok()?;
    let (key, answer) = answer_of(&body.change)?;
    let seen = Heads::new(Run::new(body.run).missing(&body.change).ok()?);
    Some(intents::Intent {
        id: body.intent,
        doc: body.run,
        place: 0,
        key,
        answer,
        seen,
        builds_on: Vec::new(),
        entry: entry.hash(),
        change: change_hash(&body.change)?,
        state: intents::State::Made,
    })
}

/// Writes down for the server what it was not told of yet.
fn tell(inner: &Inner) -> Result<(), Error> {
    let is_enrolled = inner.read(|db| Ok(meta::get::<Identity>(db, key::IDENTITY)?.is_some() && !enrolled::all(db)?.is_empty()))?;
    if !is_enrolled || inner.read(|db| Ok(noted(db)?.iter().all(|n| n.told)))? {
        return Ok(());
    }
    inner.note(|pen| {
        let mut all = noted(pen.tx)?;
        for note in all.iter_mut().filter(|n| !n.told) {
            let fact = StorageSetAside { id: pen.id(), found: note.found, missing: note.missing, pages: note.pages, broken: note.broken };
            let scope = pen.site(EntryType::STORAGE_SET_ASIDE)?;
            pen.fact(scope, &Fact::StorageSetAside(fact))?;
            note.told = true;
        }
        Ok(meta::put(pen.tx, key::SET_ASIDE, &all)?)
    })
}

/// Whether this row was taken over from a damaged store.
pub(crate) fn is_salvaged(all: &[Noted], row: i64) -> bool {
    all.iter().filter_map(|n| n.rows).any(|(from, to)| (from..=to).contains(&row))
}

/// Says at once what an opening found, and leaves a store that can be used.
pub(crate) fn opened(inner: &Inner, shell: &[u8; 32], was_set_aside: Option<PathBuf>) -> Result<(), Error> {
    let taken = take_over(inner, shell)?;
    match was_set_aside.or(taken) {
        Some(kept_at) => Err(StoreError::Corrupt { kept_at }.into()),
        None => Ok(()),
    }
}
