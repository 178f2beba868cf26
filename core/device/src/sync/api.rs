//! What the root object offers of it.

use std::sync::Arc;

use frontline_domain::DocId;
use frontline_protocol::enrol::Enrolled;

use super::drive::Around;
use super::report::{Ended, Report};
use super::{enrol, fetch};
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::net::Transport;

impl Core {
    /// Speaks over `transport` instead of the real network: a story's, or one with an organisation's own
    /// root certificate. False where this core has spoken already.
    pub fn use_transport(&self, transport: Arc<dyn Transport>) -> bool {
        self.inner.syncer.use_transport(transport)
    }

    /// Enrols this device at `server` with a one-time code, or one more person on it. `model` is the maker's
    /// name for the device. Safe to repeat with a new code.
    pub async fn enrol(&self, server: &str, code: &str, model: &str) -> Result<Enrolled, Error> {
        let enrolled = enrol::enrol(&self.inner.syncer, &self.inner.around(), server, code, model).await?;
        self.inner.keep_identity();
        self.inner.keep_wrapped();
        Ok(enrolled)
    }

    /// Syncs until nothing is left to say on either side. May be cancelled at any await; what was done stays.
    pub async fn sync_now(&self) -> Result<Report, Error> {
        let report = self.sync(None).await?;
        match report.ended {
            Ended::Failed(failure) => Err(failure.into()),
            Ended::Complete | Ended::OutOfTime | Ended::NoRoom | Ended::Stuck => Ok(report),
        }
    }

    /// As [`Core::sync_now`], for time that the system lent in the background: ends by itself once
    /// `budget_ms` have passed.
    pub async fn sync_slice(&self, budget_ms: u64) -> Result<Report, Error> {
        let deadline = self.inner.clock.now().mono_ms.saturating_add(budget_ms);
        let report = self.sync(Some(deadline)).await?;
        match report.ended {
            Ended::Failed(failure) => Err(failure.into()),
            Ended::Complete | Ended::OutOfTime | Ended::NoRoom | Ended::Stuck => Ok(report),
        }
    }

    /// Fetches a run that has left this device, so that it can be opened; one that is here is left as it is.
    pub async fn fetch_run(&self, run: &str) -> Result<(), Error> {
        let run: DocId = run.parse().map_err(|e| Fault::id("run", e))?;
        Ok(fetch::fetch(&self.inner.syncer, &self.inner.around(), run).await?)
    }

    /// The same with what was done before a failure, for whoever shows or measures it. `deadline_ms` is of
    /// the monotonic clock.
    pub async fn sync(&self, deadline_ms: Option<u64>) -> Result<Report, Error> {
        let report = self.inner.syncer.run(&self.inner.around(), deadline_ms).await?;
        self.inner.keep_wrapped();
        Ok(report)
    }
}

impl Inner {
    fn around(&self) -> Around<'_> {
        Around { store: &self.store, clock: self.clock.as_ref(), random: self.random.as_ref(), observers: &self.observers }
    }
}
