//! Care for the store: rebuilding what is derived, checking what is there, carrying unsent work out.

use std::path::Path;

use frontline_protocol::parcel::{self, Parcel};
use serde::Serialize;

use super::set_aside::SetAside;
use crate::core::{Core, signing_key};
use crate::error::{Error, Fault};
use crate::observe::{Origin, Topic};
use crate::project;
use crate::recover;
use crate::store::{Cause, aside, dump, meta, outbox};

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Sentences; empty where all is well.
    pub problems: Vec<String>,
    /// Rows of projections that were compared with a rebuild.
    pub compared: u64,
    /// Damaged stores that were set aside before. They are no problem of this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
}

/// What was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Exported {
    pub entries: u64,
    pub bytes: u64,
}

/// Ends a transaction that was only to look.
enum Looked {
    Done(CheckReport),
    Failed(Fault),
}
impl From<crate::store::StoreError> for Looked {
    fn from(e: crate::store::StoreError) -> Self {
        Self::Failed(e.into())
    }
}
impl Cause for Looked {
    fn store_error(&self) -> Option<&crate::store::StoreError> {
        match self {
            Self::Done(_) => None,
            Self::Failed(fault) => fault.store_error(),
        }
    }
}
impl From<Fault> for Looked {
    fn from(e: Fault) -> Self {
        Self::Failed(e)
    }
}

impl Core {
    /// Makes everything derived anew from what was captured and received.
    pub fn rebuild(&self) -> Result<(), Error> {
        self.inner.write(Origin::Local, |tx, touched| {
            project::rebuild(tx)?;
            for topic in [Topic::Procedures, Topic::Feedback, Topic::Interactions, Topic::Training, Topic::People, Topic::Content] {
                touched.topic(topic);
            }
            Ok(())
        })
    }

    /// Examines the store: the file is sound, unsent rows describe themselves, projections equal a rebuild.
    /// Changes nothing.
    pub fn check(&self) -> Result<CheckReport, Error> {
        let looked: Result<(), Looked> = self.inner.store.write(|tx| {
            let mut report = CheckReport::default();
            report.problems.extend(dump::unsound(tx)?.into_iter().map(|line| format!("the file: {line}")));
            report
                .problems
                .extend(self.inner.store.broken_pages()?.into_iter().map(|n| format!("the file: page {n} is not as it was written")));
            if !report.problems.is_empty() {
                // The next opening looks at the file whole, and sets it aside.
                self.inner.store.suspect();
                return Err(Looked::Done(report));
            }
            report.set_aside = recover::noted(tx)?.into_iter().map(|n| SetAside::of(n, self.inner.store.dir())).collect();
            report.problems.extend(outbox::damaged(tx)?.into_iter().map(|row| format!("unsent row {row} does not describe itself")));
            report.problems.extend(outbox::orphans(tx)?.into_iter().map(|row| format!("own entry {row} is in no queue")));
            let before = dump::projections(tx)?;
            project::rebuild(tx)?;
            let after = dump::projections(tx)?;
            for (table, rows) in &before {
                report.compared += rows.len() as u64;
                let anew = after.get(table);
                if anew != Some(rows) {
                    let count = anew.map_or(0, Vec::len);
                    let same = anew.map_or(0, |a| rows.iter().filter(|r| a.binary_search(r).is_ok()).count());
                    report.problems.push(format!("{table}: rows here {}, in a rebuild {count}, the same in both {same}", rows.len()));
                }
            }
            // Rolls back: looking changes nothing.
            Err(Looked::Done(report))
        });
        match looked {
            Err(Looked::Done(report)) => Ok(report),
            Err(Looked::Failed(fault)) => Err(fault.into()),
            Ok(()) => Ok(CheckReport::default()),
        }
    }

    /// Writes what has no receipt into a file that an admin can take in at the server. Nothing is taken out
    /// of the queue: what arrives twice is one.
    pub fn export(&self, file: &Path) -> Result<Exported, Error> {
        let (parcel, key) = self.inner.read(|db| {
            let (identity, (epoch, next_seq)) = (meta::identity(db)?, meta::series(db)?);
            let key = signing_key(db)?;
            let unsent = outbox::to_offer(db, usize::MAX, usize::MAX, true)?;
            let parcel = Parcel {
                version: parcel::VERSION,
                org: identity.org,
                device: identity.device,
                key: key.verifying_key().to_bytes().into(),
                epoch,
                next_seq,
                made_ms: self.inner.now(db)?.server_estimate(),
                entries: unsent.into_iter().map(|(_, bytes)| bytes.into()).collect(),
            };
            Ok((parcel, key))
        })?;
        Ok(write(file, &parcel, &key)?)
    }
}

/// Carries what a damaged store, set aside at `kept_at`, still holds of captured work into a file that an admin
/// can take in, signed by the key of the device that it was. What was sent before is one all the same.
pub fn salvage(kept_at: &Path, key: &[u8; 32], file: &Path) -> Result<Exported, Error> {
    let held = aside::read(kept_at, key)?;
    let entries = held.found.device().map(|device| held.found.captured_by(device)).unwrap_or_default();
    let (Some(kept), Some(first)) = (&held.kept, entries.first()) else {
        return Err(Fault::invalid("kept_at", "salvage", "nothing of this store can be read any more; keep it, an expert may still").into());
    };
    let signing = ed25519_dalek::SigningKey::from_bytes(&kept.seed);
    let header = &first.header;
    let of_series = entries.iter().filter(|e| e.header.epoch == header.epoch);
    let parcel = Parcel {
        version: parcel::VERSION,
        org: header.org,
        device: header.device,
        key: signing.verifying_key().to_bytes().into(),
        epoch: header.epoch,
        next_seq: of_series.map(|e| e.header.seq).max().unwrap_or_default() + 1,
        made_ms: entries.iter().map(|e| e.header.moment.server_estimate()).max().unwrap_or_default(),
        entries: entries.iter().map(|e| e.bytes().to_vec().into()).collect(),
    };
    Ok(write(file, &parcel, &signing)?)
}

/// Whole or not at all: a file that was half written would be taken for all there was.
fn write(file: &Path, parcel: &Parcel, key: &ed25519_dalek::SigningKey) -> Result<Exported, Fault> {
    use std::io::Write;
    let bytes = parcel.seal(key);
    let fresh = file.with_extension("part");
    let mut out = std::fs::File::create(&fresh)?;
    out.write_all(&bytes)?;
    out.sync_all()?;
    std::fs::rename(&fresh, file)?;
    Ok(Exported { entries: parcel.entries.len() as u64, bytes: bytes.len() as u64 })
}
