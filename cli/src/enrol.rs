//! `device enrol`: a one-time code makes a folder a phone. One that fails leaves the disk as it was, unless
//! the server may have taken the code: then the key it knows lies here, and the same line goes on with it.

use std::fs;
use std::path::{Path, PathBuf};

use frontline_device::Error;
use serde_json::{Value, json};

use crate::device::{checked, open};
use crate::failure::{Done, Failure, print};

/// Every file that making a phone may leave behind.
const FILES: &[&str] = &["key", "keys", "keys.copy", "keys.new", "reserve", "store.db", "store.db-wal", "store.db-shm"];

pub async fn run(dir: &Path, server: &str, code: &str) -> Done {
    let traces = Traces::of(dir);
    let mut phone = match open(dir, true) {
        Ok(phone) => phone,
        Err(failure) => {
            traces.wipe();
            return Err(failure);
        }
    };
    let enrolled = match phone.woken() {
        Ok(core) => core.enrol(server, code, "terminal").await,
        Err(locked) => Err(locked),
    };
    let known = match enrolled {
        Ok(known) => known,
        Err(error) => {
            drop(phone);
            if traces.is_phone {
                return Err(error.into());
            }
            if may_have_arrived(&error) {
                return Err(Failure::failed(format!("{error} The server may have taken the code: run the same line again to go on.")));
            }
            traces.wipe();
            return Err(error.into());
        }
    };
    // The first sync brings names and content, so that the phone is of use before it is asked again.
    let received = match checked(phone.call(&json!({"do": "sync.now"})).await) {
        Ok(synced) => synced["received"].clone(),
        Err(failure) => {
            crate::failure::say!("frontline: enrolled; the first sync failed: {} Try again with: frontline device sync", failure.message);
            Value::Null
        }
    };
    let said = json!({"device": known.device, "name": known.device_name, "person": known.person_name, "organisation": known.org_name, "received": received});
    print(&said.to_string());
    Ok(())
}

/// Whether the server may know this phone's key now, although its answer did not come.
fn may_have_arrived(error: &Error) -> bool {
    match error {
        Error::Offline(why) => why.may_have_arrived(),
        Error::Internal { .. } | Error::StorageFull => true,
        Error::Busy
        | Error::Invalid { .. }
        | Error::NotFound { .. }
        | Error::Locked(_)
        | Error::Unauthorized { .. }
        | Error::StorageCorrupt { .. } => false,
    }
}

/// What was there before.
struct Traces {
    dir: PathBuf,
    is_phone: bool,
    /// Files of [`FILES`] that are not this attempt's.
    files: Vec<PathBuf>,
    /// Folders that were missing, the innermost first.
    missing: Vec<PathBuf>,
}

impl Traces {
    fn of(dir: &Path) -> Self {
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_path_buf());
        let files = FILES.iter().map(|name| dir.join(name)).filter(|file| file.exists()).collect();
        let missing = dir.ancestors().take_while(|above| !above.exists()).map(Path::to_path_buf).collect();
        Self { is_phone: dir.join("store.db").exists(), files, missing, dir }
    }

    /// Takes away what was not there before; never a folder that holds something else.
    fn wipe(&self) {
        if self.is_phone {
            return;
        }
        for file in FILES.iter().map(|name| self.dir.join(name)).filter(|file| !self.files.contains(file)) {
            let _ = fs::remove_file(file);
        }
        for folder in &self.missing {
            let _ = fs::remove_dir(folder);
        }
    }
}
