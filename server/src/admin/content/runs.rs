//! What becomes of open runs where a new version comes, or a procedure is taken away (ADR 32): they are finished on the
//! version that they began with, or somebody withdraws them, with a reason that people read. A withdrawal names versions and
//! lies in the feed of every site, so that it covers what was begun on them offline and nobody has heard of yet.

use std::collections::BTreeSet;

use frontline_domain::fact::MAX_COMMENT;
use frontline_domain::record::{Publication, RunsWithdrawn, Site};
use frontline_domain::{PersonId, ReleaseHash, Scope, Slug, WithdrawalId};

use super::drafts::KIND;
use crate::admin::{AdminError, Desk, Result};
use crate::records::{self, publication_key};

/// What becomes of the open runs of versions that cannot be begun any more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OpenRuns {
    /// They are finished on the version that they began with.
    #[default]
    Finish,
    /// Nobody is to finish them.
    Withdraw(Because),
}

/// Why, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    pub reason: String,
    pub by: PersonId,
    pub by_name: String,
}

impl Because {
    /// A reason is for those who began something: without one they are not asked to begin anew.
    pub fn read(reason: &str, by: PersonId, by_name: String) -> Result<Self> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AdminError::Invalid("say why open runs are withdrawn: whoever began one reads it".into()));
        }
        if reason.len() > MAX_COMMENT || reason.contains(|c: char| c.is_control() && c != '\n') {
            return Err(AdminError::Invalid(format!("the reason is text of at most {MAX_COMMENT} bytes")));
        }
        Ok(Self { reason: reason.to_owned(), by, by_name })
    }
}

impl Desk<'_> {
    /// Withdraws the open runs of each version of a procedure that cannot be begun now, and whose runs are not withdrawn
    /// already. How many versions; none: nothing was written.
    pub async fn withdraw_runs(&mut self, slug: &Slug, because: &Because) -> Result<usize> {
        let org = self.org();
        let current: Option<Publication> = records::one(self.tx.as_read(), org, &publication_key(KIND, slug)).await?;
        let current = current.filter(|one| !one.withdrawn).map(|one| one.release);
        let before = self.withdrawals().await?;
        let mut releases = Vec::new();
        for version in self.tx.versions(org, KIND, slug.as_str(), RunsWithdrawn::VERSIONS).await? {
            if Some(version.hash) != current && RunsWithdrawn::of(&before, &version.hash).is_none() {
                releases.push(version.hash);
            }
        }
        if releases.is_empty() {
            return Ok(0);
        }
        let count = releases.len();
        let Because { reason, by, by_name } = because.clone();
        let id = WithdrawalId::from_bytes(self.app.random.uuid_v7(self.now_ms));
        let record = RunsWithdrawn { id, procedure: slug.clone(), releases, reason, by, by_name, at_ms: self.now_ms, undone: false };
        self.tell_sites(&record).await?;
        Ok(count)
    }

    /// Takes a withdrawal back: the runs are open again. Whether it stood.
    pub async fn undo_withdrawal(&mut self, slug: &Slug, id: WithdrawalId) -> Result<bool> {
        let found = self.withdrawals().await?.into_iter().find(|one| one.id == id && one.procedure == *slug && !one.undone);
        let Some(one) = found else { return Ok(false) };
        self.tell_sites(&RunsWithdrawn { undone: true, ..one }).await?;
        Ok(true)
    }

    /// A version can be begun from now on: its runs are not withdrawn any more, or those of today would be with them.
    pub(super) async fn can_be_begun(&mut self, release: ReleaseHash) -> Result<()> {
        for mut one in self.withdrawals().await?.into_iter().filter(|one| one.covers(&release)) {
            // The last one that it names stays, to be read of what it was.
            if one.releases == [release] {
                one.undone = true;
            } else {
                one.releases.retain(|other| *other != release);
            }
            self.tell_sites(&one).await?;
        }
        Ok(())
    }

    /// Sites that came since hear what stands.
    pub(super) async fn feed_withdrawals(&mut self) -> Result<()> {
        for one in self.withdrawals().await?.into_iter().filter(|one| !one.undone) {
            self.tell_sites(&one).await?;
        }
        Ok(())
    }

    async fn withdrawals(&mut self) -> Result<Vec<RunsWithdrawn>> {
        Ok(records::all(self.tx.as_read(), self.pen.org.id).await?)
    }

    /// Also those that were withdrawn: runs may lie there, on phones that come back.
    async fn tell_sites(&mut self, one: &RunsWithdrawn) -> Result<()> {
        let sites: Vec<Site> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        let scopes: BTreeSet<Scope> = sites.iter().map(|site| Scope::Site(site.id)).collect();
        self.record(&scopes.into_iter().collect::<Vec<_>>(), one).await?;
        Ok(())
    }
}
