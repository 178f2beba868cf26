//! Folders that hold so many bytes and no more, as a phone that is full. Whatever shrinks in one of them makes room in
//! it, also what is written past SQLite: so a store that gives up a reserve has that, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many bytes each may hold.
#[derive(Default)]
pub(super) struct Rooms(BTreeMap<PathBuf, u64>);

impl Rooms {
    /// The folder may grow by so many bytes from what it holds now.
    pub fn limit(&mut self, folder: &Path, spare: u64) -> io::Result<()> {
        let folder = folder.canonicalize()?;
        let most = size(&folder)? + spare;
        self.0.insert(folder, most);
        Ok(())
    }

    /// There is room again.
    pub fn lift(&mut self, folder: &Path) {
        let known = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        self.0.remove(&known);
    }

    /// By how many of `bytes` this file may not grow.
    pub fn lacks(&self, file: &Path, bytes: u64) -> u64 {
        // Nothing is looked up where nothing is limited: every write asks.
        let Some((folder, most)) = file.parent().filter(|_| !self.0.is_empty()).and_then(|folder| self.0.get_key_value(folder)) else {
            return 0;
        };
        let left = size(folder).map_or(0, |is| most.saturating_sub(is));
        bytes.saturating_sub(left)
    }
}

fn size(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for one in fs::read_dir(folder)? {
        let kind = one?.metadata()?;
        sum += if kind.is_file() { kind.len() } else { 0 };
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_what_it_was_left_and_what_shrinks_in_it_until_the_limit_is_lifted() {
        let dir = std::env::temp_dir().join(format!("frontline-room-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let (file, spare) = (dir.canonicalize().unwrap().join("store"), dir.join("spare"));
        fs::write(&spare, [1; 100]).unwrap();
        let mut rooms = Rooms::default();
        assert_eq!(rooms.lacks(&file, 1_000), 0);
        rooms.limit(&dir, 10).unwrap();
        assert_eq!((rooms.lacks(&file, 10), rooms.lacks(&file, 15)), (0, 5));
        fs::write(&spare, [1; 60]).unwrap();
        assert_eq!((rooms.lacks(&file, 50), rooms.lacks(&file, 51)), (0, 1));
        assert_eq!(rooms.lacks(Path::new("/elsewhere/store"), 1_000), 0);
        rooms.lift(&dir);
        assert_eq!(rooms.lacks(&file, 1_000), 0);
        fs::remove_dir_all(&dir).unwrap();
    }
}
