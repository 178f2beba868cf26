//! Many changes at once: what a page brings for one run, and a saved run with what came after it.
//!
//! automerge leaves half of a change behind when it gives up on it, so that one change is applied to a copy.
//! A copy costs what the whole run costs, though: 20,000 changes, each applied to a copy, are 20,000 runs. Here
//! the copy is made once, and the changes that went well are applied to it again where one fails.

use automerge::{Automerge, Change};

use super::graph::Node;
use super::judge::{Author, Checked, Refusal};
use super::{Run, guard};

/// A change that somebody else made, with who its entry says made it.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    pub change: &'a [u8],
    pub author: Author<'a>,
}

impl Run {
    /// Applies a checked change to this run itself. Where that fails the run is lost: for those who can read it
    /// anew.
    pub fn taking(mut self, checked: Checked) -> Result<Run, Refusal> {
        if !self.has(&checked.hash()) {
            self.in_its_place(&checked.change)?;
            self.put(checked.change, &mut one)?;
        }
        Ok(self)
    }

    /// Takes in what others made, in any order; says of each whether this run holds it now. One that fails is
    /// left out and the rest goes on (`sync.md` 18). What lacks something, after all of it was tried, comes back
    /// as [`Refusal::Missing`] or [`Refusal::EarlierByAuthor`].
    pub fn take_in(&mut self, offered: &[Offered<'_>]) -> Vec<Result<(), Refusal>> {
        self.take_in_by(offered, &mut one)
    }

    pub(super) fn take_in_by(&mut self, offered: &[Offered<'_>], apply: &mut Apply<'_>) -> Vec<Result<(), Refusal>> {
        let mut fates: Vec<Result<(), Refusal>> = vec![Ok(()); offered.len()];
        let mut copy: Option<Run> = None;
        let mut good: Vec<(usize, Change)> = Vec::new();
        let mut open: Vec<usize> = (0..offered.len()).collect();
        loop {
            let (before, mut rest) = (open.len(), Vec::new());
            for at in open {
                fates[at] = match self.check(offered[at].change, &offered[at].author) {
                    Ok(checked) if checked.is_known() => Ok(()),
                    Ok(checked) => {
                        let copy = copy.get_or_insert_with(|| self.clone());
                        let put = self.put(checked.change.clone(), apply);
                        if put.is_ok() {
                            good.push((at, checked.change));
                        } else {
                            self.again(copy, &mut good, &mut fates, apply);
                        }
                        put
                    }
                    Err(refusal) => Err(refusal),
                };
                if let Err(Refusal::Missing(_) | Refusal::EarlierByAuthor) = &fates[at] {
                    rest.push(at);
                }
            }
            if rest.is_empty() || rest.len() == before {
                return fates;
            }
            open = rest;
        }
    }

    /// This run as `copy`, with what went well since.
    fn again(&mut self, copy: &Run, good: &mut Vec<(usize, Change)>, fates: &mut [Result<(), Refusal>], apply: &mut Apply<'_>) {
        loop {
            *self = copy.clone();
            let mut puts = good.iter().map(|(_, change)| self.in_its_place(change).and_then(|()| self.put(change.clone(), apply)));
            let Some((place, Err(refusal))) = puts.by_ref().enumerate().find(|(_, put)| put.is_err()) else { return };
            // It went well a moment ago; whatever this is, the others do not suffer from it.
            let (at, _) = good.remove(place);
            fates[at] = Err(refusal);
        }
    }

    /// Puts a change that is in its place into the document itself.
    fn put(&mut self, change: Change, apply: &mut Apply<'_>) -> Result<(), Refusal> {
        let node = Node::of(&change);
        let (hash, actor) = (change.hash().0, change.actor_id().clone());
        guard(|| apply(&mut self.doc, change))??;
        self.graph.add(hash, actor.to_bytes(), node);
        Ok(())
    }
}

/// How a change is put into a document; a test has one that fails.
pub(super) type Apply<'a> = dyn FnMut(&mut Automerge, Change) -> Result<(), Refusal> + 'a;

fn one(doc: &mut Automerge, change: Change) -> Result<(), Refusal> {
    doc.apply_changes([change]).map_err(|_| Refusal::IdentityClash)
}
