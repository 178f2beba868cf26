//! The root object: opens the store and hands out one service per capability. Nothing else is done here.

use std::path::PathBuf;
use std::sync::{Arc, Weak};

use frontline_domain::env::{Clock, Random};
use frontline_domain::record::Organisation;
use frontline_domain::{Lang, Moment};
use serde_bytes::ByteArray;
use zeroize::Zeroizing;

use crate::blobs;
use crate::clock;
use crate::customers;
use crate::error::{Error, Fault};
use crate::lease::Opened;
use crate::observe::{Observer, Observers, Origin, Subscription, Touched};
use crate::people::session::Session;
use crate::project;
use crate::recover;
use crate::store::{Db, Disk, Store, StoreError, Tx, meta, records};
use crate::sync::drive::Syncer;

/// What a core is opened with.
pub struct Options {
    /// The store's folder; made where there is none.
    pub dir: PathBuf,
    /// The store's key, from the platform's key store.
    pub key: Zeroizing<[u8; 32]>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    /// The language of the phone, for a person whose own is not known yet.
    pub language: Lang,
}

/// One device. Clones share it; threads may call it at once.
#[derive(Clone)]
pub struct Core {
    pub(crate) inner: Arc<Inner>,
}

/// What services work with.
pub(crate) struct Inner {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub language: Lang,
    pub observers: Observers,
    pub syncer: Syncer,
    pub session: Session,
    pub opened: Opened,
}

/// Tells whether a store is still open, without keeping it so.
pub struct Watch(Weak<()>);

impl Watch {
    pub fn is_open(&self) -> bool {
        self.0.strong_count() > 0
    }
}

impl Core {
    /// Whoever lets go of it learns by this when everybody has, and the store is closed.
    pub fn watch(&self) -> Watch {
        Watch(self.inner.store.watched())
    }

    /// Opens the store or makes it. A damaged one is set aside, never deleted, and all that can still be read of
    /// it is taken over into a new one; then the error says where it is kept, once. The next opening goes on.
    pub fn open(options: Options) -> Result<Self, Error> {
        Self::open_upon(&options, &Disk::default())
    }

    /// As [`Core::open`], on another file system of SQLite's than the machine's.
    #[cfg(feature = "stories")]
    pub fn open_on(options: Options, disk: &Disk) -> Result<Self, Error> {
        Self::open_upon(&options, disk)
    }

    fn open_upon(options: &Options, disk: &Disk) -> Result<Self, Error> {
        match Self::attempt(options, disk) {
            // Behind the first page: by now the file is suspect, is looked at whole, and set aside.
            Err(error) if error.is_damage_of_an_open_file() => Self::attempt(options, disk),
            opened => opened,
        }
    }

    fn attempt(options: &Options, disk: &Disk) -> Result<Self, Error> {
        let Options { dir, key, clock, random, language } = options;
        let (store, set_aside) = match Store::open_on(dir, disk, key, random.as_ref()) {
            Err(StoreError::Corrupt { kept_at }) => (Store::open_on(dir, disk, key, random.as_ref())?, Some(kept_at)),
            opened => (opened?, None),
        };
        let (clock, random, language) = (clock.clone(), random.clone(), language.clone());
        store.write_at_last(project::after_an_update)?;
        let (observers, syncer, session) = (Observers::default(), Syncer::default(), Session::default());
        let inner = Inner { store, clock, random, language, observers, syncer, session, opened: Opened::default() };
        // Before a new device is made of it: what was set aside says who this one is.
        let told = recover::opened(&inner, key, set_aside);
        inner.store.write_at_last(|tx| {
            if meta::get::<ByteArray<32>>(tx, meta::key::SEED)?.is_none() {
                // The device's own key, made on it; the private half never leaves this folder.
                let mut seed = Zeroizing::new([0; 32]);
                inner.random.fill(seed.as_mut_slice());
                meta::put(tx, meta::key::SEED, &ByteArray::new(*seed))?;
            }
            customers::prepare(tx, options.random.as_ref())?;
            Ok::<_, Fault>(())
        })?;
        inner.keep_identity();
        inner.keep_wrapped();
        inner.lease_opened()?;
        told?;
        if let Err(e) = blobs::sweep::sweep(&inner) {
            tracing::error!(cause = %e, "what is left over of pictures could not be looked at; it is tried again");
        }
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Panics within a write, as a fault of the app would: nothing of that write may stay.
    #[cfg(feature = "stories")]
    pub fn panic_within(&self) {
        let _: Result<(), Error> = self.inner.write(Origin::Local, |tx, _| {
            meta::put(tx, meta::key::REPORTED_THROUGH, &i64::MAX)?;
            panic!("a fault that was asked for")
        });
    }

    /// Tells `observer` what changes, until the subscription is dropped.
    pub fn subscribe(&self, observer: Arc<dyn Observer>) -> Subscription {
        self.inner.observers.subscribe(observer)
    }
}

impl Inner {
    /// Keeps the copy of the device's identity up to date. That it can't be written is no reason to stop.
    pub(crate) fn keep_identity(&self) {
        if let Err(e) = self.store.keep_identity(self.random.as_ref()) {
            tracing::error!(cause = %e, "the copy of the device's identity could not be written; it is tried again");
        }
    }

    /// Keeps the store's key wrapped to the organisation's recovery key, where it has one (`sync.md` 13).
    pub(crate) fn keep_wrapped(&self) {
        match self.wrapped() {
            // The copy says to whom files are sealed, also of a store that can't be opened any more.
            Ok(true) => self.keep_identity(),
            Ok(false) => {}
            Err(e) => tracing::error!(cause = %e, "the store's key could not be wrapped for recovery; it is tried again"),
        }
    }

    /// Whether the key to wrap to is another one than before: it was told at enrolment, or since by a record.
    fn wrapped(&self) -> Result<bool, StoreError> {
        let (known, told, own) = self.store.read(|db| {
            let known: Option<ByteArray<32>> = meta::get(db, meta::key::RECOVERY_AT)?;
            let organisation: Option<Organisation> = records::all(db)?.pop();
            Ok::<_, StoreError>((known, organisation.and_then(|o| o.recovery), meta::get(db, meta::key::IDENTITY)?))
        })?;
        let (Some(to), Some(own)) = (told.or(known), own) else { return Ok(false) };
        let is_news = known != Some(to);
        if is_news {
            self.store.write_at_last(|tx| meta::put(tx, meta::key::RECOVERY_AT, &to))?;
        }
        self.store.wrap(&to, &own, self.random.as_ref())?;
        Ok(is_news)
    }

    /// Reads at one instant.
    pub(crate) fn read<T>(&self, f: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        Ok(self.store.read(f)?)
    }

    /// Writes all or nothing, then tells the observers what changed.
    pub(crate) fn write<T>(&self, origin: Origin, f: impl FnOnce(&Tx<'_>, &mut Touched) -> Result<T, Fault>) -> Result<T, Error> {
        let mut touched = Touched::default();
        let out = self.store.write(|tx| f(tx, &mut touched))?;
        self.observers.tell(&touched, origin);
        Ok(out)
    }

    /// Now, with what the last sync said of server time.
    pub(crate) fn now(&self, db: &Db<'_>) -> Result<Moment, StoreError> {
        let reading = self.clock.now();
        let now = Moment {
            wall_ms: reading.wall_ms,
            offset_min: reading.offset_min,
            mono_ms: reading.mono_ms,
            boot: reading.boot,
            server_offset_ms: meta::server_offset(db)?,
        };
        clock::corrected(db, now)
    }
}

/// The key that requests are signed with.
pub(crate) fn signing_key(db: &Db<'_>) -> Result<ed25519_dalek::SigningKey, StoreError> {
    let seed = meta::get::<ByteArray<32>>(db, meta::key::SEED)?.ok_or(StoreError::BadColumn { column: "meta.seed" })?;
    let seed = Zeroizing::new(seed.into_array());
    Ok(ed25519_dalek::SigningKey::from_bytes(&seed))
}
