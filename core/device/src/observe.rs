//! Who is told that something changed. The shell asks again for what it shows; nothing else is carried.
//!
//! Ordering: an observer is told after the commit, on the thread that committed, and never under a lock: it
//! may call any service. What two threads commit at the same time may be told in either order; asking again
//! always shows the latest. A subscription that was dropped is told nothing that begins after the drop.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// What part of the app is to be shown anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Procedures,
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

impl Topic {
    /// As JSON and shells name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Procedures => "procedures",
            Self::Actions => "actions",
            Self::Feedback => "feedback",
            Self::Interactions => "interactions",
            Self::Training => "training",
            Self::People => "people",
            Self::Content => "content",
            Self::Sync => "sync",
        }
    }
}

/// Whether it was done here or came with a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Local,
    Remote,
}

/// Is told what changed.
pub trait Observer: Send + Sync {
    /// `ids` of what changed in `topic`; empty where it is too much to name.
    fn told(&self, topic: Topic, ids: &[String], origin: Origin);
}

/// What one transaction changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched(BTreeMap<Topic, BTreeSet<String>>);

impl Touched {
    /// Notes that one thing changed.
    pub fn add(&mut self, topic: Topic, id: impl Into<String>) {
        self.0.entry(topic).or_default().insert(id.into());
    }
    /// Notes that a topic changed as a whole.
    pub fn topic(&mut self, topic: Topic) {
        self.0.entry(topic).or_default();
    }
    /// Adds what another one notes.
    pub fn merge(&mut self, other: Touched) {
        for (topic, ids) in other.0 {
            self.0.entry(topic).or_default().extend(ids);
        }
    }
    /// The topics that changed.
    pub fn topics(&self) -> impl Iterator<Item = Topic> {
        self.0.keys().copied()
    }
}

#[derive(Default)]
struct Known {
    /// The number that was given out last.
    last: u64,
    all: BTreeMap<u64, Arc<dyn Observer>>,
}
type Registry = Mutex<Known>;

/// Those who are told.
#[derive(Default)]
pub(crate) struct Observers(Arc<Registry>);

/// Stops when dropped.
#[must_use = "a subscription that is dropped is over"]
pub struct Subscription {
    registry: Weak<Registry>,
    number: u64,
}

fn lock(registry: &Registry) -> MutexGuard<'_, Known> {
    registry.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Observers {
    pub(crate) fn subscribe(&self, observer: Arc<dyn Observer>) -> Subscription {
        let mut registry = lock(&self.0);
        registry.last += 1;
        let number = registry.last;
        registry.all.insert(number, observer);
        Subscription { registry: Arc::downgrade(&self.0), number }
    }

    /// Tells everybody. A panic of an observer is its own: what was captured is on the disk already.
    pub(crate) fn tell(&self, touched: &Touched, origin: Origin) {
        let observers: Vec<_> = lock(&self.0).all.values().cloned().collect();
        for (topic, ids) in &touched.0 {
            let ids: Vec<String> = ids.iter().cloned().collect();
            for observer in &observers {
                if catch_unwind(AssertUnwindSafe(|| observer.told(*topic, &ids, origin))).is_err() {
                    tracing::error!(topic = topic.name(), "an observer panicked");
                }
            }
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(registry) = self.registry.upgrade() {
            let gone = lock(&registry).all.remove(&self.number);
            // Dropped outside of the lock: the observer's own drop may subscribe or unsubscribe.
            drop(gone);
        }
    }
}
