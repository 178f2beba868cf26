//! A process of its own: the log is the process's.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use frontline_ffi::root::OpenDraft;
use frontline_ffi::{Frontline, FrontlineError, NetworkKind, Platform, PlatformError};

struct NoKeys(Sender<String>);

impl Platform for NoKeys {
    fn secret(&self, _: String) -> Result<Option<Vec<u8>>, PlatformError> {
        Err(PlatformError::Failed { detail: "errno 5".into() })
    }
    fn keep_secret(&self, _: String, _: Vec<u8>) -> Result<(), PlatformError> {
        Ok(())
    }
    fn forget_secret(&self, _: String) -> Result<(), PlatformError> {
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
    fn log(&self, line: String) {
        self.0.send(line).expect("the test listens");
        panic!("a log that throws ends nothing");
    }
}

#[test]
fn what_failed_is_in_the_systems_log_under_its_reference() {
    let dir = tempfile::tempdir().expect("a folder");
    let (lines, heard) = channel();
    for _ in 0..2 {
        let draft = OpenDraft { data_dir: dir.path().display().to_string(), language: "en".into() };
        let failed = Frontline::open(draft, Arc::new(NoKeys(lines.clone()))).err();
        assert_eq!(failed, Some(FrontlineError::Internal { reference: "platform".into() }));
        let line = heard.recv_timeout(Duration::from_secs(20)).expect("a line");
        assert!(line.starts_with("ERROR frontline_ffi") && line.contains("the platform failed") && line.contains("errno 5"), "{line}");
    }
}
