//! One page of a feed: its rows and its cursor in one transaction, so that a cut costs at most this page.

use std::collections::BTreeSet;

use frontline_domain::{EntryType, Incarnation, Scope, TypeSet, cbor};
use frontline_protocol::give_back::{Named, Vouched};
use frontline_protocol::sync::{Cursor, LaterVerdict, Page, Receipt, Row};
use frontline_protocol::{Entry, limits};

use super::{Desk, judge, renamed};
use crate::customers;
use crate::error::Fault;
use crate::project::{self, Subject};
use crate::store::entries::{self, Place as EntryPlace, Put};
use crate::store::outbox::{self, State};
use crate::store::{stubs, sync_rows, vouched};
use crate::sync::cursors::{Moved, Place, Places};

/// Applies a page that answers a request which stated the cursors `asked`. A second time it changes nothing.
pub(super) fn page(desk: &mut Desk<'_>, page: &Page, asked: &[Cursor], allowed: TypeSet, contact: (Incarnation, i64)) -> Result<(), Fault> {
    let (incarnation, time_ms) = contact;
    let before = sync_rows::cursors_of(desk.tx, page.scope)?;
    let is_first = before.is_empty();
    let mut places = places(before);
    let moved = places.take(page, asked, allowed, incarnation);
    match moved {
        Moved::Stale => return Ok(()),
        Moved::Begun => {
            desk.tally.progress = true;
            if is_first {
                // A right that went and came again: no cursor stood here to be compared with this life.
                doubt(desk, page.scope, 0, Some(incarnation))?;
            }
        }
        Moved::On { was } => {
            desk.tally.progress |= page.from != page.to || was != incarnation;
            if was != incarnation {
                cross(desk, (page.scope, page.types), page.from.number, was, incarnation)?;
            }
        }
        Moved::Back { was, to } => {
            desk.tally.progress = true;
            desk.tally.rewound.insert(page.scope);
            if was == incarnation {
                // Within one life of the server a fresh receipt can't be told from a false one: offering once more
                // what is stored costs a receipt.
                doubt(desk, page.scope, to.number, None)?;
                sync_rows::unconfirm(desk.tx, page.scope, page.types, to.number)?;
            } else {
                cross(desk, (page.scope, page.types), to.number, was, incarnation)?;
                vouched::lose(desk.tx, page.scope, to.number, incarnation)?;
            }
        }
    }
    if let Some(keys) = &page.keys {
        customers::lent(desk.tx, &desk.own, keys)?;
    }
    let (mut later, mut named) = (Vec::new(), Vec::with_capacity(page.rows.len()));
    let is_any_unsure = entries::is_any_unsure(desk.tx, None)?;
    let mut fed = BTreeSet::new();
    for row in &page.rows {
        match read(desk, page, row) {
            Ok(entry) => {
                named.push(Named { number: row.number, id: entry.id(), hash: entry.hash(), effective_ms: row.effective_ms });
                if entry.header.entry_type == EntryType::VERDICT {
                    match cbor::decode::<LaterVerdict>("a verdict", &entry.body) {
                        Ok(verdict) => later.push(verdict.judged),
                        Err(_) => set_aside(desk, entry.header.entry_type, "its body can't be read"),
                    }
                }
                take(desk, page, row, &entry, contact)?;
                if is_any_unsure {
                    fed.extend(project::subject(&entry));
                }
            }
            Err(why) => set_aside(desk, EntryType(0), why),
        }
    }
    renamed::settle(desk, fed)?;
    if let Some(vouched_for) = vouched_for(page, named, incarnation) {
        vouched::keep(desk.tx, &vouched_for, time_ms)?;
    }
    judge::judge(desk, &later, &[], false)?;
    sync_rows::set_cursors(desk.tx, page.scope, &cursors(page.scope, places))?;
    Ok(())
}

/// What is kept of a page to give it back, should the server lose it. Of the device's own feed nothing is: nobody
/// else reads it, and the server says anew what it has to say.
fn vouched_for(page: &Page, rows: Vec<Named>, incarnation: Incarnation) -> Option<Vouched> {
    let (key, mac) = page.mac?;
    // A row that could not be read is missing: without it nobody can tell that the rest is what was sent.
    if rows.is_empty() || rows.len() != page.rows.len() || matches!(page.scope, Scope::Device(_)) {
        return None;
    }
    Some(Vouched { key, scope: page.scope, incarnation, from: page.from.number, to: page.to, rows, mac })
}

/// Receipts are true no longer: those of another life of the server than `now`, or, where none is named, those that
/// rest on marks above `number`. What was held goes with them: the server may have lost the bytes.
pub(super) fn doubt(desk: &mut Desk<'_>, scope: Scope, number: u64, now: Option<Incarnation>) -> Result<(), Fault> {
    let doubtful = match now {
        Some(now) => outbox::receipts_of_others(desk.tx, scope, now)?,
        None => outbox::receipts_above(desk.tx, scope, number)?,
    };
    for item in doubtful {
        outbox::set_captured(desk.tx, &item)?;
        desk.tally.doubted += 1;
        desk.show_item(&item)?;
    }
    for item in outbox::in_state(desk.tx, State::Held)?.into_iter().filter(|i| i.scope == scope) {
        outbox::set_captured(desk.tx, &item)?;
    }
    Ok(())
}

/// The server stands in another life than it did when the cursor was there, and the feeds of the two agree up to
/// `number`. What was said in the cursor's life holds as far. What was said in a third one does not, whatever its
/// number: the device heard of that life and lost it again before its cursor came along, so that nobody compared.
pub(super) fn cross(
    desk: &mut Desk<'_>,
    (scope, types): (Scope, TypeSet),
    number: u64,
    was: Incarnation,
    now: Incarnation,
) -> Result<(), Fault> {
    outbox::carry_over(desk.tx, scope, number, was, now)?;
    sync_rows::carry_over(desk.tx, scope, types, number, was, now)?;
    doubt(desk, scope, 0, Some(now))
}

/// The entry of a row, if it can be what the page says that it is.
fn read(desk: &Desk<'_>, page: &Page, row: &Row) -> Result<Entry, &'static str> {
    let entry = Entry::read(&row.bytes, limits::SERVER_ENTRY).map_err(|_| "it can't be read")?;
    if entry.header.org != desk.own.org || entry.header.scope != page.scope {
        return Err("it belongs elsewhere");
    }
    if !page.types.contains(entry.header.entry_type) || row.number <= page.from.number || row.number > page.to.number {
        return Err("it is not of this page");
    }
    Ok(entry)
}

fn take(desk: &mut Desk<'_>, page: &Page, row: &Row, entry: &Entry, (incarnation, time_ms): (Incarnation, i64)) -> Result<(), Fault> {
    let place = EntryPlace { incarnation, number: row.number, effective_ms: row.effective_ms };
    if entry.header.device == desk.own.device
        && let Some(item) = outbox::by_hash(desk.tx, &entry.hash())?
    {
        // Own work whose receipt was lost on the way, or of a series that was closed since: being fed is as
        // good as a receipt.
        if item.receipt.as_ref().is_none_or(|r| r.incarnation != incarnation || r.number != row.number) {
            // When it was committed the page does not say; by now it was.
            let receipt = Receipt { incarnation, number: row.number, mark: page.to, committed_ms: time_ms, effective_ms: row.effective_ms };
            outbox::set_stored(desk.tx, &item, &receipt)?;
            desk.tally.stored += u64::from(item.state != State::Stored);
            if matches!(item.state, State::Quarantined | State::Reissued | State::Replaced) {
                desk.let_in(&item)?;
            }
            desk.show_item(&item)?;
        }
        return Ok(());
    }
    let (about, fact) = project::read(entry);
    if let Some(Subject::Run(run)) = about
        && stubs::away(desk.tx, run)?.is_some()
    {
        // It has left this device: that something came is noted, and opening it fetches all of it.
        stubs::changed(desk.tx, run, entry.header.moment.server_estimate())?;
        desk.tally.received += 1;
        desk.show_doc(run);
        return Ok(());
    }
    let put = match (&about, fact) {
        (Some(about @ (Subject::Feedback(_) | Subject::Interaction(_))), Some(fact)) => desk.keep_fact(entry, about, fact, place)?,
        _ => {
            let put = desk.keep_about(entry, about.as_ref(), false, Some(place))?.1;
            if let Some(about) = about.clone().filter(|_| put == Put::New) {
                desk.subjects.insert(about, None);
            }
            put
        }
    };
    match put {
        Put::New => {
            desk.tally.received += 1;
            customers::learn(desk.tx, desk.own.org, entry)
        }
        // A restored server numbers anew what it was given back: which record stands, and what came before what, may
        // be another one now.
        Put::Moved => desk.show_entry(entry),
        Put::Known => Ok(()),
    }
}

fn set_aside(desk: &mut Desk<'_>, one: EntryType, why: &'static str) {
    tracing::warn!(entry_type = %one, why, "an entry of a page was set aside");
    *desk.tally.set_aside.entry(one).or_default() += 1;
}

/// The cursors of a scope, as the rules of [`crate::sync::cursors`] take them.
pub(super) fn places(of: Vec<Cursor>) -> Places {
    Places(of.into_iter().map(|c| Place { types: c.types, incarnation: c.incarnation, at: c.at, older: c.older }).collect())
}

/// Back from [`places`].
pub(super) fn cursors(scope: Scope, places: Places) -> Vec<Cursor> {
    let cursor = |p: Place| Cursor { scope, types: p.types, incarnation: p.incarnation, at: p.at, older: p.older };
    places.0.into_iter().map(cursor).collect()
}
