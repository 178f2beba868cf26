//! The store's key of a phone in a terminal: a file beside the store, mode 0600. Good for trying, support and
//! tests; on a phone the key comes from the platform.

use std::fs;
use std::io::Write;
use std::path::Path;

use frontline_domain::Random;
use zeroize::Zeroizing;

/// Whether there is a store and no key to it, as after its files were copied to another phone.
pub fn is_lost(dir: &Path) -> bool {
    dir.join("store.db").exists() && !dir.join("key").exists()
}

/// A new key beside the old one, or the one that was made so before and not taken into use.
pub fn next(dir: &Path, random: &dyn Random) -> std::io::Result<Zeroizing<[u8; 32]>> {
    read_or_draw(&dir.join("key.next"), random)
}

/// Takes the new key into use.
pub fn use_next(dir: &Path) -> std::io::Result<()> {
    fs::rename(dir.join("key.next"), dir.join("key"))
}

/// Reads `dir/key`, or makes it where there is none and no store either.
pub fn read_or_make(dir: &Path, random: &dyn Random) -> std::io::Result<Zeroizing<[u8; 32]>> {
    if is_lost(dir) {
        return Err(std::io::Error::other("the store's key is missing; put it back"));
    }
    fs::create_dir_all(dir)?;
    read_or_draw(&dir.join("key"), random)
}

fn read_or_draw(path: &Path, random: &dyn Random) -> std::io::Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0u8; 32]);
    if path.exists() {
        let bytes = Zeroizing::new(fs::read(path)?);
        *key = bytes
            .as_slice()
            .try_into()
            .map_err(|_| std::io::Error::other("a key has 32 bytes; put back the one that belongs to this store"))?;
        return Ok(key);
    }
    random.fill(key.as_mut_slice());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(key.as_slice())?;
    file.sync_all()?;
    Ok(key)
}
