//! Runs in memory: the last used ones within so many bytes, each good as long as the store has not more changes
//! of it. And the releases that entries refer to, which never change.
//!
//! What is not in memory is read from where it was last saved, with the changes after it. So the memory that
//! judging takes does not grow with how many documents there are, nor the time with how long one is.

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::document::judge::Author;
use frontline_domain::document::{Run, RunChanged};
use frontline_domain::form::Form;
use frontline_domain::record::{RunsWithdrawn, Touchpoint};
use frontline_domain::release::{Content, Release};
use frontline_domain::{DocId, EntryType, OrgId, ReleaseHash, Scope, SiteId, Slug};
use frontline_protocol::{Entry, limits};

use super::withdrawn;
use crate::records;
use crate::store::{DocRow, ReadTx, Result, SavedDoc, StoreError, WriteTx};

/// Bytes of runs kept in memory at most, by what each says that it weighs. The one in use may be heavier.
const KEPT_BYTES: usize = 32 << 20;
/// Releases kept in memory at most, however large.
const RELEASES: usize = 128;
/// A run is saved when it has so many changes more than when it was last saved, and a quarter more; a long one
/// after so many. Saving costs what the whole run costs, some 1 us a change, and each change that comes after it is
/// judged again when the run is read: up to 5 ms each in the longest run there can be, in a debug build.
const SAVED_EVERY: u64 = 32;
const SAVED_EVERY_OF_LONG: u64 = 256;

/// The withdrawals of open runs of a place, each with its number in the feed.
type Withdrawals = Arc<[(u64, RunsWithdrawn)]>;

/// A bounded cache of loaded runs and releases.
pub struct Runs {
    runs: BTreeMap<(OrgId, DocId), Cached>,
    /// Which was used when, the longest unused first.
    order: BTreeMap<u64, (OrgId, DocId)>,
    bytes: usize,
    most: usize,
    releases: BTreeMap<(OrgId, ReleaseHash), Arc<Content>>,
    touchpoints: BTreeMap<(OrgId, Slug), Option<SiteId>>,
    withdrawals: BTreeMap<(OrgId, Scope), Withdrawals>,
    clock: u64,
}

impl Default for Runs {
    fn default() -> Self {
        Self::within(KEPT_BYTES)
    }
}

struct Cached {
    run: Run,
    /// How many entries of it were applied.
    entries: u64,
    used: u64,
    weight: usize,
}

impl Runs {
    /// A cache of so many bytes.
    pub fn within(most: usize) -> Self {
        Self {
            runs: BTreeMap::new(),
            order: BTreeMap::new(),
            bytes: 0,
            most,
            releases: BTreeMap::new(),
            touchpoints: BTreeMap::new(),
            withdrawals: BTreeMap::new(),
            clock: 0,
        }
    }

    /// Takes a run out, as it stands with `entries` stored changes; [`Runs::put`] gives it back. What is not
    /// given back is loaded anew: so a failure half-way leaves nothing wrong behind.
    pub async fn take(&mut self, tx: &mut dyn ReadTx, org: OrgId, doc: DocId, entries: u64, form: &Form) -> Result<Run> {
        match self.remove((org, doc)) {
            Some(cached) if cached.entries == entries => Ok(cached.run),
            _ if entries == 0 => Ok(Run::new(doc)),
            _ => load(tx, org, doc, form).await,
        }
    }

    pub fn put(&mut self, org: OrgId, doc: DocId, entries: u64, run: Run) {
        self.remove((org, doc));
        self.clock += 1;
        let weight = run.weight();
        self.bytes += weight;
        self.order.insert(self.clock, (org, doc));
        self.runs.insert((org, doc), Cached { run, entries, used: self.clock, weight });
        // The one that was put last stays, whatever it weighs: its next change is likely to come now.
        while self.bytes > self.most
            && self.runs.len() > 1
            && let Some(oldest) = self.order.first_key_value().map(|(_, key)| *key)
        {
            self.remove(oldest);
        }
    }

    fn remove(&mut self, key: (OrgId, DocId)) -> Option<Cached> {
        let cached = self.runs.remove(&key)?;
        self.order.remove(&cached.used);
        self.bytes -= cached.weight;
        Some(cached)
    }

    /// How many runs are in memory, and what they weigh.
    pub fn held(&self) -> (usize, usize) {
        (self.runs.len(), self.bytes)
    }

    /// The site of a touchpoint, as it stood when it was first asked for since [`Runs::begin`].
    pub async fn touchpoint_site(&mut self, tx: &mut dyn ReadTx, org: OrgId, slug: &Slug) -> Result<Option<SiteId>> {
        if let Some(known) = self.touchpoints.get(&(org, slug.clone())) {
            return Ok(*known);
        }
        let site = records::one::<Touchpoint>(tx, org, slug.as_str()).await?.map(|t| t.site);
        self.touchpoints.insert((org, slug.clone()), site);
        Ok(site)
    }

    /// Another transaction begins: what records say is asked anew.
    pub fn begin(&mut self) {
        self.touchpoints.clear();
        self.withdrawals.clear();
    }

    /// Which versions' open runs were withdrawn at a place, as it stood when it was first asked for since [`Runs::begin`].
    pub(super) async fn withdrawals(&mut self, tx: &mut dyn ReadTx, org: OrgId, scope: Scope) -> Result<Withdrawals> {
        if let Some(known) = self.withdrawals.get(&(org, scope)) {
            return Ok(known.clone());
        }
        let stand: Arc<[_]> = withdrawn::read(tx, org, scope).await?.into();
        self.withdrawals.insert((org, scope), stand.clone());
        Ok(stand)
    }

    /// What the organisation published under this hash.
    pub async fn content(&mut self, tx: &mut dyn ReadTx, org: OrgId, hash: ReleaseHash) -> Result<Option<Arc<Content>>> {
        if let Some(known) = self.releases.get(&(org, hash)) {
            return Ok(Some(known.clone()));
        }
        let Some(row) = tx.release(org, hash).await? else { return Ok(None) };
        let release = Release::decode(&row.bytes).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        if self.releases.len() >= RELEASES {
            self.releases.clear();
        }
        let content = Arc::new(release.content);
        self.releases.insert((org, hash), content.clone());
        Ok(Some(content))
    }

    /// Forgets all runs, after a transaction that was undone.
    pub fn clear(&mut self) {
        self.runs.clear();
        self.order.clear();
        self.bytes = 0;
    }
}

/// Saves a run that has grown enough since it was last saved.
pub(super) async fn save(tx: &mut dyn WriteTx, org: OrgId, row: &DocRow, run: &Run) -> Result<()> {
    if !row.changes.is_multiple_of(SAVED_EVERY) {
        return Ok(());
    }
    let before = tx.saved_changes(org, row.doc).await?;
    if row.changes < before + SAVED_EVERY.max((before / 4).min(SAVED_EVERY_OF_LONG)) {
        return Ok(());
    }
    let saved = SavedDoc { changes: row.changes, number: row.last_number, bytes: run.save() };
    tx.put_saved_doc(org, row.doc, &saved).await
}

/// A run as the store has it: where it was last saved, and the changes after that in the order of their
/// numbers: each builds only on what is before it.
pub async fn load(tx: &mut dyn ReadTx, org: OrgId, doc: DocId, form: &Form) -> Result<Run> {
    let damaged = |what: &str| StoreError::Corrupt(format!("a stored change {what}"));
    let (mut run, after) = match tx.saved_doc(org, doc).await? {
        Some(saved) => match Run::load(doc, &saved.bytes) {
            Ok(run) if run.change_count() as u64 == saved.changes => (run, saved.number),
            _ => {
                tracing::error!(%org, %doc, "a saved document does not read; it is made from its changes");
                (Run::new(doc), 0)
            }
        },
        None => (Run::new(doc), 0),
    };
    for stored in tx.doc_entries(org, doc, after, usize::MAX).await?.into_iter().filter(|e| e.entry_type == EntryType::RUN_CHANGED) {
        let entry = Entry::read(&stored.bytes, limits::SERVER_ENTRY).map_err(|_| damaged("is no entry"))?;
        let body = RunChanged::decode(&entry.body).map_err(|_| damaged("has no body"))?;
        let h = &entry.header;
        let author = Author { person: h.person, device: h.device, epoch: h.epoch, rebuild: h.rebuild, form };
        let checked = run.check(&body.change, &author).map_err(|_| damaged("no longer passes"))?;
        run = run.taking(checked).map_err(|_| damaged("can't be applied"))?;
    }
    Ok(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORG: OrgId = OrgId::from_bytes([1; 16]);

    fn doc(n: u8) -> DocId {
        DocId::from_bytes([n; 16])
    }

    #[test]
    fn memory_is_bounded_by_bytes_and_the_longest_unused_run_goes_first() {
        let one = Run::new(doc(0)).weight();
        let mut runs = Runs::within(3 * one);
        for n in 0..3 {
            runs.put(ORG, doc(n), 0, Run::new(doc(n)));
        }
        assert_eq!(runs.held(), (3, 3 * one));
        // The first is used again; the second is the longest unused now.
        runs.put(ORG, doc(0), 1, Run::new(doc(0)));
        for n in 3..100 {
            runs.put(ORG, doc(n), 0, Run::new(doc(n)));
            assert_eq!(runs.held(), (3, 3 * one));
            assert_eq!(runs.runs.contains_key(&(ORG, doc(0))), n <= 4);
        }
        runs.clear();
        assert_eq!(runs.held(), (0, 0));
    }

    #[test]
    fn a_run_that_is_heavier_than_all_room_is_kept_alone() {
        let mut runs = Runs::within(1);
        runs.put(ORG, doc(1), 0, Run::new(doc(1)));
        runs.put(ORG, doc(2), 0, Run::new(doc(2)));
        assert_eq!(runs.held().0, 1);
        assert!(runs.runs.contains_key(&(ORG, doc(2))));
    }
}
