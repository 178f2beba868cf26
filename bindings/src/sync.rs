//! The sync centre: contact with the server, and what became of every captured thing.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use frontline_device::Core;
use frontline_device::blobs::send::{HeldBack, Sent};
use frontline_device::sync::{Ended, Report};
use frontline_device::system::SystemClock;
use frontline_domain::env::Clock;

use crate::FrontlineError;
use crate::error::OfflineWhy;
use crate::guard::guard;
use crate::page::PageAsked;
use crate::platform;
use crate::root::Shared;

mod records;
pub use records::{Blocked, CaptureState, CaptureStep, CapturedSummary, Exported, SetAside, SyncStatus};

/// Contact with the server.
#[derive(uniffi::Object)]
pub struct Sync {
    pub(crate) shared: Arc<Shared>,
}

/// Which captured things are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CapturedOf {
    /// All, newest first.
    Everything,
    /// What the server refused, for a person to look at.
    Refused,
}

/// A page of captured things.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CapturedPage {
    pub items: Vec<CapturedSummary>,
    pub next: Option<String>,
}

/// As whom a device was enrolled.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EnrolledDetail {
    pub device: String,
    /// A name for the device among its site's, to tell it by.
    pub name: String,
    pub person: String,
    pub organisation: String,
}

/// What one sync did.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncReport {
    pub ended: SyncEnded,
    pub sent: u64,
    pub stored: u64,
    pub held: u64,
    pub refused: u64,
    pub received: u64,
    pub unsent: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
    pub round_trips: u32,
    /// Captures that were issued again; entries of old runs that left the device.
    pub reissued: u64,
    pub left: u64,
    /// This device's identity was used elsewhere: it goes on under a new series.
    pub epoch_renewed: bool,
    /// What was refused, by its reason.
    pub refusals: Vec<Refusals>,
    pub blocked: Option<Blocked>,
    /// What became of pictures, where text was done.
    pub pictures: Option<PicturesReport>,
}

/// So many captured things were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Refusals {
    /// The code's name, and the same in English.
    pub code: String,
    pub reason: String,
    pub count: u64,
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SyncEnded {
    Complete,
    /// What was done stays; the next one goes on from there.
    OutOfTime,
    /// There was no room for what others did; own work was sent.
    NoRoom,
    /// The server's answers bring nothing on: is the app or the server too old?
    Stuck,
}

/// What became of pictures.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PicturesReport {
    pub sent: u64,
    /// Those of them that the server had already.
    pub had: u64,
    pub bytes_up: u64,
    pub waiting: u64,
    pub waiting_bytes: u64,
    pub held_back: Option<PicturesHeldBack>,
    pub passed_over: u64,
    /// Why it stopped, where the network did it.
    pub broke_off: Option<OfflineWhy>,
}

/// Why pictures wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PicturesHeldBack {
    TextFirst,
    /// Somebody pays for this network, and today's share of it is used up.
    Metered,
    NoNetwork,
}

#[uniffi::export]
impl Sync {
    /// The device at a glance; also where the services are locked.
    pub fn status(&self) -> Result<SyncStatus, FrontlineError> {
        let status: SyncStatus = self.shared.with(|core| Ok(core.status().now()?.into()))?;
        Ok(SyncStatus { free_bytes: guard(|| Ok(self.shared.platform.storage_free())).unwrap_or(None), ..status })
    }

    pub fn captured(&self, of: CapturedOf, page: PageAsked) -> Result<CapturedPage, FrontlineError> {
        self.shared.with(|core| match of {
            CapturedOf::Everything => {
                let wrong = || FrontlineError::invalid("after", "cursor", "give back ‘next’ of the page before, as it was");
                let before = page.after.as_deref().map(|row| row.parse::<i64>().map_err(|_| wrong())).transpose()?;
                let mut rows = core.status().captured(before, page.count() + 1)?;
                let more = rows.len() > page.count() as usize;
                rows.truncate(page.count() as usize);
                let next = rows.last().filter(|_| more).map(|row| row.row.to_string());
                Ok(CapturedPage { items: rows.into_iter().map(Into::into).collect(), next })
            }
            CapturedOf::Refused => {
                let (rows, next) = page.of(core.status().quarantine()?, |row| &row.id)?;
                Ok(CapturedPage { items: rows.into_iter().map(Into::into).collect(), next })
            }
        })
    }

    /// Enrols this device at `server` with a one-time code, or one more person on it. Safe to repeat with a new code.
    pub async fn enrol(&self, server: String, code: String) -> Result<EnrolledDetail, FrontlineError> {
        let platform = self.shared.platform.clone();
        let enrol = async move |core: Core| {
            let known = core.enrol(&server, &code, &platform::model(platform.as_ref())).await?;
            let (name, person, organisation) = (known.device_name, known.person_name, known.org_name);
            Ok(EnrolledDetail { device: known.device.to_string(), name, person, organisation })
        };
        self.shared.away(enrol).await
    }

    /// Syncs until nothing is left to say on either side, then sends pictures as far as the network is for them. With
    /// a budget it ends by itself when that has passed: time that the system lent in the background, ms. May be cancelled
    /// at any time; what was done stays.
    #[uniffi::method(default(budget_ms = None))]
    pub async fn now(&self, budget_ms: Option<u64>) -> Result<SyncReport, FrontlineError> {
        let platform = self.shared.platform.clone();
        let sync = async move |core: Core| {
            let until_ms = budget_ms.map(|ms| SystemClock.now().mono_ms.saturating_add(ms));
            let report = match budget_ms {
                None => core.sync_now().await?,
                Some(ms) => core.sync_slice(ms).await?,
            };
            if report.ended == Ended::NoRoom && report.unsent > 0 {
                return Err(FrontlineError::StorageFull);
            }
            let pictures = match report.ended {
                // Text first: of a sync that did not end well pictures are not begun with.
                Ended::Complete => {
                    let media = core.media();
                    let send = media.send(platform::network(platform.as_ref()));
                    match until_ms {
                        None => Some(send.await?),
                        // What was sent of a picture is sent; it goes on from there.
                        Some(until_ms) => {
                            let left = until_ms.saturating_sub(SystemClock.now().mono_ms);
                            tokio::time::timeout(Duration::from_millis(left), send).await.ok().transpose()?
                        }
                    }
                }
                Ended::OutOfTime | Ended::Failed(_) | Ended::NoRoom | Ended::Stuck => None,
            };
            SyncReport::of(report, pictures)
        };
        self.shared.away(sync).await
    }

    /// Writes what is unsent into a new file, sealed to the organisation, pictures included.
    pub fn export(&self, file: String) -> Result<Exported, FrontlineError> {
        self.shared.with(|core| Ok(core.export(Path::new(&file))?.into()))
    }
}

impl SyncReport {
    fn of(report: Report, pictures: Option<Sent>) -> Result<Self, FrontlineError> {
        let ended = match report.ended {
            Ended::Complete => SyncEnded::Complete,
            Ended::OutOfTime => SyncEnded::OutOfTime,
            Ended::NoRoom => SyncEnded::NoRoom,
            Ended::Stuck => SyncEnded::Stuck,
            Ended::Failed(failure) => return Err(frontline_device::Error::from(failure).into()),
        };
        Ok(Self {
            ended,
            sent: report.sent,
            stored: report.done.stored,
            held: report.done.held,
            refused: report.done.quarantined.values().sum(),
            refusals: report
                .done
                .quarantined
                .iter()
                .map(|(code, n)| Refusals { code: code.name().into(), reason: code.text().into(), count: *n })
                .collect(),
            epoch_renewed: report.done.epoch_renewed,
            received: report.done.received,
            unsent: report.unsent,
            bytes_up: report.bytes_up,
            bytes_down: report.bytes_down,
            round_trips: report.round_trips,
            reissued: report.done.reissued,
            left: report.left,
            blocked: report.blocked.map(Into::into),
            pictures: pictures.map(Into::into),
        })
    }
}

impl From<Sent> for PicturesReport {
    fn from(sent: Sent) -> Self {
        Self {
            sent: sent.pictures,
            had: sent.had,
            bytes_up: sent.bytes_up,
            waiting: sent.waiting.count,
            waiting_bytes: sent.waiting.bytes,
            held_back: sent.held_back.map(|why| match why {
                HeldBack::TextFirst => PicturesHeldBack::TextFirst,
                HeldBack::Metered => PicturesHeldBack::Metered,
                HeldBack::NoNetwork => PicturesHeldBack::NoNetwork,
            }),
            passed_over: sent.passed_over,
            broke_off: sent.broke_off.map(Into::into),
        }
    }
}
