//! Writing down what was decided.

use frontline_domain::fact::{Fact, OnDevice, PersonOnDevice};
use frontline_domain::{EntryId, EntryType, OrgId};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, Instead, Replaces};

use super::change::Sound;
use super::{About, Bench, Decided, Good, Later, decided, receipt, runs, training, waiters};
use crate::blobs;
use crate::customers::take;
use crate::lists;
use crate::store::{DocRow, Held, LockFact, Quarantined, Resolution, Result, Stored};

/// Gives the entry its number, and lets go what waited for it.
pub(super) async fn store(bench: &mut Bench<'_>, entry: &Entry, good: Good, effective_ms: i64) -> Result<Decided> {
    let decided = store_one(bench, entry, good, effective_ms).await?;
    if let (decided, Some((doc, change))) = decided {
        waiters::let_go(bench, entry.header.org, doc, change).await?;
        Ok(decided)
    } else {
        Ok(decided.0)
    }
}

type Changed = Option<(frontline_domain::DocId, frontline_domain::document::ChangeHash)>;

/// The same without looking who waited; the change that it stored.
pub(super) async fn store_one(bench: &mut Bench<'_>, entry: &Entry, good: Good, effective_ms: i64) -> Result<(Decided, Changed)> {
    let (org, id) = (entry.header.org, entry.id());
    let doc = match &good {
        Good::Change(sound) => Some(sound.doc),
        Good::About(run) | Good::Lock(run, _) => Some(*run),
        Good::Plain | Good::Attempt(_) => None,
    };
    let number = bench.feeds.append(bench.tx, entry, effective_ms, doc).await?;
    let changed = match good {
        Good::Plain | Good::About(_) => None,
        Good::Lock(run, locks) => {
            bench.tx.put_lock(org, run, &LockFact { number, id, locks }).await?;
            None
        }
        Good::Attempt(fact) => {
            training::keep(bench, entry, &fact, effective_ms).await?;
            None
        }
        Good::Change(sound) => Some(apply(bench, entry, *sound, number).await?),
    };
    blobs::names::keep(bench, entry, number).await?;
    left(bench, entry, effective_ms).await?;
    if let Some(subject) = take::subject_of(entry) {
        take::met(bench, org, subject, &entry.header).await?;
    }
    close_originals(bench, entry, id).await?;
    let stored = Stored {
        scope: entry.header.scope,
        number,
        entry_type: entry.header.entry_type,
        id,
        person: entry.header.person,
        hash: entry.hash(),
        effective_ms,
        committed_ms: bench.feeds.now_ms(),
        doc,
        bytes: Vec::new(),
    };
    Ok((receipt(bench, org, &stored).await?, changed))
}

/// Notes that somebody signed out of their device.
async fn left(bench: &mut Bench<'_>, entry: &Entry, effective_ms: i64) -> Result<()> {
    let header = &entry.header;
    if header.entry_type == EntryType::PERSON_ON_DEVICE
        && let Some(Ok(Fact::PersonOnDevice(PersonOnDevice { what: OnDevice::SignedOut, .. }))) =
            Fact::decode(header.entry_type, &entry.body)
    {
        bench.tx.set_signed_out(header.org, header.device, header.person, effective_ms).await?;
    }
    Ok(())
}

async fn apply(
    bench: &mut Bench<'_>,
    entry: &Entry,
    sound: Sound,
    number: u64,
) -> Result<(frontline_domain::DocId, frontline_domain::document::ChangeHash)> {
    let Sound { run, hash, doc, row, procedure, asset } = sound;
    let org = entry.header.org;
    let row = DocRow {
        doc,
        scope: entry.header.scope,
        entry_type: entry.header.entry_type,
        release: procedure,
        changes: row.as_ref().map_or(0, |row| row.changes) + 1,
        first_number: row.as_ref().map_or(number, |row| row.first_number),
        last_number: number,
        changed_ms: bench.feeds.now_ms(),
        asset: row.map_or(asset, |row| row.asset),
    };
    bench.tx.put_doc(org, &row).await?;
    bench.tx.put_change(org, doc, &hash, entry.id()).await?;
    runs::save(bench.tx, org, &row, &run).await?;
    bench.runs.put(org, doc, row.changes, run);
    Ok((doc, hash))
}

/// Closes all that this entry is offered in the stead of, for the work that `by` is stored as.
pub(super) async fn close_originals(bench: &mut Bench<'_>, entry: &Entry, by: EntryId) -> Result<()> {
    for original in entry.header.replaces.iter().flat_map(Instead::links).filter(|original| original.id != by) {
        bench.tx.put_replaced(entry.header.org, original, by).await?;
        close_original(bench, entry.header.org, original).await?;
    }
    Ok(())
}

/// This entry is another name for work that is stored: closed for ever, with a receipt for the first.
pub(super) async fn stands_for(bench: &mut Bench<'_>, entry: &Entry, first: &Stored) -> Result<[Decided; 2]> {
    let (org, id, hash) = (entry.header.org, entry.id(), entry.hash());
    bench.tx.put_replaced(org, &Replaces { id, hash }, first.id).await?;
    close_originals(bench, entry, first.id).await?;
    Ok([receipt(bench, org, first).await?, decided(id, &hash, Verdict::Replaced)])
}

/// The entry that was replaced waits no more, which its device is told; had it been made on top of a refused one,
/// that one can no longer be let in as it is (`sync.md` 21).
async fn close_original(bench: &mut Bench<'_>, org: OrgId, original: &Replaces) -> Result<()> {
    if let Some(held) = bench.tx.held(org, original.id, &original.hash).await? {
        bench.tx.remove_held(org, original.id, &original.hash).await?;
        if let (Some(doc), Some(on)) = (held.doc, held.waits_on) {
            waiters::supersede(bench, org, doc, on).await?;
        }
        // After a restore a device offers both, and was told that both wait: it would wait for this one for ever, and so
        // would what was made on top of it. What it was told to issue again it has given up.
        if matches!(waiting(held.code), Verdict::Held(_)) {
            let decided = decided(held.id, &held.hash, Verdict::Replaced);
            bench.later.push(Later { org, device: held.id.device, decided });
            if let (Some(doc), Some(change)) = (held.doc, held.change) {
                waiters::refused(bench, org, doc, change).await?;
            }
        }
    }
    if let Some(mut refused) = bench.tx.quarantined(org, original.id.device, &original.hash).await?
        && refused.resolved.is_none()
    {
        refused.resolved = Some((Resolution::Replaced, bench.feeds.now_ms()));
        lists::refused(bench.tx, org, &refused).await?;
    }
    Ok(())
}

/// Keeps an entry that waits.
pub(super) async fn hold(
    bench: &mut Bench<'_>,
    entry: &Entry,
    code: Code,
    about: About,
    on: Option<frontline_domain::document::ChangeHash>,
    times: Times,
) -> Result<Decided> {
    let held = Held {
        id: entry.id(),
        hash: entry.hash(),
        scope: entry.header.scope,
        entry_type: entry.header.entry_type,
        person: entry.header.person,
        code,
        doc: about.doc,
        change: about.change,
        waits_on: on,
        arrived_ms: times.arrived_ms,
        effective_ms: times.effective_ms,
        bytes: entry.bytes().to_vec(),
    };
    bench.tx.put_held(entry.header.org, &held).await?;
    Ok(decided(entry.id(), &entry.hash(), waiting(code)))
}

/// Keeps a refused entry, and tells those that build on it.
pub(super) async fn quarantine(bench: &mut Bench<'_>, entry: &Entry, code: Code, about: About, times: Times) -> Result<Decided> {
    let org = entry.header.org;
    let quarantined = Quarantined {
        offered_by: entry.header.device,
        hash: entry.hash(),
        id: Some(entry.id()),
        scope: Some(entry.header.scope),
        entry_type: Some(entry.header.entry_type),
        person: Some(entry.header.person),
        code,
        doc: about.doc,
        change: about.change,
        arrived_ms: times.arrived_ms,
        effective_ms: times.effective_ms,
        superseded: false,
        resolved: None,
        bytes: entry.bytes().to_vec(),
    };
    lists::refused(bench.tx, org, &quarantined).await?;
    if let (Some(doc), Some(change)) = (about.doc, about.change) {
        waiters::refused(bench, org, doc, change).await?;
    }
    Ok(decided(entry.id(), &entry.hash(), Verdict::Quarantined(code)))
}

/// When an entry came, and the time that counts.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    pub arrived_ms: i64,
    pub effective_ms: i64,
}

/// The verdict of something that is kept and waits. Of a closed series it reads as refused, never finally:
/// its device issues it again.
pub(super) fn waiting(code: Code) -> Verdict {
    match code {
        Code::CLOSED_EPOCH | Code::NUMBER_USED_TWICE => Verdict::Quarantined(code),
        _ => Verdict::Held(code),
    }
}
