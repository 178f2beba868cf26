//! One device's offers, one after another, each under a savepoint.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use frontline_domain::permission::Grant;
use frontline_domain::record::Organisation;
use frontline_domain::{DeviceId, EntryHash, EntryType, Epoch, Incarnation, OrgId, PersonId, SiteId, SubjectId, cbor};
use frontline_protocol::sync::AppVersion;
use frontline_protocol::{Code, Header, limits};

use super::entry::{self, Offer};
use super::plain;
use super::{Bench, Decided};
use crate::customers::take::{Taken, subject_of, take};
use crate::panics::caught;
use crate::records;
use crate::store::{Certified, Contact, DeviceRow, EpochRow, Result, StoreError};

/// What a device says about itself with its offers.
pub struct Push {
    pub org: OrgId,
    pub device: DeviceId,
    pub epoch: Epoch,
    /// None: carried here by hand, so that it says nothing about where the device is by now.
    pub next_seq: Option<u64>,
    /// The last answer that it had applied.
    pub contact: Option<(Incarnation, i64)>,
    pub arrived_ms: i64,
    pub app: Option<AppVersion>,
    pub offers: Vec<Offer>,
    /// What it tells of the customers of its offers.
    pub customers: Vec<Taken>,
}

/// What became of it; the marks are filled in before the commit.
pub struct Pushed {
    pub decided: Vec<Decided>,
    pub epoch_closed: bool,
    /// How many of the offers were judged.
    pub done: usize,
}

/// Facts that look plain and go the long way all the same are twenty times as dear: after so many a commit takes no
/// more, whoever they are of, so that phones without rights do not keep the writer for seconds.
const DEAR: usize = 2_048;

/// The device and its series of numbers, as they stand in the transaction.
pub struct Series {
    pub(super) org: OrgId,
    pub(super) device: DeviceRow,
    pub(super) certified: Vec<Certified>,
    pub(super) lease_ms: i64,
    pub(super) arrived_ms: i64,
    /// Carried here by a person: the device itself may never hear of it.
    pub(super) is_by_hand: bool,
    grants: BTreeMap<PersonId, Vec<Grant>>,
    sites: BTreeMap<SiteId, bool>,
    epochs: BTreeMap<Epoch, EpochRow>,
    pub(super) known: plain::Known,
}

impl Series {
    async fn of(bench: &mut Bench<'_>, push: &Push) -> Result<Self> {
        let device = bench.tx.device(push.org, push.device).await?;
        let organisation = records::one::<Organisation>(bench.tx.as_read(), push.org, &push.org.to_string()).await?;
        Ok(Self {
            org: push.org,
            device: device.ok_or_else(|| StoreError::Failed("the device is not known".into()))?,
            certified: bench.tx.certified(push.org, push.device).await?,
            lease_ms: organisation.map_or(14, |o| i64::from(o.policy.lease_days)) * 86_400_000,
            arrived_ms: push.arrived_ms,
            is_by_hand: push.next_seq.is_none(),
            grants: BTreeMap::new(),
            sites: BTreeMap::new(),
            epochs: BTreeMap::new(),
            known: plain::Known::default(),
        })
    }

    /// The grants of a person, as this transaction sees them.
    pub(super) async fn grants(&mut self, bench: &mut Bench<'_>, person: PersonId) -> Result<&[Grant]> {
        if let Entry::Vacant(place) = self.grants.entry(person) {
            place.insert(bench.tx.grants(self.org, person).await?);
        }
        Ok(self.grants.get(&person).map_or(&[], Vec::as_slice))
    }

    /// Whether the organisation has this site.
    pub(super) async fn has_site(&mut self, bench: &mut Bench<'_>, site: SiteId) -> Result<bool> {
        if let Some(known) = self.sites.get(&site) {
            return Ok(*known);
        }
        let known = bench.tx.record(self.org, EntryType::SITE, &site.to_string()).await?.is_some();
        self.sites.insert(site, known);
        Ok(known)
    }

    /// The series as the store has it, or a new one.
    pub(super) async fn epoch(&mut self, bench: &mut Bench<'_>, epoch: Epoch) -> Result<&mut EpochRow> {
        if !self.epochs.contains_key(&epoch) {
            let fresh = EpochRow { device: self.device.id, epoch, highest_seq: 0, highest_next: 0, judged_to: 0, closed_ms: None };
            let row = bench.tx.epoch(self.org, self.device.id, epoch).await?.unwrap_or(fresh);
            self.epochs.insert(epoch, row);
        }
        self.epochs.get_mut(&epoch).ok_or_else(|| StoreError::Failed("a series was lost".into()))
    }

    /// Two copies of the device use this series: it ends, for both (`sync.md` 12).
    pub(super) async fn close(&mut self, bench: &mut Bench<'_>, epoch: Epoch) -> Result<()> {
        let now_ms = bench.feeds.now_ms();
        let row = self.epoch(bench, epoch).await?;
        if row.closed_ms.is_none() {
            row.closed_ms = Some(now_ms);
            tracing::warn!(org = %self.org, device = %self.device.id, %epoch, "a series of numbers was used twice and is closed");
        }
        Ok(())
    }

    /// Keeps the series, and how far each has verdicts without a gap.
    async fn keep(&mut self, bench: &mut Bench<'_>) -> Result<()> {
        for row in self.epochs.values_mut() {
            let id = |seq| frontline_domain::EntryId { device: row.device, epoch: row.epoch, seq };
            let mut next = row.judged_to + 1;
            while next <= row.highest_seq && bench.tx.has_verdict(self.org, id(next)).await? {
                next += 1;
            }
            row.judged_to = next - 1;
            bench.tx.put_epoch(self.org, row).await?;
        }
        Ok(())
    }
}

/// Judges what one device offers. An error of the store undoes the whole batch; nothing else does.
pub async fn push(bench: &mut Bench<'_>, push: &Push) -> Result<Pushed> {
    let mut all = part(bench, push, 0..push.offers.len()).await?;
    while all.done < push.offers.len() {
        bench.dear = 0;
        let next = part(bench, push, all.done..push.offers.len()).await?;
        all.decided.extend(next.decided);
        all.epoch_closed |= next.epoch_closed;
        all.done += next.done;
    }
    Ok(all)
}

/// Judges a part of it, or as much of that as this commit still takes; the parts come in order. What the device says
/// of itself counts with the last one, when all that it offered has a verdict.
pub async fn part(bench: &mut Bench<'_>, push: &Push, range: Range<usize>) -> Result<Pushed> {
    let is_first = range.start == 0;
    let (from, offers) = (range.start, &push.offers[range]);
    let mut series = Series::of(bench, push).await?;
    let row = series.epoch(bench, push.epoch).await?;
    let reused = is_first && push.next_seq.is_some_and(|next| next <= row.highest_seq);
    row.highest_next = row.highest_next.max(push.next_seq.unwrap_or(0));
    if reused {
        series.close(bench, push.epoch).await?;
    }
    let mut decided = Vec::with_capacity(offers.len());
    let mut done = 0;
    for offer in offers {
        if bench.dear >= DEAR {
            break;
        }
        done += 1;
        decided.extend(one(bench, &mut series, offer).await?);
        if let Some(id) = offer.read.as_ref().ok().map(frontline_protocol::Entry::id).or(offer.header.as_ref().map(Header::id))
            && id.device == push.device
            && entry::is_numbered(id)
        {
            let row = series.epoch(bench, id.epoch).await?;
            row.highest_seq = row.highest_seq.max(id.seq);
            if id.seq == row.judged_to + 1 {
                row.judged_to = id.seq;
            }
        }
    }
    take(bench, push.org, push.device, &offers[..done], &push.customers).await?;
    series.keep(bench).await?;
    let row = series.epoch(bench, push.epoch).await?;
    let epoch_closed = row.closed_ms.is_some();
    if let Some(next) = push.next_seq.filter(|_| from + done == push.offers.len()) {
        let reported = !epoch_closed && row.judged_to + 1 >= next;
        let stated = push.contact.map(|(_, ms)| (push.epoch, next, ms));
        let contact = Contact { org: push.org, device: push.device, at_ms: push.arrived_ms, reported, stated, app: push.app };
        bench.tx.touch(&contact).await?;
    }
    Ok(Pushed { decided, epoch_closed, done })
}

/// One offer. If the judge itself fails on it, the offer alone is set aside, with a report.
async fn one(bench: &mut Bench<'_>, series: &mut Series, offer: &Offer) -> Result<Vec<Decided>> {
    match caught(plain::ask(bench, series, offer)).await {
        Some(Ok(Some(span))) => {
            if let Some(decided) = plain::store(bench, offer, span).await? {
                return Ok(vec![decided]);
            }
        }
        Some(Err(StoreError::Corrupt(_)) | Ok(None)) | None => {}
        Some(Err(error)) => return Err(error),
    }
    bench.dear += usize::from(offer.plain.is_some());
    // What goes the long way may stand for what comes next.
    series.known.forget_replaced();
    let (feeds, later) = (bench.feeds.clone(), bench.later.len());
    bench.tx.savepoint().await?;
    match caught(entry::judge(bench, series, offer)).await {
        Some(Ok(decided)) => {
            bench.tx.release_savepoint().await?;
            return Ok(decided);
        }
        // Of what it touches something stored no longer reads: its own misfortune, not the batch's.
        Some(Err(StoreError::Corrupt(why))) => tracing::error!(%why, "the judge met something damaged"),
        Some(Err(error)) => return Err(error),
        None => {}
    }
    bench.tx.rollback_to_savepoint().await?;
    *bench.feeds = feeds;
    bench.later.truncate(later);
    bench.runs.clear();
    tracing::error!(org = %series.org, device = %series.device.id, hash = %offer.hash, "the judge failed on an entry; it is set aside");
    Ok(vec![entry::unreadable(bench, series, offer, Code::UNREADABLE).await?])
}

impl Offer {
    /// About whom it says something.
    pub fn subject(&self) -> Option<SubjectId> {
        self.read.as_ref().ok().and_then(subject_of)
    }

    /// Reads an offer, outside of any transaction.
    pub fn read(bytes: Vec<u8>) -> Self {
        let read = frontline_protocol::Entry::read(&bytes, limits::ENTRY);
        let header = match &read {
            Ok(_) => None,
            Err(_) => cbor::decode::<(Header, serde_bytes::ByteBuf)>("an entry", &bytes).ok().map(|(header, _)| header),
        };
        let hash = read.as_ref().map_or_else(|_| EntryHash::from_bytes(*blake3::hash(&bytes).as_bytes()), frontline_protocol::Entry::hash);
        let plain = read.as_ref().ok().and_then(plain::plain);
        Self { bytes, hash, read, header, is_keyless: false, plain }
    }
}
