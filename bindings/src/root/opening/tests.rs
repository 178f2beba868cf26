//! A platform in memory, and the keys that a store opens with.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::*;
use crate::error::LockedBy;
use crate::platform::NetworkKind;

/// Keeps secrets in memory.
#[derive(Default)]
struct Pocket(Mutex<BTreeMap<String, Vec<u8>>>);

impl Platform for Pocket {
    fn secret(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError> {
        Ok(self.0.lock().expect("no panic").get(&name).cloned())
    }
    fn keep_secret(&self, name: String, bytes: Vec<u8>) -> Result<(), PlatformError> {
        self.0.lock().expect("no panic").insert(name, bytes);
        Ok(())
    }
    fn forget_secret(&self, name: String) -> Result<(), PlatformError> {
        self.0.lock().expect("no panic").remove(&name);
        Ok(())
    }
    fn device_model(&self) -> String {
        "Pocket".into()
    }
    fn storage_free(&self) -> Option<u64> {
        None
    }
    fn network(&self) -> NetworkKind {
        NetworkKind::None
    }
    fn log(&self, _: String) {}
}

fn at(dir: &tempfile::TempDir) -> OpenDraft {
    OpenDraft { data_dir: dir.path().display().to_string(), language: "en".into() }
}

#[test]
fn a_store_opens_with_the_key_that_was_made_for_it_and_without_it_says_so() {
    let (dir, pocket) = (tempfile::tempdir().expect("a folder"), Arc::new(Pocket::default()));
    let open = Frontline::open(at(&dir), pocket.clone()).expect("a new store");
    assert_eq!(open.sync().status().expect("a status").unsent, 0);
    let training = open.training();
    open.shut();
    assert!(matches!(training.list(Default::default()), Err(FrontlineError::Locked { by: LockedBy::Shut, .. })));
    drop(Frontline::open(at(&dir), pocket.clone()).expect("the same store"));
    pocket.forget_secret(KEY.into()).expect("it forgets");
    let lost = Frontline::open(at(&dir), pocket.clone()).err();
    assert!(matches!(lost, Some(FrontlineError::Locked { by: LockedBy::Key, .. })), "{lost:?}");
    assert!(pocket.secret(KEY.into()).expect("it looks").is_none(), "no new key is made over a store that is there");
}

#[test]
fn a_store_whose_recovery_was_cut_opens_with_either_key() {
    let (dir, pocket) = (tempfile::tempdir().expect("a folder"), Arc::new(Pocket::default()));
    drop(Frontline::open(at(&dir), pocket.clone()).expect("a new store"));
    // Before the server answered: the next key opens nothing yet.
    pocket.keep_secret(NEXT.into(), vec![7; 32]).expect("it keeps");
    drop(Frontline::open(at(&dir), pocket.clone()).expect("with the old key"));
    // After it: the old one opens nothing any more.
    let old = pocket.secret(KEY.into()).expect("it looks").expect("a key");
    pocket.keep_secret(NEXT.into(), old.clone()).expect("it keeps");
    pocket.keep_secret(KEY.into(), vec![8; 32]).expect("it keeps");
    drop(Frontline::open(at(&dir), pocket.clone()).expect("with the next key"));
    assert_eq!(pocket.secret(KEY.into()), Ok(Some(old)));
    assert_eq!(pocket.secret(NEXT.into()), Ok(None));
}
