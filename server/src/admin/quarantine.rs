//! What was refused, for a person to look at.

use frontline_domain::EntryHash;

use super::{AdminError, Desk, Result};
use crate::judge::Bench;
use crate::judge::let_in::let_in;
use crate::judge::runs::Runs;
use crate::store::Quarantined;

pub use crate::judge::let_in::LetIn;

impl Desk<'_> {
    /// What waits for a person, newest first; with `open` false also what something became of.
    pub async fn quarantine(&mut self, open: bool, limit: usize) -> Result<Vec<Quarantined>> {
        Ok(self.tx.all_quarantined(self.pen.org.id, open, limit).await?)
    }

    /// Lets an entry in, whoever its author was and whatever they might do.
    pub async fn let_in(&mut self, hash: EntryHash) -> Result<LetIn> {
        let org = self.org();
        let row = self.tx.quarantined_hash(org, &hash).await?;
        let row = row.ok_or_else(|| AdminError::Invalid("nothing of that name is in quarantine".into()))?;
        if row.resolved.is_some() {
            return Err(AdminError::Invalid("somebody has dealt with this already".into()));
        }
        let mut runs = Runs::default();
        let incarnation = self.pen.incarnation;
        let mut bench = Bench { tx: &mut *self.tx, feeds: &mut self.feeds, runs: &mut runs, incarnation, later: Vec::new(), dear: 0 };
        let done = let_in(&mut bench, org, row).await?;
        let later = bench.later;
        self.later.extend(later);
        Ok(done)
    }
}
