//! Opening a store with its key, recovering one whose key is gone, and making a device new.
//!
//! The key is made here, out of the system's randomness, and kept by the platform. A recovery keeps its new key beside
//! the old one until the store opens with it: a phone that dies in between opens with one of the two.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use frontline_device::services::leave;
use frontline_device::system::{SystemClock, SystemRandom};
use frontline_device::{Core, Error, Lock, Options};
use frontline_domain::env::Random;
use frontline_domain::text::LangError;
use zeroize::Zeroizing;

use super::{Frontline, OpenDraft};
use crate::FrontlineError;
use crate::guard::guard;
use crate::log;
use crate::platform::{Platform, PlatformError};
use crate::runtime::away;
use crate::sync::Exported;

/// The names under which the platform keeps keys.
const KEY: &str = "store";
const NEXT: &str = "store.next";

type Key = Zeroizing<[u8; 32]>;

impl From<PlatformError> for FrontlineError {
    fn from(e: PlatformError) -> Self {
        match e {
            // The device has to be unlocked first; the store is as it was.
            PlatformError::Closed => Self::Busy,
            PlatformError::Failed { detail } => {
                tracing::error!(detail, "the platform failed");
                Self::Internal { reference: "platform".into() }
            }
        }
    }
}

pub(super) fn open(draft: &OpenDraft, platform: Arc<dyn Platform>) -> Result<Arc<Frontline>, FrontlineError> {
    log::to(&platform);
    let options = |key| options(draft, key);
    let dir = folder(draft)?;
    let _door = Door::of(dir)?;
    let (now, next) = (kept(platform.as_ref(), KEY)?, kept(platform.as_ref(), NEXT)?);
    let core = match (now, next) {
        (None, None) if is_there(dir) => Err(Error::Locked(Lock::Key)),
        (None, None) => {
            let key = make(platform.as_ref(), KEY)?;
            Core::open(options(key)?)
        }
        (Some(key), None) => Core::open(options(key)?),
        (now, Some(next)) => match Core::open(options(next.clone())?) {
            // The recovery went through and its end was not noted.
            Ok(core) => {
                settle(platform.as_ref(), &next)?;
                Ok(core)
            }
            Err(Error::Locked(Lock::Key)) => match now {
                Some(key) => Core::open(options(key)?),
                None => Err(Error::Locked(Lock::Key)),
            },
            failed => failed,
        },
    };
    Frontline::over(core?, platform)
}

/// Lets this phone open the store that has lost its key, by a one-time code of somebody who was enrolled on it, by way
/// of the server. Safe to repeat. Open the store after it, and enrol with the same code.
#[uniffi::export]
pub async fn recover(draft: OpenDraft, platform: Arc<dyn Platform>, server: String, code: String) -> Result<(), FrontlineError> {
    away(async move {
        let dir = folder(&draft)?;
        if !is_there(dir) {
            return Err(FrontlineError::invalid("data", "none", "there is no store here to be recovered; enrol this phone"));
        }
        let _door = Door::of(dir)?;
        let next = match kept(platform.as_ref(), NEXT)? {
            Some(key) => key,
            None => make(platform.as_ref(), NEXT)?,
        };
        frontline_device::sync::recover::recover(&options(&draft, next.clone())?, None, &server, &code).await?;
        settle(platform.as_ref(), &next)
    })
    .await
}

/// What a reset may take with it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Leaving {
    /// Unsent work is carried out into this new file before, pictures included.
    #[uniffi(default = None)]
    pub file: Option<String>,
    /// Pictures that the server does not have, and that no file carries, may go.
    #[uniffi(default = false)]
    pub drop_pictures: bool,
}

/// Makes the device new: takes its store away, and its key. Refused where unsent work would be lost. Shut the store
/// before.
#[uniffi::export]
pub fn reset(draft: OpenDraft, platform: Arc<dyn Platform>, leaving: Leaving) -> Result<Exported, FrontlineError> {
    guard(|| {
        let dir = folder(&draft)?;
        let _door = Door::of(dir)?;
        let gone = Exported { entries: 0, pictures: 0, left_out: 0, bytes: 0, sealed: false };
        let key = match kept(platform.as_ref(), KEY)? {
            Some(key) if is_there(dir) => key,
            None if is_there(dir) => return Err(Error::Locked(Lock::Key).into()),
            // It is new already. A key stays: who can't be seen now may be there, on a card that is not.
            _ => return Ok(gone),
        };
        let file = leaving.file.map(PathBuf::from);
        let what = leave::Leaving { file: file.as_deref(), drop_pictures: leaving.drop_pictures };
        let carried = leave::reset(options(&draft, key)?, what)?;
        // The store is gone, whatever becomes of a key that opens nothing any more.
        if forget(platform.as_ref()).is_err() {
            tracing::warn!("the key of a store that is gone could not be forgotten");
        }
        Ok(carried.into())
    })
}

fn is_there(dir: &Path) -> bool {
    // What can't be looked at may be there.
    ["store.db", "keys"].iter().any(|name| dir.join(name).try_exists().unwrap_or(true))
}

fn kept(platform: &dyn Platform, name: &str) -> Result<Option<Key>, FrontlineError> {
    let Some(bytes) = platform.secret(name.into())?.map(Zeroizing::new) else { return Ok(None) };
    let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| FrontlineError::invalid("key", "form", "a key has 32 bytes"))?;
    Ok(Some(Zeroizing::new(key)))
}

fn make(platform: &dyn Platform, name: &str) -> Result<Key, FrontlineError> {
    let mut key = Zeroizing::new([0; 32]);
    SystemRandom.fill(key.as_mut_slice());
    platform.keep_secret(name.into(), key.to_vec())?;
    // A store under a key that nobody has is lost with this process.
    if kept(platform, name)?.is_none_or(|kept| kept != key) {
        tracing::error!("the platform did not keep a secret that it was given");
        return Err(FrontlineError::Internal { reference: "platform".into() });
    }
    Ok(key)
}

fn forget(platform: &dyn Platform) -> Result<(), FrontlineError> {
    platform.forget_secret(KEY.into())?;
    Ok(platform.forget_secret(NEXT.into())?)
}

/// One at a time opens, recovers or resets the store of a folder, in whatever thread or process: of two that find no key,
/// each would make one, and the store be under the one that was not kept last.
struct Door(#[expect(dead_code, reason = "held open")] Option<File>);

/// So often, 5 ms apart, the next one looks; a recovery may take longer than anybody waits.
const LOOKS: u32 = 600;

impl Door {
    fn of(dir: &Path) -> Result<Self, FrontlineError> {
        // Where nothing can be written, opening says so in its own words.
        let Ok(file) = std::fs::create_dir_all(dir).and_then(|()| File::create(dir.join("door"))) else { return Ok(Self(None)) };
        for _ in 0..LOOKS {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(Self(Some(file))),
            }
        }
        Err(FrontlineError::Busy)
    }
}

/// The folder of the store, unless it can be none.
fn folder(draft: &OpenDraft) -> Result<&Path, FrontlineError> {
    let dir = Path::new(&draft.data_dir);
    let wrong = |detail: &str| Err(FrontlineError::invalid("data", "folder", detail));
    match draft.data_dir.as_str() {
        "" => wrong("name the folder that the store is to lie in"),
        name if name.contains('\0') => wrong("the name of a folder has no such characters"),
        _ if dir.is_file() => wrong("there is a file of this name; name a folder"),
        _ => match std::fs::create_dir_all(dir).map_err(|e| e.kind()) {
            Err(ErrorKind::InvalidFilename | ErrorKind::InvalidInput | ErrorKind::NotADirectory) => wrong("no folder can have this name"),
            // Anything else the store says in its own words.
            Ok(()) | Err(_) => Ok(dir),
        },
    }
}

/// From now on this is the store's key.
fn settle(platform: &dyn Platform, key: &Key) -> Result<(), FrontlineError> {
    platform.keep_secret(KEY.into(), key.to_vec())?;
    Ok(platform.forget_secret(NEXT.into())?)
}

fn options(draft: &OpenDraft, key: Key) -> Result<Options, FrontlineError> {
    let language = draft.language.parse().map_err(|e: LangError| FrontlineError::invalid("language", "tag", e.to_string()))?;
    Ok(Options { dir: PathBuf::from(&draft.data_dir), key, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), language })
}

#[cfg(test)]
mod tests;
