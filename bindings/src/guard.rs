//! What every call passes: a panic inside does not cross the border, where it would end the app or reach a shell as an
//! error that it does not know. It ends this one call; the transaction that it was in is rolled back, and the next
//! call finds the store as it was.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::FrontlineError;

/// Does it, and makes a panic an error with a reference that the log has, too.
pub(crate) fn guard<T>(f: impl FnOnce() -> Result<T, FrontlineError>) -> Result<T, FrontlineError> {
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|panic| Err(internal(&*panic)))
}

/// The error that a panic is.
pub(crate) fn internal(panic: &(dyn std::any::Any + Send)) -> FrontlineError {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    // A message may hold what somebody wrote: the log has its hash, by which two of the same are known.
    let reference = blake3::hash(text.unwrap_or_default().as_bytes()).to_hex()[..8].to_owned();
    tracing::error!(reference, "a call panicked");
    FrontlineError::Internal { reference }
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
}
