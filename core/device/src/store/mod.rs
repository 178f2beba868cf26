//! The encrypted store of one device. [`Store::read`] and [`Store::write`] are the only doors to it, and
//! this folder the only place that speaks SQL: the files beside this one are functions over rows that take
//! a [`Db`] (to read) or a [`Tx`] (to write).
//!
//! | table | what | file |
//! |---|---|---|
//! | `meta` | identity and other single values | [`meta`] |
//! | `enrolled` | who may write here, with their certificates | [`enrolled`] |
//! | `draft`, `person_key` | what people began to write, each under a key of its person | [`drafts`] |
//! | `pin_try` | wrong PINs in a row; the PINs themselves are in the key header | [`pins`] |
//! | `entry` | every entry held, own and received, in its author's bytes | [`entries`] |
//! | `outbox` | what was captured here and what became of it | [`outbox`] |
//! | `frame` | the bytes of what is unsent once more; behind the outbox, captures that are to be settled | [`outbox`], [`pending`] |
//! | `cursor`, `mark_history`, `reads` | how far each feed was read, and what may be | [`cursors`] |
//! | `vouched` | what the server vouched for, page by page, until it is backed up | [`vouched`] |
//! | `intent` | the edits of documents made here | [`intents`] |
//! | `started`, `run_waiting` | runs begun here without an answer yet; runs whose procedure has not come | [`runs`] |
//! | `stub` | what lists show of runs that have left | [`stubs`] |
//! | `customer_key`, `customer_index`, `customer` | what opens and finds customers; the last is a projection | [`customers`] |
//! | `blob_file`, `blob` | pictures: the files that are here; what was said about pictures, a projection | [`blobs`] |
//! | `record`, `release` | projections: what the server wrote | [`records`], [`releases`] |
//! | `list_part`, `list_row`, `list_words`, `list_shown` | rows of lists that answers are chosen from, and their words: made of releases, not compared with a rebuild | [`lists`] |
//! | `doc`, `run`, `demand` | projections: documents, a row per run, and what its rules ask for and tell | [`docs`], [`runs`], [`demands`] |
//! | `feedback`, `interaction`, `progress`, `attempt` | projections: what lists read | [`feedback`], [`interactions`], [`progress`], [`attempts`] |
//!
//! [`aside`] sets a damaged store aside and finds what it still holds; [`identity`] is who the device is, once more
//! beside the database; [`wipe`] takes a store away; [`dump`] empties the projections and compares them; [`crate::project`] fills them.
//!
//! On a phone that is full, captures are refused and what was captured can still be sent: `reserve` holds the
//! room for that, and [`Store::write_at_last`] is who may have it.
//!
//! There is one writer, behind a mutex; readers have their own connections and never wait for sync, because
//! in WAL they see the last commit. What a reader sees does not change while its closure runs.

pub mod actions;
pub mod aside;
pub mod attempts;
pub mod blobs;
pub mod cursors;
pub mod customers;
pub mod demands;
mod disk;
pub mod docs;
pub mod drafts;
pub mod dump;
pub mod enrolled;
pub mod entries;
mod fault;
pub mod feedback;
mod held;
pub mod identity;
pub mod intents;
pub mod interactions;
mod keys;
pub mod lists;
pub mod media;
mod memo;
pub mod meta;
mod migrations;
#[cfg(any(test, feature = "stories"))]
mod older;
mod open;
pub mod outbox;
pub mod pending;
pub mod pins;
#[cfg(any(test, feature = "stories"))]
pub mod places;
pub mod progress;
mod reader;
pub mod records;
pub mod recovery;
pub mod releases;
mod reserve;
pub mod row;
pub mod run_search;
pub mod runs;
pub mod stretch;
pub mod stubs;
pub mod sync_rows;
mod view;
pub mod vouched;
mod warm;
pub mod wipe;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::time::Duration;

pub use disk::Disk;
pub use fault::{Cause, StoreError};
use frontline_domain::env::Random;
#[cfg(any(test, feature = "stories"))]
pub use older::{kept_as_of, write_as_of};
pub use open::FILE;
pub use view::{Db, Tx};

use crate::salvage::pages::Pages;
use writer::Writer;

/// The version of the layout that this build writes.
pub const SCHEMA: u32 = migrations::BUILD;
/// The folder of pictures, beside the database.
pub const BLOBS: &str = "blobs";
/// The folder of pictures and videos of content: all of it can be fetched again.
pub const CONTENT: &str = "content";
/// What their key is derived for.
pub(crate) const AT_REST: &str = "frontline 2026 blobs at rest";

/// The store of one device.
pub struct Store {
    dir: PathBuf,
    disk: Disk,
    key: keys::Key,
    slots: keys::Known,
    writer: Mutex<Writer>,
    /// Idle readers; as many as were ever used at once.
    readers: Mutex<Vec<reader::Reader>>,
    warm: Arc<warm::Warm>,
    /// Until it goes nobody moves the files.
    _held: held::Held,
    /// The last to go: who watches it knows that all of the above is closed.
    open: Arc<()>,
}

/// A panic in a closure rolled its transaction back; the connection is good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// Opens the store in the folder `dir`, or makes it, under the shell's key.
    pub fn open(dir: &Path, shell_key: &[u8; 32], random: &dyn Random) -> Result<Self, StoreError> {
        Self::open_on(dir, &Disk::default(), shell_key, random)
    }

    /// As [`Store::open`], on this file system.
    pub fn open_on(dir: &Path, disk: &Disk, shell_key: &[u8; 32], random: &dyn Random) -> Result<Self, StoreError> {
        let (conn, key, held) = loop {
            match open::writer(dir, disk, shell_key, random) {
                Err(e) if e.is_full() && reserve::give_up(dir) => {}
                opened => break opened?,
            }
        };
        let is_tight = !reserve::keep(dir);
        let warm = Arc::<warm::Warm>::default();
        Ok(Self {
            dir: dir.to_owned(),
            disk: disk.clone(),
            key,
            slots: keys::Known::default(),
            writer: Mutex::new(Writer::new(conn, is_tight, warm.clone())),
            readers: Mutex::default(),
            warm,
            _held: held,
            open: Arc::default(),
        })
    }

    /// The folder it lies in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A key for something beside the database, derived from its own.
    pub(crate) fn derived(&self, what: &'static str) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(blake3::derive_key(what, self.key.as_slice()))
    }

    /// Reads at one instant, without waiting for a writer. Captures that were appended are settled first: nobody sees
    /// lists without them.
    pub fn read<T, E: Cause>(&self, f: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        self.read_as(false, f)
    }

    /// As [`Store::read`], for `f` that knows of appended captures itself ([`Db::is_ahead`]): they are not settled.
    pub fn read_ahead<T, E: Cause>(&self, f: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        self.read_as(true, f)
    }

    fn read_as<T, E: Cause>(&self, ahead: bool, f: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => reader::Reader::new(open::reader(&self.dir, &self.disk, &self.key)?, self.warm.clone()),
        };
        let mut is_settled = false;
        let out = loop {
            let view = reader.view()?;
            match pending::is_any(&view.db(false)) {
                Ok(true) if !is_settled && !ahead => {}
                Ok(any) => break f(&view.db(any && ahead)),
                Err(e) => break Err(e.into()),
            }
            drop(view);
            match self.settle() {
                Ok(done) => is_settled = done,
                Err(e) => break Err(e.into()),
            }
        };
        // Nothing was written: rolling back ended the view.
        lock(&self.readers).push(reader);
        self.watch(out)
    }

    /// Settles, unless somebody writes: they settle before they do anything else, and waiting for more than that would
    /// be waiting for a sync. Whether nothing more can be done about it.
    fn settle(&self) -> Result<bool, StoreError> {
        let mut writer = match self.writer.try_lock() {
            Ok(writer) => writer,
            Err(TryLockError::Poisoned(held)) => held.into_inner(),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_micros(50));
                return Ok(false);
            }
        };
        let is_through = writer.settle_at_last(&self.dir)?;
        if !is_through {
            tracing::warn!("there is no room to settle what was captured last: it is kept, and not shown");
        }
        Ok(true)
    }

    /// Writes all or nothing. When this returns `Ok`, it is on the disk.
    pub fn write<T, E: Cause>(&self, f: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let out = lock(&self.writer).write(f);
        self.watch(out)
    }

    /// As [`Store::write`], for captures that only add, and look at nothing that was captured but what they know to be
    /// appended, too ([`Db::is_ahead`]): each is one row, and what follows from it ([`crate::settle`]) is made before the next reading or writing. Such a capture costs what one
    /// commit of one row does.
    pub fn append<T, E: Cause>(&self, f: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let out = lock(&self.writer).append(f);
        self.watch(out)
    }

    /// As [`Store::write`], for what must get through on a phone that is full: first the log is moved into the
    /// file, then the reserve is given up for it, piece by piece. `f` may be called more than once; only the last call counts.
    pub fn write_at_last<T, E: Cause>(&self, f: impl Fn(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let is_full = |out: &Result<T, E>| out.as_ref().err().and_then(Cause::store_error).is_some_and(StoreError::is_full);
        let mut out = self.write(&f);
        if is_full(&out) {
            // What the reserve is given up for from here on is not for captures to use up.
            lock(&self.writer).is_tight = true;
        }
        if is_full(&out) && lock(&self.writer).move_log() {
            out = self.write(&f);
        }
        while is_full(&out) && reserve::give_up(&self.dir) {
            lock(&self.writer).move_log();
            out = self.write(&f);
        }
        out
    }

    /// How many captures wait to be settled.
    #[cfg(test)]
    pub(crate) fn appended(&self) -> usize {
        pending::all(&Db::over(&lock(&self.writer).conn)).expect("they read").len()
    }

    /// From here on nothing is appended, as on a phone that is full.
    #[cfg(test)]
    pub(crate) fn append_nothing(&self) {
        lock(&self.writer).is_tight = true;
    }

    /// Sets room aside again, if there is some.
    pub fn keep_reserve(&self) {
        lock(&self.writer).is_tight = !reserve::keep(&self.dir);
    }

    /// Gives back the memory that much writing took. That it may fail costs memory, nothing else.
    pub fn shrink(&self) {
        let _ = lock(&self.writer).conn.execute_batch("PRAGMA shrink_memory");
    }

    /// Is there as long as the store is open.
    pub fn watched(&self) -> Weak<()> {
        Arc::downgrade(&self.open)
    }

    /// Keeps everybody else out of the folder until what this gives is dropped, also when the store is closed before;
    /// refused where somebody has it open.
    pub fn alone(&self) -> Result<impl Sized + use<>, StoreError> {
        self._held.alone().ok_or(StoreError::InUse)
    }

    /// Keeps the copy of the device's identity up to date.
    pub fn keep_identity(&self, random: &dyn Random) -> Result<(), StoreError> {
        match self.read(identity::Kept::of)? {
            Some(now) => identity::keep(&self.dir, &self.key, &now, random),
            None => Ok(()),
        }
    }

    /// The pages of the file that are not as they were written. The log is passed over: SQLite checks what it
    /// reads from there. Nobody may be writing.
    pub fn broken_pages(&self) -> Result<Vec<u32>, StoreError> {
        Ok(Pages::of(&self.dir, &self.key)?.unsealed())
    }

    /// The file is to be looked at whole when it is opened next.
    pub fn suspect(&self) {
        open::suspect(&self.dir);
    }

    /// Damage that is met while the file is open is noted beside it, for the next opening.
    fn watch<T, E: Cause>(&self, out: Result<T, E>) -> Result<T, E> {
        if out.as_ref().err().and_then(Cause::store_error).is_some_and(StoreError::is_damage) {
            open::suspect(&self.dir);
        }
        out
    }
}

impl Drop for Store {
    /// A sound store leaves one file; one in which damage was met is left as it lies, log and all.
    fn drop(&mut self) {
        lock(&self.readers).clear();
        let mut writer = lock(&self.writer);
        if open::is_suspect(&self.dir) {
            return;
        }
        if let Err(e) = writer.settle() {
            tracing::warn!(cause = %e, "what was captured last is settled at the next opening");
        }
        if let Err(e) = open::keep_log(&writer.conn, false) {
            tracing::warn!(cause = %e, "the log stays beside the file");
        }
    }
}

/// The key that the files of the store in `dir` are under.
#[cfg(test)]
pub(crate) fn data_key(dir: &Path, shell: &[u8; 32]) -> keys::Key {
    keys::open(&dir.join("keys"), shell).expect("read").expect("a header")
}

/// Moves a person's slot from one store's key header to another's.
#[cfg(test)]
pub(crate) fn move_slot(from: &Path, to: &Path, person: frontline_domain::PersonId) {
    let slot = keys::slot(&from.join("keys"), keys::Holder::Person, person.as_bytes()).expect("read").expect("a slot");
    keys::put(&to.join("keys"), slot).expect("written");
}

/// Says of the store in `dir`, which nobody may have open, that a build of this version wrote it; gives what it said
/// before.
#[cfg(any(test, feature = "stories"))]
pub fn pretend_version(dir: &Path, shell: &[u8; 32], version: u32) -> Result<u32, StoreError> {
    let key = keys::open(&dir.join("keys"), shell)?.ok_or(StoreError::WrongKey)?;
    let had_log = open::has_log(&dir.join(FILE));
    let conn = open::reader(dir, &Disk::default(), &key)?;
    conn.pragma_update(None, "query_only", "OFF")?;
    let was = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
    conn.pragma_update(None, "user_version", version)?;
    open::keep_log(&conn, had_log)?;
    Ok(was)
}

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;
