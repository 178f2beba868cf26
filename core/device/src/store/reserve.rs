//! Room set aside for a phone that is full. What was captured must still be able to leave it: noting the
//! server's receipts takes some pages, and moving the log into the file makes the file grow. So some bytes lie
//! in a file beside the store; a piece of it is given up when a write that has to get through finds no room,
//! and made again when there is some. Captures never have it: they would use it up.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

pub(super) const NAME: &str = "reserve";
/// What a full log (1 MiB, most of it pages that are written over and over) makes the file grow by is about
/// 100 KiB; the log itself keeps its room.
const PIECES: u64 = 8;
const PIECE: u64 = 64 << 10;

fn pieces(file: &File) -> std::io::Result<u64> {
    Ok(file.metadata()?.len() / PIECE)
}

/// Sets room aside, as much as there is; whether it is whole. That there is none is no error: it is tried again after
/// each sync.
pub(super) fn keep(dir: &Path) -> bool {
    let Ok(mut file) = OpenOptions::new().create(true).append(true).open(dir.join(NAME)) else { return false };
    let Ok(has) = pieces(&file) else { return false };
    if has >= PIECES {
        return true;
    }
    // No zeros: a file system that compresses would set nothing aside for them.
    let mut bytes = vec![0; PIECE as usize];
    blake3::Hasher::new().finalize_xof().fill(&mut bytes);
    for piece in has..PIECES {
        if file.write_all(&bytes).is_err() {
            let _ = file.set_len(piece * PIECE);
            return false;
        }
    }
    true
}

/// Gives a piece of it up; whether there was one.
pub(super) fn give_up(dir: &Path) -> bool {
    let shrink = || {
        let file = OpenOptions::new().write(true).open(dir.join(NAME))?;
        let has = pieces(&file)?;
        file.set_len(has.saturating_sub(1) * PIECE)?;
        Ok::<bool, std::io::Error>(has > 0)
    };
    shrink().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_set_aside_once_and_given_up_piece_by_piece() {
        let dir = tempfile::tempdir().unwrap();
        let size = || std::fs::metadata(dir.path().join(NAME)).unwrap().len();
        assert!(!give_up(dir.path()));
        assert!(keep(dir.path()) && keep(dir.path()));
        assert_eq!(size(), PIECES * PIECE);
        assert!(give_up(dir.path()) && give_up(dir.path()));
        assert_eq!(size(), (PIECES - 2) * PIECE);
        keep(dir.path());
        assert_eq!(size(), PIECES * PIECE);
        assert_eq!((0..20).filter(|_| give_up(dir.path())).count() as u64, PIECES);
        assert!(!keep(&dir.path().join("nowhere")));
    }
}
