//! Who has the store open: a lock on its folder, shared by all of them. Whoever finds a store damaged moves it
//! away only when nobody else has it: another process would go on writing into the moved files, and what it promises
//! then would be where nobody looks. And what looks like damage may be another's log that begins anew while it is read.

use std::fs::{File, TryLockError};
use std::path::Path;

/// That this process has the store open, until it is dropped. Nothing where the system has no such locks.
pub struct Held(Option<File>);

impl Held {
    pub fn share(dir: &Path) -> Self {
        // Whoever has it alone moves files just now, and lets go.
        Self(File::open(dir).ok().filter(|file| file.lock_shared().is_ok()))
    }

    /// The same, for as long as this is kept, also when the store is closed meanwhile; none where somebody else has it
    /// open.
    pub fn alone(&self) -> Option<Self> {
        self.is_alone().then(|| Self(self.0.as_ref().and_then(|file| file.try_clone().ok())))
    }

    /// Lets others open it, too.
    pub fn with_others(&self) {
        let _ = self.0.as_ref().map(File::lock_shared);
    }

    /// Whether nobody else has it open, and nobody can open it until [`Held::with_others`] or the drop.
    pub fn is_alone(&self) -> bool {
        let Some(file) = &self.0 else { return true };
        match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => {
                // Asking for more may have cost what there was.
                self.with_others();
                false
            }
            Err(TryLockError::Error(_)) => true,
        }
    }
}
