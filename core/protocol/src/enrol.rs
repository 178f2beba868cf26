//! Before the first exchange: a one-time code becomes a device that the server knows.

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use frontline_domain::ids::*;
use frontline_domain::record::Certificate;

/// Where it is sent: `POST`, unsigned; the code is the proof.
pub const PATH: &str = "/v1/enrol";

/// What a new device sends. Its key was made on it and never leaves it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    pub versions: (u8, u8),
    /// As a person types it: upper or lower case, with or without hyphens.
    pub code: String,
    /// The Ed25519 public key.
    pub key: ByteArray<32>,
    /// The maker's name for the model, for the manager's list.
    pub model: String,
    /// The device's id and a signature of the code by its known key, where it was enrolled before: the same
    /// device goes on, and what it has unsent with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<DeviceId>,
}

impl std::fmt::Debug for Enrol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrol").field("model", &self.model).finish_non_exhaustive()
    }
}

/// Where a device shows its certificates: `POST`, unsigned; they name its key.
pub const AGAIN: &str = "/v1/enrol/again";

/// What a device shows to a server that does not know it: one that was restored from a backup older than the
/// device (`sync.md` 14 and 25). Nobody has to do anything for it. A certificate's MAC covers the key, so that it is
/// of no use to anybody else; said again by somebody who listened, it says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub versions: (u8, u8),
    pub org: OrgId,
    pub device: DeviceId,
    /// The Ed25519 public key.
    pub key: ByteArray<32>,
    /// Of everybody who was enrolled on it, at most [`crate::limits::CERTIFICATES`].
    pub certificates: Vec<Certificate>,
}

/// The device is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    pub version: u8,
    pub incarnation: Incarnation,
    pub time_ms: i64,
    pub nonce: ByteBuf,
}

/// What the device learns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    pub version: u8,
    pub org: OrgId,
    pub org_name: String,
    pub device: DeviceId,
    /// A name for the device among its site's, to tell it by: `harbour-7`.
    pub device_name: String,
    pub person: PersonId,
    pub person_name: String,
    pub site: SiteId,
    pub certificate: Certificate,
    pub incarnation: Incarnation,
    pub time_ms: i64,
    pub nonce: ByteBuf,
    /// The organisation's X25519 public key at this server, to which keys of customers are sealed (`sync.md` 27).
    pub customers: ByteArray<32>,
    /// The organisation's X25519 recovery key, to which a device wraps its store's key and seals files of unsent
    /// work (`sync.md` 13). None where no pair was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<ByteArray<32>>,
}
