//! What of a store was not touched. A page is there if every byte of it is as it was, in the place that SQLite would
//! read it from: its last frame in the log, or the file. A row is whole if all of its pages are, and an unsent thing if
//! one of its two rows is.

use std::collections::{BTreeMap, BTreeSet};

use frontline_device::store::FILE;
use frontline_domain::EntryHash;

use super::store::{Files, Made, log};

const PAGE: usize = 4_096;
const HEADER: usize = 32;
const FRAME: usize = 24 + PAGE;

/// Where the bytes of each page of the log lie in it. The log of a store that is sound: its frames are those with the
/// salt of its header.
pub fn in_log(files: &Files) -> BTreeMap<u32, usize> {
    let Some(log) = files.get(&log()).filter(|log| log.len() > HEADER) else { return BTreeMap::new() };
    let frames = log[HEADER..].chunks_exact(FRAME).enumerate();
    let of_now = frames.take_while(|(_, frame)| frame[8..16] == log[16..24]);
    of_now.map(|(n, f)| (u32::from_be_bytes([f[0], f[1], f[2], f[3]]), HEADER + n * FRAME + 24)).collect()
}

/// The unsent things that are whole in `damaged`.
pub fn of(made: &Made, damaged: &Files) -> BTreeSet<EntryHash> {
    let logged = in_log(&made.files);
    let same = |page: &u32| {
        let (name, at) = match logged.get(page) {
            Some(at) => (log(), *at),
            None => (FILE.to_owned(), (*page as usize - 1) * PAGE),
        };
        let slice = |files: &Files| files.get(&name).and_then(|bytes| bytes.get(at..at + PAGE)).map(<[u8]>::to_vec);
        slice(damaged).is_some_and(|now| slice(&made.files) == Some(now))
    };
    let is_there = |pages: &Vec<u32>| !pages.is_empty() && pages.iter().all(same);
    made.unsent.iter().filter(|one| is_there(&one.frame) || is_there(&one.entry)).map(|one| one.hash).collect()
}
