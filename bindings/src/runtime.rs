//! Where work that waits for the network runs: on two threads of this crate, not on the caller's. A shell awaits it
//! from its main thread; pages of a sync are applied here. When the caller no longer waits (a cancelled coroutine or
//! task drops the call), the work is ended at its next await; what was done stays.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::FrontlineError;
use crate::guard::{guarded, internal};

fn runtime() -> Result<&'static Runtime, FrontlineError> {
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    let made = RUNTIME.get_or_init(|| {
        // As much stack as the main thread has: forms are worked out on it, too.
        Builder::new_multi_thread().worker_threads(2).thread_name("frontline-net").thread_stack_size(4 << 20).enable_all().build()
    });
    made.as_ref().map_err(|e| {
        tracing::error!(cause = %e, "threads for the network could not be started");
        FrontlineError::Internal { reference: "no-threads".into() }
    })
}

/// Ends the work when nobody waits for it any more.
struct Ends<T>(JoinHandle<T>);
impl<T> Drop for Ends<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Does it there, and waits here.
pub(crate) async fn away<T: Send + 'static>(
    work: impl Future<Output = Result<T, FrontlineError>> + Send + 'static,
) -> Result<T, FrontlineError> {
    let mut task = Ends(runtime()?.spawn(guarded(work)));
    match (&mut task.0).await {
        Ok(done) => done,
        Err(e) => match e.try_into_panic() {
            Ok(panic) => Err(internal(&*panic)),
            // Nobody but the caller's own drop ends it, and then nobody hears this.
            Err(_) => Err(FrontlineError::Busy),
        },
    }
}
