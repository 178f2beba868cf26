//! What one sync did, in figures.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::{EntryType, Scope};
use frontline_protocol::Code;

use super::Blocked;
use crate::net::Failure;
use crate::observe::Touched;

/// What one step of applying did; also the sum of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Own entries that got a receipt.
    pub stored: u64,
    /// Own entries that the server keeps without a number, until what they wait for arrives.
    pub held: u64,
    /// Own entries that were refused, by reason.
    pub quarantined: BTreeMap<Code, u64>,
    /// Own entries in whose stead another one was stored.
    pub replaced: u64,
    /// Verdicts about bytes that this device never wrote: another copy of it did.
    pub not_ours: u64,
    /// Entries of others that came, were new, and are stored.
    pub received: u64,
    /// Received entries that are stored but not shown: their content can't be used. Each is logged by type.
    pub set_aside: BTreeMap<EntryType, u64>,
    /// Received entries dropped because the device may no longer read them.
    pub dropped: u64,
    /// Whether the device took a new epoch, since another copy of it had used its numbers.
    pub epoch_renewed: bool,
    /// Entries that were issued again: in a new epoch, or after a refusal that they had to do with.
    pub reissued: u64,
    /// Own entries whose receipts are no longer good: they are offered again.
    pub doubted: u64,
    /// Scopes whose feed had to be gone back in.
    pub rewound: BTreeSet<Scope>,
    /// Whether anything at all moved on: a cursor, a state. What keeps two sides from asking for ever.
    pub progress: bool,
    /// What changed for whoever shows it.
    pub touched: Touched,
}

impl Tally {
    /// Adds another one to this.
    pub fn add(&mut self, other: Tally) {
        self.stored += other.stored;
        self.held += other.held;
        for (code, n) in other.quarantined {
            *self.quarantined.entry(code).or_default() += n;
        }
        self.replaced += other.replaced;
        self.not_ours += other.not_ours;
        self.received += other.received;
        for (one, n) in other.set_aside {
            *self.set_aside.entry(one).or_default() += n;
        }
        self.dropped += other.dropped;
        self.epoch_renewed |= other.epoch_renewed;
        self.reissued += other.reissued;
        self.doubted += other.doubted;
        self.rewound.extend(other.rewound);
        self.progress |= other.progress;
        self.touched.merge(other.touched);
    }
}

/// How a sync ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ended {
    /// Nothing is left to ask or to offer.
    #[default]
    Complete,
    /// The time given was over; what was done stays, the next one goes on from there.
    OutOfTime,
    /// After as many tries as were allowed.
    Failed(Failure),
    /// There was no room for what others did; own work went as far as there was room for its receipts.
    NoRoom,
    /// The server answers, but what it answers brings nothing on: a fault of one of the two sides.
    Stuck,
}

impl Ended {
    /// The word that JSON reads.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::OutOfTime => "out-of-time",
            Self::NoRoom => "no-room",
            Self::Failed(_) => "failed",
            Self::Stuck => "stuck",
        }
    }
}

/// What one sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub done: Tally,
    /// Entries offered; one that was offered twice counts twice.
    pub sent: u64,
    /// Own entries that wait to be offered, at the end.
    pub unsent: u64,
    pub round_trips: u32,
    pub bytes_up: u64,
    pub bytes_down: u64,
    /// Entries that left this device afterwards: old, done and safe at the server (`sync.md` 24).
    pub left: u64,
    pub ended: Ended,
    /// Why the server turns this device away, where it does.
    pub blocked: Option<Blocked>,
    /// Before this time of the monotonic clock the next one would be pointless, ms.
    pub not_before_ms: Option<u64>,
}
