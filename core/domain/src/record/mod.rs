//! Records: written by the server only, ordered by its numbers, read-only on devices. Authority must not be
//! mergeable by those it governs.
//!
//! Each travels whole as an entry of its own type; the one with the highest number stands. `withdrawn` ones
//! are gone from lists, and what refers to them still reads.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use crate::cbor::{self, CborError};
use crate::ids::*;
use crate::permission::Role;
use crate::{EntryType, Lang, Scope, Slug, Text};

/// What makes a struct a record.
pub trait Record: Serialize + DeserializeOwned + Clone + Send + 'static {
    const TYPE: EntryType;
    fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }
    fn decode(body: &[u8]) -> Result<Self, CborError> {
        cbor::decode(Self::TYPE.name().unwrap_or("a record"), body)
    }
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident = $const:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)* }
        impl Record for $name { const TYPE: EntryType = EntryType::$const; }
    };
}

/// The rules of an organisation that devices must know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Days that a device may work without speaking with the server; also the bound of `sync.md` 19.
    pub lease_days: u16,
    /// Days that a device keeps its own entries after their receipt, where the server has no backups.
    pub keep_days: u16,
    /// Days after which facts and closed runs leave a device; the server has them.
    #[serde(default = "window_days")]
    pub window_days: u16,
    /// Below this many responses a number is not shown.
    pub minimum_responses: u32,
    /// Days of silence after which a device no longer makes a number provisional.
    pub silent_days: u16,
    /// Whoever has no PIN on a device yet sets one before they write on it.
    #[serde(default)]
    pub pin_required: bool,
    /// MiB of pictures that a device sends in a day over a network that somebody pays for.
    #[serde(default = "metered_mib")]
    pub metered_mib_per_day: u16,
    #[serde(default, skip_serializing_if = "Photos::is_usual")]
    pub photos: Photos,
}

/// What a picture may be, and what it keeps of what the camera wrote into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photos {
    /// Pixels of its longer side at most. A phone makes it smaller before it gives it to the core.
    pub side: u32,
    /// KiB at most.
    pub kib: u32,
    /// When it was taken, as the camera's clock had it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep_time: bool,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep_place: bool,
}
impl Photos {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
    /// Bytes at most.
    pub fn bytes(&self) -> u64 {
        u64::from(self.kib) << 10
    }
}
impl Default for Photos {
    /// A JPEG of 2,048 pixels has some 0.6 to 1.5 MB; a drawing that is a PNG may have more.
    fn default() -> Self {
        Self { side: 2_048, kib: 2_560, keep_time: false, keep_place: false }
    }
}
fn metered_mib() -> u16 {
    20
}
fn window_days() -> u16 {
    90
}
impl Default for Policy {
    fn default() -> Self {
        Self {
            lease_days: 14,
            keep_days: 30,
            window_days: window_days(),
            minimum_responses: 30,
            silent_days: 14,
            pin_required: false,
            metered_mib_per_day: metered_mib(),
            photos: Photos::default(),
        }
    }
}

record!(/// The organisation. Scope `org`.
Organisation = ORGANISATION {
    id: OrgId,
    name: String,
    /// In order of preference; the first is the source language of content.
    languages: Vec<Lang>,
    policy: Policy,
    /// The X25519 public recovery key: stores wrap their keys to it, and files of unsent work are sealed to it
    /// (`sync.md` 13). None where no pair was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recovery: Option<ByteArray<32>>,
});
record!(/// A place of work. Scope `org`.
Site = SITE {
    id: SiteId,
    slug: Slug,
    name: Text,
    /// IANA zone: the calendar that due dates and days are read in.
    zone: String,
    tags: Vec<Slug>,
    withdrawn: bool,
});
record!(/// A person's name, sent to the feeds of their sites (`sync.md` 10). Never contact details.
Person = PERSON {
    id: PersonId,
    slug: Slug,
    name: String,
    language: Lang,
    withdrawn: bool,
});
record!(/// A grant, sent to the person it is about.
GrantRecord = GRANT {
    id: GrantId,
    person: PersonId,
    role: Role,
    scope: Scope,
    from_ms: i64,
    until_ms: Option<i64>,
});
record!(/// What the server knows a device as. Scope `device/<id>`.
Device = DEVICE {
    id: DeviceId,
    name: String,
    revoked: bool,
});
record!(/// Who does what by when. In the feed of the site, or of the person.
Assignment = ASSIGNMENT {
    id: AssignmentId,
    /// The kind of release: `module` or `procedure`.
    kind: String,
    slug: Slug,
    /// A site: everybody there. A person: them alone.
    to: Scope,
    /// Server time, ms since 1970 UTC.
    due_ms: i64,
    withdrawn: bool,
});
record!(/// A point of a customer's journey where feedback is asked for. In the feed of its site.
Touchpoint = TOUCHPOINT {
    slug: Slug,
    site: SiteId,
    name: Text,
    /// The journey stage: arrival, stay, …
    stage: Slug,
    survey: Slug,
    /// Taps closer than this are kept, not counted.
    interval_s: u16,
    withdrawn: bool,
});
record!(/// A thing that work is about: a fridge, an oven, a lift ([`crate::asset`]). In the feed of its site.
Asset = ASSET {
    slug: Slug,
    site: SiteId,
    name: Text,
    /// What it is: `fridge`, `lift`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Slug>,
    /// What its label says, as an author wrote it: the text of bar codes and QR codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<String>,
    /// What is done about it. A run of anything else is not begun about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    procedures: Vec<Slug>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Slug>,
    /// The sites where it stood before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<SiteId>,
    withdrawn: bool,
});
record!(/// That this person may write on this device (`sync.md` 14). In the feed of the device.
Certificate = CERTIFICATE {
    device: DeviceId,
    person: PersonId,
    site: SiteId,
    at_ms: i64,
    /// The server's MAC over the other fields: good again after a restore.
    mac: serde_bytes::ByteArray<32>,
});
record!(/// Somebody may try their PIN again on this device: wrong ones of before no longer count. In the feed of
/// the device.
PinUnlocked = PIN_UNLOCKED {
    device: DeviceId,
    person: PersonId,
    at_ms: i64,
});
record!(/// Which release of a slug is current. Scope `org`.
Publication = PUBLICATION {
    kind: String,
    slug: Slug,
    release: ReleaseHash,
    withdrawn: bool,
});
record!(/// Open runs of these versions of a procedure are not to be finished ([`crate::document::withdrawn`]). In the feed of
/// each site, so that an author's `seen` says whether they knew.
RunsWithdrawn = RUNS_WITHDRAWN {
    id: WithdrawalId,
    procedure: Slug,
    releases: Vec<ReleaseHash>,
    /// What those who began one are told.
    reason: String,
    by: PersonId,
    /// As they were called: phones know the names of their own sites' people only.
    by_name: String,
    /// Server time, ms since 1970 UTC.
    at_ms: i64,
    /// Somebody took it back: the runs go on as if nothing had been.
    undone: bool,
});
record!(/// Two customers turned out to be one (`sync.md` 27). In the feeds of the sites where either was met.
SubjectMerged = SUBJECT_MERGED {
    from: SubjectId,
    into: SubjectId,
    /// An administrator undid it.
    withdrawn: bool,
});
record!(/// A customer is to be forgotten: whoever holds a key of theirs destroys it. In the feeds of the sites where
/// they were met.
SubjectForgotten = SUBJECT_FORGOTTEN {
    subject: SubjectId,
    at_ms: i64,
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_says_nothing_of_photos_has_the_encoding_that_it_had_before() {
        let has = |policy: &Policy| cbor::encode(policy).windows(6).any(|w| w == b"photos");
        let cleaned = Photos { keep_time: true, ..Photos::default() };
        let other = Policy { photos: cleaned, ..Policy::default() };
        assert_eq!((has(&Policy::default()), has(&other)), (false, true));
        for policy in [Policy::default(), other] {
            assert_eq!(cbor::decode::<Policy>("a policy", &cbor::encode(&policy)), Ok(policy));
        }
    }
}
