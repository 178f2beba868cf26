//! The root object: opened once, it hands out the services. Nothing else is done here.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use frontline_device::Core;

use crate::FrontlineError;
use crate::actions::Actions;
use crate::feedback::Feedback;
use crate::guard::{guard, is_within};
use crate::interactions::Interactions;
use crate::media::Media;
use crate::news::{News, Observer, Subscription};
use crate::people::People;
use crate::platform::Platform;
use crate::procedures::Procedures;
use crate::runtime::away;
use crate::sync::Sync;
use crate::today::TodayDetail;
use crate::training::Training;

mod opening;
pub use opening::{Leaving, recover, reset};

/// Where the store lies, and how whoever is not known yet reads.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OpenDraft {
    /// The store's folder; made where there is none.
    pub data_dir: String,
    /// The phone's language as a BCP 47 tag, for a person whose own is not known yet.
    pub language: String,
}

/// What all services of one store share.
pub(crate) struct Shared {
    core: RwLock<Option<(Core, News)>>,
    pub platform: Arc<dyn Platform>,
    /// Set with the shutting: what waits for the network ends.
    ended: tokio::sync::watch::Sender<bool>,
}

/// So often, a millisecond apart, shutting looks whether calls that are under way are over: they are short, and a sync
/// ends at its next await.
const LOOKS: u32 = 5_000;

impl Shared {
    /// The core, unless it was shut.
    pub(crate) fn core(&self) -> Result<Core, FrontlineError> {
        let held = self.core.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|(core, _)| core.clone()).ok_or_else(FrontlineError::shut)
    }
    /// Does it with the core; a panic is an error of this call.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&Core) -> Result<T, FrontlineError>) -> Result<T, FrontlineError> {
        guard(|| f(&self.core()?))
    }
    /// Does with the core what waits for the network, unless the store is shut meanwhile.
    pub(crate) async fn away<T: Send + 'static, F>(&self, work: impl FnOnce(Core) -> F) -> Result<T, FrontlineError>
    where
        F: Future<Output = Result<T, FrontlineError>> + Send + 'static,
    {
        let (work, mut ended) = (work(self.core()?), self.ended.subscribe());
        away(async move {
            tokio::select! {
                biased;
                done = work => done,
                _ = ended.wait_for(|is_over| *is_over) => Err(FrontlineError::shut()),
            }
        })
        .await
    }
}

/// One device's store. Threads may call it and its services at once.
#[derive(uniffi::Object)]
pub struct Frontline {
    shared: Arc<Shared>,
}

impl Frontline {
    pub(crate) fn over(core: Core, platform: Arc<dyn Platform>) -> Result<Arc<Self>, FrontlineError> {
        let news = News::of(&core)?;
        let (core, ended) = (RwLock::new(Some((core, news))), tokio::sync::watch::Sender::new(false));
        Ok(Arc::new(Self { shared: Arc::new(Shared { core, platform, ended }) }))
    }
    #[cfg(feature = "stories")]
    pub(crate) fn core(&self) -> Result<Core, FrontlineError> {
        self.shared.core()
    }
}

#[uniffi::export]
impl Frontline {
    /// Opens the store, or makes it and its key. A damaged one is set aside, never deleted: that is told once, as
    /// [`FrontlineError::StorageCorrupt`], and the next opening goes on with what could be read of it. A store whose
    /// key is gone is [`FrontlineError::Locked`] by it: [`recover`] opens it again.
    #[uniffi::constructor]
    pub fn open(draft: OpenDraft, platform: Arc<dyn Platform>) -> Result<Arc<Self>, FrontlineError> {
        guard(|| opening::open(&draft, platform))
    }

    /// Closes the store for all its services, whoever still holds them: no call begins any more, what waits for the
    /// network ends, and what is under way is waited for, some seconds at most; with the last of it the file is let go.
    /// Nothing is told after it. Called from within a call of this library, such as one of the platform, it does not wait.
    pub fn shut(&self) {
        let held = self.shared.core.write().unwrap_or_else(PoisonError::into_inner).take();
        self.shared.ended.send_replace(true);
        let Some((core, news)) = held else { return };
        drop(news);
        let store = core.watch();
        drop(core);
        for _ in 0..LOOKS {
            if is_within() || !store.is_open() {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Tells `observer` what changes, until the subscription ends.
    pub fn subscribe(&self, observer: Arc<dyn Observer>) -> Result<Arc<Subscription>, FrontlineError> {
        let held = self.shared.core.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|(_, news)| news.subscribe(observer)).ok_or_else(FrontlineError::shut)
    }

    /// What is to be done, in order, each with why; and the figures of the badges.
    pub fn today(&self) -> Result<TodayDetail, FrontlineError> {
        self.shared.with(|core| Ok(TodayDetail::of(core.today()?)))
    }

    pub fn training(&self) -> Arc<Training> {
        Arc::new(Training { shared: self.shared.clone() })
    }
    pub fn procedures(&self) -> Arc<Procedures> {
        Arc::new(Procedures { shared: self.shared.clone() })
    }
    pub fn actions(&self) -> Arc<Actions> {
        Arc::new(Actions { shared: self.shared.clone() })
    }
    pub fn feedback(&self) -> Arc<Feedback> {
        Arc::new(Feedback { shared: self.shared.clone() })
    }
    pub fn interactions(&self) -> Arc<Interactions> {
        Arc::new(Interactions { shared: self.shared.clone() })
    }
    pub fn sync(&self) -> Arc<Sync> {
        Arc::new(Sync { shared: self.shared.clone() })
    }
    pub fn people(&self) -> Arc<People> {
        Arc::new(People { shared: self.shared.clone() })
    }
    pub fn media(&self) -> Arc<Media> {
        Arc::new(Media { shared: self.shared.clone() })
    }
}
