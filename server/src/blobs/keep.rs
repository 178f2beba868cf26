//! Where whole pictures lie.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use frontline_domain::{BlobHash, OrgId};

/// Keeps whole pictures. An object store would be another one.
pub trait Keep: Send + Sync {
    /// How many bytes it has; none where it is not here.
    fn length(&self, org: OrgId, blob: &BlobHash) -> io::Result<Option<u64>>;
    /// Takes the file at `part`, whose bytes were checked and are on the disk. When this returns, so is its place.
    fn put(&self, org: OrgId, blob: &BlobHash, part: &Path) -> io::Result<()>;
    /// Takes it away; one that is not here is no error.
    fn remove(&self, org: OrgId, blob: &BlobHash) -> io::Result<()>;
    /// Up to `count` bytes from `from` on.
    fn read(&self, org: OrgId, blob: &BlobHash, from: u64, count: usize) -> io::Result<Vec<u8>>;
}

/// Files in a folder, one for each organisation and picture.
pub struct Files {
    dir: PathBuf,
}

impl Files {
    pub fn new(dir: PathBuf) -> Self {
        Self { dir }
    }
    fn folder(&self, org: OrgId, blob: &BlobHash) -> PathBuf {
        self.dir.join(org.to_string()).join(format!("{:02x}", blob.as_bytes()[0]))
    }
    fn path(&self, org: OrgId, blob: &BlobHash) -> PathBuf {
        self.folder(org, blob).join(blob.to_string())
    }
    /// Gives bytes that are not those of their name another one, so that the right ones can come.
    pub fn set_aside(&self, org: OrgId, blob: &BlobHash) -> io::Result<()> {
        let path = self.path(org, blob);
        fs::rename(&path, path.with_extension("damaged"))
    }
}

impl Keep for Files {
    fn length(&self, org: OrgId, blob: &BlobHash) -> io::Result<Option<u64>> {
        match fs::metadata(self.path(org, blob)) {
            Ok(found) => Ok(Some(found.len())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn put(&self, org: OrgId, blob: &BlobHash, part: &Path) -> io::Result<()> {
        let folder = self.folder(org, blob);
        fs::create_dir_all(&folder)?;
        fs::rename(part, self.path(org, blob))?;
        for dir in [folder.as_path(), folder.parent().unwrap_or(&self.dir), &self.dir] {
            File::open(dir)?.sync_all()?;
        }
        Ok(())
    }

    fn remove(&self, org: OrgId, blob: &BlobHash) -> io::Result<()> {
        match fs::remove_file(self.path(org, blob)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }

    fn read(&self, org: OrgId, blob: &BlobHash, from: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(org, blob))?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(count as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
