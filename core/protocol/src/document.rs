//! One document whole, for a device that it has left (`sync.md` 24).

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use frontline_domain::ids::*;
use frontline_domain::{DocId, Scope};

use crate::sync::Row;

/// Where it is asked for: `POST`, signed as any request of a device.
pub const PATH: &str = "/v1/document";

/// What a device asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Lowest and highest protocol version that the device speaks.
    pub versions: (u8, u8),
    pub doc: DocId,
    /// 0, and then what the answer before said in `next`.
    pub after: u64,
    /// Bytes of rows that the device wants at most; the server's own limit holds too.
    pub page_bytes: u32,
}

/// What the server gives: everything about the document that the device may read, in the order of its scope's
/// feed. A document that is not there and one that the device may not read are refused alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub version: u8,
    pub incarnation: Incarnation,
    /// Server time, ms since 1970 UTC.
    pub time_ms: i64,
    /// For the next request (`sync.md` 11).
    pub nonce: ByteBuf,
    /// Whose feed the numbers are of.
    pub scope: Scope,
    pub rows: Vec<Row>,
    /// More is there behind this number; none: this was the last of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}
