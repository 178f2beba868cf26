//! What a connection is doing.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

use crate::system::timer_now;

/// Requests and answers of one connection, and when that last changed.
#[derive(Debug)]
pub struct Activity {
    has_asked: AtomicBool,
    asked: AtomicUsize,
    answering: AtomicUsize,
    changed: Mutex<Instant>,
}

/// What it is doing, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// A request is being read or answered.
    Asked,
    /// All is answered, and the client has not taken all of it.
    Answering(Instant),
    Nothing(Instant),
}

impl Activity {
    pub fn begin() -> Self {
        let changed = Mutex::new(timer_now());
        Self { has_asked: AtomicBool::new(false), asked: AtomicUsize::new(0), answering: AtomicUsize::new(0), changed }
    }
    fn touch(&self) {
        *self.changed.lock().unwrap_or_else(PoisonError::into_inner) = timer_now();
    }
    /// Whether a request ever came.
    pub fn has_asked(&self) -> bool {
        self.has_asked.load(Ordering::Relaxed)
    }
    pub fn doing(&self) -> Doing {
        let changed = *self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        if self.asked.load(Ordering::Relaxed) > 0 {
            Doing::Asked
        } else if self.answering.load(Ordering::Relaxed) > 0 {
            Doing::Answering(changed)
        } else {
            Doing::Nothing(changed)
        }
    }
    /// A request came.
    pub fn asked(self: &Arc<Self>) -> Asked {
        self.has_asked.store(true, Ordering::Relaxed);
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.touch();
        Asked(self.clone())
    }
}

/// A request, until its answer begins or it is given up.
#[derive(Debug)]
pub struct Asked(Arc<Activity>);

impl Asked {
    /// The answer begins.
    pub fn answering(self) -> Answering {
        self.0.answering.fetch_add(1, Ordering::Relaxed);
        Answering(self.0.clone())
    }
}
impl Drop for Asked {
    fn drop(&mut self) {
        self.0.touch();
        self.0.asked.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An answer, until it was taken or given up.
#[derive(Debug)]
pub struct Answering(Arc<Activity>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.touch();
        self.0.answering.fetch_sub(1, Ordering::Relaxed);
    }
}
