//! Every version of every page of a store's folder, deciphered; what the disk does not give is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use frontline_domain::EntryHash;
use frontline_protocol::Entry;

use super::cipher::{self, PAGE, Plain};
use super::frame;
use super::log::{self, Frame};
use crate::store::FILE;

/// Where the first page says how many there are: <https://www.sqlite.org/fileformat2.html#in_header_database_size>.
const SIZE_AT: usize = 28;

/// One version of one page.
pub struct Page {
    pub number: u32,
    pub plain: Plain,
}

/// The pages of one folder.
pub struct Pages<'a> {
    key: &'a [u8; 32],
    file: Option<File>,
    count: u32,
    log: Option<File>,
    frames: Vec<Frame>,
}

impl<'a> Pages<'a> {
    /// Of the store in `dir`, whatever of it is there.
    pub fn of(dir: &Path, key: &'a [u8; 32]) -> std::io::Result<Self> {
        let file = there(File::open(dir.join(FILE)))?;
        let length = file.as_ref().map_or(Ok(0), |f| f.metadata().map(|m| m.len()))?;
        let log_path = dir.join(format!("{FILE}-wal"));
        // The last page may be cut: what is left of it is read with zeros behind it.
        let count = u32::try_from(length.div_ceil(PAGE as u64)).unwrap_or(u32::MAX);
        Ok(Self { key, file, count, log: there(File::open(&log_path))?, frames: log::frames(&log_path)? })
    }

    /// The pages of the file whose seal is broken, and those that the disk does not give; without those that
    /// the log has, and that will be written anew from there. A tail that was cut off counts, also where it held
    /// nothing but free pages: nobody reads those, SQLite's own check neither, until something is written to them.
    pub fn unsealed(&self) -> Vec<u32> {
        let is_bad = |number: &u32| self.in_file(*number).is_none_or(|page| !page.plain.is_sealed);
        let in_log: BTreeSet<u32> = log::read(&self.frames).iter().map(|f| f.page).collect();
        let ours = 1..=self.size().unwrap_or(self.count);
        ours.filter(|n| !in_log.contains(n) && *n != log::LOCK_PAGE).filter(is_bad).collect()
    }

    /// How many pages the database has: by the log's last transaction, else by the file's first page. What lies behind
    /// them is nobody's.
    fn size(&self) -> Option<u32> {
        let in_header = || {
            let first = self.in_file(1).filter(|page| page.plain.is_sealed)?;
            Some(u32::from_be_bytes(*first.plain.bytes[SIZE_AT..].first_chunk()?))
        };
        log::read(&self.frames).last().map(|f| f.size).or_else(in_header).filter(|size| *size > 0)
    }

    /// Every version, older before newer: what an earlier log left over, the file, the log.
    pub fn all(&self) -> impl Iterator<Item = Page> {
        let old = self.frames.iter().filter(|f| !f.is_of_now).filter_map(|f| self.in_log(f));
        let file = (1..=self.count).filter_map(|n| self.in_file(n));
        let new = self.frames.iter().filter(|f| f.is_of_now).filter_map(|f| self.in_log(f));
        old.chain(file).chain(new)
    }

    /// What lies in frames for salvage in the log behind what SQLite takes of it, each once.
    pub fn left_over(&self) -> BTreeMap<EntryHash, Entry> {
        let behind = self.frames[log::read(&self.frames).len()..].iter().filter(|f| f.is_of_now);
        let pages = behind.filter_map(|f| self.in_log(f)).filter(|page| page.plain.is_sealed);
        pages.flat_map(|page| frame::find(&page.plain.bytes[..cipher::USABLE])).map(|entry| (entry.hash(), entry)).collect()
    }

    /// The versions of one page, newest first.
    pub fn versions(&self, number: u32) -> impl Iterator<Item = Page> {
        let of_it = move |f: &&Frame| f.page == number;
        let new = self.frames.iter().rev().filter(of_it).filter(|f| f.is_of_now).filter_map(|f| self.in_log(f));
        let old = self.frames.iter().rev().filter(of_it).filter(|f| !f.is_of_now).filter_map(|f| self.in_log(f));
        new.chain(self.in_file(number)).chain(old)
    }

    fn in_file(&self, number: u32) -> Option<Page> {
        let at = u64::from(number.checked_sub(1)?) * PAGE as u64;
        self.read(self.file.as_ref()?, at, number)
    }
    fn in_log(&self, frame: &Frame) -> Option<Page> {
        self.read(self.log.as_ref()?, frame.at, frame.page)
    }
    fn read(&self, mut file: &File, at: u64, number: u32) -> Option<Page> {
        let mut raw = Vec::with_capacity(PAGE);
        file.seek(SeekFrom::Start(at)).ok()?;
        file.take(PAGE as u64).read_to_end(&mut raw).ok()?;
        raw.resize(PAGE, 0);
        cipher::open(self.key, number, &raw).map(|plain| Page { number, plain })
    }
}

fn there(file: std::io::Result<File>) -> std::io::Result<Option<File>> {
    match file {
        Ok(file) => Ok(Some(file)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}
