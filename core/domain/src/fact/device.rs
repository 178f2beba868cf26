//! What happened to a device itself, told to whoever looks after it.

use serde::{Deserialize, Serialize};

use crate::{CaptureId, PersonId};

/// The wall clock of a device was set: what it stamps before and after can't be compared without this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJumped {
    pub id: CaptureId,
    /// By how much, ms: positive where the clock was put forward.
    pub by_ms: i64,
    pub noticed: Noticed,
}

/// What a jump was noticed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noticed {
    /// The monotonic clock went on otherwise.
    Running,
    /// After a restart of the device it was earlier than before.
    Restart,
    /// The server's time says so.
    Contact,
}

/// A damaged store of a device was set aside, and what could be read was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageSetAside {
    pub id: CaptureId,
    /// Captured things that were taken over, sent before or not.
    pub found: u64,
    /// Numbers of the device of which nothing could be read.
    pub missing: u64,
    /// Pages that were read, and those of them that were not as they had been written.
    pub pages: u64,
    pub broken: u64,
}

/// What happened to somebody on a device that people share, said by whoever did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonOnDevice {
    pub id: CaptureId,
    pub what: OnDevice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnDevice {
    /// The author left: the device needs nothing more of what is theirs alone. What they captured before stays theirs.
    SignedOut,
    /// The author, who leads there, let this person try their PIN again.
    Unlocked(PersonId),
}
