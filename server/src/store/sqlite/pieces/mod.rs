//! Facts by the piece: what one commit adds to a feed lies packed in a row or a few, not in a row for each fact.
//!
//! [`Pending`] gathers what a transaction stores and has not packed yet; all that a transaction reads it reads from
//! there, too. [`write`] makes rows of it before the commit, [`read`] finds a fact and goes through a feed, [`time`]
//! through facts by their time, [`pack`] is
//! the format. What is about a document lies in rows of its own, in `entry`: it is found by its document.

mod pack;
mod read;
#[cfg(test)]
mod tests;
mod time;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::{DeviceId, EntryId, EntryType, Epoch, OrgId, Scope, TypeSet};

use crate::store::Stored;

pub(super) use pack::unpack;
pub(super) use read::{Loose, scan};
pub(super) use time::{Span, by_time};

/// What is packed. Types that are found by their person or their device lie in rows, which have indexes for that.
const PACKED: TypeSet = TypeSet::of(&[
    EntryType::FEEDBACK_GIVEN,
    EntryType::INTERACTION_OPENED,
    EntryType::INTERACTION_PAUSED,
    EntryType::INTERACTION_RESUMED,
    EntryType::INTERACTION_CLOSED,
    EntryType::INTERACTION_VOIDED,
]);
/// From the earliest to the latest time of a piece at most, so that those of a time are found.
const DAY_MS: i64 = 86_400_000;
/// Bytes of an entry that still goes into a piece: a large one would make its neighbours dear to read.
const LARGEST: usize = 8 << 10;
/// Entries and bytes of a piece, more or less.
const ENTRIES: usize = 512;
const BYTES: usize = 128 << 10;
/// Entries that a transaction gathers before it packs them, outside of a savepoint.
const GATHERED: usize = 8_192;

type SeriesOf = (OrgId, DeviceId, Epoch);

/// What a transaction stored and did not pack yet, in order of arrival.
#[derive(Default)]
pub(super) struct Pending {
    entries: Vec<(OrgId, Stored)>,
    by_id: BTreeMap<(OrgId, EntryId), usize>,
    /// How many there were at the savepoint that is open, if one is.
    savepoint: Option<usize>,
    /// The highest numbers known to be taken, of series and of feeds: what is above is new without looking.
    series: BTreeMap<SeriesOf, u64>,
    feeds: BTreeMap<(OrgId, Scope), u64>,
    /// The piece that was read last: whoever asks for one of its facts mostly asks for the next one, too.
    recent: Option<(i64, Arc<Vec<Stored>>)>,
}

impl Pending {
    fn push(&mut self, org: OrgId, entry: Stored) {
        self.by_id.insert((org, entry.id), self.entries.len());
        self.entries.push((org, entry));
    }
    fn by_id(&self, org: OrgId, id: EntryId) -> Option<&Stored> {
        self.by_id.get(&(org, id)).map(|at| &self.entries[*at].1)
    }
    /// Those of a feed.
    fn of(&self, org: OrgId, scope: Scope) -> impl Iterator<Item = &Stored> {
        self.entries.iter().filter(move |(o, e)| *o == org && e.scope == scope).map(|(_, e)| e)
    }
    /// Those of an organisation.
    pub(super) fn of_org(&self, org: OrgId) -> impl Iterator<Item = &Stored> {
        self.entries.iter().filter(move |(o, _)| *o == org).map(|(_, e)| e)
    }
    /// Marks the point that [`Pending::back`] goes back to.
    pub(super) fn mark(&mut self) {
        self.savepoint = Some(self.entries.len());
    }
    /// Forgets the point.
    pub(super) fn go_on(&mut self) {
        self.savepoint = None;
    }
    /// Forgets what came after the point.
    pub(super) fn back(&mut self) {
        let keep = self.savepoint.take().unwrap_or(self.entries.len());
        for (org, entry) in self.entries.drain(keep..) {
            self.by_id.remove(&(org, entry.id));
        }
        // What was thought to be taken may be free again; what is asked anew is known again.
        self.series.clear();
        self.feeds.clear();
    }
}
