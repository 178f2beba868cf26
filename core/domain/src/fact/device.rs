//! What happened to a device itself, told to whoever looks after it.

use serde::{Deserialize, Serialize};

use crate::{BlobHash, CaptureId, DocId, PersonId, Slug};

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

/// A picture was taken for a run. Its bytes travel apart from entries, after them, and are known by their hash:
/// whoever may read this fact may read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobCaptured {
    pub id: CaptureId,
    pub blob: BlobHash,
    pub bytes: u64,
    /// `image/jpeg` or `image/png`.
    pub media: String,
    pub width: u32,
    pub height: u32,
    /// The phone's own camera took it at that moment.
    pub live: bool,
    pub run: DocId,
    pub item: Slug,
    pub instance: u16,
    /// The small one, which is sent before any whole one.
    pub thumbnail: Thumbnail,
}

impl BlobCaptured {
    /// What is beyond the limits, and how.
    pub(super) fn check(&self) -> Option<(&'static str, &'static str)> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        if !pictures::MEDIA.contains(&self.media.as_str()) {
            return Some(("media", "neither image/jpeg nor image/png"));
        }
        if !(1..=pictures::BYTES).contains(&self.bytes) || !(1..=pictures::THUMBNAIL).contains(&self.thumbnail.bytes) {
            return Some(("bytes", "none, or more than a picture may have"));
        }
        (pixels == 0 || pixels > pictures::PIXELS).then_some(("pixels", "none, or more than a picture may have"))
    }
}

/// A picture small enough for a list; always a JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    pub blob: BlobHash,
    pub bytes: u64,
}

/// Limits on pictures.
pub mod pictures {
    /// Bytes of one.
    pub const BYTES: u64 = 20 << 20;
    /// Bytes of a thumbnail.
    pub const THUMBNAIL: u64 = 128 << 10;
    /// Pixels of a side.
    pub const SIDE: u32 = 16_384;
    /// Pixels of one.
    pub const PIXELS: u64 = 60_000_000;
    /// What can be shown everywhere.
    pub const MEDIA: [&str; 2] = ["image/jpeg", "image/png"];
}
