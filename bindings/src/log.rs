//! What failed inside, for the system's log: the lines that errors' references are found in.
//!
//! Warnings and errors of this product's own code alone, which have no personal data in them. They go to the platform
//! that was opened with last, on a thread of their own: where something fails is no place to call a shell from, and a
//! slow log holds nothing up. Beyond [`WAITING`] lines that wait, the newest are dropped.

use std::fmt::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Once, PoisonError, RwLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::platform::Platform;

/// Lines that may wait to be told.
const WAITING: usize = 256;

static TOLD: RwLock<Option<Arc<dyn Platform>>> = RwLock::new(None);

/// From now on this platform has the log. Where the process has one of its own already, that one stays.
pub(crate) fn to(platform: &Arc<dyn Platform>) {
    static BEGUN: Once = Once::new();
    let before = TOLD.write().unwrap_or_else(PoisonError::into_inner).replace(platform.clone());
    // What lets go of the one before is the shell's own code: not under the lock.
    drop(before);
    BEGUN.call_once(|| {
        let (lines, waiting) = sync_channel(WAITING);
        let told = std::thread::Builder::new().name("frontline-log".into()).spawn(|| tell(waiting));
        if told.is_ok() {
            // Refused where there is one: a program that is no app, such as the bench.
            let _ = tracing::subscriber::set_global_default(Lines(lines));
        }
    });
}

fn tell(waiting: Receiver<String>) {
    for line in waiting {
        let platform = TOLD.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(platform) = platform {
            // What a log throws has nowhere to go.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| platform.log(line)));
        }
    }
}

/// Makes a line of each event that is for the log.
struct Lines(SyncSender<String>);

impl Subscriber for Lines {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        *of.level() <= Level::WARN && of.target().starts_with("frontline") && of.is_event()
    }
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{} {}:", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        let _ = self.0.try_send(line.0);
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a string does not fail.
        let _ = if field.name() == "message" { write!(self.0, " {value:?}") } else { write!(self.0, " {}={value:?}", field.name()) };
    }
}
