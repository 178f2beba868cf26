//! What the state machine hands out: what to ask for, and what to apply, each piece in a transaction of its own.

use std::collections::BTreeSet;

use frontline_domain::{Epoch, Incarnation, Scope, TypeSet};
use frontline_protocol::sync::{Cursor, Judged, Page, Stretch};

/// What to ask for beside what the store says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Scopes whose older marks are to be stated.
    pub older: BTreeSet<Scope>,
    pub page_bytes: u32,
    pub offer_bytes: usize,
    pub offer_entries: usize,
    /// Where the device stands is said whole, not by a digest.
    pub whole: bool,
}

/// One transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Keep the nonce, to sign with it next.
    Nonce(Vec<u8>),
    /// Note the verdicts, rebuild the documents that they refuse something of, and, where the server closed
    /// the epoch, take a random one and issue again what has no receipt (`sync.md` 12): in one transaction,
    /// since a refusal and a new epoch make the same changes anew.
    Judge { judged: Vec<Judged>, stretches: Vec<Stretch>, epoch_closed: bool },
    /// What the device may read, before any page: what it may not is dropped.
    Rights(Vec<(Scope, TypeSet)>, Incarnation),
    Page {
        page: Page,
        asked: Vec<Cursor>,
        allowed: TypeSet,
        incarnation: Incarnation,
        /// Server time of the answer: what it brings was committed by then.
        time_ms: i64,
    },
    /// What the answer said beside verdicts and pages: the contact, what may be read, the next nonce.
    Finish(Finish),
}

/// The rest of an answer, once its pages are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub incarnation: Incarnation,
    pub time_ms: i64,
    /// The wall clock when the answer came, ms.
    pub wall_ms: i64,
    pub stated: Option<(Epoch, u64)>,
    pub nonce: Vec<u8>,
    /// The cursors that were stated: of the others the answer says nothing.
    pub stated_cursors: Vec<Cursor>,
    /// [`Sent::stance`].
    pub stance: Option<[u8; 16]>,
    pub reads: Vec<(Scope, TypeSet)>,
    pub disagrees: BTreeSet<Scope>,
    pub more: bool,
    pub backed_up: Option<(Incarnation, i64)>,
    /// The key of the server's that keys of customers are to be sealed to from now on.
    pub customers: Option<[u8; 32]>,
    /// Whether it is the first answer of a sync; and what this exchange moved.
    pub is_first: bool,
    pub bytes_up: u64,
    pub bytes_down: u64,
}
