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

#[test]
fn of_many_who_open_a_new_folder_at_once_all_have_the_key_that_is_kept() {
    /// A key store that takes its time.
    struct Slow(Pocket);
    impl Platform for Slow {
        fn secret(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError> {
            self.0.secret(name)
        }
        fn keep_secret(&self, name: String, bytes: Vec<u8>) -> Result<(), PlatformError> {
            std::thread::sleep(std::time::Duration::from_millis(5));
            self.0.keep_secret(name, bytes)
        }
        fn forget_secret(&self, name: String) -> Result<(), PlatformError> {
            self.0.forget_secret(name)
        }
        fn device_model(&self) -> String {
            panic!("no name")
        }
        fn storage_free(&self) -> Option<u64> {
            None
        }
        fn network(&self) -> NetworkKind {
            panic!("no network")
        }
        fn log(&self, _: String) {}
    }
    for _ in 0..5 {
        let (dir, platform) = (tempfile::tempdir().expect("a folder"), Arc::new(Slow(Pocket::default())));
        let opening = || Frontline::open(at(&dir), platform.clone()).map(drop);
        let all: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(opening)).collect();
            threads.into_iter().map(|one| one.join().expect("no panic")).collect()
        });
        assert_eq!(all, vec![Ok(()); 4]);
        drop(Frontline::open(at(&dir), platform.clone()).expect("it opens with the key that was kept"));
        assert_eq!(crate::platform::model(platform.as_ref()), "");
    }
}

#[test]
fn a_platform_that_keeps_nothing_is_noticed_before_anything_is_captured() {
    struct Sieve;
    impl Platform for Sieve {
        fn secret(&self, _: String) -> Result<Option<Vec<u8>>, PlatformError> {
            Ok(None)
        }
        fn keep_secret(&self, _: String, _: Vec<u8>) -> Result<(), PlatformError> {
            Ok(())
        }
        fn forget_secret(&self, _: String) -> Result<(), PlatformError> {
            Ok(())
        }
        fn device_model(&self) -> String {
            String::new()
        }
        fn storage_free(&self) -> Option<u64> {
            None
        }
        fn network(&self) -> NetworkKind {
            NetworkKind::None
        }
        fn log(&self, _: String) {}
    }
    let dir = tempfile::tempdir().expect("a folder");
    let opened = Frontline::open(at(&dir), Arc::new(Sieve)).err();
    assert_eq!(opened, Some(FrontlineError::Internal { reference: "platform".into() }));
    assert!(!is_there(dir.path()));
}

#[test]
fn shutting_waits_for_calls_under_way_and_a_reset_refuses_what_is_open() {
    let (dir, pocket) = (tempfile::tempdir().expect("a folder"), Arc::new(Pocket::default()));
    let leaving = || Leaving { file: None, drop_pictures: false };
    let open = Frontline::open(at(&dir), pocket.clone()).expect("a new store");
    assert_eq!(reset(at(&dir), pocket.clone(), leaving()), Err(FrontlineError::Busy));
    let (begun, is_begun) = std::sync::mpsc::channel();
    let (shared, is_over) = (open.shared.clone(), Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let over = is_over.clone();
    let call = std::thread::spawn(move || {
        shared.with(|core| {
            begun.send(()).expect("somebody waits");
            std::thread::sleep(std::time::Duration::from_millis(200));
            let status = core.status().now();
            over.store(true, std::sync::atomic::Ordering::SeqCst);
            Ok(status?)
        })
    });
    is_begun.recv().expect("it begins");
    open.shut();
    assert!(is_over.load(std::sync::atomic::Ordering::SeqCst), "the call that was under way was waited for");
    assert!(call.join().expect("no panic").is_ok());
    let gone = reset(at(&dir), pocket.clone(), leaving()).expect("nobody has it open");
    assert_eq!(gone.entries, 0);
    // A second one finds it new.
    assert!(reset(at(&dir), pocket.clone(), leaving()).is_ok() && !is_there(dir.path()));
}

#[test]
fn a_folder_that_can_be_none_is_said_to_be_wrong() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("a file");
    std::fs::write(&file, "a letter").expect("it is written");
    let long = "x".repeat(5_000);
    for name in ["", "a\0b", &file.display().to_string(), &format!("{}/{long}", dir.path().display())] {
        let draft = OpenDraft { data_dir: name.to_owned(), language: "en".into() };
        let opened = Frontline::open(draft, Arc::new(Pocket::default())).err();
        assert!(matches!(&opened, Some(FrontlineError::Invalid { field, .. }) if field == "data"), "{opened:?}");
    }
}
