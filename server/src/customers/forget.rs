//! Forgetting a customer, and undoing a merge: what an administrator does.

use std::collections::BTreeSet;

use frontline_domain::customer::{Handle, group};
use frontline_domain::record::{SubjectForgotten, SubjectMerged};
use frontline_domain::{OrgId, SubjectId};

use super::take::is_device;
use crate::admin::{AdminError, Desk, Result};
use crate::app::App;
use crate::ledger::Order;
use crate::records;

/// Who is meant.
#[derive(Debug, Clone)]
pub enum Whom {
    Subject(SubjectId),
    Handle(Handle),
}

/// Forgets a customer, and leaves nothing of their keys in the database's files.
pub async fn forget(app: &App, org: OrgId, whom: &Whom) -> Result<BTreeSet<SubjectId>> {
    let mut desk = Desk::open(app, org).await?;
    let subjects = desk.forget(whom).await?;
    desk.close().await?;
    app.store.scrub().await?;
    Ok(subjects)
}

impl Desk<'_> {
    /// Every subject that is this customer; empty where nobody is known so.
    pub async fn customer(&mut self, whom: &Whom) -> Result<BTreeSet<SubjectId>> {
        let org = self.org();
        let named = match whom {
            Whom::Subject(subject) => {
                let known = !self.tx.customer_scopes(org, *subject).await?.is_empty();
                known.then_some(*subject).into_iter().collect()
            }
            Whom::Handle(handle) => self.tx.customers_with(org, &self.app.keys.customer_mac(org, handle)).await?,
        };
        let merges: Vec<SubjectMerged> = records::all(self.tx.as_read(), org).await?;
        Ok(named.into_iter().flat_map(|one| group(&merges, one)).collect())
    }

    /// Destroys the keys and the index of a customer here, and sends the order to every feed that has something
    /// about them, and to every device that wrote it. Gives the subjects; an error where nobody is known so.
    async fn forget(&mut self, whom: &Whom) -> Result<BTreeSet<SubjectId>> {
        let (org, at_ms) = (self.org(), self.now_ms);
        let subjects = self.customer(whom).await?;
        if subjects.is_empty() {
            return Err(AdminError::Invalid("this organisation knows no such customer; nothing was forgotten".into()));
        }
        for subject in &subjects {
            self.tx.remove_customer(org, *subject).await?;
            if !super::is_forgotten(self.tx.as_read(), org, *subject).await? {
                let scopes = self.tx.customer_scopes(org, *subject).await?;
                self.record(&scopes, &SubjectForgotten { subject: *subject, at_ms }).await?;
                self.orders.push(Order::Forgotten { org, subject: *subject, at_ms });
            }
        }
        Ok(subjects)
    }

    /// Undoes the merge by which `from` became another customer; the two are not merged again by themselves.
    pub async fn unmerge(&mut self, from: SubjectId) -> Result<SubjectMerged> {
        let org = self.org();
        let known: Option<SubjectMerged> = records::one(self.tx.as_read(), org, &from.to_string()).await?;
        let unknown = || AdminError::Invalid("this customer was merged into no other; ‘admin subject list’ shows the merges".into());
        let merge = known.filter(|m| !m.withdrawn).ok_or_else(unknown)?;
        let merges: Vec<SubjectMerged> = records::all(self.tx.as_read(), org).await?;
        let mut scopes = BTreeSet::new();
        for subject in group(&merges, from) {
            scopes.extend(self.tx.customer_scopes(org, subject).await?);
        }
        let undone = SubjectMerged { withdrawn: true, ..merge };
        self.record(&scopes.into_iter().filter(|s| !is_device(s)).collect::<Vec<_>>(), &undone).await?;
        Ok(undone)
    }

    /// The merges that stand.
    pub async fn merges(&mut self) -> Result<Vec<SubjectMerged>> {
        let mut all: Vec<SubjectMerged> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        all.retain(|m| !m.withdrawn);
        Ok(all)
    }
}
