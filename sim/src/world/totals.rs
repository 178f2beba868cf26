//! What a server's store holds, counted by the rules of `domain`: folds over its entries.

use std::collections::BTreeMap;

use frontline_domain::fact::Fact;
use frontline_domain::metrics::completeness::{DeviceRow, completeness};
use frontline_domain::metrics::csat::{Response, csat};
use frontline_domain::metrics::handling::handling_time;
use frontline_domain::metrics::interaction::{Step, contact};
use frontline_domain::record::{Site, Touchpoint};
use frontline_domain::{BlobHash, CaptureId, EntryType, Moment, OrgId, Scope, Slug, TypeSet};
use frontline_protocol::{Entry, limits};
use frontline_server::App;
use frontline_server::records;
use frontline_server::store::{ReadTx, Scan, Stored};

/// Figures of one organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub facts: u64,
    pub changes: u64,
    /// Entries of devices that have a number.
    pub stored: u64,
    pub held: u64,
    pub quarantined: u64,
    pub csat_satisfied: u64,
    pub csat_responses: u64,
    pub interactions_handled: u64,
    pub median_seconds: u64,
    pub devices_reported: u64,
    pub devices_expected: u64,
    /// Photos and signatures that stored entries name, and those of them whose bytes are here; small ones not counted.
    pub pictures: u64,
    pub blobs: u64,
}

/// Counts everything; completeness is asked for the instant `past_ms`.
pub async fn totals(app: &App, org: OrgId, past_ms: i64) -> Result<Totals, String> {
    app.flush_contacts().await.map_err(|e| e.to_string())?;
    let mut tx = app.store.read().await.map_err(|e| e.to_string())?;
    let mut out = count(tx.as_mut(), org, past_ms, app.now_ms()).await.map_err(|e| e.to_string())?;
    for (blob, bytes) in pictures(tx.as_mut(), org).await.map_err(|e| e.to_string())? {
        out.pictures += 1;
        out.blobs += u64::from(app.blobs.length(org, blob).await.map_err(|e| e.to_string())? == Some(bytes));
    }
    Ok(out)
}

async fn count(tx: &mut dyn ReadTx, org: OrgId, past_ms: i64, now_ms: i64) -> frontline_server::store::Result<Totals> {
    let counts = tx.counts(org).await?;
    let mut out = Totals { held: counts.held, quarantined: counts.quarantined, ..Totals::default() };
    for (one, n) in counts.stored.iter().filter(|(t, _)| t.is_from_devices()) {
        out.stored += n;
        if *one == EntryType::RUN_CHANGED { out.changes += n } else { out.facts += n }
    }
    let touchpoints: Vec<Touchpoint> = records::all(tx, org).await?;
    let interval = |slug: &Slug| touchpoints.iter().find(|t| t.slug == *slug).map_or(0, |t| t.interval_s);
    let sites: Vec<Site> = records::all(tx, org).await?;
    let mut feedback: Vec<(Entry, frontline_domain::fact::FeedbackGiven)> = Vec::new();
    let mut contacts: BTreeMap<CaptureId, Vec<(Fact, Moment)>> = BTreeMap::new();
    for site in &sites {
        for stored in all_of(tx, org, Scope::Site(site.id), TypeSet::all()).await? {
            let Ok(entry) = Entry::read(&stored.bytes, limits::ENTRY) else { continue };
            let moment = entry.header.moment;
            match Fact::decode(stored.entry_type, &entry.body) {
                Some(Ok(Fact::FeedbackGiven(f))) => feedback.push((entry, f)),
                Some(Ok(fact)) => {
                    if let Some(id) = contact_of(&fact) {
                        contacts.entry(id).or_default().push((fact, moment));
                    }
                }
                _ => {}
            }
        }
    }
    let share = csat(feedback.iter().map(|(entry, f)| Response {
        id: f.id,
        device: entry.header.device,
        touchpoint: &f.touchpoint,
        score: f.score,
        at: entry.header.moment,
        test: f.test,
        interval_s: interval(&f.touchpoint),
    }))
    .share();
    (out.csat_satisfied, out.csat_responses) = (share.part, share.whole);
    let folded: Vec<_> = contacts.values().map(|events| contact(events.iter().filter_map(|(f, m)| Some((step(f)?, *m))))).collect();
    let handling = handling_time(&folded);
    out.interactions_handled = handling.handled;
    out.median_seconds = handling.median_ms.unwrap_or(0) / 1_000;
    let devices = tx.devices(org).await?;
    let rows = devices.iter().map(|d| DeviceRow {
        device: d.id,
        last_contact_ms: d.last_contact_ms,
        reported_through_ms: d.reported_through_ms,
        since_ms: d.enrolled_ms,
        retired_ms: d.revoked_ms,
        held: 0,
        quarantined: 0,
    });
    let complete = completeness(rows, (i64::MIN, past_ms), now_ms, 14 * 86_400_000);
    out.devices_expected = complete.expected();
    out.devices_reported = complete.reported;
    Ok(out)
}

/// Every picture that a stored entry names, with its bytes; each once.
async fn pictures(tx: &mut dyn ReadTx, org: OrgId) -> frontline_server::store::Result<BTreeMap<BlobHash, u64>> {
    let mut all = BTreeMap::new();
    for site in &records::all::<Site>(tx, org).await? {
        for stored in all_of(tx, org, Scope::Site(site.id), TypeSet::of(&[EntryType::BLOB_CAPTURED])).await? {
            let Ok(entry) = Entry::read(&stored.bytes, limits::ENTRY) else { continue };
            if let Some(Ok(Fact::BlobCaptured(said))) = Fact::decode(stored.entry_type, &entry.body) {
                all.insert(said.blob, said.bytes);
            }
        }
    }
    Ok(all)
}

/// Every stored entry of these types in a scope.
pub async fn all_of(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, types: TypeSet) -> frontline_server::store::Result<Vec<Stored>> {
    let head = tx.head(org, scope).await?.mark.number;
    let (mut after, mut out) = (0, Vec::new());
    while after < head {
        let scan = Scan { scope, types, after, to: head, skip: None, max_rows: 10_000, max_bytes: 64 << 20 };
        let (rows, to) = tx.scan(org, &scan).await?;
        out.extend(rows);
        if to <= after {
            break;
        }
        after = to;
    }
    Ok(out)
}

fn contact_of(fact: &Fact) -> Option<CaptureId> {
    match fact {
        Fact::InteractionOpened(o) => Some(o.id),
        Fact::InteractionPaused(e) | Fact::InteractionResumed(e) | Fact::InteractionVoided(e) => Some(e.interaction),
        Fact::InteractionClosed(c) => Some(c.interaction),
        _ => None,
    }
}

fn step(fact: &Fact) -> Option<Step<'_>> {
    Some(match fact {
        Fact::InteractionOpened(o) => Step::Opened(o),
        Fact::InteractionPaused(_) => Step::Paused,
        Fact::InteractionResumed(_) => Step::Resumed,
        Fact::InteractionClosed(c) => Step::Closed(c),
        Fact::InteractionVoided(_) => Step::Voided,
        _ => return None,
    })
}
