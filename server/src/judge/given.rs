//! What a device gives back after a restore (`sync.md` 25). The server vouched for it, so nothing is asked again of
//! who might do it: it is stored with the time that it had. What stands in its way is kept for an administrator.

use frontline_domain::entry_type::Kind;
use frontline_domain::permission::Grant;
use frontline_domain::record::{GrantRecord, Record, SubjectForgotten};
use frontline_domain::release::Release;
use frontline_domain::{DeviceId, EntryHash, EntryType, Epoch, OrgId, TypeSet};
use frontline_protocol::Entry;
use frontline_protocol::Replaces;

use super::entry::stored_instead;
use super::keep::{self, Times};
use super::{Bench, Found, Good, Later, body, change};
use crate::blobs::content;
use crate::lists;
use crate::records;
use crate::store::{GivenAside, RecordRow, ReleaseRow, Resolution, Result, Scan};

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    Stored,
    Known,
    Listed,
}

/// Takes back one entry that this server once sent with this time.
pub async fn take_back(bench: &mut Bench<'_>, by: DeviceId, entry: &Entry, effective_ms: i64) -> Result<Became> {
    let (org, id, hash) = (entry.header.org, entry.id(), entry.hash());
    if let Some(stored) = bench.tx.entry(org, id).await? {
        if stored.hash == hash {
            return Ok(Became::Known);
        }
        return aside(bench, by, entry, "its number was given to something else since").await;
    }
    if bench.tx.replaced_by(org, &Replaces { id, hash }).await?.is_some() {
        return Ok(Became::Known);
    }
    // Its original may be back before it: the same work under its first name.
    if let Some(first) = stored_instead(bench, org, entry).await? {
        keep::stands_for(bench, entry, &first).await?;
        return Ok(Became::Known);
    }
    match entry.header.entry_type.kind() {
        Some(Kind::Fact | Kind::Document) | None => written(bench, by, entry, effective_ms).await,
        Some(Kind::Release) => release(bench, entry, effective_ms).await,
        Some(Kind::Record) => record(bench, by, entry, effective_ms).await,
        Some(Kind::Verdict) => Ok(Became::Known),
    }
}

/// What a device wrote.
async fn written(bench: &mut Bench<'_>, by: DeviceId, entry: &Entry, effective_ms: i64) -> Result<Became> {
    let (org, id, hash) = (entry.header.org, entry.id(), entry.hash());
    let is_change = body::is_change(entry.header.entry_type);
    let found = match is_change {
        true => change::change(bench, entry, true).await?,
        false => body::fact(bench, entry).await?,
    };
    let times = Times { arrived_ms: bench.feeds.now_ms(), effective_ms };
    if is_change && matches!(found, Found::Refused { .. }) {
        return aside(bench, by, entry, "the document does not take it any more").await;
    }
    // It may be here, waiting or refused: for want of what was lost with it.
    if bench.tx.held(org, id, &hash).await?.is_some() {
        bench.tx.remove_held(org, id, &hash).await?;
    }
    let refused = bench.tx.quarantined(org, id.device, &hash).await?.filter(|row| row.resolved.is_none());
    let decided = match found {
        Found::Good(good) => keep::store(bench, entry, good, effective_ms).await?,
        // It was good when what it refers to was there.
        Found::Refused { .. } => keep::store(bench, entry, Good::Plain, effective_ms).await?,
        Found::Waits { code, about, on } => keep::hold(bench, entry, code, about, on, times).await?,
    };
    if let Some(mut row) = refused {
        row.resolved = Some((Resolution::LetIn, bench.feeds.now_ms()));
        lists::refused(bench.tx, org, &row).await?;
        bench.later.push(Later { org, device: id.device, decided });
    }
    // Its author offers it again as something that is known, not as something new.
    let fresh =
        crate::store::EpochRow { device: id.device, epoch: id.epoch, highest_seq: 0, highest_next: 0, judged_to: 0, closed_ms: None };
    let mut row = bench.tx.epoch(org, id.device, id.epoch).await?.unwrap_or(fresh);
    if row.highest_seq < id.seq {
        row.highest_seq = id.seq;
        bench.tx.put_epoch(org, &row).await?;
    }
    Ok(Became::Stored)
}

/// What was published.
async fn release(bench: &mut Bench<'_>, entry: &Entry, effective_ms: i64) -> Result<Became> {
    let (org, hash) = (entry.header.org, Release::hash_of(&entry.body));
    let Ok(release) = Release::decode(&entry.body) else { return Ok(Became::Known) };
    if bench.tx.release(org, hash).await?.is_some() {
        return Ok(Became::Known);
    }
    let number = bench.feeds.append(bench.tx, entry, effective_ms, None).await?;
    let row = ReleaseRow { hash, kind: release.kind().to_owned(), slug: release.slug.to_string(), number, bytes: entry.body.clone() };
    bench.tx.put_release(org, &row).await?;
    content::name(bench.tx, org, hash, &release, false).await?;
    Ok(Became::Stored)
}

/// What the server itself wrote: only where it has not written it since it was restored.
async fn record(bench: &mut Bench<'_>, by: DeviceId, entry: &Entry, effective_ms: i64) -> Result<Became> {
    let (org, entry_type, scope) = (entry.header.org, entry.header.entry_type, entry.header.scope);
    // A device shows who it is by its certificates.
    let Some(key) =
        records::key_of(entry_type, &entry.body).filter(|_| entry_type != EntryType::DEVICE && entry_type != EntryType::CERTIFICATE)
    else {
        return Ok(Became::Known);
    };
    let body_hash = EntryHash::from_bytes(*blake3::hash(&entry.body).as_bytes());
    let now = bench.tx.record(org, entry_type, &key).await?;
    if let Some(now) = &now {
        if now.body == entry.body {
            if bench.tx.fed(org, entry_type, &key, scope).await? == Some(body_hash) {
                return Ok(Became::Known);
            }
        } else {
            match author(bench, org, now).await? {
                Some((epoch, _)) if epoch.0 == bench.incarnation.0 => {
                    return aside(bench, by, entry, "the server wrote it anew after the restore").await;
                }
                // An earlier word of the same life says nothing any more.
                Some((epoch, seq)) if epoch == entry.header.epoch && seq > entry.header.seq => return Ok(Became::Known),
                Some(_) => {}
                None => return aside(bench, by, entry, "the server has it otherwise, and it can't be told which is newer").await,
            }
        }
    }
    if entry_type == EntryType::SUBJECT_FORGOTTEN
        && let Ok(order) = SubjectForgotten::decode(&entry.body)
    {
        bench.tx.remove_customer(org, order.subject).await?;
    }
    if entry_type == EntryType::GRANT && !may_grant(bench, org, &entry.body).await? {
        return aside(bench, by, entry, "the role was withdrawn").await;
    }
    let number = bench.feeds.append(bench.tx, entry, effective_ms, None).await?;
    bench.tx.set_fed(org, entry_type, &key, scope, body_hash).await?;
    bench.tx.put_record(org, &RecordRow { entry_type, key: key.clone(), scope, number, body: entry.body.clone() }).await?;
    lists::relist(bench.tx, org, entry_type, &key).await?;
    Ok(Became::Stored)
}

/// Who wrote a record as it stands: the series and the number; none where no feed has it.
async fn author(bench: &mut Bench<'_>, org: OrgId, now: &RecordRow) -> Result<Option<(Epoch, u64)>> {
    let Some(after) = now.number.checked_sub(1) else { return Ok(None) };
    let types = TypeSet::of(&[now.entry_type]);
    let scan = Scan { scope: now.scope, types, after, to: now.number, skip: None, max_rows: 1, max_bytes: usize::MAX };
    let (rows, _) = bench.tx.scan(org, &scan).await?;
    Ok(rows.first().map(|row| (row.id.epoch, row.id.seq)))
}

/// Keeps a grant that is given back, unless the ledger ended it.
async fn may_grant(bench: &mut Bench<'_>, org: OrgId, body: &[u8]) -> Result<bool> {
    let Ok(record) = GrantRecord::decode(body) else { return Ok(false) };
    let GrantRecord { id, person, role, scope, from_ms, until_ms } = record;
    let held = bench.tx.grants(org, person).await?;
    if until_ms.is_none() && held.iter().any(|grant| grant.id == id && grant.until_ms.is_some()) {
        return Ok(false);
    }
    bench.tx.put_grant(org, &Grant { id, person, role, scope, from_ms, until_ms }).await?;
    Ok(true)
}

async fn aside(bench: &mut Bench<'_>, by: DeviceId, entry: &Entry, why: &str) -> Result<Became> {
    let row = GivenAside {
        hash: entry.hash(),
        scope: entry.header.scope,
        entry_type: entry.header.entry_type,
        given_by: by,
        given_ms: bench.feeds.now_ms(),
        why: why.to_owned(),
        bytes: entry.bytes().to_vec(),
    };
    bench.tx.put_given_aside(entry.header.org, &row).await?;
    Ok(Became::Listed)
}
