//! Documents: small automerge documents, one per record, edited by several people offline.
//!
//! [`Run`] is the checklist run. This module is the only one that names automerge; what leaves it are plain
//! types: [`Heads`], [`AnswerKey`], [`Answer`], [`RunChanged`]. The judge of foreign changes is in [`judge`]
//! (`sync.md` 16 to 18): nothing unchecked reaches automerge, which panics on some bytes.

pub mod answer;
pub mod apply;
pub mod batch;
mod covers;
mod demanded;
pub mod filled;
mod graph;
pub mod judge;
mod outline;
pub mod pace;
pub mod read;
pub mod run;
pub mod state;
pub mod withdrawn;

#[cfg(test)]
mod batch_tests;
#[cfg(test)]
mod figures_tests;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod people;
#[cfg(test)]
mod state_tests;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use answer::{Answer, AnswerKey, Standing};
pub use batch::Offered;
pub use covers::Covers;
pub use demanded::{Asked, asked};
pub use filled::filled;
pub use judge::{Author, Checked, Refusal};
pub use pace::{Doubt, Pace};
pub use read::HistoryLine;
pub use run::{Made, Run};
pub use state::{Decided, RunState, Seal, Signature};

use crate::cbor::{self, CborError};
use crate::{CaptureId, DeviceId, DocId, Epoch, OrgId, ReleaseHash, Scope, Slug};

/// The hash of an automerge change.
pub type ChangeHash = [u8; 32];

/// A set of heads, sorted: the state that somebody saw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Heads(Vec<serde_bytes::ByteArray<32>>);

impl Heads {
    pub fn new(hashes: impl IntoIterator<Item = ChangeHash>) -> Self {
        let mut list: Vec<_> = hashes.into_iter().map(serde_bytes::ByteArray::new).collect();
        list.sort_unstable();
        list.dedup();
        Self(list)
    }
    pub fn iter(&self) -> impl Iterator<Item = ChangeHash> {
        self.0.iter().map(|h| h.into_array())
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The body of a `run-changed` entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunChanged {
    pub run: DocId,
    /// What `run` was derived from; the occurrence of a scheduled run, so that two phones start the same one.
    pub nonce: serde_bytes::ByteArray<16>,
    pub procedure: ReleaseHash,
    /// The person's edit that this change carries: it survives rebuilds and new epochs (`sync.md` 21).
    pub intent: CaptureId,
    /// The automerge change, as its author encoded it.
    pub change: serde_bytes::ByteBuf,
    /// The asset that the run is about, from its first change on. Apps of before say nothing, of their answers in such a
    /// run too; what another change says, the run does not take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<Slug>,
}

impl RunChanged {
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }
    pub fn decode(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::decode("a change of a run", bytes)
    }
}

/// 16 bytes of BLAKE3 over (org, scope, type, nonce), `sync.md` 4. `kind` is the code of the entry type.
pub fn doc_id(org: OrgId, scope: Scope, kind: crate::EntryType, nonce: &[u8; 16]) -> DocId {
    let mut hasher = blake3::Hasher::new_derive_key("frontline 2026 document id");
    hasher.update(&cbor::encode(&(org, scope, kind, serde_bytes::Bytes::new(nonce))));
    let mut id = [0u8; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    DocId::from_bytes(id)
}

/// The base actor of one device's changes to one document, `sync.md` 17: BLAKE3(DocId, device, epoch,
/// rebuild), 16 bytes. automerge derives further ones from it for edits at old heads.
pub fn base_actor(doc: DocId, device: DeviceId, epoch: Epoch, rebuild: u32) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("frontline 2026 document actor");
    hasher.update(&cbor::encode(&(doc, device, epoch, rebuild)));
    let mut actor = [0u8; 16];
    actor.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    actor
}

/// Runs what automerge may panic on. A panic is a refusal: the caller goes on with the next.
pub(crate) fn guard<T>(run: impl FnOnce() -> T) -> Result<T, Refusal> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).map_err(|_| Refusal::Unsound("automerge gave up on it"))
}
