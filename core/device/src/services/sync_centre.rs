//! The sync centre: what became of every captured thing, and how the contact with the server stands.
//! Nothing about it is guessed: every figure is counted from the store.

use frontline_domain::{EntryType, Epoch, Incarnation, PersonId};
use serde::Serialize;

use super::set_aside::SetAside;
use super::shown::{self, CaptureState};
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::people;
use crate::project::{self, Subject};
use crate::recover;
use crate::store::outbox::{Item, State};
use crate::store::{Db, blobs, entries, meta, outbox, runs};
use crate::sync::{Blocked, blocked};

/// The device at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// None before it is enrolled.
    pub device: Option<String>,
    pub name: Option<String>,
    pub epoch: Option<String>,
    /// Whoever writes now, by id.
    pub person: Option<String>,
    pub server: Option<String>,
    pub incarnation: Option<String>,
    /// Captured, and nothing heard of it yet.
    pub unsent: u64,
    pub stored: u64,
    pub held: u64,
    pub quarantined: u64,
    /// Server time of the last answer.
    pub last_contact: Option<i64>,
    /// Everything captured until then has a verdict.
    pub reported_through: Option<i64>,
    /// Until when the services open without another contact, server time; none before the device is enrolled.
    pub lease_until: Option<i64>,
    /// That is over: nothing opens before the device has spoken with the server.
    pub lease_over: bool,
    /// It is about to be over: in so many days, the last of them not whole.
    #[serde(skip)]
    pub lease_ends_in: Option<u32>,
    /// The server keeps backups: everything committed until then is in the oldest of them.
    pub backed_up: Option<i64>,
    /// Why the server turns this device away as a whole; none while it does not.
    pub blocked: Option<Blocked>,
    /// Items of runs that a person has to settle.
    pub clashes: u64,
    /// Syncs since the device was enrolled, and what they sent and received, in bytes.
    pub sync_sessions: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
    /// Photos and signatures that wait to be sent, small ones counted by themselves, and their bytes.
    pub pictures_waiting: u64,
    pub pictures_waiting_bytes: u64,
    /// Damaged stores that were set aside, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
}

/// Something captured here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CapturedSummary {
    /// The entry's hash.
    pub id: String,
    /// What it is about: a run, a contact, a feedback, a module.
    pub about: String,
    /// The type of the entry.
    pub what: String,
    pub at_ms: i64,
    /// Whose feed it belongs to, as `site/…`.
    pub scope: String,
    /// What it was issued again as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    #[serde(flatten)]
    pub state: CaptureState,
    /// It was taken over from a damaged store.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub salvaged: bool,
    /// To be given to [`SyncCentre::captured`] for what came before this.
    #[serde(skip)]
    pub row: i64,
}

/// What became of what was captured.
pub struct SyncCentre<'a>(&'a Inner);

impl Core {
    /// The state of this device's work.
    pub fn status(&self) -> SyncCentre<'_> {
        SyncCentre(&self.inner)
    }
}

impl SyncCentre<'_> {
    /// The device at a glance.
    pub fn now(&self) -> Result<Status, Error> {
        self.0.read(|db| {
            let [unsent, held, stored, quarantined, ..] = outbox::counts(db)?;
            let identity = meta::get::<meta::Identity>(db, meta::key::IDENTITY)?;
            let contact: Option<(Incarnation, i64)> = meta::contact(db)?;
            let person: Option<PersonId> = people::current(db).ok().map(|e| e.person);
            let synced: meta::Synced = meta::get(db, meta::key::SYNCED)?.unwrap_or_default();
            let lease = self.0.lease(db)?;
            let series: Option<(Epoch, u64)> = meta::get(db, meta::key::SERIES)?;
            let waiting = blobs::waiting(db, contact.map_or(Incarnation(0), |c| c.0))?;
            Ok(Status {
                pictures_waiting: waiting.count,
                pictures_waiting_bytes: waiting.bytes,
                device: identity.as_ref().map(|i| i.device.to_string()),
                name: identity.as_ref().map(|i| i.device_name.clone()),
                epoch: series.map(|s| s.0.to_string()),
                person: person.map(|p| p.to_string()),
                server: identity.map(|i| i.server),
                incarnation: contact.map(|c| c.0.to_string()),
                unsent,
                stored,
                held,
                quarantined,
                last_contact: contact.map(|c| c.1),
                reported_through: meta::get(db, meta::key::REPORTED_THROUGH)?,
                lease_until: lease.map(|l| l.until_ms),
                lease_over: lease.is_some_and(|l| l.is_over),
                lease_ends_in: lease.and_then(|l| l.ends_in()),
                backed_up: meta::backed_up(db)?.map(|b| b.1),
                blocked: blocked::current(db)?,
                clashes: clashes(db, person)?,
                set_aside: recover::noted(db)?.into_iter().map(|n| SetAside::of(n, self.0.store.dir())).collect(),
                sync_sessions: synced.sessions,
                bytes_up: synced.bytes_up,
                bytes_down: synced.bytes_down,
            })
        })
    }

    /// Up to `count` captured things, newest first; `before` is the `row` of the last one shown.
    pub fn captured(&self, before: Option<i64>, count: u32) -> Result<Vec<CapturedSummary>, Error> {
        self.0.read(|db| summaries(db, outbox::newest(db, before.unwrap_or(i64::MAX), count)?))
    }

    /// What the server refused, for a person to look at.
    pub fn quarantine(&self) -> Result<Vec<CapturedSummary>, Error> {
        self.0.read(|db| summaries(db, outbox::in_state(db, State::Quarantined)?))
    }
}

/// Of the runs that lists show to whoever is at the phone.
fn clashes(db: &Db<'_>, me: Option<PersonId>) -> Result<u64, Fault> {
    let mut count = 0;
    for (release, began, clashes) in runs::clashes(db)? {
        let heading = shown::heading(db, &release)?;
        // Where its procedure is not here nothing says that it is a try.
        let is_shown = heading.is_none_or(|one| me.map_or(!one.is_try, |me| one.shows(began, me)));
        count += if is_shown { clashes } else { 0 };
    }
    Ok(count)
}

fn summaries(db: &Db<'_>, items: Vec<Item>) -> Result<Vec<CapturedSummary>, Fault> {
    let mut out = Vec::with_capacity(items.len());
    let set_aside = recover::noted(db)?;
    for item in items {
        let Some(held) = entries::by_hash(db, &item.hash)? else { continue };
        out.push(CapturedSummary {
            id: item.hash.to_string(),
            about: about(&held.entry),
            what: held.entry.header.entry_type.to_string(),
            at_ms: held.entry.header.moment.server_estimate(),
            scope: item.scope.to_string(),
            successor: item.successor.map(|s| s.to_string()),
            state: CaptureState::of(&item),
            salvaged: recover::is_salvaged(&set_aside, item.row),
            row: item.row,
        });
    }
    Ok(out)
}

fn about(entry: &frontline_protocol::Entry) -> String {
    match project::subject(entry) {
        Some(Subject::Feedback(id) | Subject::Interaction(id) | Subject::Action(id)) => id.to_string(),
        Some(Subject::Attempt(_, id) | Subject::Blob(id)) => id.to_string(),
        Some(Subject::Run(id)) => id.to_string(),
        Some(Subject::Progress(_, module, lesson)) => format!("{module}/{lesson}"),
        Some(Subject::Release(_) | Subject::Record(..)) | None => EntryType::to_string(&entry.header.entry_type),
    }
}
