//! Every version of every page of a store's folder, deciphered; what the disk does not give is passed over.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::cipher::{self, PAGE, Plain};
use super::log::{self, Frame};
use crate::store::FILE;

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
    /// the log has, and that will be written anew from there.
    pub fn unsealed(&self) -> Vec<u32> {
        let is_bad = |number: &u32| self.in_file(*number).is_none_or(|page| !page.plain.is_sealed);
        let in_log: BTreeSet<u32> = self.frames.iter().filter(|f| f.is_valid).map(|f| f.page).collect();
        (1..=self.count).filter(|n| !in_log.contains(n)).filter(is_bad).collect()
    }

    /// Every version, older before newer: what an earlier log left over, the file, the log.
    pub fn all(&self) -> impl Iterator<Item = Page> {
        let old = self.frames.iter().filter(|f| !f.is_of_now).filter_map(|f| self.in_log(f));
        let file = (1..=self.count).filter_map(|n| self.in_file(n));
        let new = self.frames.iter().filter(|f| f.is_of_now).filter_map(|f| self.in_log(f));
        old.chain(file).chain(new)
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
