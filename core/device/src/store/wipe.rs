//! Taking a store away: what opens it first, then what it holds.
//!
//! A mark is written before anything goes. Without it the store is whole; with it whoever opens the folder next
//! goes on where the wiping stopped, and begins a new store after it. So a kill at any point leaves either a store
//! that can be used or nothing that can be read.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::open::{FILE, KEYS, SUSPECT};
use super::{BLOBS, CONTENT, StoreError, aside, identity, keys, reserve};

const MARK: &str = "wiping";

/// Takes the store in `dir` away. Nobody may have it open.
pub fn wipe(dir: &Path) -> Result<(), StoreError> {
    wipe_by(dir, &mut |_| Ok(()))
}

/// As [`wipe`]; `before` is told of every file before it goes.
pub(crate) fn wipe_by(dir: &Path, before: &mut dyn FnMut(&Path) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let mark = dir.join(MARK);
    before(&mark)?;
    keys::write_durably(&mark, b"")?;
    go_on(dir, before)
}

/// Goes on with what was being wiped when the app died.
pub(super) fn finish(dir: &Path) -> Result<(), StoreError> {
    if dir.join(MARK).exists() { go_on(dir, &mut |_| Ok(())) } else { Ok(()) }
}

fn go_on(dir: &Path, before: &mut dyn FnMut(&Path) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let kept = aside::folders(dir)?;
    // Stores that were set aside are under the same key: their copies of it go first, too.
    let mut opening = Vec::new();
    for folder in kept.iter().map(PathBuf::as_path).chain([dir]) {
        opening.extend([format!("{KEYS}.copy"), format!("{KEYS}.new"), KEYS.to_owned()].map(|name| folder.join(name)));
    }
    for file in &opening {
        take(file, before)?;
    }
    for folder in kept.iter().map(PathBuf::as_path).chain([dir]) {
        File::open(folder)?.sync_all()?;
    }
    let names = [FILE.to_owned(), format!("{FILE}-wal"), format!("{FILE}-shm"), SUSPECT.to_owned(), reserve::NAME.to_owned()];
    for name in names.iter().map(String::as_str).chain([identity::FILE, "identity.new", "wiping.new"]) {
        take(&dir.join(name), before)?;
    }
    for folder in
        kept.iter().map(PathBuf::as_path).chain([dir.join(BLOBS).as_path(), dir.join(CONTENT).as_path()]).filter(|folder| folder.exists())
    {
        before(folder)?;
        fs::remove_dir_all(folder)?;
    }
    File::open(dir)?.sync_all()?;
    take(&dir.join(MARK), before)?;
    Ok(File::open(dir)?.sync_all()?)
}

fn take(file: &Path, before: &mut dyn FnMut(&Path) -> Result<(), StoreError>) -> Result<(), StoreError> {
    before(file)?;
    match fs::remove_file(file) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e.into()),
        _ => Ok(()),
    }
}
