//! Each organisation's recovery key (`sync.md` 13): what opens a store whose phone lost its own key, and files of
//! unsent work. Two files beside the server's key, never in the database: `recovery-ORG.key`, the private half,
//! which an operator may keep elsewhere, and `recovery-ORG.pub`, which devices seal to. After a new pair was made the
//! old private half stays as `recovery-ORG-NAME.key`: phones that have not synced since, and files that were written
//! before, are still sealed to it.

use std::io::Write;
use std::path::{Path, PathBuf};

use frontline_domain::{OrgId, Random};
use frontline_protocol::hpke::{self, Secret};

/// Where the files lie.
#[derive(Debug, Clone)]
pub struct Recovery {
    dir: PathBuf,
}

/// The files are not usable.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    #[error("the recovery key {path} can't be read or written: {source}")]
    Io { path: String, source: std::io::Error },
    #[error("the recovery key {path} must hold 32 bytes; put back the file that belongs to this data directory")]
    Damaged { path: String },
    #[error("the recovery key {path} does not belong to the public half beside it; put back the one that does")]
    Other { path: String },
}

impl Recovery {
    pub fn beside(data: &Path) -> Self {
        Self { dir: data.to_path_buf() }
    }
    /// Where an organisation's private half lies.
    pub fn private_file(&self, org: OrgId) -> PathBuf {
        self.dir.join(format!("recovery-{org}.key"))
    }
    fn public_file(&self, org: OrgId) -> PathBuf {
        self.dir.join(format!("recovery-{org}.pub"))
    }

    /// The public half; none where no pair was made yet.
    pub fn public(&self, org: OrgId) -> Result<Option<[u8; 32]>, RecoveryError> {
        Ok(read(&self.public_file(org))?.map(|key| *key))
    }

    /// The private half; none where an operator keeps it elsewhere.
    pub fn private(&self, org: OrgId) -> Result<Option<Secret>, RecoveryError> {
        let file = self.private_file(org);
        let Some(secret) = read(&file)? else { return Ok(None) };
        if self.public(org)?.is_some_and(|public| public != hpke::public_key(&secret)) {
            return Err(RecoveryError::Other { path: file.display().to_string() });
        }
        Ok(Some(secret))
    }

    /// The private halves that are here: the one of today, then the older ones.
    pub fn privates(&self, org: OrgId) -> Result<Vec<Secret>, RecoveryError> {
        let mut out: Vec<Secret> = self.private(org)?.into_iter().collect();
        let io = |source| RecoveryError::Io { path: self.dir.display().to_string(), source };
        let (begin, mut names) = (format!("recovery-{org}-"), Vec::new());
        for one in std::fs::read_dir(&self.dir).map_err(io)? {
            let name = one.map_err(io)?.file_name().to_string_lossy().into_owned();
            if name.starts_with(&begin) && name.ends_with(".key") {
                names.push(name);
            }
        }
        names.sort();
        for name in names {
            out.extend(read(&self.dir.join(name))?);
        }
        Ok(out)
    }

    /// Makes a new pair in the place of the one of today, whose private half is kept where it is here. Cut at any
    /// point, there is a pair, the old or the new one.
    pub fn renew(&self, org: OrgId, random: &dyn Random) -> Result<[u8; 32], RecoveryError> {
        let (private, public) = (self.private_file(org), self.public_file(org));
        if let Some(old) = self.private(org)? {
            let name = frontline_protocol::sign::hex(&hpke::public_key(&old)[..8]);
            let kept = self.dir.join(format!("recovery-{org}-{name}.key"));
            if read(&kept)?.is_none() {
                write(&kept, &old)?;
            }
        }
        // A cut behind any of these lines leaves a private half, from which the public one is made again.
        match std::fs::remove_file(&public) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(RecoveryError::Io { path: public.display().to_string(), source: e });
            }
            _ => {}
        }
        let mut secret = Secret::default();
        random.fill(secret.as_mut_slice());
        write(&private, &secret)?;
        self.make(org, random)
    }

    /// A private half from where an operator keeps it. Whose it is shows what it opens.
    pub fn private_in(&self, file: &Path) -> Result<Secret, RecoveryError> {
        let missing = || RecoveryError::Io { path: file.display().to_string(), source: std::io::ErrorKind::NotFound.into() };
        read(file)?.ok_or_else(missing)
    }

    /// The public half of a pair that is made where there is none. The private half is on the disk before anybody
    /// can seal to the public one.
    pub fn make(&self, org: OrgId, random: &dyn Random) -> Result<[u8; 32], RecoveryError> {
        if let Some(public) = self.public(org)? {
            return Ok(public);
        }
        let private = self.private_file(org);
        let secret = match read(&private)? {
            Some(secret) => secret,
            None => {
                let mut secret = Secret::default();
                random.fill(secret.as_mut_slice());
                write(&private, &secret)?;
                secret
            }
        };
        let public = hpke::public_key(&secret);
        write(&self.public_file(org), &public)?;
        Ok(public)
    }
}

fn read(path: &Path) -> Result<Option<Secret>, RecoveryError> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let bytes = zeroize::Zeroizing::new(bytes);
            let key = bytes.as_slice().try_into().map_err(|_| RecoveryError::Damaged { path: path.display().to_string() })?;
            Ok(Some(Secret::new(key)))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(RecoveryError::Io { path: path.display().to_string(), source }),
    }
}

/// Whole or not at all, in the place of what was there.
fn write(path: &Path, key: &[u8; 32]) -> Result<(), RecoveryError> {
    let io = |source| RecoveryError::Io { path: path.display().to_string(), source };
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh).map_err(io)?;
    file.write_all(key).and_then(|()| file.sync_all()).map_err(io)?;
    std::fs::rename(&fresh, path).map_err(io)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)
}
