//! The one exchange: a device sends its cursors and what it has no receipt for; the answer carries verdicts
//! and everything after the cursors. Sending the same request again is always safe.

use serde::{Deserialize, Deserializer, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use frontline_domain::ids::*;
use frontline_domain::{Scope, TypeSet};

use crate::feed::Mark;
use crate::limits;
use crate::refusal::Code;

/// Where it is sent: `POST`.
pub const PATH: &str = "/v1/sync";

/// What a device asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Lowest and highest protocol version that the device speaks.
    #[serde(rename = "v")]
    pub versions: (u8, u8),
    /// The last answer that the device applied: (incarnation, server time).
    #[serde(rename = "c")]
    pub contact: Option<(Incarnation, i64)>,
    /// None beside a `stance`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few::<_, _, { limits::CURSORS }>")]
    pub cursors: Vec<Cursor>,
    /// Entries without a receipt, oldest first, in their exact bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few::<_, _, { limits::ROUND_ENTRIES }>")]
    pub offers: Vec<ByteBuf>,
    /// Bytes of rows that the device wants at most; the server's own limit holds too.
    #[serde(default = "round", skip_serializing_if = "is_round")]
    pub page_bytes: u32,
    /// [`crate::stance::Stance::digest`], in the stead of the cursors, `app` and `reader`, by a device that still stands where it
    /// stood when the server last told it nothing new (`sync.md` 8). A server that does not remember refuses with
    /// [`Code::SAY_IT_WHOLE`].
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<ByteArray<16>>,
    /// The version of the app, for those who look after devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<AppVersion>,
    /// The device's X25519 public key, to which keys of customers are sealed for it (`sync.md` 27).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<ByteArray<32>>,
    /// The keys of what the offers say about customers: a list of [`crate::customers::Told`], sealed to the
    /// server's key and [`crate::customers::addressed`] to it. Without those of a customer who was forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<ByteBuf>,
}

/// [`Request::page_bytes`] where it says nothing.
fn round() -> u32 {
    u32::try_from(limits::ROUND).unwrap_or(u32::MAX)
}
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_round(bytes: &u32) -> bool {
    *bytes == round()
}

/// A version of the app: major, minor, patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AppVersion(pub u16, pub u16, pub u16);

impl AppVersion {
    /// As one number, in the same order.
    pub fn pack(self) -> u64 {
        u64::from(self.0) << 32 | u64::from(self.1) << 16 | u64::from(self.2)
    }
    /// From [`AppVersion::pack`].
    #[expect(clippy::cast_possible_truncation, reason = "16 bits each are what was packed")]
    pub fn unpack(packed: u64) -> Self {
        Self((packed >> 32) as u16, (packed >> 16) as u16, packed as u16)
    }
}
impl std::fmt::Display for AppVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}
impl std::str::FromStr for AppVersion {
    type Err = std::num::ParseIntError;
    /// Of `0.1.0`; missing parts are 0.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '.').map(str::parse);
        let mut next = || parts.next().unwrap_or(Ok(0));
        Ok(Self(next()?, next()?, next()?))
    }
}

/// Reads a list and keeps one more than it may have: enough to see that it is too long, whatever its length.
/// A few bytes of a message are a million empty offers, which take a hundred times more memory.
fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>, const MAX: usize>(from: D) -> Result<Vec<T>, D::Error> {
    struct Few<T, const MAX: usize>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const MAX: usize> serde::de::Visitor<'de> for Few<T, MAX> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut kept = Vec::new();
            while kept.len() <= MAX
                && let Some(one) = list.next_element()?
            {
                kept.push(one);
            }
            while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            Ok(kept)
        }
    }
    from.deserialize_seq(Few::<T, MAX>(std::marker::PhantomData))
}

/// How far a device has read a scope's feed, and under which types it was filtered. Added types get a cursor
/// of their own until it meets the scope's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub scope: Scope,
    pub types: TypeSet,
    pub incarnation: Incarnation,
    pub at: Mark,
    /// Older places, highest first; sent after the server said that it knows no such place as `at`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<Mark>,
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    #[serde(rename = "v")]
    pub version: u8,
    #[serde(rename = "i")]
    pub incarnation: Incarnation,
    /// Server time, ms since 1970 UTC.
    #[serde(rename = "t")]
    pub time_ms: i64,
    /// For the next requests (`sync.md` 11). Empty: the one that the request was signed with is good for many days yet.
    #[serde(rename = "n", default, skip_serializing_if = "is_empty")]
    pub nonce: ByteBuf,
    /// The epoch of the request's claim is closed: the device must take a new epoch before it applies any page
    /// (`sync.md` 12). The verdicts of this answer are applied before that: a receipt or a refusal still
    /// holds, and what has neither is issued again. Offers that are not judged for this reason have no
    /// verdict, or `Quarantined` with [`Code::CLOSED_EPOCH`] or [`Code::NUMBER_USED_TWICE`]; these two codes
    /// are never final for a device: it issues the entry again in its present epoch, with `replaces`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub epoch_closed: bool,
    /// One for each offer that was judged, in the order of the offers. An offer whose `replaces` names an
    /// entry that was stored meanwhile has two: the original's own (its epoch, seq and hash8, `Stored`), then
    /// `Replaced` for the offer. So a receipt is always about the very bytes that it names. Without those that
    /// are in `stretches`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Judged>,
    /// Receipts of many offers at once: a phone that comes back after days has thousands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stretches: Vec<Stretch>,
    /// The scopes that the device may carry, and which types of each. A scope that is not named, and a type
    /// that is not, is to be dropped; never unsent work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<(Scope, TypeSet)>,
    /// The device may carry what its `stance` says that it may; `reads` is left out.
    #[serde(rename = "s", default, skip_serializing_if = "is_false")]
    pub reads_stand: bool,
    /// At most one for each cursor, and one for added types. A cursor with neither a page nor a place in
    /// `disagrees` stands where the feed stands, if `more` is false; if it is true, it was not looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// Scopes where the server's tag differs at the cursor: ask again with older marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagrees: Vec<Scope>,
    /// More is waiting in the feeds: ask again at once. Says nothing about offers.
    #[serde(default, skip_serializing_if = "is_false")]
    pub more: bool,
    /// Everything committed until then is in the server's oldest backup still kept (`sync.md` 7). None: no
    /// backups; the policy's days count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backed_up: Option<(Incarnation, i64)>,
    /// The keys of the request were sealed to another key than this one, which is the server's now. The offers
    /// about customers have no verdict: offer them again, with their keys sealed to this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customers: Option<ByteArray<32>>,
    /// Reserved: segments to fetch instead of pages (`sync.md` 9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Segment>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(it: &bool) -> bool {
    !it
}
fn is_empty(bytes: &ByteBuf) -> bool {
    bytes.is_empty()
}

impl Answer {
    /// It tells nothing new: whoever asked stands where the feeds stand, and may say so by a digest from now on.
    pub fn is_still(&self) -> bool {
        self.pages.is_empty() && self.disagrees.is_empty() && !self.more
    }
}

/// Reserved (`sync.md` 9): an immutable piece of a feed, fetched by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub scope: Scope,
    pub types: TypeSet,
    pub to: Mark,
    pub hash: BlobHash,
}

/// A verdict with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub epoch: Epoch,
    pub seq: u64,
    /// The first 8 bytes of the entry's hash: the device checks that the verdict is about its own bytes.
    pub hash8: ByteArray<8>,
    pub verdict: Verdict,
}

/// The receipts of neighbours: of one series, one feed and one commit, under numbers that follow each other as
/// theirs do, and each with the time that its entry says itself ([`frontline_domain::Moment::server_estimate`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    pub epoch: Epoch,
    /// The first of them.
    pub seq: u64,
    pub count: u32,
    /// [`Stretch::digest`]: the device checks that the receipts are about its own bytes.
    pub digest: ByteArray<16>,
    /// In the feed, of the first.
    pub number: u64,
    pub incarnation: Incarnation,
    pub mark: Mark,
    pub committed_ms: i64,
}

impl Stretch {
    /// Fewer than so many are told one by one.
    pub const LEAST: usize = 32;

    /// The first 16 bytes of the BLAKE3 of what the entries are checked by: the first 8 bytes of each one's hash,
    /// one after another.
    pub fn digest(of: impl IntoIterator<Item = [u8; 8]>) -> [u8; 16] {
        let all: Vec<u8> = of.into_iter().flatten().collect();
        let mut digest = [0; 16];
        digest.copy_from_slice(&blake3::hash(&all).as_bytes()[..16]);
        digest
    }
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It has a number in its scope's feed: a receipt.
    Stored(Receipt),
    /// Neither stored nor refused: the server keeps the bytes and so does the device.
    Held(Code),
    /// Refused, for a person to look at.
    Quarantined(Code),
    /// Another entry was stored in its stead: it is closed for ever. Its replacement's receipt, where the
    /// replacement is stored.
    Replaced,
    /// A person let the refused edit in, but what followed it was replaced meanwhile: make it anew.
    Remake,
}

/// Good as long as the server's feed agrees with `mark`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub incarnation: Incarnation,
    pub number: u64,
    /// The mark at the end of the commit.
    pub mark: Mark,
    /// Server time of the commit, ms.
    pub committed_ms: i64,
    /// The time that counts for permission and order (`sync.md` 19), ms.
    pub effective_ms: i64,
}

/// Whether what was committed at `committed_ms` is in the server's oldest backup still kept, so that a device may
/// let go of it where its window allows (`sync.md` 7). Commits of a server have ascending times, through every
/// restore, so the time tells it whatever life it was of; what a restore undid is offered again, and gets a
/// later one.
pub fn is_backed_up(announced: Option<(Incarnation, i64)>, committed_ms: i64) -> bool {
    announced.is_some_and(|(_, until_ms)| committed_ms <= until_ms)
}

/// A piece of a scope's feed as one cursor sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub scope: Scope,
    /// The types it was scanned under. A page whose types no cursor of the device has begins at 0.
    pub types: TypeSet,
    /// Where it begins: the cursor's place, or a lower one that both sides agree on.
    pub from: Mark,
    pub to: Mark,
    pub rows: Vec<Row>,
    /// Reserved: (key id, MAC) over the page (`sync.md` 25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mac: Option<(u32, ByteArray<32>)>,
    /// The keys of what the rows say about customers, as far as there are any: a list of
    /// [`crate::customers::Lent`], sealed to [`Request::reader`]. Outside the MAC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<ByteBuf>,
}

/// An entry with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(u64, i64, ByteBuf)", from = "(u64, i64, ByteBuf)")]
pub struct Row {
    pub number: u64,
    pub effective_ms: i64,
    pub bytes: ByteBuf,
}
impl From<Row> for (u64, i64, ByteBuf) {
    fn from(r: Row) -> Self {
        (r.number, r.effective_ms, r.bytes)
    }
}
impl From<(u64, i64, ByteBuf)> for Row {
    fn from((number, effective_ms, bytes): (u64, i64, ByteBuf)) -> Self {
        Self { number, effective_ms, bytes }
    }
}

/// The body of a `verdict` entry in a device's own feed: what was decided after the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterVerdict {
    pub judged: Judged,
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_domain::cbor;

    #[test]
    fn of_a_list_that_is_too_long_no_more_is_kept_than_shows_it() {
        let offers = vec![ByteBuf::new(); 100_000];
        let request = Request {
            versions: (1, 1),
            contact: None,
            cursors: Vec::new(),
            offers,
            page_bytes: 1,
            stance: None,
            app: None,
            reader: None,
            keys: None,
        };
        let read: Request = cbor::decode("a request", &cbor::encode(&request)).expect("read");
        assert_eq!(read.offers.len(), limits::ROUND_ENTRIES + 1);
        let few = Request { offers: vec![vec![1].into(), vec![2].into()], ..request };
        assert_eq!(cbor::decode("a request", &cbor::encode(&few)), Ok(few));
    }
}
