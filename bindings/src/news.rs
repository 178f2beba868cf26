//! What changed, told to a shell. It asks again for what it shows; nothing else is carried.
//!
//! Ordering: everything is told after its commit, on one thread of this core (`frontline-news`), never on the caller's
//! and never under a lock: an observer may call any service, subscribe, and drop its own subscription. What one call
//! changed is told in the order of its topics; what two calls changed one after another is told in that order. What an
//! observer throws is its own: the next one is told. After a subscription was dropped nothing more begins to be told to
//! it; what was being told at that moment may still end.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use frontline_device::observe::{self, Origin};

use crate::FrontlineError;
use crate::guard::Within;

/// Is told what changed.
#[uniffi::export(foreign)]
pub trait Observer: Send + Sync {
    /// `ids` of what changed in `topic`; empty where it is too much to name. Told on a thread of the core: a shell that
    /// draws goes to its main thread by itself.
    fn changed(&self, topic: Topic, ids: Vec<String>, origin: Source);
}

/// What part of the app is to be shown anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Topic {
    Procedures,
    /// Corrective actions.
    Actions,
    Feedback,
    Interactions,
    Training,
    People,
    /// Releases, touchpoints, sites: what the others refer to.
    Content,
    /// The state of what was captured, and of the contact with the server.
    Sync,
}

/// Whether it was done here or came with a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Source {
    Local,
    Remote,
}

impl From<observe::Topic> for Topic {
    fn from(topic: observe::Topic) -> Self {
        match topic {
            observe::Topic::Procedures => Self::Procedures,
            observe::Topic::Actions => Self::Actions,
            observe::Topic::Feedback => Self::Feedback,
            observe::Topic::Interactions => Self::Interactions,
            observe::Topic::Training => Self::Training,
            observe::Topic::People => Self::People,
            observe::Topic::Content => Self::Content,
            observe::Topic::Sync => Self::Sync,
        }
    }
}

struct Told {
    topic: observe::Topic,
    ids: Vec<String>,
    origin: Origin,
}

#[derive(Default)]
struct Listeners {
    last: u64,
    all: BTreeMap<u64, Arc<dyn Observer>>,
}
type Shared = Arc<Mutex<Listeners>>;

fn lock(listeners: &Mutex<Listeners>) -> MutexGuard<'_, Listeners> {
    listeners.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hears the core and passes it on. The thread ends with the core's last subscription to it.
pub(crate) struct News {
    listeners: Shared,
    _heard: observe::Subscription,
}

struct Ear(Mutex<Sender<Told>>);
impl observe::Observer for Ear {
    fn told(&self, topic: observe::Topic, ids: &[String], origin: Origin) {
        let told = Told { topic, ids: ids.to_vec(), origin };
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).send(told);
    }
}

impl News {
    pub(crate) fn of(core: &frontline_device::Core) -> Result<Self, FrontlineError> {
        let (listeners, (to, from)) = (Shared::default(), channel());
        let heard = core.subscribe(Arc::new(Ear(Mutex::new(to))));
        let told = listeners.clone();
        let started = std::thread::Builder::new().name("frontline-news".into()).spawn(move || pass_on(&from, &told));
        started.map_err(|e| {
            tracing::error!(cause = %e, "the thread that tells what changed could not be started");
            FrontlineError::Internal { reference: "no-threads".into() }
        })?;
        Ok(Self { listeners, _heard: heard })
    }

    pub(crate) fn subscribe(&self, observer: Arc<dyn Observer>) -> Arc<Subscription> {
        let mut listeners = lock(&self.listeners);
        listeners.last += 1;
        let number = listeners.last;
        listeners.all.insert(number, observer);
        Arc::new(Subscription { listeners: Arc::downgrade(&self.listeners), number })
    }
}

fn pass_on(from: &Receiver<Told>, listeners: &Mutex<Listeners>) {
    while let Ok(told) = from.recv() {
        let numbers: Vec<u64> = lock(listeners).all.keys().copied().collect();
        for number in numbers {
            // Looked up anew for each: one that was dropped meanwhile is not told.
            let Some(observer) = lock(listeners).all.get(&number).cloned() else { continue };
            let origin = match told.origin {
                Origin::Local => Source::Local,
                Origin::Remote => Source::Remote,
            };
            // What it threw comes as a panic, with its words.
            let _within = Within::new();
            if catch_unwind(AssertUnwindSafe(|| observer.changed(told.topic.into(), told.ids.clone(), origin))).is_err() {
                tracing::error!(topic = told.topic.name(), "an observer threw");
            }
        }
    }
}

impl Drop for News {
    /// What waits to be told is told to nobody.
    fn drop(&mut self) {
        let gone = std::mem::take(&mut lock(&self.listeners).all);
        drop(gone);
    }
}

/// Ends when it is dropped.
#[derive(uniffi::Object)]
pub struct Subscription {
    listeners: std::sync::Weak<Mutex<Listeners>>,
    number: u64,
}

#[uniffi::export]
impl Subscription {
    /// Ends it now, where a language drops late.
    pub fn end(&self) {
        if let Some(listeners) = self.listeners.upgrade() {
            // Dropped outside of the lock: the observer's own drop may subscribe or unsubscribe.
            let gone = lock(&listeners).all.remove(&self.number);
            drop(gone);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.end();
    }
}
