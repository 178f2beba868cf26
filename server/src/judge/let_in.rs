//! A person lets a refused entry in (`sync.md` 21).

use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, limits};

use super::entry::stored_instead;
use super::{Bench, Found, Later, body, change, decided, keep};
use crate::lists;
use crate::store::{Quarantined, Resolution, Result};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetIn {
    /// It has its number, as if it had been permitted.
    Stored,
    /// What it builds on is not there, or what was built on it was replaced: its device makes it anew.
    Remake,
    /// It can't be let in whoever says so, for this reason.
    Impossible(Code),
}

/// Stores a quarantined entry, with permission and locks waived, or asks its device to make it anew.
pub async fn let_in(bench: &mut Bench<'_>, org: OrgId, mut row: Quarantined) -> Result<LetIn> {
    let device: DeviceId = row.offered_by;
    let Ok(entry) = Entry::read(&row.bytes, limits::ENTRY) else { return Ok(LetIn::Impossible(row.code)) };
    // What names another place or claims another author is no work of this device at all.
    if matches!(row.code, Code::OTHER_ORGANISATION | Code::OTHER_DEVICE | Code::FROM_SERVER_ONLY | Code::WRONG_SCOPE) {
        return Ok(LetIn::Impossible(row.code));
    }
    if bench.tx.entry(org, entry.id()).await?.is_some() {
        return Ok(LetIn::Impossible(Code::NUMBER_USED_TWICE));
    }
    if let Some(first) = stored_instead(bench, org, &entry).await? {
        // The same work is here under its first name.
        let replaced = keep::stands_for(bench, &entry, &first).await?;
        row.resolved = Some((Resolution::Replaced, bench.feeds.now_ms()));
        lists::refused(bench.tx, org, &row).await?;
        bench.later.extend(replaced.into_iter().map(|decided| Later { org, device, decided }));
        return Ok(LetIn::Stored);
    }
    let is_change = body::is_change(entry.header.entry_type);
    let found = match is_change {
        true => change::change(bench, &entry, true).await?,
        false => body::fact(bench, &entry).await?,
    };
    let (decided, resolution) = match found {
        Found::Good(good) if !row.superseded => (keep::store(bench, &entry, good, row.effective_ms).await?, Resolution::LetIn),
        Found::Refused { code, .. } => return Ok(LetIn::Impossible(code)),
        Found::Good(_) | Found::Waits { .. } => (decided(entry.id(), &entry.hash(), Verdict::Remake), Resolution::Remake),
    };
    row.resolved = Some((resolution, bench.feeds.now_ms()));
    lists::refused(bench.tx, org, &row).await?;
    bench.later.push(Later { org, device, decided });
    Ok(match resolution {
        Resolution::LetIn => LetIn::Stored,
        Resolution::Remake | Resolution::Replaced => LetIn::Remake,
    })
}
