//! What is done to a run that nobody is to finish, by somebody who knew (ADR 32). As with the lock of a sign-off
//! (`sync.md` 17) it binds whoever had it: what others did before they heard of it is taken, and shown as that.

use frontline_domain::document::{RunState, Seal};
use frontline_domain::fact::Fact;
use frontline_domain::record::{Record, RunsWithdrawn};
use frontline_domain::{DocId, EntryId, EntryType, OrgId, ReleaseHash, Scope, TypeSet};
use frontline_protocol::{Code, Entry, Header, limits};

use super::Bench;
use crate::store::{ReadTx, Result, Scan};

/// The withdrawals of a place as they stand there, each with its number in the feed: what an author's `seen` is compared with.
pub(super) async fn read(tx: &mut dyn ReadTx, org: OrgId, scope: Scope) -> Result<Vec<(u64, RunsWithdrawn)>> {
    let to = tx.head(org, scope).await?.mark.number;
    let types = TypeSet::of(&[EntryType::RUNS_WITHDRAWN]);
    let (mut after, mut stand): (u64, Vec<(u64, RunsWithdrawn)>) = (0, Vec::new());
    while after < to {
        let scan = Scan { scope, types, after, to, skip: None, max_rows: 1_000, max_bytes: limits::PAGE };
        let (rows, complete) = tx.scan(org, &scan).await?;
        for row in rows {
            let Ok(entry) = Entry::read(&row.bytes, limits::SERVER_ENTRY) else { continue };
            let Ok(one) = RunsWithdrawn::decode(&entry.body) else { continue };
            stand.retain(|(_, before)| before.id != one.id);
            stand.push((row.number, one));
        }
        after = complete.max(after + 1);
    }
    Ok(stand)
}

/// Whether the author of an entry knew that open runs of this version are withdrawn, and that this run is open.
pub(super) async fn binds(bench: &mut Bench<'_>, header: &Header, run: DocId, release: &ReleaseHash) -> Result<bool> {
    // What is issued again under another name was made before that: its `seen` says when it was named.
    if header.replaces.is_some() {
        return Ok(false);
    }
    let Some(seen) = header.seen.filter(|seen| seen.incarnation == bench.incarnation) else { return Ok(false) };
    let stand = bench.runs.withdrawals(bench.tx.as_read(), header.org, header.scope).await?;
    if !stand.iter().any(|(number, one)| *number <= seen.number && one.covers(release)) {
        return Ok(false);
    }
    let own = |id: &EntryId| id.device == header.device && id.epoch == header.epoch && id.seq < header.seq;
    let said = bench.tx.said_about(header.org, run.as_bytes(), usize::MAX).await?;
    let known = said.iter().filter(|one| one.scope == header.scope && (one.number <= seen.number || own(&one.id)));
    let seal = |stored: &crate::store::Stored| {
        let entry = Entry::read(&stored.bytes, limits::SERVER_ENTRY).ok()?;
        Some(Seal::of(&Fact::decode(entry.header.entry_type, &entry.body)?.ok()?, entry.header.person)?.1)
    };
    Ok(RunState::is_open(&known.filter_map(seal).collect::<Vec<_>>()))
}

/// Why a run is not handed in or signed off; none where it is, or the entry is about something else.
pub(super) async fn seals(bench: &mut Bench<'_>, entry: &Entry) -> Result<Option<Code>> {
    let run = match Fact::decode(entry.header.entry_type, &entry.body) {
        Some(Ok(Fact::RunSubmitted(said))) => said.run,
        Some(Ok(Fact::SignedOff(said))) => said.run,
        _ => return Ok(None),
    };
    let Some(row) = bench.tx.doc(entry.header.org, run).await? else { return Ok(None) };
    Ok(binds(bench, &entry.header, run, &row.release).await?.then_some(Code::WITHDRAWN))
}
