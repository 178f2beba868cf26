//! Identities. Newtypes over bytes, never bare strings: bytes in CBOR, text in JSON and on screens.
//!
//! Ids of 16 bytes are UUIDs (version 7 where a person or a server makes them, so that they sort by birth);
//! random ids made at capture ([`CaptureId`]) and derived ids ([`DocId`]) have the same width. Hashes are
//! BLAKE3, 32 bytes.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An id could not be read: which kind, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind}: expected {expected}")]
pub struct IdError {
    kind: &'static str,
    expected: &'static str,
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    if text.len() != N * 2 {
        return None;
    }
    let digit = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
    let mut out = [0u8; N];
    for (i, slot) in out.iter_mut().enumerate() {
        *slot = digit(text[2 * i])? << 4 | digit(text[2 * i + 1])?;
    }
    Some(out)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal, $kind:literal, $expected:literal, $show:expr, $read:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// From its bytes, which are taken as they are.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }
            /// From a slice of exactly the right length, as a database column gives it.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdError> {
                bytes.try_into().map(Self).map_err(|_| IdError { kind: $kind, expected: $expected })
            }
            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let show: fn(&[u8; $len]) -> String = $show;
                f.write_str(&show(&self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let read: fn(&str) -> Option<[u8; $len]> = $read;
                read(text).map(Self).ok_or(IdError { kind: $kind, expected: $expected })
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() { to.collect_str(self) } else { to.serialize_bytes(&self.0) }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    let text = String::deserialize(from)?;
                    text.parse().map_err(D::Error::custom)
                } else {
                    let bytes = serde_bytes::ByteBuf::deserialize(from)?;
                    Self::from_slice(&bytes).map_err(D::Error::custom)
                }
            }
        }
    };
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        id!($(#[$doc])* $name, 16, $kind, "a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057",
            |b| uuid::Uuid::from_bytes(*b).hyphenated().to_string(),
            |t| uuid::Uuid::try_parse(t).ok().map(|u| u.into_bytes()));
    };
}
macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        id!($(#[$doc])* $name, 32, $kind, "64 hexadecimal digits", |b| hex(b), |t| unhex::<32>(t));
    };
}

uuid_id!(/// An organisation: the wall that nothing crosses.
    OrgId, "organisation id");
uuid_id!(/// A place of work.
    SiteId, "site id");
uuid_id!(/// A person who works for the organisation.
    PersonId, "person id");
uuid_id!(/// An installation of the app, or the server's own pen.
    DeviceId, "device id");
uuid_id!(/// An assignment of a release to people.
    AssignmentId, "assignment id");
uuid_id!(/// A withdrawal of open runs.
    WithdrawalId, "withdrawal id");
uuid_id!(/// A grant of a role.
    GrantId, "grant id");
uuid_id!(/// An id made at capture, its time and 74 random bits: a feedback, a contact, an attempt, an intent. Later
    /// events refer to it, never to an entry's number: two clones of a phone both own number 11 (`sync.md` 1).
    CaptureId, "capture id");
uuid_id!(/// A customer, as far as one device or the server can tell: drawn at capture, so that it says nothing about
    /// who they are. Two of them may turn out to be one person (`sync.md` 27).
    SubjectId, "customer id");
id!(/// A document: 16 bytes of BLAKE3(org, scope, type, nonce), see [`crate::document::doc_id`].
    DocId, 16, "document id", "32 hexadecimal digits", |b| hex(b), |t| unhex::<16>(t));
id!(/// What a rule of a run asks for: 16 bytes of BLAKE3(run, its place in the form), the same on every device.
    DemandId, 16, "demand id", "32 hexadecimal digits", |b| hex(b), |t| unhex::<16>(t));
hash_id!(/// A published release, named by the BLAKE3 of its bytes.
    ReleaseHash, "release hash");
hash_id!(/// A photo, a video, another blob, named by the BLAKE3 of its bytes.
    BlobHash, "blob hash");
hash_id!(/// The BLAKE3 of an entry's exact bytes.
    EntryHash, "entry hash");
hash_id!(/// The BLAKE3 of a document's answers, as [`crate::document`] lays them out.
    AnswersHash, "answers hash");

/// A random number that a device draws when it starts to number its entries. Never reused: a restored or
/// cloned store draws a new one (`sync.md` 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub u64);

/// A random number of one life of a server's store; a restored backup gets a new one (`sync.md` 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incarnation(pub u64);

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
impl fmt::Display for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What names an entry within its organisation: who numbered it, and which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId {
    pub device: DeviceId,
    pub epoch: Epoch,
    pub seq: u64,
}
