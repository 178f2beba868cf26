//! What only the platform has. It is asked on threads of any kind, and may be slow: never under a lock of the core.

use frontline_device::blobs::budget::Network;

use crate::guard::guard;

/// A phone or a tablet, as its system knows it. Randomness and clocks are the core's own.
#[uniffi::export(foreign)]
pub trait Platform: Send + Sync {
    /// The secret kept under `name`; none where none was. It lies in the key store of the system, readable while the
    /// device is unlocked, and leaves it in no backup.
    fn secret(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError>;
    /// Keeps a secret under `name`, instead of another one there.
    fn keep_secret(&self, name: String, bytes: Vec<u8>) -> Result<(), PlatformError>;
    /// Destroys the secret under `name`; none there is no error.
    fn forget_secret(&self, name: String) -> Result<(), PlatformError>;
    /// The maker's name for the device, such as `Pixel 9`.
    fn device_model(&self) -> String;
    /// Bytes that are free for this app; none where the system does not say.
    fn storage_free(&self) -> Option<u64>;
    /// What network there is now, and whether somebody pays for its bytes.
    fn network(&self) -> NetworkKind;
    /// A line for the system's log: what failed, with the reference that an error has. It has no personal data in it.
    /// Told one after another, on a thread of its own; what it throws is dropped.
    fn log(&self, line: String);
}

/// What kind of network there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NetworkKind {
    None,
    Metered,
    Unmetered,
}

impl From<NetworkKind> for Network {
    fn from(kind: NetworkKind) -> Self {
        match kind {
            NetworkKind::None => Self::None,
            NetworkKind::Metered => Self::Metered,
            NetworkKind::Unmetered => Self::Unmetered,
        }
    }
}

/// What network there is, as far as the platform says: one that fails to is none.
pub(crate) fn network(platform: &dyn Platform) -> Network {
    guard(|| Ok(platform.network())).unwrap_or(NetworkKind::None).into()
}

/// The maker's name for the device; empty where the platform fails to say.
pub(crate) fn model(platform: &dyn Platform) -> String {
    guard(|| Ok(platform.device_model())).unwrap_or_default()
}

/// The platform could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PlatformError {
    /// The key store is closed until the device is unlocked.
    #[error("the key store is closed until the device is unlocked")]
    Closed,
    /// Anything else, named for a log: the kind of fault alone, no path and nothing that somebody wrote.
    #[error("the platform failed: {detail}")]
    Failed { detail: String },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // Its text is whatever was thrown, which may have anything in it.
        Self::Failed { detail: "it threw what is no PlatformError".to_owned() }
    }
}
