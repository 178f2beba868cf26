//! What every call passes: a panic inside does not cross the border, where it would end the app or reach a shell as an
//! error that it does not know. It ends this one call; the transaction that it was in is rolled back, and the next
//! call finds the store as it was.
//!
//! Before it is caught, Rust tells of a panic on the standard error, which some systems keep: its message, in which may
//! be what somebody wrote. So of a panic in here a hook tells the reference and the place alone, there and in the log
//! ([`crate::log`]). What panics elsewhere in the process is told as it was before.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::pin::pin;
use std::sync::Once;

use crate::FrontlineError;

/// Does it, and makes a panic an error with a reference that the log has, too.
pub(crate) fn guard<T>(f: impl FnOnce() -> Result<T, FrontlineError>) -> Result<T, FrontlineError> {
    let _within = Within::new();
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|panic| Err(internal(&*panic)))
}

/// The same for work that is done on threads of this crate, where a panic is caught by who awaits it.
pub(crate) async fn guarded<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| {
        let _within = Within::new();
        work.as_mut().poll(cx)
    })
    .await
}

/// The error that a panic is.
pub(crate) fn internal(panic: &(dyn Any + Send)) -> FrontlineError {
    // The hook told of it, with its place.
    FrontlineError::Internal { reference: reference(panic) }
}

/// A message may hold what somebody wrote: the log has its hash, by which two of the same are known.
fn reference(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    blake3::hash(text.unwrap_or_default().as_bytes()).to_hex()[..8].to_owned()
}

thread_local! {
    /// How many calls this thread is in, one within another.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// While it is there, a panic of this thread is told without its message.
pub(crate) struct Within(());

impl Within {
    pub(crate) fn new() -> Self {
        quieten();
        DEPTH.with(|depth| depth.set(depth.get() + 1));
        Self(())
    }
}

impl Drop for Within {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

/// Whether this thread is in a call of this library.
pub(crate) fn is_within() -> bool {
    DEPTH.with(Cell::get) > 0
}

/// Once for the process, with the first call.
fn quieten() {
    static ONCE: Once = Once::new();
    // A thread that panics must not change the hook; the next call does.
    if ONCE.is_completed() || std::thread::panicking() {
        return;
    }
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| if DEPTH.try_with(Cell::get).unwrap_or(0) > 0 { tell(info) } else { before(info) }));
    });
}

fn tell(info: &PanicHookInfo<'_>) {
    use std::io::Write as _;
    let (reference, place) = (reference(info.payload()), info.location().map(ToString::to_string).unwrap_or_default());
    // Not `eprintln`, which panics where the standard error is shut.
    let _ = writeln!(std::io::stderr(), "frontline: a panic within a call, reference {reference}, at {place}");
    tracing::error!(reference, place, "a panic within a call");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_the_call_and_the_same_one_has_the_same_reference() {
        let one = guard::<()>(|| panic!("a fault"));
        let Err(FrontlineError::Internal { reference }) = &one else { panic!("{one:?}") };
        assert_eq!(reference.len(), 8);
        assert_eq!(one, guard::<()>(|| panic!("a {}", "fault")));
        assert_eq!(guard(|| Ok(1)), Ok(1));
    }

    /// Panics in every way that there is, in a process of its own, whose standard error the test below reads.
    #[test]
    #[ignore = "is started by the test below"]
    fn panics() {
        let name = std::env::var("SOMEBODY").unwrap_or_default();
        let told = [
            guard::<()>(|| panic!("{name} in a call")),
            guard::<()>(|| {
                let _ = guard::<()>(|| panic!("{name} in a call within one"));
                panic!("{name} after it")
            }),
            guard(|| name.parse::<u8>().map(|_| ()).map_err(|e| panic!("{name} is no number: {e}"))),
        ];
        assert!(told.iter().all(|one| matches!(one, Err(FrontlineError::Internal { .. }))), "{told:?}");
        let (waker, own) = (std::task::Waker::noop(), name.clone());
        let mut work = Box::pin(guarded::<()>(async move { panic!("{own} in work that is awaited") }));
        assert!(catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(&mut std::task::Context::from_waker(waker)))).is_err());
        assert!(std::thread::spawn(|| panic!("elsewhere")).join().is_err());
        assert!(catch_unwind(|| panic!("afterwards")).is_err());
    }

    #[test]
    fn what_somebody_wrote_is_not_in_the_log_of_a_panic() {
        let own = std::env::current_exe().expect("this test's program");
        let out = std::process::Command::new(own)
            .args(["--exact", "guard::tests::panics", "--ignored", "--nocapture"])
            .env("SOMEBODY", "Ana Pereira")
            .env("RUST_BACKTRACE", "1")
            .output()
            .expect("it starts");
        let log = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{log}");
        assert!(!log.contains("Ana") && !log.contains("Pereira"), "{log}");
        let lines: Vec<&str> = log.lines().filter(|line| line.starts_with("frontline: a panic within a call, reference ")).collect();
        assert_eq!(lines.len(), 5, "{log}");
        assert!(lines.iter().all(|line| line.contains("bindings/src/guard.rs:")), "{log}");
        assert!(log.contains("elsewhere") && log.contains("afterwards"), "{log}");
    }
}
