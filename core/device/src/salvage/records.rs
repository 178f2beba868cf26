//! The rows of a page. Format: <https://www.sqlite.org/fileformat2.html#b_tree_pages>. Nothing in a page is
//! believed: every offset and length is checked, and what does not fit is passed over.

use super::cipher::USABLE;
use super::pages::{Page, Pages};

/// A value of a row; numbers other than whole ones are in no table of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Whole(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Cell {
    pub fn blob(&self) -> Option<&[u8]> {
        if let Self::Blob(bytes) = self { Some(bytes) } else { None }
    }
}

/// Leaves of tables, and of those that are kept as an index (`WITHOUT ROWID`).
const TABLE: u8 = 0x0d;
const INDEX: u8 = 0x0a;
/// No row of the store is longer.
const LONGEST: usize = 8 << 20;

/// The bytes of every row of a leaf, each as far as its pages are there.
pub fn rows(page: &Page, pages: &Pages<'_>) -> Vec<Vec<u8>> {
    let bytes = &page.plain.bytes;
    let head = if page.number == 1 { 100 } else { 0 };
    let (kind, count) = (bytes[head], usize::from(short(bytes, head + 3)));
    if !matches!(kind, TABLE | INDEX) || head + 8 + 2 * count > USABLE {
        return Vec::new();
    }
    (0..count).filter_map(|i| row(bytes, usize::from(short(bytes, head + 8 + 2 * i)), kind, pages)).collect()
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn row(page: &[u8], at: usize, kind: u8, pages: &Pages<'_>) -> Option<Vec<u8>> {
    let mut rest = page.get(at..USABLE)?;
    let length = usize::try_from(varint(&mut rest)?).ok().filter(|l| *l <= LONGEST)?;
    if kind == TABLE {
        varint(&mut rest)?;
    }
    let local = local(length, kind);
    let mut out = rest.get(..local)?.to_vec();
    if local < length {
        let mut next = u32::from_be_bytes(rest.get(local..local + 4)?.try_into().ok()?);
        while out.len() < length {
            let wanted = (length - out.len()).min(USABLE - 4);
            // The newest version there is: an older one was given to another row since, or is the same.
            let Some(more) = pages.versions(next).next() else { break };
            next = u32::from_be_bytes(more.plain.bytes[..4].try_into().ok()?);
            out.extend_from_slice(&more.plain.bytes[4..4 + wanted]);
        }
    }
    Some(out)
}

/// How much of a row lies on its leaf.
fn local(length: usize, kind: u8) -> usize {
    let most = if kind == TABLE { USABLE - 35 } else { (USABLE - 12) * 64 / 255 - 23 };
    if length <= most {
        return length;
    }
    let least = (USABLE - 12) * 32 / 255 - 23;
    let fit = least + (length - least) % (USABLE - 4);
    if fit <= most { fit } else { least }
}

/// The values of a row; none where its bytes are no row.
pub fn cells(row: &[u8]) -> Option<Vec<Cell>> {
    let mut types = row;
    let head = usize::try_from(varint(&mut types)?).ok()?;
    let mut types = row.get(row.len() - types.len()..head)?;
    let mut body = row.get(head..)?;
    let mut out = Vec::new();
    while !types.is_empty() {
        let one = varint(&mut types)?;
        let length = match one {
            0 | 8 | 9 => 0,
            1..=4 => one,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => (one - 12) / 2,
        };
        let (value, rest) = body.split_at_checked(usize::try_from(length).ok()?)?;
        body = rest;
        out.push(match one {
            0 | 7 => Cell::Null,
            8 => Cell::Whole(0),
            9 => Cell::Whole(1),
            1..=6 => Cell::Whole(whole(value)),
            _ if one % 2 == 1 => Cell::Text(String::from_utf8_lossy(value).into_owned()),
            _ => Cell::Blob(value.to_vec()),
        });
    }
    Some(out)
}

fn whole(bytes: &[u8]) -> i64 {
    let start = if bytes.first().is_some_and(|b| b & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(start, |n, b| n << 8 | i64::from(*b))
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut out = 0u64;
    for i in 0..9 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        if i == 8 {
            return Some(out << 8 | u64::from(*first));
        }
        out = out << 7 | u64::from(first & 0x7f);
        if first & 0x80 == 0 {
            return Some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_and_bytes_that_are_none_are_passed_over() {
        // NULL, 1, -2, "ab", x'ff'
        let row = [6, 0, 9, 1, 17, 14, 0xfe, b'a', b'b', 0xff];
        let read = cells(&row).expect("a row");
        assert_eq!(read, [Cell::Null, Cell::Whole(1), Cell::Whole(-2), Cell::Text("ab".into()), Cell::Blob(vec![0xff])]);
        for end in 0..row.len() {
            assert_eq!(cells(&row[..end]), None, "{end}");
        }
        assert_eq!(cells(&[0xff; 40]), None);
    }
}
