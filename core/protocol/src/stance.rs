//! Where a device stands, in sixteen bytes (`sync.md` 8): most syncs bring nothing and have nothing to say that the
//! last one did not say.

use serde::Serialize;
use serde_bytes::ByteArray;

use frontline_domain::{Scope, TypeSet, cbor};

use crate::sync::{AppVersion, Cursor};

/// What a device says in full until the server told it nothing new, and by its digest from then on. Both sides keep
/// it: a digest that one of them computes from anything else is not known to the other, and it is said in full again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stance {
    /// In the order in which they are said; without older marks.
    pub cursors: Vec<Cursor>,
    /// What it may carry.
    pub reads: Vec<(Scope, TypeSet)>,
    pub app: Option<AppVersion>,
    pub reader: Option<ByteArray<32>>,
}

impl Stance {
    /// The first 16 bytes of BLAKE3, in key-derivation mode (context `frontline 2026 stance`), over the CBOR map
    /// {cursors, reads, app, reader}, `reads` in their order.
    pub fn digest(&self) -> [u8; 16] {
        let mut sorted = self.clone();
        sorted.reads.sort_unstable();
        let hash = blake3::derive_key("frontline 2026 stance", &cbor::encode(&sorted));
        let mut digest = [0; 16];
        digest.copy_from_slice(&hash[..16]);
        digest
    }
}
