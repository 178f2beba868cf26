//! A file of content that has come in part: kept, sealed, until it is whole, so that a connection which breaks off, or an app
//! that dies, costs one piece.
//!
//! Its pieces are sealed under a key of this one attempt, which chance made: what a server sent and was not what its name
//! says is never sealed under the key of the picture, whose every nonce seals one text.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use frontline_domain::BlobHash;
use frontline_domain::env::Random;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, UnboundKey};
use zeroize::Zeroizing;

use super::files::{Files, TAG, nonce};

const MAGIC: [u8; 4] = *b"FLP1";
const SALT: usize = 16;
const HEAD: usize = MAGIC.len() + SALT;
/// Bytes of a piece: what one request brings.
pub(super) const PIECE: usize = super::send::PIECE as usize;

/// One that is on its way.
pub(super) struct Part {
    path: PathBuf,
    aead: LessSafeKey,
    bytes: u64,
}

impl Part {
    /// Goes on with what is there, or begins. What is no part of this build is begun anew.
    pub(super) fn open(files: &Files, blob: &BlobHash, bytes: u64, random: &dyn Random) -> io::Result<Self> {
        let path = files.dir().join(format!("{}.part", files.name(blob)));
        let mut head = [0; HEAD];
        let known = File::open(&path).and_then(|mut file| file.read_exact(&mut head));
        if known.is_err() || head[..MAGIC.len()] != MAGIC {
            head[..MAGIC.len()].copy_from_slice(&MAGIC);
            random.fill(&mut head[MAGIC.len()..]);
            fs::create_dir_all(files.dir())?;
            fs::write(&path, head)?;
        }
        let key = Zeroizing::new(files.mac(&head[MAGIC.len()..], blob));
        let aead = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key"));
        let part = Self { path, aead, bytes };
        // A piece that was written in part, when the app died, is written again.
        let whole = HEAD as u64 + part.pieces()? * (PIECE + TAG) as u64;
        OpenOptions::new().write(true).open(&part.path)?.set_len(whole)?;
        Ok(part)
    }

    /// Whole pieces that are here; the last of the file is never kept apart from the rest.
    fn pieces(&self) -> io::Result<u64> {
        let length = fs::metadata(&self.path)?.len();
        Ok((length.saturating_sub(HEAD as u64) / (PIECE + TAG) as u64).min(self.bytes / PIECE as u64))
    }

    /// How many bytes have come.
    pub(super) fn offset(&self) -> io::Result<u64> {
        Ok(self.pieces()? * PIECE as u64)
    }

    /// Keeps the next piece. One that is shorter than a piece is the last: it is given to [`Part::whole`].
    pub(super) fn push(&self, piece: &[u8]) -> io::Result<()> {
        debug_assert_eq!(piece.len(), PIECE);
        let mut sealed = piece.to_vec();
        let at = nonce(self.pieces()?);
        self.aead.seal_in_place_append_tag(at, Aad::empty(), &mut sealed).map_err(|_| io::Error::other("sealing failed"))?;
        let mut file = OpenOptions::new().append(true).open(&self.path)?;
        file.write_all(&sealed)
    }

    /// All of it, with its last piece. What does not open was damaged on the disk: it is begun anew.
    pub(super) fn whole(&self, last: &[u8]) -> io::Result<Vec<u8>> {
        let count = self.pieces()?;
        let mut file = File::open(&self.path)?;
        file.read_exact(&mut [0; HEAD])?;
        let mut out = Vec::with_capacity(usize::try_from(self.bytes).unwrap_or(0));
        for n in 0..count {
            let mut sealed = vec![0; PIECE + TAG];
            file.read_exact(&mut sealed)?;
            let plain = self.aead.open_in_place(nonce(n), Aad::empty(), &mut sealed).map_err(|_| io::ErrorKind::InvalidData)?;
            out.extend_from_slice(plain);
        }
        out.extend_from_slice(last);
        Ok(out)
    }

    /// Throws it away.
    pub(super) fn remove(&self) -> io::Result<()> {
        remove(&self.path)
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    fn files(dir: &Path) -> Files {
        Files::at(dir, Zeroizing::new([7; 32]))
    }
    fn film(bytes: usize) -> (BlobHash, Vec<u8>) {
        let plain: Vec<u8> = (0..bytes).map(|n| (n * 31 + n / 251) as u8).collect();
        (BlobHash::from_bytes(*blake3::hash(&plain).as_bytes()), plain)
    }

    #[test]
    fn what_has_come_outlives_the_app_and_a_piece_that_was_cut_comes_again() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(dir.path());
        let (blob, plain) = film(2 * PIECE + 17);
        let open = || Part::open(&files, &blob, plain.len() as u64, &SystemRandom).unwrap();
        open().push(&plain[..PIECE]).unwrap();
        assert_eq!(open().offset().unwrap(), PIECE as u64);
        let path = open().path;
        OpenOptions::new().append(true).open(&path).unwrap().write_all(&[9; 100]).unwrap();
        let part = open();
        assert_eq!(part.offset().unwrap(), PIECE as u64, "half a piece is none");
        part.push(&plain[PIECE..2 * PIECE]).unwrap();
        assert_eq!(open().whole(&plain[2 * PIECE..]).unwrap(), plain);
        assert!(!fs::read(&path).unwrap().windows(32).any(|w| w == &plain[..32]), "sealed");
        open().remove().unwrap();
        assert_eq!(open().offset().unwrap(), 0);
    }

    #[test]
    fn what_was_not_the_picture_is_sealed_under_no_key_that_another_try_has() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(dir.path());
        let (blob, plain) = film(PIECE + 1);
        let sealed = || {
            let part = Part::open(&files, &blob, plain.len() as u64, &SystemRandom).unwrap();
            part.push(&plain[..PIECE]).unwrap();
            let bytes = fs::read(&part.path).unwrap();
            part.remove().unwrap();
            bytes[HEAD..].to_vec()
        };
        assert_ne!(sealed(), sealed(), "the same bytes under two keys");
    }

    #[test]
    fn a_byte_that_changed_on_the_disk_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(dir.path());
        let (blob, plain) = film(PIECE + 1);
        let part = Part::open(&files, &blob, plain.len() as u64, &SystemRandom).unwrap();
        part.push(&plain[..PIECE]).unwrap();
        let mut bytes = fs::read(&part.path).unwrap();
        bytes[HEAD + 100] ^= 1;
        fs::write(&part.path, &bytes).unwrap();
        assert_eq!(part.whole(&plain[PIECE..]).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
