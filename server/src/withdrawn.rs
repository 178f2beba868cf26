//! Runs that nobody is to finish: which versions' open runs were withdrawn (ADR 32), as everybody at the server asks it. The
//! rule itself is [`RunsWithdrawn`]'s.

use frontline_domain::record::RunsWithdrawn;
use frontline_domain::{OrgId, ReleaseHash};

use crate::records;
use crate::store::{ReadTx, Result};

/// All withdrawals of an organisation, also those that were taken back.
#[derive(Debug, Clone, Default)]
pub struct Withdrawals(Vec<RunsWithdrawn>);

impl Withdrawals {
    pub async fn read(tx: &mut dyn ReadTx, org: OrgId) -> Result<Self> {
        Ok(Self(records::all(tx, org).await?))
    }
    /// The one by which open runs of a version are withdrawn.
    pub fn of(&self, release: &ReleaseHash) -> Option<&RunsWithdrawn> {
        RunsWithdrawn::of(&self.0, release)
    }
    /// Each of them.
    pub fn all(&self) -> &[RunsWithdrawn] {
        &self.0
    }
}
