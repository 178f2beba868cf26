//! Assignments: who does what by when.

use frontline_domain::record::{Assignment, Publication};
use frontline_domain::{AssignmentId, EntryType, Scope, Slug};

use super::{AdminError, Desk, Result};
use crate::records::{self, publication_key};

impl Desk<'_> {
    /// Assigns a published module or procedure to a site or a person; the same thing to the same place again
    /// moves its due time.
    pub async fn assign(&mut self, kind: &str, slug: &Slug, to: Scope, due_ms: i64) -> Result<Assignment> {
        if !matches!(kind, "module" | "procedure") {
            return Err(AdminError::Invalid("a module or a procedure is assigned".into()));
        }
        let org = self.org();
        let publication: Option<Publication> = records::one(self.tx.as_read(), org, &publication_key(kind, slug)).await?;
        if publication.is_none_or(|p| p.withdrawn) {
            return Err(AdminError::Invalid(format!("no {kind} ‘{slug}’ is published")));
        }
        let known = match to {
            Scope::Site(id) => self.tx.record(org, EntryType::SITE, &id.to_string()).await?.is_some(),
            Scope::Person(id) => self.tx.record(org, EntryType::PERSON, &id.to_string()).await?.is_some(),
            Scope::Org | Scope::Device(_) => false,
        };
        if !known {
            return Err(AdminError::Invalid("it is assigned to a site or a person of the organisation".into()));
        }
        let same = |a: &Assignment| a.kind == kind && a.slug == *slug && a.to == to;
        let before = self.assignments().await?.into_iter().find(same);
        let id = before.map_or_else(|| AssignmentId::from_bytes(self.app.random.uuid_v7(self.now_ms)), |a| a.id);
        let assignment = Assignment { id, kind: kind.to_owned(), slug: slug.clone(), to, due_ms, withdrawn: false };
        self.record(&[to], &assignment).await?;
        Ok(assignment)
    }

    /// No longer asks for it; what was done stays.
    pub async fn unassign(&mut self, kind: &str, slug: &Slug, to: Scope) -> Result<bool> {
        let same = |a: &Assignment| a.kind == kind && a.slug == *slug && a.to == to && !a.withdrawn;
        let Some(mut assignment) = self.assignments().await?.into_iter().find(same) else { return Ok(false) };
        assignment.withdrawn = true;
        self.record(&[to], &assignment).await
    }
}
