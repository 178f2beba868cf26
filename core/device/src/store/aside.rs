//! Setting a damaged store aside, and finding what it still holds. Nothing is ever deleted: the database and its
//! log are moved into a folder beside the new store, with copies of what opens them.
//!
//! A kill amid the moving must not leave a half of it behind: the folder first gets its copies and a list of
//! what is to be moved (`moving`); whoever opens the store next goes on where that list stands.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use frontline_domain::env::Random;

use super::identity::{self, Kept};
use super::open::{FILE, KEYS, SUSPECT};
use super::{AT_REST, StoreError, keys};
use crate::salvage::dig::{Found, dig};

const PREFIX: &str = "set-aside-";
const MOVING: &str = "moving";

/// What a store that was set aside still holds.
pub struct Held {
    pub found: Found,
    /// Who the device is, from the sealed copy, else as the pages say.
    pub kept: Option<Kept>,
    /// The key that its pictures are under.
    pub pictures: keys::Key,
}

/// Moves the store in `dir` aside. `with_keys`: what opens it is damaged too, and goes with it.
pub(super) fn set_aside(dir: &Path, random: &dyn Random, with_keys: bool) -> Result<StoreError, StoreError> {
    let kept = loop {
        let kept = dir.join(format!("{PREFIX}{:016x}", random.next_u64()));
        match fs::create_dir(&kept) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            made => {
                made?;
                break kept;
            }
        }
    };
    let opens = [KEYS.to_owned(), format!("{KEYS}.copy")];
    if !with_keys {
        for name in opens.iter().filter(|name| dir.join(name).exists()) {
            fs::copy(dir.join(name), kept.join(name))?;
            File::open(kept.join(name))?.sync_all()?;
        }
    }
    // The identity goes with it: where it lies, an empty store is a lost one.
    let store = [FILE.to_owned(), format!("{FILE}-wal"), format!("{FILE}-shm"), SUSPECT.to_owned(), identity::FILE.to_owned()];
    // What the lost key opened stays with it.
    let locked = opens.into_iter().chain([super::BLOBS.to_owned()]).filter(|_| with_keys);
    let names: Vec<String> = store.into_iter().chain(locked).collect();
    keys::write_durably(&kept.join(MOVING), names.join("\n").as_bytes())?;
    sync(dir)?;
    finish(dir, &kept)?;
    tracing::error!("a damaged store was set aside; what it holds is taken over as far as it can be read");
    Ok(StoreError::Corrupt { kept_at: kept })
}

/// Goes on with what was being moved when the app died.
pub(super) fn finish_moving(dir: &Path) -> Result<(), StoreError> {
    for kept in folders(dir)? {
        if kept.join(MOVING).exists() {
            finish(dir, &kept)?;
        }
    }
    Ok(())
}

fn finish(dir: &Path, kept: &Path) -> Result<(), StoreError> {
    let names = fs::read_to_string(kept.join(MOVING))?;
    for name in names.lines() {
        let (from, to) = (dir.join(name), kept.join(name));
        // What is there already was moved before, and what lies in its place by now is another one.
        if from.exists() && !to.exists() {
            fs::rename(from, to)?;
        }
    }
    sync(kept)?;
    sync(dir)?;
    fs::remove_file(kept.join(MOVING))?;
    sync(kept)
}

fn sync(dir: &Path) -> Result<(), StoreError> {
    Ok(File::open(dir)?.sync_all()?)
}

/// Every store that was set aside beside the one in `dir`, in the order of their names.
pub fn folders(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut out = Vec::new();
    for one in fs::read_dir(dir)? {
        let one = one?;
        if one.file_name().to_string_lossy().starts_with(PREFIX) && one.file_type()?.is_dir() {
            out.push(one.path());
        }
    }
    out.sort();
    Ok(out)
}

/// Reads what the store that was set aside in `kept` still holds, under the shell's key. It is only read.
pub fn read(kept: &Path, shell: &[u8; 32]) -> Result<Held, StoreError> {
    let key = keys::open(&kept.join(KEYS), shell)?.ok_or_else(|| StoreError::Corrupt { kept_at: kept.to_owned() })?;
    let found = dig(kept, &key)?;
    let said = || {
        use super::meta::key::{CUSTOMERS_AT, IDENTITY, RECOVERY_AT, SEED};
        let mut kept = Kept::put_together(found.value(IDENTITY)?, found.value(SEED)?, found.people());
        kept.customers_at = found.value(CUSTOMERS_AT);
        kept.recovery_at = found.value(RECOVERY_AT);
        Some(kept)
    };
    let mut who = identity::read(kept, &key).or_else(said);
    if let Some(who) = &mut who {
        // The copy is up to a day old.
        who.contact = found.sound_value(super::meta::key::CONTACT).or(who.contact);
    }
    Ok(Held { kept: who, found, pictures: keys::Key::new(blake3::derive_key(AT_REST, key.as_slice())) })
}
