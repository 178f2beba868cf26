//! The files. What is in them stands on the disk in no other form: a file is a head and pieces of 64 KiB, each
//! ChaCha20-Poly1305 under a key of that one picture, derived from the store's own. Its name is a MAC, so that
//! the folder does not tell which known pictures are there.
//!
//! A picture's key is derived from its hash, and its bytes are what the hash says: so one nonce seals one text.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use frontline_domain::BlobHash;
use frontline_domain::fact::pictures;
use frontline_domain::media::VIDEO_BYTES;
use frontline_protocol::sign::hex;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::store::{AT_REST, Store};

const MAGIC: [u8; 4] = *b"FLB1";
const HEAD: usize = 12;
const PIECE: usize = 64 << 10;
pub(super) const TAG: usize = 16;
/// Bytes of a file at most.
const LENGTH: u64 = if pictures::BYTES > VIDEO_BYTES { pictures::BYTES } else { VIDEO_BYTES };
/// Bytes that are read at once of a file that is read whole.
pub(crate) const READ: usize = 256 << 10;

/// The folder of a store's pictures.
pub struct Files {
    dir: PathBuf,
    key: Zeroizing<[u8; 32]>,
}

impl Files {
    /// Those of this store.
    pub fn of(store: &Store) -> Self {
        Self::at(store.dir(), store.derived(AT_REST))
    }
    /// The pictures and videos of its content.
    pub fn of_content(store: &Store) -> Self {
        Self { dir: store.dir().join(crate::store::CONTENT), key: store.derived(AT_REST) }
    }
    /// Where they lie.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
    /// Those in a store's folder, under this key.
    pub(crate) fn at(dir: &Path, key: Zeroizing<[u8; 32]>) -> Self {
        Self { dir: dir.join(crate::store::BLOBS), key }
    }

    pub(super) fn mac(&self, what: &[u8], blob: &BlobHash) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(what).update(blob.as_bytes());
        *hasher.finalize().as_bytes()
    }
    /// The name of a picture's file.
    pub fn name(&self, blob: &BlobHash) -> String {
        hex(&self.mac(b"name", blob)[..16])
    }
    fn path(&self, blob: &BlobHash) -> PathBuf {
        self.dir.join(self.name(blob))
    }
    fn aead(&self, blob: &BlobHash) -> LessSafeKey {
        let key = Zeroizing::new(self.mac(b"file", blob));
        LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key"))
    }

    /// Writes a picture; when this returns it is on the disk. One that is there already is left as it is.
    pub fn write(&self, blob: &BlobHash, plain: &[u8]) -> io::Result<()> {
        let path = self.path(blob);
        if self.length(blob)? == Some(plain.len() as u64) {
            return Ok(());
        }
        fs::create_dir_all(&self.dir)?;
        let (aead, head) = (self.aead(blob), head(plain.len() as u64));
        let fresh = path.with_extension("new");
        let mut file = File::create(&fresh)?;
        file.write_all(&head)?;
        for (n, piece) in plain.chunks(PIECE).enumerate() {
            let mut sealed = piece.to_vec();
            aead.seal_in_place_append_tag(nonce(n as u64), Aad::from(head), &mut sealed).map_err(|_| io::Error::other("sealing failed"))?;
            file.write_all(&sealed)?;
        }
        file.sync_all()?;
        fs::rename(&fresh, &path)?;
        File::open(&self.dir)?.sync_all()
    }

    /// How many bytes a picture has; none where its file is not here, or is none.
    pub fn length(&self, blob: &BlobHash) -> io::Result<Option<u64>> {
        match File::open(self.path(blob)) {
            Ok(mut file) => {
                let mut head = [0; HEAD];
                match file.read_exact(&mut head) {
                    Ok(()) => Ok(read_head(&head).filter(|length| file.metadata().is_ok_and(|m| m.len() == sealed_length(*length)))),
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
                    Err(e) => Err(e),
                }
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Up to `count` bytes from `from` on. Bytes that are not as they were written are an error of the kind
    /// `InvalidData`.
    pub fn read(&self, blob: &BlobHash, from: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(blob))?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        let length = read_head(&head).ok_or(io::ErrorKind::InvalidData)?;
        let to = from.saturating_add(count as u64).min(length);
        let aead = self.aead(blob);
        let mut out = Vec::with_capacity(to.saturating_sub(from) as usize);
        let mut at = from;
        while at < to {
            let n = at / PIECE as u64;
            let begin = n * PIECE as u64;
            let size = (length - begin).min(PIECE as u64) as usize;
            file.seek(SeekFrom::Start(HEAD as u64 + n * (PIECE + TAG) as u64))?;
            let mut sealed = vec![0; size + TAG];
            file.read_exact(&mut sealed)?;
            let plain = aead.open_in_place(nonce(n), Aad::from(head), &mut sealed).map_err(|_| io::ErrorKind::InvalidData)?;
            let piece = plain.get((at - begin) as usize..(to - begin).min(size as u64) as usize).ok_or(io::ErrorKind::InvalidData)?;
            out.extend_from_slice(piece);
            at = begin + size as u64;
        }
        Ok(out)
    }

    /// Whether the file is here and holds what its name says.
    pub fn is_whole(&self, blob: &BlobHash, bytes: u64) -> io::Result<bool> {
        if self.length(blob)? != Some(bytes) {
            return Ok(false);
        }
        let (mut hasher, mut at) = (blake3::Hasher::new(), 0);
        while at < bytes {
            match self.read(blob, at, READ) {
                Ok(piece) if !piece.is_empty() => {
                    hasher.update(&piece);
                    at += piece.len() as u64;
                }
                Err(e) if e.kind() != io::ErrorKind::InvalidData && e.kind() != io::ErrorKind::UnexpectedEof => return Err(e),
                _ => return Ok(false),
            }
        }
        Ok(hasher.finalize().as_bytes() == blob.as_bytes())
    }

    /// Takes a file away.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.dir.join(name)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// The names of all files, also of those that were only begun.
    pub fn names(&self) -> io::Result<Vec<String>> {
        names(&self.dir)
    }
}

fn names(dir: &Path) -> io::Result<Vec<String>> {
    let mut out = Vec::new();
    match fs::read_dir(dir) {
        Ok(entries) => {
            for one in entries {
                out.push(one?.file_name().to_string_lossy().into_owned());
            }
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => return Err(e),
    }
    out.sort();
    Ok(out)
}

fn head(length: u64) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(&MAGIC);
    head[4..].copy_from_slice(&length.to_le_bytes());
    head
}
fn read_head(head: &[u8; HEAD]) -> Option<u64> {
    let length = u64::from_le_bytes(head[4..].try_into().ok()?);
    (head[..4] == MAGIC && length <= LENGTH).then_some(length)
}
fn sealed_length(length: u64) -> u64 {
    HEAD as u64 + length + length.div_ceil(PIECE as u64) * TAG as u64
}
pub(super) fn nonce(piece: u64) -> Nonce {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&piece.to_le_bytes());
    Nonce::assume_unique_for_key(nonce)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(dir: &Path) -> Files {
        Files { dir: dir.join("blobs"), key: Zeroizing::new([7; 32]) }
    }
    fn photo(bytes: usize) -> (BlobHash, Vec<u8>) {
        let plain: Vec<u8> = (0..bytes).map(|n| (n * 31 + n / 251) as u8).collect();
        (BlobHash::from_bytes(*blake3::hash(&plain).as_bytes()), plain)
    }

    #[test]
    fn what_was_written_is_read_back_from_any_place_and_the_disk_shows_none_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(dir.path());
        for size in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17] {
            let (blob, plain) = photo(size);
            files.write(&blob, &plain).unwrap();
            assert_eq!(files.length(&blob).unwrap(), Some(size as u64));
            for (from, count) in [(0, size), (size / 2, 10), (size.saturating_sub(1), 9), (size, 4), (PIECE - 1, 2)] {
                let to = (from + count).min(size);
                assert_eq!(files.read(&blob, from as u64, count).unwrap(), plain.get(from..to).unwrap_or_default(), "{size} {from}");
            }
            let stored = fs::read(dir.path().join("blobs").join(files.name(&blob))).unwrap();
            let window = &plain[..plain.len().min(16)];
            assert!(size < 16 || !stored.windows(window.len()).any(|w| w == window));
            assert!(!files.names().unwrap().iter().any(|name| blob.to_string().contains(name.as_str())));
        }
    }

    #[test]
    fn a_byte_that_changed_or_a_file_that_was_cut_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(dir.path());
        let (blob, plain) = photo(2 * PIECE);
        files.write(&blob, &plain).unwrap();
        let path = dir.path().join("blobs").join(files.name(&blob));
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[PIECE + 100] ^= 1;
        fs::write(&path, &bad).unwrap();
        assert_eq!(files.read(&blob, 0, plain.len()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(files.read(&blob, 0, 10).unwrap(), &plain[..10]);
        fs::write(&path, &good[..good.len() - 1]).unwrap();
        assert_eq!(files.length(&blob).unwrap(), None);
        // A shorter length in its head is another text: nothing opens.
        bad = good[..HEAD + PIECE + TAG].to_vec();
        bad[4..12].copy_from_slice(&(PIECE as u64).to_le_bytes());
        fs::write(&path, &bad).unwrap();
        assert!(files.read(&blob, 0, 10).is_err());
        files.write(&blob, &plain).unwrap();
        assert_eq!(files.read(&blob, 0, plain.len()).unwrap(), plain);
    }
}
