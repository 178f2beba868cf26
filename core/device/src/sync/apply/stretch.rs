//! Receipts of many neighbours at once: the same as each one's own, written in two statements.

use frontline_domain::{EntryType, TypeSet};
use frontline_protocol::sync::{Judged, Receipt, Stretch, Verdict};
use serde_bytes::ByteArray;

use super::Desk;
use crate::error::Fault;
use crate::observe::Topic;
use crate::store::outbox::State;
use crate::store::stretch;

/// What lists show of these is the same whether the server has it or not. (An attempt's order and whether a
/// signature still holds depend on numbers.)
const SHOWN_THE_SAME: TypeSet = TypeSet::of(&[
    EntryType::FEEDBACK_GIVEN,
    EntryType::INTERACTION_OPENED,
    EntryType::INTERACTION_PAUSED,
    EntryType::INTERACTION_RESUMED,
    EntryType::INTERACTION_CLOSED,
    EntryType::LESSON_PROGRESSED,
]);

/// Notes them. Where they are not all about plain work that waits for its first receipt, gives each one's own
/// verdict, for the long way.
pub(super) fn note(desk: &mut Desk<'_>, one: &Stretch) -> Result<Vec<Judged>, Fault> {
    let held = stretch::held(desk.tx, one.epoch, one.seq, one.count)?;
    let is_ours = held.len() as u64 == u64::from(one.count)
        && Stretch::digest(held.iter().map(|h| h.hash8)) == *one.digest
        && held.iter().zip(one.seq..).all(|(h, seq)| h.seq == seq);
    if !is_ours {
        desk.tally.not_ours += u64::from(one.count);
        return Ok(Vec::new());
    }
    let is_plain = |h: &stretch::Held| matches!(h.state, State::Captured | State::Held) && SHOWN_THE_SAME.contains(h.entry_type);
    if held.iter().all(is_plain) {
        stretch::set_stored(desk.tx, one)?;
        desk.tally.stored += u64::from(one.count);
        desk.tally.progress = true;
        desk.tally.touched.topic(Topic::Sync);
        return Ok(Vec::new());
    }
    let judged = |(h, number): (&stretch::Held, u64)| Judged {
        epoch: one.epoch,
        seq: h.seq,
        hash8: ByteArray::new(h.hash8),
        verdict: Verdict::Stored(Receipt {
            incarnation: one.incarnation,
            number,
            mark: one.mark,
            committed_ms: one.committed_ms,
            effective_ms: h.said_ms,
        }),
    };
    Ok(held.iter().zip(one.number..).map(judged).collect())
}
