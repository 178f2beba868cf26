//! The records of the sync centre.

use frontline_device::services::set_aside;
use frontline_device::services::shown;
use frontline_device::services::{self as services, sync_centre as device};
use frontline_device::store::outbox::State;
use frontline_device::sync;

/// The device at a glance. Times are server time, ms since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncStatus {
    /// None before it is enrolled.
    pub device: Option<String>,
    pub name: Option<String>,
    /// The series that what is captured is numbered in; whoever writes now, by id.
    pub epoch: Option<String>,
    pub person: Option<String>,
    pub server: Option<String>,
    /// The life of the server that was spoken with last.
    pub incarnation: Option<String>,
    /// Captured, and nothing heard of it yet.
    pub unsent: u64,
    pub stored: u64,
    /// The server waits for what they build on.
    pub held: u64,
    pub refused: u64,
    pub last_contact_ms: Option<i64>,
    /// Everything captured until then has a verdict.
    pub reported_through_ms: Option<i64>,
    /// Until when the services open without another contact; over means that nothing opens before there was one.
    pub lease_until_ms: Option<i64>,
    pub lease_over: bool,
    /// It is about to be over: in so many days, the last of them not whole.
    pub lease_ends_in: Option<u32>,
    /// Everything until then is in the oldest backup of the server.
    pub backed_up_ms: Option<i64>,
    pub blocked: Option<Blocked>,
    /// Items of runs that a person has to settle.
    pub clashes: u64,
    pub syncs: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
    pub pictures_waiting: u64,
    pub pictures_waiting_bytes: u64,
    /// What is free on the device for this app; none where its system does not say, and in what Today shows.
    pub free_bytes: Option<u64>,
    /// Damaged stores that were set aside, oldest first.
    pub set_aside: Vec<SetAside>,
}

/// Why the server turns this device away as a whole.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Blocked {
    /// The code's name, such as `DEVICE_REVOKED`.
    pub code: String,
    /// The same in English, with what to do.
    pub reason: String,
    pub since_ms: i64,
}

/// A damaged store that was set aside: nothing of it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SetAside {
    pub kept_at: String,
    pub at_ms: i64,
    /// Captured things that were taken over; numbers of which nothing could be read.
    pub found: u64,
    pub missing: u64,
}

/// What became of something captured here. Nothing about it is guessed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaptureState {
    pub step: CaptureStep,
    /// Its number in its scope's feed, where it is stored.
    pub number: Option<u64>,
    /// The code's name, where it is held or refused, and the same in English.
    pub code: Option<String>,
    pub reason: Option<String>,
}

/// How far something captured is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CaptureStep {
    /// On this device alone.
    Captured,
    Held,
    /// The server has it.
    Stored,
    Refused,
    /// Something newer stands instead of it; it was issued again under another name.
    Replaced,
    Reissued,
}

/// Something captured here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CapturedSummary {
    pub id: String,
    /// What it is about: the id of a run, a contact, a feedback; a module's name.
    pub about: String,
    /// The type of the entry, such as `feedback-given`.
    pub what: String,
    pub at_ms: i64,
    pub scope: String,
    /// What it was issued again as.
    pub successor: Option<String>,
    pub state: CaptureState,
    /// It was taken over from a damaged store.
    pub salvaged: bool,
}

/// What was carried out into a file.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Exported {
    pub entries: u64,
    pub pictures: u64,
    /// Pictures that are unsent and in no file: their own is damaged or gone.
    pub left_out: u64,
    pub bytes: u64,
    /// Whether it opens for the organisation alone; else anybody reads it.
    pub sealed: bool,
}

impl From<device::Status> for SyncStatus {
    fn from(s: device::Status) -> Self {
        Self {
            device: s.device,
            name: s.name,
            epoch: s.epoch,
            person: s.person,
            server: s.server,
            incarnation: s.incarnation,
            unsent: s.unsent,
            stored: s.stored,
            held: s.held,
            refused: s.quarantined,
            last_contact_ms: s.last_contact,
            reported_through_ms: s.reported_through,
            lease_until_ms: s.lease_until,
            lease_over: s.lease_over,
            lease_ends_in: s.lease_ends_in,
            backed_up_ms: s.backed_up,
            blocked: s.blocked.map(Into::into),
            clashes: s.clashes,
            syncs: s.sync_sessions,
            bytes_up: s.bytes_up,
            bytes_down: s.bytes_down,
            pictures_waiting: s.pictures_waiting,
            pictures_waiting_bytes: s.pictures_waiting_bytes,
            free_bytes: None,
            set_aside: s.set_aside.into_iter().map(Into::into).collect(),
        }
    }
}
impl From<sync::Blocked> for Blocked {
    fn from(b: sync::Blocked) -> Self {
        Self { code: b.code.to_owned(), reason: b.reason.to_owned(), since_ms: b.since_ms }
    }
}
impl From<set_aside::SetAside> for SetAside {
    fn from(s: set_aside::SetAside) -> Self {
        Self { kept_at: s.kept_at, at_ms: s.at_ms, found: s.found, missing: s.missing }
    }
}
impl From<shown::CaptureState> for CaptureState {
    fn from(s: shown::CaptureState) -> Self {
        let step = match s.state {
            State::Held => CaptureStep::Held,
            State::Stored => CaptureStep::Stored,
            State::Quarantined => CaptureStep::Refused,
            State::Replaced => CaptureStep::Replaced,
            State::Reissued => CaptureStep::Reissued,
            State::Captured => CaptureStep::Captured,
        };
        Self { step, number: s.number, code: s.code.map(str::to_owned), reason: s.reason.map(str::to_owned) }
    }
}
impl From<device::CapturedSummary> for CapturedSummary {
    fn from(c: device::CapturedSummary) -> Self {
        Self {
            id: c.id,
            about: c.about,
            what: c.what,
            at_ms: c.at_ms,
            scope: c.scope,
            successor: c.successor,
            state: c.state.into(),
            salvaged: c.salvaged,
        }
    }
}
impl From<services::Exported> for Exported {
    fn from(e: services::Exported) -> Self {
        Self { entries: e.entries, pictures: e.pictures, left_out: e.left_out, bytes: e.bytes, sealed: e.sealed }
    }
}
