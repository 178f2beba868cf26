//! Taking back what this server lost with an older life, from devices that had read it (`sync.md` 25).

use std::collections::BTreeMap;

use frontline_domain::{OrgId, Scope};
use frontline_protocol::give_back::{Given, GivenPage, Taken, TakenPage, Vouched};
use frontline_protocol::{Code, Entry, limits};

use super::Refusal;
use super::auth::Caller;
use crate::app::App;
use crate::feed::Feeds;
use crate::judge::given::{Became, take_back};
use crate::judge::runs::Runs;
use crate::judge::writer::finish;
use crate::judge::{Bench, Later};
use crate::panics::caught;
use crate::store::{Result, StoreError};

/// A page whose MAC and entries were looked at.
enum Seen {
    /// Entries with the times that they had, in the order of their numbers.
    Sound(Vec<(Entry, i64)>),
    Refused(Code),
}

/// Takes back what this server vouched for. Each page alone: one that it never sent takes no other with it.
pub async fn give_back(app: &App, caller: &Caller, given: Given) -> std::result::Result<Taken, Refusal> {
    let (now_ms, org) = (app.now_ms(), caller.claim.org);
    let version = super::common(given.versions).ok_or_else(|| Refusal::new(426, Code::VERSION, now_ms))?;
    limited(&given, now_ms)?;
    // Looked at before anybody waits for the one transaction.
    let mut seen: Vec<(usize, Scope, Seen)> =
        given.pages.iter().enumerate().map(|(at, one)| (at, one.page.scope, look(app, org, one))).collect();
    // What was published and who is who first: the rest refers to it.
    seen.sort_by_key(|(at, scope, _)| (!matches!(scope, Scope::Org), *at));

    let mut tx = app.store.write().await?;
    let device = tx.device(org, caller.claim.device).await?;
    if device.is_none_or(|row| row.revoked_ms.is_some()) {
        return Err(Refusal::new(403, Code::DEVICE_REVOKED, now_ms));
    }
    let mut feeds = Feeds::begin(&mut *tx, now_ms).await?;
    let (incarnation, mut runs) = (tx.incarnation().await?, Runs::default());
    let mut bench = Bench { tx: &mut *tx, feeds: &mut feeds, runs: &mut runs, incarnation, later: Vec::new(), dear: 0 };
    let mut pages = vec![TakenPage::default(); given.pages.len()];
    for (at, _, one) in seen {
        pages[at] = match one {
            Seen::Refused(code) => TakenPage { refused: Some(code), ..TakenPage::default() },
            Seen::Sound(entries) => taken(&mut bench, caller, &entries).await?,
        };
    }
    let later: Vec<Later> = bench.later;
    finish(&mut *tx, &mut feeds, later).await?;
    tx.commit().await?;
    let stored: u32 = pages.iter().map(|page| page.stored).sum();
    tracing::info!(%org, device = %caller.claim.device, stored, "took back what was lost");
    Ok(Taken { version, time_ms: now_ms, nonce: caller.nonce(app, now_ms).into(), pages })
}

fn limited(given: &Given, now_ms: i64) -> std::result::Result<(), Refusal> {
    let over = |what: &str, has: usize, max: usize| {
        Err(Refusal::new(413, Code::LIMIT, now_ms).with(format!("the request gives back {has} {what}; at most {max} are taken")))
    };
    if given.pages.len() > limits::GIVEN_PAGES {
        return over("pages", given.pages.len(), limits::GIVEN_PAGES);
    }
    let rows: usize = given.pages.iter().map(|one| one.page.rows.len()).sum();
    if rows > 2 * limits::PAGE_ENTRIES {
        return over("rows of pages", rows, 2 * limits::PAGE_ENTRIES);
    }
    let bytes: usize = given.pages.iter().flat_map(|one| &one.entries).map(|bytes| bytes.len()).sum();
    if bytes > limits::PAGE + limits::SERVER_ENTRY {
        return over("bytes of entries", bytes, limits::PAGE + limits::SERVER_ENTRY);
    }
    Ok(())
}

/// Whether this server said so, to a device of this organisation, and the entries are those that it named.
fn look(app: &App, org: OrgId, given: &GivenPage) -> Seen {
    let page: &Vouched = &given.page;
    if !app.keys.vouched(org, page) {
        return Seen::Refused(Code::NOT_VOUCHED_FOR);
    }
    let mut entries = Vec::with_capacity(given.entries.len());
    let named: BTreeMap<_, _> = page.rows.iter().map(|row| (row.hash, row)).collect();
    for bytes in &given.entries {
        let Ok(entry) = Entry::read(bytes, limits::SERVER_ENTRY) else { return Seen::Refused(Code::UNREADABLE) };
        let (id, hash) = (entry.id(), entry.hash());
        let Some(row) = named.get(&hash).filter(|row| row.id == id) else {
            return Seen::Refused(Code::NOT_VOUCHED_FOR);
        };
        if entry.header.org != org || entry.header.scope != page.scope {
            return Seen::Refused(Code::NOT_VOUCHED_FOR);
        }
        entries.push((row.number, entry, row.effective_ms));
    }
    entries.sort_by_key(|(number, ..)| *number);
    Seen::Sound(entries.into_iter().map(|(_, entry, effective_ms)| (entry, effective_ms)).collect())
}

async fn taken(bench: &mut Bench<'_>, caller: &Caller, entries: &[(Entry, i64)]) -> Result<TakenPage> {
    let mut page = TakenPage::default();
    for (entry, effective_ms) in entries {
        match one(bench, caller, entry, *effective_ms).await? {
            Became::Stored => page.stored += 1,
            Became::Known => page.known += 1,
            Became::Listed => page.listed += 1,
        }
    }
    Ok(page)
}

/// One entry; what the judge fails on costs its neighbours nothing.
async fn one(bench: &mut Bench<'_>, caller: &Caller, entry: &Entry, effective_ms: i64) -> Result<Became> {
    let (feeds, later) = (bench.feeds.clone(), bench.later.len());
    bench.tx.savepoint().await?;
    match caught(take_back(bench, caller.claim.device, entry, effective_ms)).await {
        Some(Ok(became)) => {
            bench.tx.release_savepoint().await?;
            return Ok(became);
        }
        Some(Err(StoreError::Corrupt(why))) => tracing::error!(%why, "something damaged was met in taking back"),
        Some(Err(error)) => return Err(error),
        None => {}
    }
    bench.tx.rollback_to_savepoint().await?;
    *bench.feeds = feeds;
    bench.later.truncate(later);
    bench.runs.clear();
    tracing::error!(org = %caller.claim.org, hash = %entry.hash(), "an entry that was given back could not be taken");
    Ok(Became::Listed)
}
