//! Taking in what was checked, and leaving out what was refused.

use std::collections::BTreeSet;

use super::graph::Node;
use super::judge::{Checked, Refusal};
use super::{ChangeHash, Heads, Run, guard};

impl Run {
    /// Applies one checked change.
    pub fn apply(&mut self, checked: Checked) -> Result<(), Refusal> {
        self.apply_many(vec![checked])
    }

    /// Applies checked changes together, all or none. None of them builds on another that is not yet here:
    /// each was checked against this run.
    pub fn apply_many(&mut self, checked: Vec<Checked>) -> Result<(), Refusal> {
        let mut fresh = BTreeSet::new();
        let mut changes = Vec::with_capacity(checked.len());
        for one in checked {
            // Whether it is known is asked again: it may have been applied since it was checked.
            if !self.has(&one.hash()) && fresh.insert(one.hash()) {
                self.in_its_place(&one.change)?;
                changes.push(one.change);
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        // automerge leaves a half-applied document behind when it panics: work on a copy.
        let mut doc = self.doc.clone();
        let batch = changes.clone();
        guard(|| doc.apply_changes(batch))?.map_err(|_| Refusal::IdentityClash)?;
        self.doc = doc;
        for change in changes {
            self.graph.add(change.hash().0, change.actor_id().to_bytes(), Node::of(&change));
        }
        Ok(())
    }

    /// The run without `refused` and without what builds on it, and which changes those are: where a device
    /// replays its edits after a refusal (`sync.md` 21).
    pub fn without(&self, refused: &BTreeSet<ChangeHash>) -> Result<(Run, BTreeSet<ChangeHash>), Refusal> {
        let gone = self.graph.descendants(refused.iter().copied());
        let mut kept = self.doc.get_changes(&[]);
        kept.retain(|c| !gone.contains(&c.hash().0));
        let mut run = Run::new(self.id);
        for change in &kept {
            run.graph.add(change.hash().0, change.actor_id().to_bytes(), Node::of(change));
        }
        guard(|| run.doc.apply_changes(kept))?.map_err(|_| Refusal::Unsound("the run can't be rebuilt"))?;
        Ok((run, gone))
    }

    /// What somebody who was at `heads` saw of the changes that are not `gone`: the heads at which an edit
    /// made there is replayed. `gone` holds with a change all that builds on it, as [`Run::without`] gives it.
    pub fn heads_without(&self, heads: &Heads, gone: &BTreeSet<ChangeHash>) -> Heads {
        let kept = self.graph.ancestors(heads.iter()).into_iter().filter(|h| !gone.contains(h)).collect();
        self.graph.maximal(&kept)
    }
}
