//! Which values follow from which: in what order they are made, and what is to be made anew after one of them changed.

use std::collections::BTreeSet;

/// The values of a form by their numbers, each after all that it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    order: Vec<u32>,
    /// Where each stands in the order.
    places: Vec<u32>,
    /// Those that read each one itself.
    readers: Vec<Vec<u32>>,
}

/// Values that follow from themselves, in a circle: each reads the next, and the last the first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a value follows from itself by way of {} others", .0.len().saturating_sub(1))]
pub struct Cycle(pub Vec<u32>);

impl Graph {
    /// Of `reads[n]`, all that value `n` reads; numbers of no value are passed over.
    pub fn of(reads: &[BTreeSet<u32>]) -> Result<Self, Cycle> {
        let is_value = |n: &&u32| (**n as usize) < reads.len();
        let mut readers = vec![Vec::new(); reads.len()];
        let mut open: Vec<usize> = Vec::with_capacity(reads.len());
        for (n, all) in (0u32..).zip(reads) {
            open.push(all.iter().filter(is_value).count());
            all.iter().filter(is_value).for_each(|read| readers[*read as usize].push(n));
        }
        // The lowest number first among those that can be made: the order is the form's wherever it may be.
        let mut ready: BTreeSet<u32> = (0u32..).zip(&open).filter(|(_, open)| **open == 0).map(|(n, _)| n).collect();
        let (mut order, mut places) = (Vec::with_capacity(reads.len()), vec![0; reads.len()]);
        while let Some(n) = ready.pop_first() {
            places[n as usize] = u32::try_from(order.len()).unwrap_or(u32::MAX);
            order.push(n);
            for reader in &readers[n as usize] {
                open[*reader as usize] -= 1;
                if open[*reader as usize] == 0 {
                    ready.insert(*reader);
                }
            }
        }
        if order.len() < reads.len() { Err(circle(reads, &open)) } else { Ok(Self { order, places, readers }) }
    }

    /// Every value, each after all that it reads.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Where a value stands in the order.
    pub fn place(&self, n: u32) -> u32 {
        self.places.get(n as usize).copied().unwrap_or(u32::MAX)
    }

    /// What follows from these, themselves not counted, each after all that it reads.
    pub fn after(&self, changed: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut left: Vec<u32> = changed.into_iter().collect();
        let mut found = BTreeSet::new();
        while let Some(n) = left.pop() {
            for reader in self.readers.get(n as usize).into_iter().flatten() {
                if found.insert((self.places[*reader as usize], *reader)) {
                    left.push(*reader);
                }
            }
        }
        found.into_iter().map(|(_, n)| n).collect()
    }
}

/// One circle among the values that could not be made.
fn circle(reads: &[BTreeSet<u32>], open: &[usize]) -> Cycle {
    let is_stuck = |n: &&u32| open.get(**n as usize).is_some_and(|left| *left > 0);
    let mut way: Vec<u32> = (0u32..).zip(open).find(|(_, left)| **left > 0).map(|(n, _)| n).into_iter().collect();
    // Whatever is stuck reads something that is stuck: going on, one comes by a second time.
    while let Some(next) = way.last().and_then(|n| reads[*n as usize].iter().find(is_stuck)) {
        if let Some(first) = way.iter().position(|n| n == next) {
            return Cycle(way.split_off(first));
        }
        way.push(*next);
    }
    Cycle(way)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph<const N: usize>(reads: [&[u32]; N]) -> Result<Graph, Cycle> {
        Graph::of(&reads.map(|all| all.iter().copied().collect()))
    }

    #[test]
    fn each_value_comes_after_what_it_reads_and_only_what_follows_is_made_anew() {
        // 0 reads 2; 1 reads 0 and 3; 4 reads nothing and is read by nobody.
        let g = graph([&[2], &[0, 3], &[], &[], &[]]).expect("no circle");
        assert_eq!(g.order(), [2, 0, 3, 1, 4]);
        assert_eq!((g.after([2]), g.after([3]), g.after([1, 4])), (vec![0, 1], vec![1], vec![]));
        assert_eq!(g.after([2, 3]), [0, 1]);
        assert_eq!(g.after([99]), [] as [u32; 0], "a number of no value");
    }

    #[test]
    fn a_circle_is_named_without_those_that_only_lead_to_it() {
        assert_eq!(graph([&[0]]), Err(Cycle(vec![0])));
        // 0 leads to the circle of 1, 2 and 3.
        assert_eq!(graph([&[1], &[2], &[3], &[1], &[]]), Err(Cycle(vec![1, 2, 3])));
    }
}
