//! Those that wait for a change: let go when it is stored, told when it is refused. In the transaction that
//! stores it, so that nobody sees one without the other.

use std::collections::VecDeque;

use frontline_domain::document::ChangeHash;
use frontline_domain::{DocId, OrgId};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, limits};

use super::entry::stored_instead;
use super::keep::{self, Times};
use super::{About, Bench, Found, Later, change, decided};
use crate::lists;
use crate::store::{Held, Result, StoreError};

/// Judges again what waited for `stored`, and what waited for those, until nothing moves.
pub(super) async fn let_go(bench: &mut Bench<'_>, org: OrgId, doc: DocId, stored: ChangeHash) -> Result<()> {
    let mut stored = VecDeque::from([stored]);
    while let Some(one) = stored.pop_front() {
        for held in bench.tx.held_on(org, doc, &one).await? {
            if let Some(next) = again(bench, org, held).await? {
                stored.push_back(next);
            }
        }
    }
    Ok(())
}

/// Judges one waiting entry again; its change, if it was stored.
async fn again(bench: &mut Bench<'_>, org: OrgId, listed: Held) -> Result<Option<ChangeHash>> {
    // As it waits now. A replay and its original may wait for the same: storing the one closed the other after both
    // were listed here, and the work would be stored a second time.
    let Some(held) = bench.tx.held(org, listed.id, &listed.hash).await? else { return Ok(None) };
    if matches!(held.code, Code::CLOSED_EPOCH | Code::NUMBER_USED_TWICE) {
        return Ok(None);
    }
    let entry = Entry::read(&held.bytes, limits::ENTRY).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let times = Times { arrived_ms: held.arrived_ms, effective_ms: held.effective_ms };
    let device = held.id.device;
    // Its number was given back to something else while it waited: two copies of its device had used it. Whoever offered
    // this one issues it again under a number of its own.
    if bench.tx.entry(org, held.id).await?.is_some_and(|stored| stored.hash != held.hash) {
        let decided = keep::hold(bench, &entry, Code::NUMBER_USED_TWICE, About::default(), None, times).await?;
        bench.later.push(Later { org, device, decided });
        if let (Some(doc), Some(change)) = (held.doc, held.change) {
            Box::pin(refused(bench, org, doc, change)).await?;
        }
        return Ok(None);
    }
    // It waits as another name for work that was given back, or let in, under its first one meanwhile.
    if let Some(first) = stored_instead(bench, org, &entry).await? {
        bench.tx.remove_held(org, held.id, &held.hash).await?;
        let replaced = keep::stands_for(bench, &entry, &first).await?;
        bench.later.extend(replaced.into_iter().map(|decided| Later { org, device, decided }));
        if let (Some(doc), Some(change)) = (held.doc, held.change) {
            Box::pin(refused(bench, org, doc, change)).await?;
        }
        return Ok(None);
    }
    let (decided, stored) = match change::change(bench, &entry, false).await? {
        Found::Good(good) => {
            bench.tx.remove_held(org, held.id, &held.hash).await?;
            let (decided, changed) = keep::store_one(bench, &entry, good, times.effective_ms).await?;
            (decided, changed.map(|(_, change)| change))
        }
        Found::Waits { code, on, about } => {
            if (code, on) != (held.code, held.waits_on) {
                keep::hold(bench, &entry, code, about, on, times).await?;
            }
            return Ok(None);
        }
        Found::Refused { code, about } => {
            bench.tx.remove_held(org, held.id, &held.hash).await?;
            (Box::pin(keep::quarantine(bench, &entry, code, about, times)).await?, None)
        }
    };
    bench.later.push(Later { org, device, decided });
    Ok(stored)
}

/// Tells those that build on a refused change: their devices make them anew without it (`sync.md` 21).
pub(super) async fn refused(bench: &mut Bench<'_>, org: OrgId, doc: DocId, change: ChangeHash) -> Result<()> {
    let mut gone = VecDeque::from([change]);
    while let Some(one) = gone.pop_front() {
        for mut held in bench.tx.held_on(org, doc, &one).await? {
            if held.code != Code::WAITS_FOR_DEPENDENCY || held.waits_on != Some(one) {
                continue;
            }
            held.code = Code::WAITS_FOR_REFUSED;
            bench.tx.put_held(org, &held).await?;
            let decided = decided(held.id, &held.hash, Verdict::Held(held.code));
            bench.later.push(Later { org, device: held.id.device, decided });
            gone.extend(held.change);
        }
    }
    Ok(())
}

/// Notes on the refused change at the root of `on` that something made on top of it was replaced.
pub(super) async fn supersede(bench: &mut Bench<'_>, org: OrgId, doc: DocId, on: ChangeHash) -> Result<()> {
    let mut on = Some(on);
    while let Some(change) = on {
        if let Some(mut refused) = bench.tx.quarantined_change(org, doc, &change).await? {
            refused.superseded = true;
            lists::refused(bench.tx, org, &refused).await?;
        }
        on = bench.tx.held_change(org, doc, &change).await?.and_then(|held| held.waits_on);
    }
    Ok(())
}
