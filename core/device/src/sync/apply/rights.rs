//! What the device may carry, before any page of an answer: what it may not is dropped, never unsent work
//! (`sync.md` 8 and 24).

use frontline_domain::document::RunChanged;
use frontline_domain::{EntryType, Incarnation, Scope, TypeSet};
use frontline_protocol::Entry;

use super::Desk;
use super::page::doubt;
use crate::error::Fault;
use crate::project::{self, Subject};
use crate::store::{cursors, entries, meta, runs, stubs, sync_rows, vouched};

/// Something received could not be dropped yet, since unsent work builds on it.
const LEFT_OVER: &str = "left_over";

/// Takes over the rights that an answer states.
pub(super) fn rights(desk: &mut Desk<'_>, reads: &[(Scope, TypeSet)], incarnation: Incarnation) -> Result<(), Fault> {
    let mut reads = reads.to_vec();
    reads.sort_unstable();
    let mut before = cursors::reads(desk.tx)?;
    before.sort_unstable();
    let left_over: bool = meta::get(desk.tx, LEFT_OVER)?.unwrap_or(false);
    if reads == before && !left_over {
        return Ok(());
    }
    let is_other_life = meta::contact(desk.tx)?.is_some_and(|(before, _)| before != incarnation);
    let allowed = |scope: Scope| reads.iter().find(|(s, _)| *s == scope).map_or(TypeSet::EMPTY, |(_, types)| *types);
    for one in cursors::all(desk.tx)? {
        let left = one.types.intersection(allowed(one.scope));
        if left != one.types {
            // It is fed no more: where it is not dropped it counts again only once it is fed anew.
            sync_rows::unconfirm(desk.tx, one.scope, one.types.minus(left), 0)?;
            // The cursor's life, not the last contact's: a sync that broke off after its first answer has been in
            // contact with this life, and its cursors still stand in the one before.
            let is_of_other_life = one.incarnation != incarnation;
            if is_of_other_life {
                vouched::lose(desk.tx, one.scope, 0, incarnation)?;
            }
            let mut all = sync_rows::cursors_of(desk.tx, one.scope)?;
            all.retain_mut(|c| {
                c.types = c.types.intersection(allowed(c.scope));
                !c.types.is_empty()
            });
            sync_rows::set_cursors(desk.tx, one.scope, &all)?;
            if is_of_other_life && all.is_empty() {
                // With its last cursor goes all that this life could be compared by: no receipt of another one would
                // ever be doubted any more.
                doubt(desk, one.scope, 0, Some(incarnation))?;
            }
        }
    }
    // A restored server may have lost the very grant: nothing is dropped before it was given back what it lost.
    if is_other_life || vouched::is_lost(desk.tx)? {
        cursors::set_reads(desk.tx, &reads)?;
        return Ok(meta::put(desk.tx, LEFT_OVER, &true)?);
    }
    let mut left_over = false;
    let mut scopes = entries::received_scopes(desk.tx)?;
    // Procedures come last, when it is known which runs stay.
    scopes.sort_by_key(|scope| *scope == Scope::Org);
    for scope in scopes {
        if scope == Scope::Org {
            desk.project()?;
        }
        for held in entries::beyond(desk.tx, scope, allowed(scope))? {
            if is_used(desk, &held.entry)? {
                continue;
            }
            if is_under_unsent_work(desk, &held.entry)? {
                left_over = true;
                continue;
            }
            entries::drop_received(desk.tx, &held.entry.hash())?;
            desk.tally.dropped += 1;
            desk.forget_entry(&held.entry)?;
        }
    }
    for scope in stubs::scopes(desk.tx)? {
        if !allowed(scope).contains(EntryType::RUN_CHANGED) {
            for run in stubs::drop_of(desk.tx, scope)? {
                desk.show_doc(run);
            }
        }
    }
    cursors::set_reads(desk.tx, &reads)?;
    meta::put(desk.tx, LEFT_OVER, &left_over)?;
    desk.tally.touched.topic(crate::observe::Topic::Sync);
    Ok(())
}

/// The procedure of a run that is here stays with it: own work never goes, and without its form a run can be
/// neither read nor made anew.
fn is_used(desk: &Desk<'_>, entry: &Entry) -> Result<bool, Fault> {
    match project::subject(entry) {
        Some(Subject::Release(release)) => Ok(runs::is_of(desk.tx, &release)?),
        _ => Ok(false),
    }
}

/// A document under unsent edits stays whole, or the edits could not be made anew after a refusal.
fn is_under_unsent_work(desk: &Desk<'_>, entry: &Entry) -> Result<bool, Fault> {
    if entry.header.entry_type != EntryType::RUN_CHANGED {
        return Ok(false);
    }
    match RunChanged::decode(&entry.body) {
        Ok(body) => Ok(sync_rows::is_edited(desk.tx, body.run)?),
        Err(_) => Ok(false),
    }
}
