//! What a line captured, as the core tells it.

use std::sync::{Mutex, PoisonError};

use frontline_device::observe::{Observer, Origin, Topic};

/// The entries that were captured since it was asked last, by hash, each told after its commit.
#[derive(Default)]
pub(super) struct Heard(Mutex<Vec<String>>);

impl Heard {
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Observer for Heard {
    fn told(&self, topic: Topic, ids: &[String], origin: Origin) {
        if topic == Topic::Sync && origin == Origin::Local {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(ids);
        }
    }
}
