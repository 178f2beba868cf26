//! The end of an answer, once its pages are applied: when and with whom the contact was, and cursors that met.

use frontline_protocol::Mark;
use frontline_protocol::sync::Cursor;

use super::page::{cross, cursors, doubt, places};
use super::{Desk, reissue};
use crate::clock;
use crate::customers;
use crate::error::Fault;
use crate::lease;
use crate::store::outbox::{self, State};
use crate::store::{cursors as rows, meta, sync_rows, vouched};
use crate::sync::blocked;
use crate::sync::engine::Finish;

/// Notes the contact. Only now: an answer that was cut before its last page was no contact (`sync.md` 19 and
/// 30).
pub(super) fn finish(desk: &mut Desk<'_>, answer: &Finish) -> Result<(), Fault> {
    let tx = desk.tx;
    let before = meta::contact(tx)?;
    let is_other_life = before.is_some_and(|(incarnation, _)| incarnation != answer.incarnation);

    let all = rows::all(tx)?;
    let mut scopes: Vec<_> = all.iter().map(|c| c.scope).collect();
    scopes.dedup();
    for scope in scopes {
        let held = sync_rows::cursors_of(tx, scope)?;
        let mut here = places(held.clone());
        // No page and no disagreement: the server stands where the cursor stands.
        if !answer.more && !answer.disagrees.contains(&scope) {
            for place in here.0.iter_mut().filter(|p| p.incarnation != answer.incarnation) {
                // With more types than it has now, where a right to some ended with this very answer.
                let covers = |said: &Cursor| said.scope == scope && said.at == place.at && place.types.minus(said.types).is_empty();
                if answer.stated_cursors.iter().any(covers) {
                    cross(desk, (scope, place.types), place.at.number, place.incarnation, answer.incarnation)?;
                    place.incarnation = answer.incarnation;
                } else {
                    // It was not stated, so nobody compared it: what rests on it may be lost.
                    doubt(desk, scope, Mark::START.number, Some(answer.incarnation))?;
                }
            }
        }
        here.join();
        let now = cursors(scope, here);
        if now != held {
            sync_rows::set_cursors(tx, scope, &now)?;
        }
    }
    if is_other_life {
        // Where there is no cursor to compare, every receipt of the server's former life is doubtful.
        for scope in sync_rows::scopes_of_older_receipts(tx, answer.incarnation)? {
            if !all.iter().any(|c| c.scope == scope) {
                doubt(desk, scope, Mark::START.number, Some(answer.incarnation))?;
            }
        }
        // Neither what was held, nor what was refused, nor what gave way to another copy's has a number that a
        // cursor could miss: the server's other life may know nothing of it.
        for state in [State::Held, State::Quarantined, State::Replaced] {
            for item in outbox::in_state(tx, state)?.into_iter().filter(|i| i.successor.is_none()) {
                outbox::set_captured(tx, &item)?;
                // Until this life of the server says otherwise it counts here: the document that was made anew without
                // it takes it in again.
                desk.let_in(&item)?;
            }
        }
    }
    meta::put(tx, meta::key::CONTACT, &reissue::later(before, answer.incarnation, answer.time_ms))?;
    lease::contact(tx, answer.time_ms)?;
    clock::contact(tx, meta::server_offset(tx)?, answer.time_ms - answer.wall_ms)?;
    meta::put(tx, meta::key::SERVER_OFFSET, &(answer.time_ms - answer.wall_ms))?;
    meta::heard_nonce(tx, &answer.nonce)?;
    meta::put(tx, meta::key::STANCE, &answer.stance.map(serde_bytes::ByteArray::new))?;
    let moved: meta::Synced = meta::get(tx, meta::key::SYNCED)?.unwrap_or_default();
    let moved = meta::Synced {
        sessions: moved.sessions + u64::from(answer.is_first),
        bytes_up: moved.bytes_up + answer.bytes_up,
        bytes_down: moved.bytes_down + answer.bytes_down,
    };
    meta::put(tx, meta::key::SYNCED, &moved)?;
    meta::put(tx, meta::key::BACKED_UP, &answer.backed_up)?;
    if let Some((_, until_ms)) = answer.backed_up {
        vouched::backed_up(tx, until_ms)?;
    }
    if let Some(key) = &answer.customers {
        // What says something about customers is offered again, with its keys sealed to this one.
        desk.tally.progress |= customers::server_has(tx, key)?;
    }
    blocked::after_an_answer(tx, answer.time_ms)?;
    if is_reported(desk, answer)? {
        meta::put(tx, meta::key::REPORTED_THROUGH, &answer.time_ms)?;
    }
    desk.tally.touched.topic(crate::observe::Topic::Sync);
    Ok(())
}

/// Whether all below the number that this contact stated has a verdict (`sync.md` 30).
fn is_reported(desk: &Desk<'_>, answer: &Finish) -> Result<bool, Fault> {
    let (epoch, _) = meta::series(desk.tx)?;
    let Some((stated, next)) = answer.stated else { return Ok(false) };
    let first = sync_rows::first_unsent(desk.tx)?;
    Ok(stated == epoch && first.is_none_or(|item| item.epoch == epoch && item.seq >= next))
}
