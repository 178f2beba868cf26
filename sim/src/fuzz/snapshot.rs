//! What a process leaves behind that is killed: its files as they lie, with the log cut within what was being
//! written. SQLite writes a log from its front to its end, so whatever a kill can leave of it is its beginning.

use std::fs;
use std::io;
use std::path::Path;

/// A page of either store, with the frame's header before it in the log.
const FRAME: u64 = 24 + 4_096;
const HEADER: u64 = 32;

/// How far a store's log had come, from the index beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    frames: u32,
    salts: [u8; 8],
    /// Frames that were moved into the file.
    moved: u32,
}

impl Mark {
    /// Of the store whose database is `db`; nothing where it has no log.
    pub fn of(db: &Path) -> Mark {
        let Ok(index) = fs::read(beside(db, "-shm")) else { return Mark::default() };
        let number = |at: usize| index.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_ne_bytes);
        let salts = index.get(32..40).and_then(|b| b.try_into().ok()).unwrap_or_default();
        Mark { frames: number(16), salts, moved: number(96) }
    }

    /// Where in the log what was written since `before` begins and ends, if it lies there in one piece.
    fn since(self, before: Mark) -> Option<(u64, u64)> {
        let from = match (self.salts == before.salts, self.moved) {
            (true, moved) if moved == before.moved => before.frames,
            // The log began anew: all that is in it came since, as long as none of it was moved.
            (false, 0) => 0,
            _ => return None,
        };
        let at = |frames: u32| HEADER + u64::from(frames) * FRAME;
        (self.frames > from).then_some((at(from), at(self.frames)))
    }
}

fn beside(db: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = db.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Copies the folder of a process that dies to the new folder `to`. `torn`: the log ends at some byte (any number
/// says where) of what was written since a mark; true where it was cut so.
pub fn take(from: &Path, to: &Path, db: &str, torn: Option<(Mark, u64)>) -> io::Result<bool> {
    let cut = torn.and_then(|(before, any)| {
        let (least, most) = Mark::of(&from.join(db)).since(before)?;
        Some(least + any % (most - least))
    });
    copy(from, to)?;
    if let Some(bytes) = cut {
        fs::OpenOptions::new().write(true).open(beside(&to.join(db), "-wal"))?.set_len(bytes)?;
    }
    Ok(cut.is_some())
}

/// Copies a folder without what only a running process has a use for, and without stores that were set aside.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut all = fs::read_dir(from)?.collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(fs::DirEntry::file_name);
    for one in all {
        let name = one.file_name();
        let word = name.to_string_lossy();
        if word.ends_with("-shm") || word.contains(".aside-") {
            continue;
        }
        if one.file_type()?.is_dir() {
            copy(&one.path(), &to.join(&name))?;
        } else {
            fs::copy(one.path(), to.join(&name))?;
        }
    }
    Ok(())
}
