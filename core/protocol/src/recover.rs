//! A store on another phone: its key was wrapped to the organisation's recovery key (`sync.md` 13), and whoever
//! holds a fresh enrolment code of somebody of that device gets it unwrapped by the server.

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use frontline_domain::cbor;
use frontline_domain::ids::*;

/// Where it is sent: `POST`, unsigned; the code is the proof. The code is not used up by it: enrolling comes next.
pub const PATH: &str = "/v1/recover";

/// What a phone sends that holds a store and nothing that opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recover {
    pub versions: (u8, u8),
    /// As a person types it.
    pub code: String,
    pub org: OrgId,
    /// Whose store it is.
    pub device: DeviceId,
    /// The store's key, sealed to the organisation's recovery key with [`wrapped`].
    pub sealed: ByteBuf,
    /// An X25519 key of this one request.
    pub reader: ByteArray<32>,
}

impl std::fmt::Debug for Recover {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recover").field("device", &self.device).finish_non_exhaustive()
    }
}

/// What it gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    pub version: u8,
    /// The store's key, sealed to the request's reader with [`unwrapped`].
    pub sealed: ByteBuf,
}

/// The HPKE info of a store's key in its header.
pub fn wrapped(org: OrgId, device: DeviceId) -> Vec<u8> {
    cbor::encode(&("frontline 1 recovery wrapped", org, device))
}
/// The HPKE info of the answer.
pub fn unwrapped(org: OrgId, device: DeviceId) -> Vec<u8> {
    cbor::encode(&("frontline 1 recovery unwrapped", org, device))
}
