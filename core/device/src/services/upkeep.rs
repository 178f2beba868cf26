//! Care for the store: rebuilding what is derived, checking what is there.

use serde::Serialize;

use super::set_aside::SetAside;
use crate::core::Core;
use crate::error::{Error, Fault};
use crate::observe::{Origin, Topic};
use crate::project;
use crate::recover;
use crate::store::{Cause, dump, outbox};

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
}
