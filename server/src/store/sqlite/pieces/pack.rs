//! How the facts of a piece lie beside each other: one list for each thing that they have in common, differences
//! instead of numbers, then their exact bytes; compressed with zstd. Facts of one phone and one day say mostly the
//! same, and are a twentieth of their size in here.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use frontline_domain::{DeviceId, EntryHash, EntryId, EntryType, Epoch, PersonId, Scope, cbor};

use crate::store::{Result, StoreError, Stored};

/// Of the fastest levels the one that still finds most of it: 0.7 us a fact (measured).
const LEVEL: i32 = 1;
/// No piece is larger than this unpacked; what says so is damaged.
const MOST: usize = 4 << 20;

#[derive(Serialize, Deserialize)]
struct Columns {
    authors: Vec<(DeviceId, Epoch, PersonId)>,
    author: Vec<u16>,
    /// Differences to the one before, around the end of the numbers where one falls.
    numbers: Vec<u64>,
    seqs: Vec<u64>,
    effective_ms: Vec<i64>,
    types: Vec<u16>,
    lengths: Vec<u32>,
    /// 32 bytes each, or none at all where each is the BLAKE3 of its bytes, as it should be.
    hashes: ByteBuf,
    bytes: ByteBuf,
}

/// Packs entries of one scope and one commit, in order of their numbers.
pub(super) fn pack(entries: &[&Stored]) -> Result<Vec<u8>> {
    let mut columns = Columns {
        authors: Vec::new(),
        author: Vec::with_capacity(entries.len()),
        numbers: Vec::with_capacity(entries.len()),
        seqs: Vec::with_capacity(entries.len()),
        effective_ms: Vec::with_capacity(entries.len()),
        types: Vec::with_capacity(entries.len()),
        lengths: Vec::with_capacity(entries.len()),
        hashes: ByteBuf::new(),
        bytes: ByteBuf::with_capacity(entries.iter().map(|e| e.bytes.len()).sum()),
    };
    let is_odd = |e: &&Stored| blake3::hash(&e.bytes).as_bytes() != e.hash.as_bytes();
    let keeps_hashes = entries.iter().any(is_odd);
    let (mut number, mut seq, mut effective_ms) = (0u64, 0u64, 0i64);
    for e in entries {
        let author = (e.id.device, e.id.epoch, e.person);
        let at = match columns.authors.iter().rposition(|known| *known == author) {
            Some(at) => at,
            None => {
                columns.authors.push(author);
                columns.authors.len() - 1
            }
        };
        columns.author.push(u16::try_from(at).map_err(|_| StoreError::Failed("a piece has too many authors".into()))?);
        columns.numbers.push(e.number.wrapping_sub(number));
        columns.seqs.push(e.id.seq.wrapping_sub(seq));
        columns.effective_ms.push(e.effective_ms.wrapping_sub(effective_ms));
        (number, seq, effective_ms) = (e.number, e.id.seq, e.effective_ms);
        columns.types.push(e.entry_type.0);
        columns.lengths.push(u32::try_from(e.bytes.len()).map_err(|_| StoreError::Failed("an entry is too long for a piece".into()))?);
        if keeps_hashes {
            columns.hashes.extend_from_slice(e.hash.as_bytes());
        }
        columns.bytes.extend_from_slice(&e.bytes);
    }
    zstd::bulk::compress(&cbor::encode(&columns), LEVEL).map_err(|e| StoreError::Failed(format!("a piece was not packed: {e}")))
}

/// What [`pack`] packed.
pub(in super::super) fn unpack(scope: Scope, committed_ms: i64, packed: &[u8]) -> Result<Vec<Stored>> {
    let damaged = || StoreError::Corrupt("a piece of a feed does not read".into());
    let plain = zstd::bulk::decompress(packed, MOST).map_err(|_| damaged())?;
    let columns: Columns = cbor::decode("a piece of a feed", &plain).map_err(|_| damaged())?;
    let mut out = Vec::with_capacity(columns.author.len());
    let (mut number, mut seq, mut effective_ms, mut from) = (0u64, 0u64, 0i64, 0usize);
    for n in 0..columns.author.len() {
        let of = |list: &[u64]| list.get(n).copied().ok_or_else(damaged);
        number = number.wrapping_add(of(&columns.numbers)?);
        seq = seq.wrapping_add(of(&columns.seqs)?);
        effective_ms = effective_ms.wrapping_add(columns.effective_ms.get(n).copied().ok_or_else(damaged)?);
        let (device, epoch, person) = columns.authors.get(usize::from(columns.author[n])).copied().ok_or_else(damaged)?;
        let to = from + columns.lengths.get(n).copied().ok_or_else(damaged)? as usize;
        let bytes = columns.bytes.get(from..to).ok_or_else(damaged)?.to_vec();
        from = to;
        let hash = match columns.hashes.len() {
            0 => EntryHash::from_bytes(*blake3::hash(&bytes).as_bytes()),
            _ => EntryHash::from_slice(columns.hashes.get(n * 32..n * 32 + 32).ok_or_else(damaged)?).map_err(|_| damaged())?,
        };
        out.push(Stored {
            scope,
            number,
            entry_type: EntryType(columns.types.get(n).copied().ok_or_else(damaged)?),
            id: EntryId { device, epoch, seq },
            person,
            hash,
            effective_ms,
            committed_ms,
            doc: None,
            bytes,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_domain::SiteId;

    const SCOPE: Scope = Scope::Site(SiteId::from_bytes([5; 16]));

    fn entry(n: u8, hash: Option<[u8; 32]>) -> Stored {
        let bytes = vec![n; usize::from(n)];
        Stored {
            scope: SCOPE,
            number: 7 + u64::from(n),
            entry_type: EntryType(40 + u16::from(n % 3)),
            id: EntryId { device: DeviceId::from_bytes([n % 2; 16]), epoch: Epoch(u64::MAX), seq: u64::from(200 - n) },
            person: PersonId::from_bytes([n % 4; 16]),
            hash: EntryHash::from_bytes(hash.unwrap_or(*blake3::hash(&bytes).as_bytes())),
            effective_ms: -5 * i64::from(n),
            committed_ms: 9,
            doc: None,
            bytes,
        }
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        for hash in [None, Some([3; 32])] {
            let entries: Vec<Stored> = (0..100).map(|n| entry(n, hash)).collect();
            let packed = pack(&entries.iter().collect::<Vec<_>>()).unwrap();
            assert_eq!(unpack(SCOPE, 9, &packed).unwrap(), entries);
        }
    }

    #[test]
    fn a_damaged_piece_is_an_error_and_no_panic() {
        let entries: Vec<Stored> = (0..100).map(|n| entry(n, None)).collect();
        let packed = pack(&entries.iter().collect::<Vec<_>>()).unwrap();
        for at in 0..packed.len() {
            let mut broken = packed.clone();
            broken[at] ^= 0x41;
            let _ = unpack(SCOPE, 9, &broken);
            let _ = unpack(SCOPE, 9, &packed[..at]);
        }
        assert!(unpack(SCOPE, 9, b"nothing of ours").is_err());
    }
}
