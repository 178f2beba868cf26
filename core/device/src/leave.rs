//! What leaves this device (`sync.md` 7 and 24): feedback, contacts that ended and runs that are done, past the
//! policy's window, once the server is sure to have them. All about one thing leaves together, so that what is
//! shown equals a rebuild before and after. A run leaves a stub that lists show.
//!
//! Never unsent work, nor what it builds on. Training stays: how far a person is, and how often they tried, is
//! folded from all of it.

use frontline_domain::document::RunState;
use frontline_domain::metrics::interaction::ContactState;
use frontline_domain::record::{Organisation, Policy};
use frontline_domain::window::Safety;
use frontline_domain::{DocId, EntryType, Incarnation, cbor};

use crate::error::Fault;
use crate::observe::Touched;
use crate::project::{self, Subject};
use crate::store::outbox::State;
use crate::store::{Tx, customers, docs, entries, interactions, meta, outbox, records, releases, runs, stubs};

/// Subjects looked at in one transaction at most: what is left over leaves after the next sync.
const AT_ONCE: u32 = 2_000;
/// Looking costs a walk over what is held: once a day is enough.
const DAY_MS: i64 = 86_400_000;

/// Server time of the last look that came to its end.
const LOOKED: &str = "looked_for_old";

/// Lets go what may go, where it is time to look; gives how many entries left.
pub(crate) fn leave(tx: &Tx<'_>, touched: &mut Touched) -> Result<u64, Fault> {
    let Some((incarnation, now_ms)) = meta::contact(tx)? else { return Ok(0) };
    let looked: Option<i64> = meta::get(tx, LOOKED)?;
    // A server time that was set back looks again, too.
    if looked.is_some_and(|at| (at..at.saturating_add(DAY_MS)).contains(&now_ms)) {
        return Ok(0);
    }
    let safety = safety(tx, incarnation, now_ms)?;
    let (mut left, mut after, mut seen) = (0, Vec::new(), 0);
    while seen < AT_ONCE {
        let subjects = stubs::old_subjects(tx, &after, safety.edge_ms(), AT_ONCE.min(256))?;
        let Some(last) = subjects.last() else {
            left += stubs::take_away_received(tx, EntryType::VERDICT, safety.edge_ms())?;
            meta::put(tx, LOOKED, &now_ms)?;
            break;
        };
        after = last.clone();
        for subject in subjects {
            let Ok(about) = cbor::decode::<Subject>("a subject", &subject) else { continue };
            if is_over(tx, &about, &safety)? && is_all_safe(tx, &subject, &safety)? {
                left += one(tx, &about, &subject, touched)?;
                seen += 1;
            }
        }
    }
    if left > 0 {
        // What opened the words of customers that are here no more.
        customers::sweep(tx, meta::identity(tx)?.device)?;
        outbox::sweep_receipts(tx)?;
        touched.topic(crate::observe::Topic::Sync);
    }
    Ok(left)
}

fn safety(tx: &Tx<'_>, incarnation: Incarnation, now_ms: i64) -> Result<Safety, Fault> {
    let policy = records::all::<Organisation>(tx)?.pop().map_or_else(Policy::default, |o| o.policy);
    let backed_up: Option<Option<(Incarnation, i64)>> = meta::get(tx, meta::key::BACKED_UP)?;
    Ok(Safety::new(now_ms, incarnation, backed_up.flatten(), &policy))
}

/// Whether nobody has to do anything more about it.
fn is_over(tx: &Tx<'_>, about: &Subject, safety: &Safety) -> Result<bool, Fault> {
    Ok(match about {
        Subject::Feedback(_) => true,
        Subject::Interaction(id) => {
            interactions::get(tx, *id)?.is_some_and(|row| matches!(row.status, ContactState::Closed | ContactState::Voided))
        }
        Subject::Run(id) => is_done(tx, *id, safety)?,
        // Who leads may reject it later, which needs what it began with: it is small, and stays.
        Subject::Action(_) => false,
        Subject::Release(_) | Subject::Record(..) | Subject::Progress(..) | Subject::Attempt(..) | Subject::Blob(_) => false,
    })
}

fn is_done(tx: &Tx<'_>, id: DocId, safety: &Safety) -> Result<bool, Fault> {
    let Some(row) = runs::get(tx, id)? else { return Ok(false) };
    let Some(release) = releases::get(tx, &row.release)? else { return Ok(false) };
    let Some((procedure, _)) = release.content.into_filling() else { return Ok(false) };
    let fetched = stubs::fetched_ms(tx, id)?;
    let is_done = row.status.is_over(procedure.sign_off.are_asked()) && row.status != RunState::Lapsed;
    Ok(is_done && row.clashes == 0 && fetched.is_none_or(|at| safety.is_past_fetching(at)))
}

/// Whether each entry about it is safe at the server, and old.
fn is_all_safe(tx: &Tx<'_>, subject: &[u8], safety: &Safety) -> Result<bool, Fault> {
    let own = outbox::about(tx, subject)?;
    for item in &own {
        let safe = match (&item.state, &item.receipt) {
            (State::Stored, Some(receipt)) => safety.is_safe(receipt.committed_ms),
            // Another entry stands for it, which is asked itself.
            (State::Reissued | State::Replaced, _) => true,
            // Unsent, or for a person to look at.
            _ => false,
        };
        if !safe {
            return Ok(false);
        }
    }
    let received = entries::about(tx, subject)?.into_iter().filter(|held| own.iter().all(|item| item.row != held.row));
    for held in received {
        // When the server committed what others did is not told here. Their own devices keep it by this rule; here
        // the time that counts for it must be as old.
        let safe = held.confirmed && held.place.is_some_and(|p| safety.is_safe(p.effective_ms) && safety.is_past(p.effective_ms));
        if !safe {
            return Ok(false);
        }
    }
    Ok(true)
}

fn one(tx: &Tx<'_>, about: &Subject, subject: &[u8], touched: &mut Touched) -> Result<u64, Fault> {
    if let Subject::Run(id) = about
        && let Some(row) = runs::get(tx, *id)?
    {
        stubs::put(tx, &row)?;
        stubs::forget_edits(tx, *id)?;
        docs::clear(tx, *id)?;
    }
    let left = stubs::take_away(tx, subject)?;
    project::refresh(tx, about, touched)?;
    Ok(left)
}
