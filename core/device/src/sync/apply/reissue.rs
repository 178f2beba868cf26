//! Issues an entry again: the same work under a new number, naming what it `replaces`, on which the server
//! deduplicates (`sync.md` 12 and 21).

use frontline_domain::Incarnation;
use frontline_protocol::{Entry, Instead};

use super::Desk;
use crate::error::Fault;
use crate::store::outbox::{self, Item, State};
use crate::store::{StoreError, entries, meta};

/// What an entry that is issued again says of the contact with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contact {
    /// As the original: nothing of the new series was stated yet, and the work was done under the rights of
    /// then.
    AsItWas,
    /// As of now: the server takes no older one once it was told a higher number of this series
    /// (`sync.md` 19).
    Today,
}

/// Writes `body` under the next number in the stead of `original`, whose row is `item`.
pub(super) fn again(
    desk: &mut Desk<'_>,
    item: &Item,
    original: &Entry,
    body: Vec<u8>,
    rebuild: u32,
    contact: Contact,
) -> Result<Entry, Fault> {
    let (epoch, seq) = meta::take_seq(desk.tx)?;
    let mut header = original.header.clone();
    (header.epoch, header.seq, header.rebuild) = (epoch, seq, rebuild);
    header.contact = match contact {
        Contact::AsItWas => original.header.contact,
        Contact::Today => meta::contact(desk.tx)?,
    };
    header.replaces = Some(Instead::of(original));
    let entry = Entry::make(header, body);
    let row = desk.keep(&entry, true, None)?.0;
    outbox::push(desk.tx, row, &entry)?;
    outbox::set_state(desk.tx, item, State::Reissued, None, Some(&entry.hash()))?;
    desk.tally.reissued += 1;
    desk.tally.progress = true;
    Ok(entry)
}

/// The latest of two contacts: what a device states never falls.
pub(super) fn later(old: Option<(Incarnation, i64)>, incarnation: Incarnation, time_ms: i64) -> (Incarnation, i64) {
    (incarnation, old.map_or(time_ms, |(_, before)| before.max(time_ms)))
}

/// The bytes of an own entry.
pub(super) fn entry_of(desk: &Desk<'_>, item: &Item) -> Result<Entry, Fault> {
    let held = entries::by_hash(desk.tx, &item.hash)?;
    Ok(held.ok_or(StoreError::BadColumn { column: "outbox.hash" })?.entry)
}
