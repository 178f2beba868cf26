//! The questions about one entry, in order; the first that fails decides.

use frontline_domain::document::RunChanged;
use frontline_domain::document::judge::answer_of;
use frontline_domain::fact::{Fact, OnDevice};
use frontline_domain::permission::{Act, Role, Verb, might, might_as, might_void, scope_fits};
use frontline_domain::{EntryHash, EntryId, EntryType, OrgId, Scope};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, EntryError, Header, Instead, Replaces};

use super::keep::{self, Times};
use super::plain::Plain;
use super::push::Series;
use super::taken::{self, Before};
use super::{About, Bench, Decided, Found, body, change, decided, receipt, withdrawn};
use crate::lists;
use crate::store::{Certified, Quarantined, Resolution, Result};

/// An entry as it was offered, read outside of the transaction.
pub struct Offer {
    pub bytes: Vec<u8>,
    pub hash: EntryHash,
    pub read: std::result::Result<Entry, EntryError>,
    /// What its header says, where only its encoding is wrong.
    pub header: Option<Header>,
    /// The keys that came with it do not open: what it says about a customer would be stored and lost in silence.
    pub is_keyless: bool,
    /// What it says, where it can go the short way.
    pub plain: Option<Plain>,
}

/// Bytes that are kept of what is no entry of its device: whoever sends junk must not fill the disk with it.
const KEPT_OF_UNREADABLE: usize = 256;

/// Judges one offer; an answer to a replay may be two verdicts.
pub(super) async fn judge(bench: &mut Bench<'_>, series: &mut Series, offer: &Offer) -> Result<Vec<Decided>> {
    let entry = match &offer.read {
        Ok(entry) => entry,
        Err(error) => return Ok(vec![unreadable(bench, series, offer, code_of(error)).await?]),
    };
    let (org, id, hash) = (series.org, entry.id(), entry.hash());
    if entry.header.org != org {
        return Ok(vec![unreadable(bench, series, offer, Code::OTHER_ORGANISATION).await?]);
    }
    // A device issues its own work again, never a colleague's: what is stored in the stead of another entry closes that
    // one for ever, and whoever read it before a restore knows all that it takes to name it.
    let is_own = |header: &Header| header.replaces.iter().flat_map(Instead::links).all(|link| link.id.device == header.device);
    if entry.header.device != series.device.id || !is_own(&entry.header) {
        return Ok(vec![unreadable(bench, series, offer, Code::OTHER_DEVICE).await?]);
    }
    if !is_numbered(id) {
        return Ok(vec![unreadable(bench, series, offer, Code::OUT_OF_RANGE).await?]);
    }
    // Above the highest number that was offered nothing can be known but that it was replaced before it came.
    let is_new = id.seq > series.epoch(bench, id.epoch).await?.highest_seq;
    if let Some(known) = known(bench, series, entry, is_new).await? {
        return Ok(vec![known]);
    }
    let arrived = Times { arrived_ms: series.arrived_ms, effective_ms: series.arrived_ms };
    if !is_new && bench.tx.has_verdict(org, id).await? {
        series.close(bench, id.epoch).await?;
        return Ok(vec![keep::hold(bench, entry, Code::NUMBER_USED_TWICE, About::default(), None, arrived).await?]);
    }
    if series.device.revoked_ms.is_some() {
        return Ok(vec![keep::quarantine(bench, entry, Code::REVOKED, About::default(), arrived).await?]);
    }
    if series.epoch(bench, id.epoch).await?.closed_ms.is_some() {
        return Ok(vec![keep::hold(bench, entry, Code::CLOSED_EPOCH, About::default(), None, arrived).await?]);
    }
    if let Some(first) = stored_instead(bench, org, entry).await? {
        return Ok(keep::stands_for(bench, entry, &first).await?.into());
    }
    let asked_for = asked_for(bench, series, entry).await?;
    let (times, refused) = match (asked_for, permitted(bench, series, entry).await?) {
        (Some(effective_ms), _) => (Times { effective_ms, ..arrived }, None),
        (None, Ok(times)) => (times, (offer.is_keyless && offer.subject().is_some()).then_some(Code::KEYS_UNREADABLE)),
        (None, Err(code)) => (arrived, Some(code)),
    };
    if refused.is_none()
        && let Some(first) = taken::before(bench, entry).await?
    {
        return Ok(match first {
            Before::Same(by) => {
                bench.tx.put_replaced(org, &Replaces { id, hash }, by).await?;
                vec![decided(id, &hash, Verdict::Replaced)]
            }
            Before::Another => vec![keep::quarantine(bench, entry, Code::ID_TAKEN, About::default(), times).await?],
        });
    }
    let found = match refused {
        Some(code) => Found::Refused { code, about: about(entry) },
        None if body::is_change(entry.header.entry_type) => change::change(bench, entry, asked_for.is_some()).await?,
        None => match withdrawn::seals(bench, entry).await?.filter(|_| asked_for.is_none()) {
            Some(code) => Found::Refused { code, about: about(entry) },
            None => body::fact(bench, entry).await?,
        },
    };
    let decided = match found {
        Found::Good(good) => keep::store(bench, entry, good, times.effective_ms).await?,
        Found::Waits { code, about, on } => keep::hold(bench, entry, code, about, on, times).await?,
        // Two copies of the device made changes under one actor: its series ends here.
        Found::Refused { code: Code::NUMBER_USED_TWICE, about } => {
            series.close(bench, id.epoch).await?;
            keep::hold(bench, entry, Code::NUMBER_USED_TWICE, about, None, times).await?
        }
        // It states less than this device has stated before: an older copy of its store goes on, or a backup that
        // was put back. The copy takes a series of its own and issues it again.
        Found::Refused { code: Code::EARLIER_CONTACT, about } if !series.is_by_hand => {
            series.close(bench, id.epoch).await?;
            keep::hold(bench, entry, Code::CLOSED_EPOCH, about, None, times).await?
        }
        Found::Refused { code, about } => keep::quarantine(bench, entry, code, about, times).await?,
    };
    Ok(vec![decided])
}

/// Numbers begin at 1, and end where the store's integers do.
pub(super) fn is_numbered(id: EntryId) -> bool {
    id.seq > 0 && id.seq < i64::MAX.cast_unsigned()
}

/// What a refused change is known by to those that build on it.
fn about(entry: &Entry) -> About {
    if !body::is_change(entry.header.entry_type) {
        return About::default();
    }
    let body = frontline_domain::document::RunChanged::decode(&entry.body).ok();
    body.map_or(About::default(), |b| About { doc: Some(b.run), change: frontline_domain::document::judge::change_hash(&b.change) })
}

/// The verdict that these very bytes under this very number have.
async fn known(bench: &mut Bench<'_>, series: &Series, entry: &Entry, is_new: bool) -> Result<Option<Decided>> {
    let (org, id, hash) = (series.org, entry.id(), entry.hash());
    if !is_new
        && let Some(stored) = bench.tx.entry(org, id).await?
        && stored.hash == hash
    {
        return receipt(bench, org, &stored).await.map(Some);
    }
    let verdict = if bench.tx.replaced_by(org, &Replaces { id, hash }).await?.is_some() {
        Verdict::Replaced
    } else if is_new {
        return Ok(None);
    } else if let Some(held) = bench.tx.held(org, id, &hash).await? {
        keep::waiting(held.code)
    } else if let Some(refused) = bench.tx.quarantined(org, id.device, &hash).await? {
        match refused.resolved {
            Some((Resolution::Remake, _)) => Verdict::Remake,
            Some((Resolution::Replaced, _)) => Verdict::Replaced,
            Some((Resolution::LetIn, _)) | None => Verdict::Quarantined(refused.code),
        }
    } else {
        return Ok(None);
    };
    Ok(Some(decided(id, &hash, verdict)))
}

/// What was stored of what this replay is offered in the stead of: an original, or another replay of one (two
/// clones both had it unsent, and each may have issued it again more than once).
pub(super) async fn stored_instead(bench: &mut Bench<'_>, org: OrgId, entry: &Entry) -> Result<Option<crate::store::Stored>> {
    for original in entry.header.replaces.iter().flat_map(Instead::links) {
        if let Some(stored) = bench.tx.entry(org, original.id).await?
            && stored.hash == original.hash
        {
            return Ok(Some(stored));
        }
        if let Some(by) = bench.tx.replaced_by(org, original).await?
            && let Some(stored) = bench.tx.entry(org, by).await?
        {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}

/// The time that counts for work that a person let in, and that its device was asked to make anew: nobody
/// asks again whether its author might do it. It must be that very work and no other: the same author,
/// place and, in a run, the same edit of the same item with the same answer.
async fn asked_for(bench: &mut Bench<'_>, series: &Series, entry: &Entry) -> Result<Option<i64>> {
    for original in entry.header.replaces.iter().flat_map(Instead::links) {
        if let Some(row) = bench.tx.quarantined(series.org, series.device.id, &original.hash).await?
            && is_that_very_work(&row, entry)
        {
            return Ok(Some(row.effective_ms));
        }
    }
    Ok(None)
}

fn is_that_very_work(row: &Quarantined, entry: &Entry) -> bool {
    let Ok(first) = Entry::read(&row.bytes, frontline_protocol::limits::ENTRY) else { return false };
    let place = |h: &Header| (h.scope, h.entry_type, h.person);
    let is_asked = matches!(row.resolved, Some((Resolution::Remake, _))) && place(&first.header) == place(&entry.header);
    let is_same = match (RunChanged::decode(&first.body), RunChanged::decode(&entry.body)) {
        (Ok(a), Ok(b)) if body::is_change(entry.header.entry_type) => {
            let answer = answer_of(&a.change);
            (a.run, a.nonce, a.procedure, a.intent) == (b.run, b.nonce, b.procedure, b.intent)
                && answer.is_some()
                && answer == answer_of(&b.change)
        }
        _ => first.body == entry.body,
    };
    is_asked && is_same
}

/// Whether the author might do this there, and the time that counts (`sync.md` 19).
async fn permitted(bench: &mut Bench<'_>, series: &mut Series, entry: &Entry) -> Result<std::result::Result<Times, Code>> {
    let header = &entry.header;
    let certified = match author(bench, series, header).await? {
        Ok(certified) => certified,
        Err(code) => return Ok(Err(code)),
    };
    let contact_ms = header.contact.map(|(_, ms)| ms);
    let stated = bench.tx.contact_stated(series.org, series.device.id, header.epoch, header.seq).await?;
    if stated.is_some_and(|stated| contact_ms.is_none_or(|ms| ms < stated)) {
        return Ok(Err(Code::EARLIER_CONTACT));
    }
    let Some((from_ms, to_ms)) = might_write(bench, series, header, &certified).await? else { return Ok(Err(Code::NOT_PERMITTED)) };
    if !about_others(bench, series, entry, (from_ms, to_ms)).await? {
        return Ok(Err(Code::NOT_PERMITTED));
    }
    let effective_ms = header.moment.server_estimate().clamp(from_ms, to_ms);
    Ok(Ok(Times { arrived_ms: series.arrived_ms, effective_ms }))
}

/// Who wrote it, if they were enrolled on this device, and it is of a type and in a place that phones write to.
pub(super) async fn author(bench: &mut Bench<'_>, series: &mut Series, header: &Header) -> Result<std::result::Result<Certified, Code>> {
    if header.entry_type.kind().is_some() && !header.entry_type.is_from_devices() {
        return Ok(Err(Code::FROM_SERVER_ONLY));
    }
    let Some(certified) = series.certified.iter().find(|c| c.person == header.person).cloned() else {
        return Ok(Err(Code::NOT_CERTIFIED));
    };
    let Scope::Site(site) = header.scope else { return Ok(Err(Code::WRONG_SCOPE)) };
    if !series.has_site(bench, site).await? || !scope_fits(header.entry_type, header.scope) {
        return Ok(Err(Code::WRONG_SCOPE));
    }
    Ok(Ok(certified))
}

/// From when to when the author can have made it, if at any time of that they had a right to.
pub(super) async fn might_write(
    bench: &mut Bench<'_>,
    series: &mut Series,
    header: &Header,
    certified: &Certified,
) -> Result<Option<(i64, i64)>> {
    let (from_ms, to_ms) = interval(certified, header.contact.map(|(_, ms)| ms), series.lease_ms, series.arrived_ms);
    let grants = series.grants(bench, header.person).await?;
    Ok(might(grants, from_ms, to_ms, Verb::Write(header.entry_type), header.scope).then_some((from_ms, to_ms)))
}

/// Whether the author might do what their role alone does not say: to somebody else what the entry says was done to them,
/// and what is asked of a role.
async fn about_others(bench: &mut Bench<'_>, series: &mut Series, entry: &Entry, (from_ms, to_ms): (i64, i64)) -> Result<bool> {
    let header = &entry.header;
    match header.entry_type {
        EntryType::INTERACTION_VOIDED => {
            let is_own = taken::opened_by(bench, entry).await?.is_none_or(|author| author == header.person);
            let grants = series.grants(bench, header.person).await?;
            Ok(might_void(grants, from_ms, to_ms, is_own, header.scope))
        }
        EntryType::PERSON_ON_DEVICE => {
            let Some(Ok(Fact::PersonOnDevice(said))) = Fact::decode(header.entry_type, &entry.body) else { return Ok(true) };
            let OnDevice::Unlocked(whom) = said.what else { return Ok(true) };
            let is_there = series.certified.iter().any(|c| c.person == whom) && whom != header.person;
            let grants = series.grants(bench, header.person).await?;
            Ok(is_there && might(grants, from_ms, to_ms, Verb::Act(Act::Unlock), header.scope))
        }
        // In a role that they did not have: a shift lead's word would pass for a manager's.
        EntryType::SIGNED_OFF => {
            let Some(Ok(Fact::SignedOff(signed))) = Fact::decode(header.entry_type, &entry.body) else { return Ok(true) };
            let signers = change::signers(bench, header.org, signed.run).await?;
            // As nobody that the procedure names: it would count for nobody, and lock all the same.
            if signers.as_ref().is_some_and(|signers| signed.role.is_some_and(|role| signers.place(role).is_none())) {
                return Ok(false);
            }
            // Without the run nothing says as whom somebody signs who does not: the word of whoever may sign least would pass for
            // a manager's once the run comes.
            let role = signers.map_or(signed.role.or(Some(Role::Manager)), |signers| signers.signs_as(signed.role));
            let grants = series.grants(bench, header.person).await?;
            Ok(role.is_none_or(|role| might_as(grants, from_ms, to_ms, Verb::Write(header.entry_type), header.scope, role)))
        }
        // What is asked of signers is theirs to answer.
        EntryType::RUN_CHANGED => {
            let Some(role) = change::asked_of(bench, entry).await? else { return Ok(true) };
            let grants = series.grants(bench, header.person).await?;
            Ok(might_as(grants, from_ms, to_ms, Verb::Write(EntryType::SIGNED_OFF), header.scope, role))
        }
        _ => Ok(true),
    }
}

/// When the author can have made it: from the last contact (never before they were enrolled there) until it
/// arrived, or their lease ended.
fn interval(certified: &Certified, contact_ms: Option<i64>, lease_ms: i64, arrived_ms: i64) -> (i64, i64) {
    let from_ms = contact_ms.unwrap_or(certified.at_ms).max(certified.at_ms).min(arrived_ms);
    (from_ms, arrived_ms.min(from_ms.saturating_add(lease_ms)))
}

fn code_of(error: &EntryError) -> Code {
    match error {
        EntryError::Unreadable(_) => Code::UNREADABLE,
        EntryError::NotCanonical => Code::NOT_CANONICAL,
        EntryError::TooLarge { .. } => Code::TOO_LARGE,
    }
}

/// Keeps bytes that are no entry of this device; also what a failure of the judge itself left over.
pub(super) async fn unreadable(bench: &mut Bench<'_>, series: &Series, offer: &Offer, code: Code) -> Result<Decided> {
    let header = offer.read.as_ref().ok().map(|entry| &entry.header).or(offer.header.as_ref());
    let claimed = header.map(Header::id);
    // Under another device's number it would pass for that one's verdict.
    let own = claimed.filter(|id| id.device == series.device.id && is_numbered(*id));
    let code = match bench.tx.quarantined(series.org, series.device.id, &offer.hash).await? {
        Some(known) => known.code,
        None => {
            let quarantined = Quarantined {
                offered_by: series.device.id,
                hash: offer.hash,
                id: own,
                scope: header.map(|h| h.scope),
                entry_type: header.map(|h| h.entry_type),
                person: header.map(|h| h.person),
                code,
                doc: None,
                change: None,
                arrived_ms: series.arrived_ms,
                effective_ms: series.arrived_ms,
                superseded: false,
                resolved: None,
                // Nobody can let it in: its beginning tells what it was. The device keeps the whole.
                bytes: offer.bytes.iter().copied().take(KEPT_OF_UNREADABLE).collect(),
            };
            lists::refused(bench.tx, series.org, &quarantined).await?;
            code
        }
    };
    let nobody = EntryId { device: series.device.id, epoch: frontline_domain::Epoch(0), seq: 0 };
    Ok(decided(claimed.unwrap_or(nobody), &offer.hash, Verdict::Quarantined(code)))
}
