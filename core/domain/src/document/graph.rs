//! Which change builds on which: kept beside automerge's own graph, which it does not show.
//!
//! A few words a change. Lamport numbers (`max_op`) grow along every path, because the judge demands it, and
//! so prune the walks: an ancestor test looks only at changes with a higher number.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChangeHash, Heads};

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub deps: Vec<ChangeHash>,
    /// The number of its last operation.
    pub max_op: u64,
    /// Bytes of the change.
    pub bytes: usize,
}

impl Node {
    pub(super) fn of(change: &automerge::Change) -> Self {
        Self { deps: change.deps().iter().map(|d| d.0).collect(), max_op: change.max_op(), bytes: change.raw_bytes().len() }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    nodes: BTreeMap<ChangeHash, Node>,
    /// Each actor's changes in order: the one with seq n at n - 1.
    actors: BTreeMap<Vec<u8>, Vec<ChangeHash>>,
    /// Bytes of all changes.
    bytes: usize,
}

impl Graph {
    pub(super) fn add(&mut self, hash: ChangeHash, actor: &[u8], node: Node) {
        let bytes = node.bytes;
        if self.nodes.insert(hash, node).is_none() {
            self.bytes += bytes;
            self.actors.entry(actor.to_vec()).or_default().push(hash);
        }
    }
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
    pub(super) fn has(&self, hash: &ChangeHash) -> bool {
        self.nodes.contains_key(hash)
    }
    /// Sets the bytes of all changes so far, where they came together.
    pub(super) fn weigh(&mut self, bytes: usize) {
        self.bytes = bytes;
    }
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
    pub(super) fn actors(&self) -> usize {
        self.actors.len()
    }
    /// The actor's changes, oldest first.
    pub(super) fn of_actor(&self, actor: &[u8]) -> &[ChangeHash] {
        self.actors.get(actor).map_or(&[], Vec::as_slice)
    }
    /// The highest operation number among these and all before them; 0 for none.
    pub(super) fn max_op<'a>(&self, of: impl IntoIterator<Item = &'a ChangeHash>) -> u64 {
        of.into_iter().filter_map(|h| self.nodes.get(h)).map(|n| n.max_op).max().unwrap_or(0)
    }

    /// Whether `hash` is one of `of` or comes before one of them.
    pub(super) fn is_ancestor(&self, hash: &ChangeHash, of: impl IntoIterator<Item = ChangeHash>) -> bool {
        let Some(floor) = self.nodes.get(hash).map(|n| n.max_op) else { return false };
        let mut seen = BTreeSet::new();
        let mut open: Vec<ChangeHash> = of.into_iter().collect();
        while let Some(next) = open.pop() {
            if next == *hash {
                return true;
            }
            if let Some(node) = self.nodes.get(&next).filter(|n| n.max_op > floor) {
                open.extend(node.deps.iter().filter(|d| seen.insert(**d)));
            }
        }
        false
    }

    /// These and all before them, of what is held.
    pub(super) fn ancestors(&self, of: impl IntoIterator<Item = ChangeHash>) -> BTreeSet<ChangeHash> {
        let mut found = BTreeSet::new();
        let mut open: Vec<ChangeHash> = of.into_iter().collect();
        while let Some(next) = open.pop() {
            if let Some(node) = self.nodes.get(&next)
                && found.insert(next)
            {
                open.extend(node.deps.iter().copied());
            }
        }
        found
    }

    /// `gone` and all that builds on it.
    pub(super) fn descendants(&self, gone: impl IntoIterator<Item = ChangeHash>) -> BTreeSet<ChangeHash> {
        let mut gone: BTreeSet<ChangeHash> = gone.into_iter().filter(|h| self.has(h)).collect();
        let mut order: Vec<(u64, ChangeHash)> = self.nodes.iter().map(|(h, n)| (n.max_op, *h)).collect();
        order.sort_unstable();
        for (_, hash) in order {
            if self.nodes[&hash].deps.iter().any(|d| gone.contains(d)) {
                gone.insert(hash);
            }
        }
        gone
    }

    /// Those of `set` that no other of `set` builds on directly. `set` is closed: with a change it holds
    /// all before it.
    pub(super) fn maximal(&self, set: &BTreeSet<ChangeHash>) -> Heads {
        let mut below: BTreeSet<&ChangeHash> = BTreeSet::new();
        for hash in set {
            below.extend(self.nodes.get(hash).into_iter().flat_map(|n| &n.deps));
        }
        Heads::new(set.iter().filter(|h| !below.contains(h)).copied())
    }
}
