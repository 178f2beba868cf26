//! The judge: what becomes of each entry that a device offers (`sync.md` 12, 15 to 21).
//!
//! Start at [`writer`]: one task gathers pushes into one commit and answers after it, organisations in turn
//! ([`queue`]). [`push`] goes through
//! one device's offers, each under a savepoint, so that one never blocks the next; [`entry`] asks the
//! questions in order, [`plain`] those about most facts, for many at once; [`body`] asks those about a fact (those about quizzes are in `training`), [`change`] those about a change of a document;
//! [`keep`] writes what was decided; [`waiters`] lets go what waited; [`let_in`] is a person's decision, [`given`] what
//! comes back after a restore.

pub mod body;
pub mod change;
pub mod entry;
pub mod given;
pub mod keep;
pub mod let_in;
pub mod plain;
pub mod push;
mod queue;
pub mod runs;
mod stretch;
pub mod taken;
mod training;
pub mod waiters;
mod withdrawn;
pub mod writer;

#[cfg(test)]
mod tests;

use frontline_domain::document::ChangeHash;
use frontline_domain::fact::Fact;
use frontline_domain::{DeviceId, DocId, EntryHash, EntryId, Incarnation, OrgId, Scope};
use frontline_protocol::Code;
use frontline_protocol::sync::{Judged, Receipt, Verdict};
use serde_bytes::ByteArray;

use crate::feed::Feeds;
use crate::store::{Stored, WriteTx};
use runs::Runs;

/// What judging one batch works with: the transaction, the feeds it adds to, the runs it knows.
pub struct Bench<'a> {
    pub tx: &'a mut dyn WriteTx,
    pub feeds: &'a mut Feeds,
    pub runs: &'a mut Runs,
    pub incarnation: Incarnation,
    /// Verdicts for devices' own feeds, written when the numbers of the commit are known.
    pub later: Vec<Later>,
    /// Facts so far that look plain and went the long way.
    pub dear: usize,
}

/// A verdict that comes later than the answer (`sync.md` 10).
#[derive(Debug, Clone)]
pub struct Later {
    pub org: OrgId,
    pub device: DeviceId,
    pub decided: Decided,
}

/// A verdict, and the scope whose mark its receipt still lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub judged: Judged,
    pub unmarked: Option<Scope>,
    /// The time that counts is the one that the entry says itself.
    pub as_said: bool,
}

/// What a document change is known by, where it could be read so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub doc: Option<DocId>,
    pub change: Option<ChangeHash>,
}

/// What was found out about an entry's content.
pub enum Found {
    /// It may be stored.
    Good(Good),
    /// It waits, for this change where that is known.
    Waits {
        code: Code,
        about: About,
        on: Option<ChangeHash>,
    },
    Refused {
        code: Code,
        about: About,
    },
}

/// What storing does beside giving a number.
pub enum Good {
    Plain,
    /// A fact about a run.
    About(DocId),
    /// A fact that locks (true) or opens a run.
    Lock(DocId, bool),
    /// A fact about an attempt at a quiz.
    Attempt(Box<Fact>),
    Change(Box<change::Sound>),
}

fn hash8(hash: &EntryHash) -> ByteArray<8> {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    first.into()
}

/// A verdict about the entry with this id and hash.
pub(crate) fn decided(id: EntryId, hash: &EntryHash, verdict: Verdict) -> Decided {
    Decided { judged: Judged { epoch: id.epoch, seq: id.seq, hash8: hash8(hash), verdict }, unmarked: None, as_said: false }
}

/// The receipt of a stored entry; its mark is filled in where the commit that stores it is this one.
pub(crate) async fn receipt(bench: &mut Bench<'_>, org: OrgId, stored: &Stored) -> crate::store::Result<Decided> {
    let mark = bench.tx.mark_above(org, stored.scope, stored.number).await?;
    let receipt = Receipt {
        incarnation: bench.incarnation,
        number: stored.number,
        mark: mark.unwrap_or_default(),
        committed_ms: stored.committed_ms,
        effective_ms: stored.effective_ms,
    };
    let mut decided = decided(stored.id, &stored.hash, Verdict::Stored(receipt));
    decided.unmarked = mark.is_none().then_some(stored.scope);
    Ok(decided)
}

impl Decided {
    /// With the mark at the end of the commit.
    pub fn marked(mut self, org: OrgId, feeds: &Feeds) -> Judged {
        if let Some(scope) = self.unmarked
            && let Verdict::Stored(receipt) = &mut self.judged.verdict
            && let Some(mark) = feeds.mark(org, scope)
        {
            receipt.mark = mark;
        }
        self.judged
    }
}
