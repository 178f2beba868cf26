//! The root object: opened once, it hands out the services.

use std::path::PathBuf;
use std::sync::Arc;

use frontline_device::system::{SystemClock, SystemRandom};
use frontline_device::{Core, Options};
use frontline_domain::Lang;
use zeroize::Zeroizing;

use crate::FrontlineError;

/// One device's core.
#[derive(uniffi::Object)]
pub struct Frontline {
    core: Core,
}

#[uniffi::export]
impl Frontline {
    /// Opens the store in `data_dir`, or makes it there. `key` is 32 bytes from the platform's key store, and
    /// `language` the phone's, as a BCP 47 tag.
    #[uniffi::constructor]
    pub fn open(data_dir: String, key: Vec<u8>, language: String) -> Result<Arc<Self>, FrontlineError> {
        let key = Zeroizing::new(key);
        let invalid = |field: &str, detail: String| FrontlineError::Invalid { field: field.into(), rule: "form".into(), detail };
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| invalid("key", "a key has 32 bytes".into()))?;
        let language: Lang = language.parse().map_err(|e: frontline_domain::text::LangError| invalid("language", e.to_string()))?;
        let core = Core::open(Options {
            dir: PathBuf::from(data_dir),
            key: Zeroizing::new(key),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            language,
        })?;
        Ok(Arc::new(Self { core }))
    }

    /// How many captured things wait to be sent: what a shell shows on its badge.
    pub fn unsent(&self) -> Result<u64, FrontlineError> {
        Ok(self.core.status().now()?.unsent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_opens_a_store_and_refuses_a_key_that_is_none() {
        let dir = std::env::temp_dir().join(format!("frontline-ffi-{}", std::process::id()));
        let path = dir.display().to_string();
        let short = Frontline::open(path.clone(), vec![1; 16], "en".into()).err();
        assert!(matches!(short, Some(FrontlineError::Invalid { field, .. }) if field == "key"));
        let open = Frontline::open(path.clone(), vec![1; 32], "en".into()).expect("a new store");
        assert_eq!(open.unsent(), Ok(0));
        drop(open);
        assert!(matches!(Frontline::open(path, vec![2; 32], "en".into()).err(), Some(FrontlineError::Locked { .. })));
        std::fs::remove_dir_all(dir).expect("the folder goes");
    }
}
