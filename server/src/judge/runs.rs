//! Runs in memory: the last used ones, each good as long as the store has not more changes of it. And the
//! releases that entries refer to, which never change.

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::document::judge::Author;
use frontline_domain::document::{Run, RunChanged};
use frontline_domain::form::Form;
use frontline_domain::release::{Content, Release};
use frontline_domain::{DocId, OrgId, ReleaseHash};
use frontline_protocol::{Entry, limits};

use crate::store::{ReadTx, Result, StoreError};

/// Runs kept in memory at most.
const KEPT: usize = 512;
/// Releases kept in memory at most, however large.
const RELEASES: usize = 128;

/// A bounded cache of loaded runs and releases.
#[derive(Default)]
pub struct Runs {
    runs: BTreeMap<(OrgId, DocId), Cached>,
    releases: BTreeMap<(OrgId, ReleaseHash), Arc<Content>>,
    clock: u64,
}

struct Cached {
    run: Run,
    /// How many entries of it were applied.
    entries: u64,
    used: u64,
}

impl Runs {
    /// Takes a run out, as it stands with `entries` stored changes; [`Runs::put`] gives it back. What is not
    /// given back is loaded anew: so a failure half-way leaves nothing wrong behind.
    pub async fn take(&mut self, tx: &mut dyn ReadTx, org: OrgId, doc: DocId, entries: u64, form: &Form) -> Result<Run> {
        match self.runs.remove(&(org, doc)) {
            Some(cached) if cached.entries == entries => Ok(cached.run),
            _ => load(tx, org, doc, form).await,
        }
    }

    pub fn put(&mut self, org: OrgId, doc: DocId, entries: u64, run: Run) {
        self.clock += 1;
        self.runs.insert((org, doc), Cached { run, entries, used: self.clock });
        if self.runs.len() > KEPT {
            let oldest = self.runs.iter().min_by_key(|(_, cached)| cached.used).map(|(key, _)| *key);
            oldest.map(|key| self.runs.remove(&key));
        }
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
    }
}

/// A run from its stored changes, in the order of their numbers: each builds only on what is before it.
pub async fn load(tx: &mut dyn ReadTx, org: OrgId, doc: DocId, form: &Form) -> Result<Run> {
    let damaged = |what: &str| StoreError::Corrupt(format!("a stored change {what}"));
    let mut run = Run::new(doc);
    for stored in tx.doc_entries(org, doc).await? {
        let entry = Entry::read(&stored.bytes, limits::SERVER_ENTRY).map_err(|_| damaged("is no entry"))?;
        let body = RunChanged::decode(&entry.body).map_err(|_| damaged("has no body"))?;
        let h = &entry.header;
        let author = Author { person: h.person, device: h.device, epoch: h.epoch, rebuild: h.rebuild, form };
        let checked = run.check(&body.change, &author).map_err(|_| damaged("no longer passes"))?;
        run.apply(checked).map_err(|_| damaged("can't be applied"))?;
    }
    Ok(run)
}
