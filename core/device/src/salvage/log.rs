//! The write-ahead log, read past the place where SQLite stops. Format: <https://www.sqlite.org/fileformat2.html#walformat>.
//!
//! When a log is opened after the app died, SQLite takes its frames up to the first whose checksum is wrong and
//! forgets the rest without a word. That is right for a commit which the power cut in two; it is wrong where a
//! bit changed in a commit that was acknowledged, since all that was captured after it would silently be gone.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::cipher::PAGE;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// Bytes of a frame.
pub const FRAME: usize = FRAME_HEADER + PAGE;
const LITTLE: u32 = 0x377f_0682;
const BIG: u32 = 0x377f_0683;

/// What a log's header says.
#[derive(Debug, Clone, Copy)]
struct Head {
    is_big: bool,
    salts: [u8; 8],
    sum: [u32; 2],
    is_whole: bool,
}

/// One frame, as it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    pub page: u32,
    /// Where its page begins in the file.
    pub at: u64,
    /// Pages of the database after the transaction that this frame ends; 0 where it ends none.
    pub size: u32,
    /// Written since the log began anew last; else left over from before.
    pub is_of_now: bool,
    /// SQLite takes it.
    pub is_valid: bool,
}

impl Frame {
    /// It ends a transaction.
    pub fn commits(&self) -> bool {
        self.size != 0
    }
}

/// The frames that SQLite reads: up to the last valid one that ends a transaction.
pub fn read(frames: &[Frame]) -> &[Frame] {
    let valid = frames.iter().take_while(|f| f.is_valid);
    let last = valid.enumerate().filter(|(_, f)| f.commits()).last();
    &frames[..last.map_or(0, |(at, _)| at + 1)]
}

/// SQLite never writes this page: it lies where others lock the file. <https://www.sqlite.org/fileformat2.html#the_lock_byte_page>
pub const LOCK_PAGE: u32 = (1 << 30) / PAGE as u32 + 1;

/// Whether the log can be that of a file with so many pages.
///
/// If the database has more of them than are in its file, the log has the rest: SQLite reads zeros where neither does,
/// also through the cipher, and tells nobody. If it has fewer, the log is an older one, since this store never gets
/// smaller: what was captured after it would be cut off.
pub fn fits(frames: &[Frame], pages: u32) -> bool {
    let read = read(frames);
    let Some(size) = read.last().map(|f| f.size) else { return true };
    let behind = pages.saturating_add(1)..=size;
    let mut there: BTreeSet<u32> = read.iter().map(|f| f.page).filter(|page| behind.contains(page)).collect();
    if behind.contains(&LOCK_PAGE) {
        there.insert(LOCK_PAGE);
    }
    size >= pages && there.len() as u64 == u64::from(size - pages)
}

/// Whether the end of a commit lies behind what SQLite takes: it was cut in two, or annulled.
pub fn has_leftover(frames: &[Frame]) -> bool {
    frames[read(frames).len()..].iter().any(|f| f.commits() && f.is_of_now)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn add(is_big: bool, mut sum: [u32; 2], bytes: &[u8]) -> [u32; 2] {
    let word = |b: &[u8]| if is_big { number(b, 0) } else { number(b, 0).swap_bytes() };
    for pair in bytes.chunks_exact(8) {
        sum[0] = sum[0].wrapping_add(word(&pair[..4])).wrapping_add(sum[1]);
        sum[1] = sum[1].wrapping_add(word(&pair[4..])).wrapping_add(sum[0]);
    }
    sum
}

fn head(bytes: &[u8; HEADER]) -> Head {
    let magic = number(bytes, 0);
    let is_big = magic == BIG;
    let sum = add(is_big, [0, 0], &bytes[..24]);
    let is_whole = matches!(magic, LITTLE | BIG) && number(bytes, 8) as usize == PAGE && sum == [number(bytes, 24), number(bytes, 28)];
    let mut salts = [0; 8];
    salts.copy_from_slice(&bytes[16..24]);
    Head { is_big, salts, sum, is_whole }
}

/// Every frame of the log at `path`, in order; none where there is no log.
pub fn frames(path: &Path) -> std::io::Result<Vec<Frame>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let (mut first, mut one) = ([0; HEADER], vec![0; FRAME]);
    if !filled(&mut file, &mut first)? {
        return Ok(Vec::new());
    }
    let mut head = head(&first);
    let (mut sum, mut goes_on, mut at, mut out) = (head.sum, head.is_whole, HEADER as u64, Vec::new());
    // Which log began last.
    let mut is_known = head.is_whole;
    while filled(&mut file, &mut one)? {
        let page = number(&one, 0);
        if !is_known && page != 0 {
            // The first frame is always of the log that began last. (One that was wiped says nothing.)
            head.salts.copy_from_slice(&one[8..16]);
            is_known = true;
        }
        let is_of_now = is_known && one[8..16] == head.salts;
        sum = add(head.is_big, add(head.is_big, sum, &one[..8]), &one[FRAME_HEADER..]);
        goes_on &= is_of_now && page != 0 && sum == [number(&one, 16), number(&one, 20)];
        out.push(Frame { page, at: at + FRAME_HEADER as u64, size: number(&one, 4), is_of_now, is_valid: goes_on });
        at += FRAME as u64;
    }
    Ok(out)
}

/// Reads as many bytes as fit; false at the end of the file, also in the midst of them.
fn filled(file: &mut File, to: &mut [u8]) -> std::io::Result<bool> {
    match file.read_exact(to) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

/// Whether SQLite would silently leave out what was acknowledged: behind the first frame that it does not take
/// lie the ends of two transactions or more. Each commit reaches the disk before the next begins, so that a
/// power cut breaks one at most. (A header that is none is the same, where frames follow it.)
pub fn is_broken(frames: &[Frame]) -> bool {
    frames.iter().skip_while(|f| f.is_valid).filter(|f| f.commits() && f.is_of_now).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(commits: bool, is_of_now: bool, is_valid: bool) -> Frame {
        Frame { page: 1, at: 56, size: u32::from(commits), is_of_now, is_valid }
    }

    #[test]
    fn one_commit_that_is_cut_in_two_is_a_power_cut_and_two_are_damage() {
        let (good, torn) = (frame(true, true, true), frame(true, true, false));
        let old = frame(true, false, false);
        assert!(!is_broken(&[]));
        assert!(!is_broken(&[good, good]));
        assert!(!is_broken(&[good, frame(false, true, false), torn]));
        assert!(is_broken(&[good, torn, torn]));
        assert!(!is_broken(&[good, old, old, old]), "left over from before the log began anew");
    }

    /// Found by 2,000 damaged stores: with its header and its first frames a log lost all that came after them.
    #[test]
    fn a_log_whose_begin_was_wiped_is_broken() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("log");
        let mut bytes = vec![0; HEADER];
        for n in 0..5u32 {
            let mut frame = vec![0; FRAME];
            if n >= 2 {
                frame[..4].copy_from_slice(&(n + 1).to_be_bytes());
                frame[4..8].copy_from_slice(&9u32.to_be_bytes());
                frame[8..16].copy_from_slice(&[7; 8]);
            }
            bytes.extend(frame);
        }
        std::fs::write(&path, bytes).expect("written");
        let frames = frames(&path).expect("read");
        assert_eq!(frames.iter().filter(|f| f.is_of_now).count(), 3);
        assert!(is_broken(&frames));
    }

    #[test]
    fn a_page_that_neither_the_file_nor_the_log_has_is_missing() {
        let of = |page, size, is_valid| Frame { page, at: 56, size, is_of_now: true, is_valid };
        assert!(fits(&[], 3), "the file's own header is SQLite's to compare");
        let grown = [of(1, 0, true), of(4, 0, true), of(5, 5, true)];
        assert!(fits(&grown, 3) && fits(&grown, 4) && fits(&grown, 5));
        assert!(!fits(&grown, 2) && !fits(&grown, 0));
        assert!(!fits(&grown, 6), "the log of an older file");
        assert!(fits(&[of(1, 3, true), of(4, 9, false)], 3), "a commit that was cut in two says nothing");
        assert!(!fits(&[of(1, 4, true), of(4, 0, true), of(5, 5, false)], 3), "page 4 is of that commit alone");
        assert_eq!(read(&[of(1, 3, true), of(2, 0, true)]).len(), 1);
        // A file that grows beyond a GiB.
        let beyond = [of(LOCK_PAGE - 1, 0, true), of(LOCK_PAGE + 1, LOCK_PAGE + 1, true)];
        assert!(fits(&beyond, LOCK_PAGE - 2));
        assert!(!has_leftover(&grown) && has_leftover(&[of(1, 3, true), of(4, 9, false)]));
    }
}
