//! The pictures of a backup: files in a folder beside it, named by their hashes, one of each for all backups that
//! lie there. So a backup copies what came since the last one, and nothing twice.
//!
//! What the copied database says is here whole is what must be there: a picture's file is on the disk before the
//! row that says so commits, and no file is ever changed or taken away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use frontline_domain::{BlobHash, OrgId};
use serde::Serialize;

use super::{BackupError, io, settle_names};
use crate::blobs::keep::{Files, Keep};
use crate::store::pictures_of;

/// The folder beside the backups.
pub const FOLDER: &str = "frontline-pictures";
/// Bytes of a picture that are in memory at once.
const PIECE: usize = 1 << 20;

/// How it stands with the pictures that a database says are here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Pictures {
    /// Those that are where they should be now, and their bytes together.
    pub held: u64,
    pub bytes: u64,
    /// Those of them that were brought there now.
    pub copied: u64,
    /// Those that are neither there nor where they should have come from, or not as they were.
    pub missing: u64,
}

/// Where the pictures of this backup lie.
pub fn beside(backup: &Path) -> PathBuf {
    backup.parent().unwrap_or(Path::new("/")).join(FOLDER)
}

/// Brings the pictures of the copied database `copy` beside the backup `out`, and looks through all of them.
pub(super) fn keep(from: &dyn Keep, copy: &Path, out: &Path) -> Result<Pictures, BackupError> {
    let folder = beside(out);
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    bring(from, &folder, &folder.join(name), copy)
}

/// Brings back what the pictures' folder of a server lacks of those of the copied database `copy`, from beside the
/// backup `from`. It adds, and takes nothing away, so it may be cut anywhere.
pub(super) fn back(from: &Path, data: &Path, copy: &Path) -> Result<Pictures, BackupError> {
    let blobs = data.join("blobs");
    bring(&Files::new(beside(from)), &blobs.join("whole"), &blobs.join("restoring.part"), copy)
}

/// Brings what `copy` names from one place to the folder of another, by way of the file `part`.
fn bring(from: &dyn Keep, folder: &Path, part: &Path, copy: &Path) -> Result<Pictures, BackupError> {
    let (to, mut done) = (Files::new(folder.to_owned()), Pictures::default());
    pictures_of(copy, |org, blob, bytes| {
        let one = one(from, &to, part, (org, &blob, bytes)).map_err(io(folder))?;
        done.held += u64::from(one != One::Missing);
        done.bytes += if one == One::Missing { 0 } else { bytes };
        done.copied += u64::from(one == One::Copied);
        done.missing += u64::from(one == One::Missing);
        Ok::<_, BackupError>(())
    })?;
    Ok(done)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum One {
    WasThere,
    Copied,
    Missing,
}

/// One picture. What lies there and is not what its name says is set aside.
fn one(from: &dyn Keep, to: &Files, part: &Path, (org, blob, bytes): (OrgId, &BlobHash, u64)) -> io::Result<One> {
    if let Some(length) = to.length(org, blob)? {
        if length == bytes && read(to, (org, blob, bytes), |_| Ok(()))? {
            return Ok(One::WasThere);
        }
        tracing::error!(%blob, "a picture is not what its name says; it is set aside");
        to.set_aside(org, blob)?;
    }
    if from.length(org, blob)? != Some(bytes) {
        return Ok(One::Missing);
    }
    if let Some(folder) = part.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // Whoever may read it may see everything.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(part)?;
    let is_whole = read(from, (org, blob, bytes), |piece| file.write_all(piece)).and_then(|good| file.sync_all().map(|()| good));
    match is_whole {
        Ok(true) => to.put(org, blob, part).map(|()| One::Copied),
        Ok(false) => fs::remove_file(part).map(|()| One::Missing),
        Err(e) => {
            let _ = fs::remove_file(part);
            Err(e)
        }
    }
}

/// Reads a picture through, piece by piece; whether it is what its name says.
fn read(from: &dyn Keep, (org, blob, bytes): (OrgId, &BlobHash, u64), mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<bool> {
    let (mut hasher, mut at) = (blake3::Hasher::new(), 0);
    while at < bytes {
        let piece = from.read(org, blob, at, PIECE)?;
        if piece.is_empty() {
            return Ok(false);
        }
        hasher.update(&piece);
        take(&piece)?;
        at += piece.len() as u64;
    }
    Ok(hasher.finalize().as_bytes() == blob.as_bytes())
}

/// The names in the folder of pictures are on the disk, where there is one.
pub(super) fn settled(out: &Path) -> Result<(), BackupError> {
    let folder = beside(out);
    if folder.exists() { settle_names(&folder) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORG: OrgId = OrgId::from_bytes([1; 16]);

    fn put(files: &Files, dir: &Path, bytes: &[u8]) -> BlobHash {
        let (blob, part) = (BlobHash::from_bytes(*blake3::hash(bytes).as_bytes()), dir.join("fresh"));
        fs::write(&part, bytes).unwrap();
        files.put(ORG, &blob, &part).unwrap();
        blob
    }
    fn path(folder: &Path, blob: &BlobHash) -> PathBuf {
        folder.join(ORG.to_string()).join(format!("{:02x}", blob.as_bytes()[0])).join(blob.to_string())
    }

    #[test]
    fn a_picture_is_brought_once_and_one_that_was_damaged_is_brought_again_and_kept_aside() {
        let dir = tempfile::tempdir().unwrap();
        let (server, backup, part) = (dir.path().join("server"), dir.path().join("backup"), dir.path().join("part"));
        let (from, to) = (Files::new(server.clone()), Files::new(backup.clone()));
        let photo: Vec<u8> = (0..PIECE + 17).map(|n| (n * 31 + n / 251) as u8).collect();
        let blob = put(&from, dir.path(), &photo);
        let bytes = photo.len() as u64;
        let bring = || one(&from, &to, &part, (ORG, &blob, bytes)).unwrap();
        assert_eq!((bring(), bring()), (One::Copied, One::WasThere));
        assert_eq!(fs::read(path(&backup, &blob)).unwrap(), photo);
        let mut damaged = photo.clone();
        damaged[PIECE] ^= 1;
        for bad in [&damaged[..], &photo[..PIECE]] {
            fs::write(path(&backup, &blob), bad).unwrap();
            assert_eq!((bring(), bring()), (One::Copied, One::WasThere));
            assert_eq!(fs::read(path(&backup, &blob).with_extension("damaged")).unwrap(), bad);
        }
        // Where no good one is left it is missing, and nothing passes for it.
        fs::write(path(&server, &blob), &damaged).unwrap();
        fs::write(path(&backup, &blob), &damaged).unwrap();
        assert_eq!((bring(), bring()), (One::Missing, One::Missing));
        assert!(!path(&backup, &blob).exists() && !part.exists());
        fs::remove_file(path(&server, &blob)).unwrap();
        assert_eq!(bring(), One::Missing);
    }

    #[test]
    fn a_copy_that_fails_in_the_middle_leaves_nothing_that_looks_whole() {
        struct Breaks;
        impl Keep for Breaks {
            fn length(&self, _: OrgId, _: &BlobHash) -> io::Result<Option<u64>> {
                Ok(Some(2 * PIECE as u64))
            }
            fn put(&self, _: OrgId, _: &BlobHash, _: &Path) -> io::Result<()> {
                Err(io::ErrorKind::Unsupported.into())
            }
            fn remove(&self, _: OrgId, _: &BlobHash) -> io::Result<()> {
                Err(io::ErrorKind::Unsupported.into())
            }
            fn read(&self, _: OrgId, _: &BlobHash, from: u64, count: usize) -> io::Result<Vec<u8>> {
                if from == 0 { Ok(vec![7; count]) } else { Err(io::ErrorKind::StorageFull.into()) }
            }
        }
        let dir = tempfile::tempdir().unwrap();
        let (to, part) = (Files::new(dir.path().join("to")), dir.path().join("part"));
        let blob = BlobHash::from_bytes(*blake3::hash(&vec![7; 2 * PIECE]).as_bytes());
        let said = one(&Breaks, &to, &part, (ORG, &blob, 2 * PIECE as u64)).unwrap_err();
        assert_eq!((said.kind(), part.exists(), to.length(ORG, &blob).unwrap()), (io::ErrorKind::StorageFull, false, None));
    }
}
