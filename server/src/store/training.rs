//! Attempts at quizzes: a row for each, derived from the facts about it as they are stored.

use async_trait::async_trait;

use frontline_domain::quiz::Attempt;
use frontline_domain::{CaptureId, OrgId, PersonId, ReleaseHash, Scope};

use super::Result;

/// An attempt of somebody; its answers are in the facts and not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    pub person: PersonId,
    /// The site whose feed it began in.
    pub scope: Scope,
    pub attempt: Attempt,
}

#[async_trait]
pub trait TrainingRead {
    async fn attempt(&mut self, org: OrgId, person: PersonId, id: CaptureId) -> Result<Option<AttemptRow>>;
    /// Somebody's attempts at every module, in the order in which they were begun.
    async fn attempts_of(&mut self, org: OrgId, person: PersonId) -> Result<Vec<AttemptRow>>;
    /// Everybody's attempts at every version of the module with this slug, by person and start.
    async fn attempts(&mut self, org: OrgId, module: &str) -> Result<Vec<AttemptRow>>;
    /// Who has not handed in an attempt, and the version of the module; each pair once.
    async fn open_attempts(&mut self, org: OrgId) -> Result<Vec<(PersonId, ReleaseHash)>>;
}

#[async_trait]
pub trait TrainingWrite {
    /// Keeps an attempt as it stands.
    async fn put_attempt(&mut self, org: OrgId, row: &AttemptRow) -> Result<()>;
}
