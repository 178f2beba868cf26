//! What can happen to a phone's disk: it is damaged, it is full. The phone must be closed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{World, words};

/// Bytes of a page of the store.
const PAGE: usize = 4_096;

/// How a store's file can be damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The first page is overwritten: nothing tells any more what the file is.
    Header,
    /// A bit changes in every third page.
    Bits,
    /// Every fourth page is zeros.
    Zeros,
    /// The last third is missing.
    Cut,
    /// Nothing is left in it.
    Empty,
}

impl Damage {
    /// By its name in a story.
    pub fn by_name(name: &str) -> Option<Damage> {
        Some(match name {
            "header" => Damage::Header,
            "bits" => Damage::Bits,
            "zeros" => Damage::Zeros,
            "cut" => Damage::Cut,
            "empty" => Damage::Empty,
            _ => return None,
        })
    }

    fn apply(self, bytes: &mut Vec<u8>) {
        let pages = bytes.len() / PAGE;
        match self {
            Damage::Header => bytes[..PAGE].fill(0x5a),
            Damage::Bits => (1..pages).step_by(3).for_each(|page| bytes[page * PAGE + 1_000] ^= 4),
            Damage::Zeros => (3..pages).step_by(4).for_each(|page| bytes[page * PAGE..(page + 1) * PAGE].fill(0)),
            Damage::Cut => bytes.truncate(pages * 2 / 3 * PAGE),
            Damage::Empty => bytes.clear(),
        }
    }
}

/// A small file system that a phone's files lie on; taken away when dropped.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Moves the files of `dir` onto a file system of so many KiB.
    fn under(dir: &Path, kib: u64) -> Result<Self, String> {
        let mut files = Vec::new();
        for one in fs::read_dir(dir).map_err(words)? {
            let path = one.map_err(words)?.path();
            if path.is_file() {
                files.push((path.clone(), fs::read(&path).map_err(words)?));
            }
        }
        let made = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"]).arg(dir).output();
        if !made.is_ok_and(|out| out.status.success()) {
            return Err("this user may not mount a small file system".to_owned());
        }
        let disk = Self(dir.to_owned());
        for (path, bytes) in files {
            fs::write(path, bytes).map_err(words)?;
        }
        Ok(disk)
    }

    /// Takes what is left, to the last byte.
    fn fill(&self) -> Result<(), String> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.0.join("others")).map_err(words)?;
        let mut size = 1 << 20;
        while size > 0 {
            if file.write_all(&vec![1; size]).is_err() {
                size /= 2;
            }
        }
        Ok(())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

impl World {
    /// Damages a phone's file.
    pub fn damage(&self, phone: &str, how: Damage) -> Result<(), String> {
        let file = self.phone_folder(phone).join("store.db");
        let mut bytes = fs::read(&file).map_err(words)?;
        how.apply(&mut bytes);
        fs::write(&file, bytes).map_err(words)
    }

    /// Leaves no room on the disk of a phone. An error where this user may make no such disk.
    pub fn fill_disk(&mut self, phone: &str) -> Result<(), String> {
        let dir = self.phone_folder(phone);
        if !self.disks.contains_key(phone) {
            self.disks.insert(phone.to_owned(), SmallDisk::under(&dir, 8 << 10)?);
        }
        self.disks.get(phone).map_or(Ok(()), SmallDisk::fill)
    }

    /// Makes room on the disk of a phone again.
    pub fn make_room(&self, phone: &str) -> Result<(), String> {
        fs::remove_file(self.phone_folder(phone).join("others")).map_err(words)
    }
}
