//! Rows of unsent work describe themselves (`sync.md` 29): magic, length, checksum, bytes. Whoever holds the
//! decrypted pages of a damaged file finds them by the magic alone, without tables or indexes.

use frontline_protocol::{Entry, limits};

const MAGIC: &[u8; 8] = b"FLunsent";
const HEAD: usize = 8 + 4 + 8;

fn checksum(bytes: &[u8]) -> [u8; 8] {
    let mut out = [0; 8];
    out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    out
}

/// The frame of an entry's bytes.
pub(crate) fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEAD + bytes.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&u32::try_from(bytes.len()).expect("an entry is bounded").to_be_bytes());
    out.extend_from_slice(&checksum(bytes));
    out.extend_from_slice(bytes);
    out
}

/// The bytes in a frame that begins at the start of `framed`, if its checksum is right.
pub(crate) fn unframe(framed: &[u8]) -> Option<&[u8]> {
    let rest = framed.strip_prefix(MAGIC)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (sum, rest) = rest.split_first_chunk::<8>()?;
    let bytes = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    (checksum(bytes) == *sum).then_some(bytes)
}

/// Every whole entry that can be found in `bytes`, wherever it lies.
pub fn find(bytes: &[u8]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for at in 0..bytes.len().saturating_sub(HEAD) {
        if bytes[at..].starts_with(MAGIC)
            && let Some(entry) = unframe(&bytes[at..]).and_then(|b| Entry::read(b, limits::ENTRY).ok())
            && !out.iter().any(|e| e.hash() == entry.hash())
        {
            out.push(entry);
        }
    }
    out
}
