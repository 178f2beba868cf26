//! Giving back, after a server was restored from an older backup, what others wrote and the server itself
//! (`sync.md` 25): a device has no say in it, so it comes back only as the server once vouched for it.
//!
//! Each pulled page carries a MAC over what it brought ([`Vouched::said`]). A device keeps that until what the page
//! brought is in every backup; where the feed turns out to lack it, it gives the page back with the entries that
//! it still has.

use frontline_domain::cbor;
use frontline_domain::ids::*;
use frontline_domain::{EntryId, Scope};
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use crate::feed::{Mark, Tag};
use crate::refusal::Code;

/// Where it is sent: `POST`, signed like a sync.
pub const PATH: &str = "/v1/give-back";

/// An entry as a page named it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Said", from = "Said")]
pub struct Named {
    pub number: u64,
    pub id: EntryId,
    pub hash: EntryHash,
    /// The time that counts for permission and order.
    pub effective_ms: i64,
}
type Said = (u64, DeviceId, Epoch, u64, EntryHash, i64);
impl From<Named> for Said {
    fn from(n: Named) -> Self {
        (n.number, n.id.device, n.id.epoch, n.id.seq, n.hash, n.effective_ms)
    }
}
impl From<Said> for Named {
    fn from((number, device, epoch, seq, hash, effective_ms): Said) -> Self {
        Self { number, id: EntryId { device, epoch, seq }, hash, effective_ms }
    }
}

/// What a page brought, without the entries themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouched {
    /// The number of the server's key.
    pub key: u32,
    pub scope: Scope,
    /// The life of the server that said it.
    pub incarnation: Incarnation,
    pub from: u64,
    pub to: Mark,
    pub rows: Vec<Named>,
    pub mac: ByteArray<32>,
}

impl Vouched {
    /// The exact bytes that the MAC is over: the CBOR array ("frontline 1 page", key, organisation, scope,
    /// incarnation, from, to, tag at `to`, rows), each row the array (number, device, epoch, seq, hash, effective
    /// time).
    pub fn said(&self, org: OrgId) -> Vec<u8> {
        let (to, tag): (u64, Tag) = self.to.into();
        cbor::encode(&("frontline 1 page", self.key, org, self.scope, self.incarnation, self.from, to, tag, &self.rows))
    }
}

/// A page that a device gives back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenPage {
    pub page: Vouched,
    /// Those of its entries that the device has, in their exact bytes.
    pub entries: Vec<ByteBuf>,
}

/// What a device gives back at once; within [`crate::limits::GIVEN_PAGES`] and [`crate::limits::PAGE`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub versions: (u8, u8),
    pub pages: Vec<GivenPage>,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenPage {
    /// Why nothing of it was taken: for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Code>,
    /// Entries that have a number again, or that wait for what they build on.
    pub stored: u32,
    /// Those that were there already.
    pub known: u32,
    /// Those that an administrator has to look at: the server wrote something else in their place since.
    pub listed: u32,
}

/// What became of all of them, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub version: u8,
    pub time_ms: i64,
    pub nonce: ByteBuf,
    pub pages: Vec<TakenPage>,
}
