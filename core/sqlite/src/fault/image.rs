//! What of one file would still be there if the power went now: what was flushed, and what was asked for since.

/// A number below `n`, out of a seed: SplitMix64.
pub(super) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).unwrap_or(0)
    }
    fn half(&mut self) -> bool {
        self.below(2) == 0
    }
}

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Made,
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
    Gone,
}

/// One file; none where there is none.
#[derive(Debug, Default)]
pub(super) struct Image {
    durable: Option<Vec<u8>>,
    pending: Vec<Change>,
}

impl Image {
    /// Of a file that lies on the disk as it is.
    pub fn of(durable: Option<Vec<u8>>) -> Self {
        Self { durable, pending: Vec::new() }
    }

    pub fn change(&mut self, change: Change) {
        self.pending.push(change);
    }

    /// What was asked for is on the disk.
    pub fn flush(&mut self) {
        self.durable = self.as_asked();
        self.pending.clear();
    }

    /// The disk said that it could not flush: it will not try again with these (as Linux takes such pages for clean).
    pub fn forget(&mut self) {
        self.pending.clear();
    }

    /// All that was asked for, flushed or not.
    pub fn as_asked(&self) -> Option<Vec<u8>> {
        let mut out = self.durable.clone();
        self.pending.iter().for_each(|change| apply(&mut out, change));
        out
    }

    /// Without what was not flushed.
    pub fn flushed(&self) -> Option<Vec<u8>> {
        self.durable.clone()
    }

    /// With any sectors of what was not flushed, those between two changes of the folder or the length in any order. A
    /// file system that keeps a journal does those in order, up to some one.
    pub fn scattered(&self, chance: &mut Chance) -> Option<Vec<u8>> {
        let mut out = self.durable.clone();
        let mut sectors = Vec::new();
        for change in &self.pending {
            if let Change::Write { at, bytes } = change {
                sectors.extend(split(*at, bytes).filter(|_| chance.half()));
                continue;
            }
            shuffled(&mut sectors, chance).iter().for_each(|write| apply(&mut out, write));
            sectors.clear();
            if chance.half() {
                return out;
            }
            apply(&mut out, change);
        }
        shuffled(&mut sectors, chance).iter().for_each(|write| apply(&mut out, write));
        out
    }
}

fn split(at: usize, bytes: &[u8]) -> impl Iterator<Item = Change> {
    let first = (SECTOR - at % SECTOR).min(bytes.len());
    let (head, rest) = bytes.split_at(first);
    let rest = rest.chunks(SECTOR).enumerate().map(move |(n, chunk)| (at + first + n * SECTOR, chunk));
    [(at, head)].into_iter().chain(rest).filter(|(_, b)| !b.is_empty()).map(|(at, b)| Change::Write { at, bytes: b.to_vec() })
}

fn shuffled<'a>(all: &'a mut [Change], chance: &mut Chance) -> &'a [Change] {
    for n in (1..all.len()).rev() {
        all.swap(n, chance.below(n + 1));
    }
    all
}

fn apply(to: &mut Option<Vec<u8>>, change: &Change) {
    match change {
        Change::Made => drop(to.get_or_insert_default()),
        Change::Gone => *to = None,
        Change::Length(length) => to.get_or_insert_default().resize(*length, 0),
        Change::Write { at, bytes } => {
            let to = to.get_or_insert_default();
            to.resize(to.len().max(at + bytes.len()), 0);
            to[*at..at + bytes.len()].copy_from_slice(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(at: usize, byte: u8, length: usize) -> Change {
        Change::Write { at, bytes: vec![byte; length] }
    }

    #[test]
    fn what_was_flushed_stays_and_what_was_not_may_be_gone() {
        let mut image = Image::of(None);
        image.change(Change::Made);
        image.change(write(0, 1, 4));
        assert_eq!((image.flushed(), image.as_asked()), (None, Some(vec![1; 4])));
        image.flush();
        image.change(write(2, 2, 4));
        assert_eq!((image.flushed(), image.as_asked()), (Some(vec![1; 4]), Some(vec![1, 1, 2, 2, 2, 2])));
        image.forget();
        image.flush();
        assert_eq!(image.flushed(), Some(vec![1; 4]));
        image.change(Change::Gone);
        assert_eq!((image.flushed(), image.as_asked()), (Some(vec![1; 4]), None));
    }

    #[test]
    fn sectors_are_there_or_not_each_for_itself_and_only_those_that_were_written() {
        let mut image = Image::of(Some(vec![0; 4 * SECTOR]));
        image.change(write(100, 7, 3 * SECTOR));
        let (mut some, mut all, mut none) = (false, false, false);
        for seed in 0..200 {
            let left = image.scattered(&mut Chance(seed)).unwrap();
            assert!(left[..100].iter().chain(&left[100 + 3 * SECTOR..]).all(|b| *b == 0));
            let sectors =
                [&left[100..SECTOR], &left[SECTOR..2 * SECTOR], &left[2 * SECTOR..3 * SECTOR], &left[3 * SECTOR..3 * SECTOR + 100]];
            assert!(sectors.iter().all(|s| s.iter().all(|b| *b == s[0])), "a sector was cut");
            let there = sectors.iter().filter(|s| s[0] == 7).count();
            (some, all, none) = (some || (1..4).contains(&there), all || there == 4, none || there == 0);
        }
        assert!(some && all && none);
    }
}
