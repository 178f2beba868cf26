//! What the server said of own entries: in an answer, or later in the device's own feed.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::{DocId, Epoch};
use frontline_protocol::Code;
use frontline_protocol::sync::{Judged, Stretch, Verdict};

use super::redo::Redo;
use super::reissue::{self, Contact};
use super::{Desk, remake, stretch};
use crate::error::Fault;
use crate::store::outbox::{self, Item, State};
use crate::store::{meta, sync_rows};

/// What verdicts ask for, once all are noted.
#[derive(Default)]
struct Follow {
    /// Documents that something was refused of, or that hold a change which another one stands for.
    docs: BTreeSet<DocId>,
    /// Of a closed series: to be issued again.
    again: Vec<Item>,
    remake: Vec<Item>,
    /// Numbers of the present series were used by another copy of this device.
    is_shared: bool,
}

/// Notes verdicts and does what they ask for.
pub(super) fn judge(desk: &mut Desk<'_>, judged: &[Judged], stretches: &[Stretch], epoch_closed: bool) -> Result<(), Fault> {
    let (epoch, _) = meta::series(desk.tx)?;
    let mut follow = Follow::default();
    for one in stretches {
        for judged in stretch::note(desk, one)? {
            note(desk, &judged, epoch, &mut follow)?;
        }
    }
    for one in judged {
        note(desk, one, epoch, &mut follow)?;
    }
    let (rebuild, contact) = if epoch_closed || follow.is_shared {
        let fresh = desk.random_epoch(epoch);
        meta::put(desk.tx, meta::key::SERIES, &(fresh, 1u64))?;
        follow.again = sync_rows::without_receipt(desk.tx)?;
        (desk.tally.epoch_renewed, desk.tally.progress) = (true, true);
        (Some(0), Contact::AsItWas)
    } else {
        (None, Contact::Today)
    };
    if !follow.docs.is_empty() || !follow.again.is_empty() {
        // A document that is rebuilt must hold what was let in just now.
        desk.project()?;
        redo(desk, follow.docs, follow.again, rebuild, contact)?;
    }
    for item in follow.remake {
        remake::anew(desk, &item)?;
    }
    Ok(())
}

/// One verdict. The bytes are compared by their hash: a verdict about number 11 of a clone's is not ours.
fn note(desk: &mut Desk<'_>, judged: &Judged, epoch: Epoch, follow: &mut Follow) -> Result<(), Fault> {
    let item = outbox::find(desk.tx, judged.epoch, judged.seq)?.filter(|i| i.hash.as_bytes()[..8] == judged.hash8[..]);
    let Some(item) = item else {
        desk.tally.not_ours += 1;
        return Ok(());
    };
    let doc = desk.doc_of(&reissue::entry_of(desk, &item)?)?;
    match &judged.verdict {
        Verdict::Stored(receipt) => {
            if item.receipt.as_ref() == Some(receipt) {
                return Ok(());
            }
            outbox::set_stored(desk.tx, &item, receipt)?;
            desk.tally.stored += u64::from(item.state != State::Stored);
            // It was left out here, and now it counts: let in, or stored before its replay was.
            if matches!(item.state, State::Quarantined | State::Reissued | State::Replaced) {
                desk.let_in(&item)?;
            }
        }
        Verdict::Held(code) => {
            if matches!(item.state, State::Stored | State::Reissued | State::Replaced) || item.code == Some(*code) {
                return Ok(());
            }
            outbox::set_state(desk.tx, &item, State::Held, Some(*code), None)?;
            desk.tally.held += 1;
        }
        Verdict::Quarantined(Code::CLOSED_EPOCH | Code::NUMBER_USED_TWICE) => {
            if !matches!(item.state, State::Captured | State::Held) {
                return Ok(());
            }
            follow.is_shared |= item.epoch == epoch;
            follow.again.push(item.clone());
            // It is a step once it was issued again, and not before: or a sync would go on for ever.
            return desk.show_item(&item);
        }
        Verdict::Quarantined(code) => {
            if matches!(item.state, State::Reissued | State::Replaced) || item.state == State::Quarantined && item.code == Some(*code) {
                return Ok(());
            }
            outbox::set_state(desk.tx, &item, State::Quarantined, Some(*code), None)?;
            *desk.tally.quarantined.entry(*code).or_default() += 1;
            follow.docs.extend(doc);
        }
        Verdict::Replaced => {
            // What was issued again is in no run, whatever was stored in its stead.
            if matches!(item.state, State::Reissued | State::Replaced) {
                return Ok(());
            }
            outbox::set_state(desk.tx, &item, State::Replaced, None, item.successor.as_ref())?;
            desk.tally.replaced += 1;
            follow.docs.extend(doc);
        }
        Verdict::Remake => follow.remake.push(item.clone()),
    }
    desk.tally.progress = true;
    desk.show_item(&item)
}

/// Issues `again` anew, oldest first, and rebuilds `docs` and the documents that any of them belongs to.
/// Facts and changes keep their order among each other: a sign-off counts for what was numbered before it.
fn redo(desk: &mut Desk<'_>, docs: BTreeSet<DocId>, again: Vec<Item>, rebuild: Option<u32>, contact: Contact) -> Result<(), Fault> {
    let mut work: BTreeMap<i64, (Item, Option<DocId>)> = BTreeMap::new();
    let mut redos: BTreeMap<DocId, Redo> = BTreeMap::new();
    let mut named = docs;
    for item in &again {
        let doc = desk.doc_of(&reissue::entry_of(desk, item)?)?;
        named.extend(doc);
        work.insert(item.row, (item.clone(), doc));
    }
    for doc in named {
        let Some(redo) = Redo::begin(desk, doc, &again, rebuild, contact)? else { continue };
        for item in redo.items(desk)? {
            work.insert(item.row, (item, Some(doc)));
        }
        redos.insert(doc, redo);
    }
    for (item, doc) in work.into_values() {
        match doc.and_then(|doc| redos.get_mut(&doc)) {
            Some(redo) => redo.replay(desk, &item)?,
            None => {
                let original = reissue::entry_of(desk, &item)?;
                let fresh = reissue::again(desk, &item, &original, original.body.clone(), original.header.rebuild, contact)?;
                desk.show_entry(&fresh)?;
            }
        }
    }
    redos.into_values().try_for_each(|redo| redo.finish(desk))
}
