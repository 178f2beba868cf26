//! What the players of stories need beside the surface (feature `stories`, in no app): a phone whose time and chance
//! come out of the story, whose key lies beside its store, and a look at the whole store.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use frontline_device::observe::{self, Origin};
use frontline_device::services::{leave, salvage};
use frontline_device::{Core, Error, Lock, Options};
use frontline_domain::env::{Clock, Random, Reading};
use zeroize::Zeroizing;

use crate::guard::guard;
use crate::platform::Platform;
use crate::root::{Frontline, Leaving};
use crate::runtime::away;
use crate::sync::{Exported, SetAside};
use crate::{FrontlineError, PlatformError};

/// The phone of a story, on which the app may be open or not.
#[derive(uniffi::Object)]
pub struct StoryPhone {
    dir: PathBuf,
    time: Arc<Told>,
    dice: Arc<Dice>,
    platform: Arc<dyn Platform>,
    heard: Arc<Heard>,
    told: Mutex<Option<observe::Subscription>>,
}

/// What a check of a store found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StoryCheck {
    /// Sentences; empty where all is well.
    pub problems: Vec<String>,
    /// Rows of lists that were compared with a rebuild.
    pub compared: u64,
    pub set_aside: Vec<SetAside>,
}

#[derive(Default)]
struct Told {
    wall_ms: AtomicI64,
    mono_ms: AtomicU64,
    boot: u64,
}
impl Clock for Told {
    fn now(&self) -> Reading {
        let (wall_ms, mono_ms) = (self.wall_ms.load(Ordering::SeqCst), self.mono_ms.load(Ordering::SeqCst));
        Reading { wall_ms, offset_min: 0, mono_ms, boot: self.boot }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), as the simulator's phones have it.
struct Dice(Mutex<u64>);
impl Random for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// The entries that were captured since it was asked last, by hash, each told after its commit.
#[derive(Default)]
struct Heard(Mutex<Vec<String>>);
impl observe::Observer for Heard {
    fn told(&self, topic: observe::Topic, ids: &[String], origin: Origin) {
        if topic == observe::Topic::Sync && origin == Origin::Local {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(ids);
        }
    }
}

#[uniffi::export]
impl StoryPhone {
    #[uniffi::constructor]
    pub fn new(dir: String, seed: u64, platform: Arc<dyn Platform>) -> Arc<Self> {
        let (time, dice) = (Arc::new(Told { boot: seed, ..Told::default() }), Arc::new(Dice(Mutex::new(seed))));
        Arc::new(Self { dir: PathBuf::from(dir), time, dice, platform, heard: Arc::default(), told: Mutex::default() })
    }

    /// Moves its clocks.
    pub fn set_clock(&self, wall_ms: i64, mono_ms: u64) {
        self.time.wall_ms.store(wall_ms, Ordering::SeqCst);
        self.time.mono_ms.store(mono_ms, Ordering::SeqCst);
    }

    /// Opens the app, as [`Frontline::open`] does with the clocks and the key store of a platform.
    pub fn open(&self) -> Result<Arc<Frontline>, FrontlineError> {
        guard(|| {
            let core = Core::open(self.options("key")?)?;
            *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(core.subscribe(self.heard.clone()));
            Frontline::over(core, self.platform.clone())
        })
    }

    /// What was captured since this was asked last, by hash.
    pub fn captured(&self) -> Vec<String> {
        std::mem::take(&mut *self.heard.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at the whole store; changes nothing.
    pub fn check(&self, app: Arc<Frontline>) -> Result<StoryCheck, FrontlineError> {
        guard(|| {
            let report = app.core()?.check()?;
            let set_aside = report.set_aside.into_iter().map(Into::into).collect();
            Ok(StoryCheck { problems: report.problems, compared: report.compared, set_aside })
        })
    }

    pub fn rebuild(&self, app: Arc<Frontline>) -> Result<(), FrontlineError> {
        guard(|| Ok(app.core()?.rebuild()?))
    }

    /// Makes the phone new; the app is shut by then. The file is one of the phone's folder.
    pub fn reset(&self, leaving: Leaving) -> Result<Exported, FrontlineError> {
        guard(|| {
            let file = leaving.file.map(PathBuf::from);
            let what = leave::Leaving { file: file.as_deref(), drop_pictures: leaving.drop_pictures };
            let carried = leave::reset(self.options("key")?, what)?;
            std::fs::remove_file(self.dir.join("key")).map_err(|e| io(&e))?;
            Ok(carried.into())
        })
    }

    /// Carries unsent work out of a store that does not open: damaged, or of a newer app.
    pub fn salvage(&self, file: String) -> Result<Exported, FrontlineError> {
        guard(|| {
            let Options { dir, key, random, .. } = self.options("key")?;
            Ok(salvage(&dir, &key, Path::new(&file), random.as_ref())?.into())
        })
    }

    /// Lets a new key open the store that has lost its own, by way of the server.
    pub async fn recover(&self, server: String, code: String) -> Result<(), FrontlineError> {
        let (options, dir) = (self.options("key.next")?, self.dir.clone());
        away(async move {
            frontline_device::sync::recover::recover(&options, None, &server, &code).await?;
            std::fs::rename(dir.join("key.next"), dir.join("key")).map_err(|e| io(&e))
        })
        .await
    }

    /// Panics within a write, as a fault of the app would; nothing of that write may stay.
    pub fn panic_within(&self, app: Arc<Frontline>) -> Result<(), FrontlineError> {
        guard(|| {
            app.core()?.panic_within();
            Ok(())
        })
    }
}

impl StoryPhone {
    fn options(&self, key: &str) -> Result<Options, FrontlineError> {
        let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (self.time.clone(), self.dice.clone());
        let language = "en".parse().map_err(|_| FrontlineError::invalid("language", "tag", "no language"))?;
        let lost = key == "key" && self.dir.join("store.db").exists() && !self.dir.join("key").exists();
        if lost {
            return Err(Error::Locked(Lock::Key).into());
        }
        Ok(Options { dir: self.dir.clone(), key: self.key(key)?, clock, random, language })
    }

    fn key(&self, name: &str) -> Result<Zeroizing<[u8; 32]>, FrontlineError> {
        let (path, mut key) = (self.dir.join(name), Zeroizing::new([0u8; 32]));
        if path.exists() {
            let bytes = Zeroizing::new(std::fs::read(&path).map_err(|e| io(&e))?);
            *key = bytes.as_slice().try_into().map_err(|_| FrontlineError::invalid("data", "key", "a key has 32 bytes"))?;
            return Ok(key);
        }
        self.dice.fill(key.as_mut_slice());
        std::fs::create_dir_all(&self.dir).and_then(|()| std::fs::write(&path, key.as_slice())).map_err(|e| io(&e))?;
        Ok(key)
    }
}

fn io(e: &std::io::Error) -> FrontlineError {
    FrontlineError::from(PlatformError::Failed { detail: e.to_string() })
}
