//! What happens to the files.

use frontline_device::store::FILE;

use super::store::{Files, log};
use super::whole::in_log;
use crate::time::Seeded;

const PAGE: usize = 4_096;

/// A way to spoil a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    Bits,
    Zeros,
    Garbage,
    Cut,
    Begin,
    LogBits,
    LogZeros,
    LogCut,
    Both,
}

impl Harm {
    pub const ALL: [Harm; 9] =
        [Self::Bits, Self::Zeros, Self::Garbage, Self::Cut, Self::Begin, Self::LogBits, Self::LogZeros, Self::LogCut, Self::Both];

    pub fn name(self) -> &'static str {
        match self {
            Self::Bits => "bits flipped",
            Self::Zeros => "pages zeroed",
            Self::Garbage => "a span of garbage",
            Self::Cut => "tail cut",
            Self::Begin => "first page garbage",
            Self::LogBits => "log: bits flipped",
            Self::LogZeros => "log: frames zeroed",
            Self::LogCut => "log: tail cut",
            Self::Both => "bits in file and log",
        }
    }

    /// Whether it is the log that is spoiled.
    pub fn needs_log(self) -> bool {
        matches!(self, Self::LogBits | Self::LogZeros | Self::LogCut | Self::Both)
    }
}

/// A copy of the files, spoiled.
pub fn done(harm: Harm, files: &Files, chance: &Seeded) -> Files {
    let mut out = files.clone();
    match harm {
        Harm::Bits => bits(out.get_mut(FILE), chance),
        Harm::Zeros => spans(out.get_mut(FILE), chance, PAGE, |_| 0),
        Harm::Garbage => spans(out.get_mut(FILE), chance, 5 * PAGE, |c| u8::try_from(c.below(256)).unwrap_or(0)),
        Harm::Cut => cut(out.get_mut(FILE), chance),
        Harm::Begin => out.get_mut(FILE).into_iter().for_each(|f| f[..PAGE].iter_mut().for_each(|b| *b ^= 0x5a)),
        Harm::LogBits => bits(out.get_mut(&log()), chance),
        Harm::LogZeros => spans(out.get_mut(&log()), chance, PAGE + 24, |_| 0),
        Harm::LogCut => cut(out.get_mut(&log()), chance),
        Harm::Both => {
            bits(out.get_mut(FILE), chance);
            bits(out.get_mut(&log()), chance);
        }
    }
    out
}

fn below(chance: &Seeded, n: usize) -> usize {
    usize::try_from(chance.below(n.max(1) as u64)).unwrap_or(0)
}

fn bits(file: Option<&mut Vec<u8>>, chance: &Seeded) {
    let Some(file) = file else { return };
    for _ in 0..1 + below(chance, 20) {
        let at = below(chance, file.len());
        file[at] ^= 1 << below(chance, 8);
    }
}

fn spans(file: Option<&mut Vec<u8>>, chance: &Seeded, most: usize, with: impl Fn(&Seeded) -> u8) {
    let Some(file) = file else { return };
    for _ in 0..1 + below(chance, 4) {
        let at = below(chance, file.len() / PAGE) * PAGE;
        let end = (at + PAGE.max(below(chance, most))).min(file.len());
        file[at..end].iter_mut().for_each(|b| *b = with(chance));
    }
}

fn cut(file: Option<&mut Vec<u8>>, chance: &Seeded) {
    let Some(file) = file else { return };
    file.truncate(file.len() / 5 + below(chance, file.len() * 4 / 5));
}

/// Whether a page of the file itself that SQLite would read was touched: that has to be noticed, whatever else.
pub fn is_in_file(before: &Files, after: &Files) -> bool {
    let (logged, was, is) = (in_log(before), &before[FILE], after.get(FILE));
    let page = |bytes: Option<&Vec<u8>>, n: usize| bytes.and_then(|b| b.get(n * PAGE..(n + 1) * PAGE)).map(<[u8]>::to_vec);
    (0..was.len() / PAGE).any(|n| !logged.contains_key(&(n as u32 + 1)) && page(Some(was), n) != page(is, n))
}
