//! An MP4 as a tree of boxes (ISO/IEC 14496-12): how long it is, what is in it, and where it says who made it and where.
//! What says that is overwritten in place, so that no sample moves.

use std::fmt;

use super::NotTaken;

/// What a film says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Film {
    pub width: u32,
    pub height: u32,
    pub length_ms: u64,
}

/// What a track is coded in: the four letters of its sample entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codec(pub [u8; 4]);

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            b"hvc1" | b"hev1" => f.write_str("H.265"),
            b"av01" => f.write_str("AV1"),
            b"vp09" => f.write_str("VP9"),
            b"\0\0\0\0" => f.write_str("no picture"),
            other => {
                let letter = |b: &u8| if b.is_ascii_graphic() { char::from(*b) } else { '?' };
                other.iter().map(letter).try_for_each(|c| fmt::Write::write_char(f, c))
            }
        }
    }
}

/// Boxes within boxes, and boxes of one file: a film has some tens, and none as many as these.
const DEPTH: usize = 8;
const BOXES: usize = 4_096;

/// One box: its name, and from where to where its body lies.
struct Part {
    name: [u8; 4],
    /// Of its head.
    at: usize,
    from: usize,
    to: usize,
}

/// The boxes of a span, each within it.
fn parts(bytes: &[u8], mut at: usize, to: usize) -> Result<Vec<Part>, NotTaken> {
    let mut out = Vec::new();
    while at < to {
        let head = bytes.get(at..to).and_then(|rest| rest.first_chunk::<8>()).ok_or(NotTaken::Damaged)?;
        let (size, name) = (u32::from_be_bytes([head[0], head[1], head[2], head[3]]), [head[4], head[5], head[6], head[7]]);
        let (from, length) = match size {
            0 => (at + 8, to - at),
            1 => {
                let long = bytes.get(at + 8..to).and_then(|rest| rest.first_chunk::<8>()).ok_or(NotTaken::Damaged)?;
                (at + 16, usize::try_from(u64::from_be_bytes(*long)).map_err(|_| NotTaken::Damaged)?)
            }
            size => (at + 8, size as usize),
        };
        let end = at.checked_add(length).filter(|end| *end <= to && *end >= from).ok_or(NotTaken::Damaged)?;
        out.push(Part { name, at, from, to: end });
        if out.len() > BOXES {
            return Err(NotTaken::Damaged);
        }
        at = end;
    }
    Ok(out)
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], NotTaken> {
    bytes.get(at..).and_then(|rest| rest.first_chunk::<N>()).copied().ok_or(NotTaken::Damaged)
}
fn four(bytes: &[u8], at: usize) -> Result<u32, NotTaken> {
    Ok(u32::from_be_bytes(number(bytes, at)?))
}

/// What is read on the way through the tree.
#[derive(Default)]
struct Seen {
    film: Film,
    has_length: bool,
    has_pixels: bool,
    has_picture: bool,
    /// Heads of boxes that are made empty, and where these end.
    told: Vec<(usize, usize)>,
}

/// Reads a film, and gives it without what its maker wrote into it beside sound and picture.
pub fn clean(bytes: &[u8]) -> Result<(Vec<u8>, Film), NotTaken> {
    let mut seen = Seen::default();
    for part in parts(bytes, 0, bytes.len())? {
        match &part.name {
            b"moov" => walk(bytes, &part, 0, &mut seen)?,
            b"mdat" => seen.has_pixels = true,
            b"moof" => return Err(NotTaken::NoLength),
            b"ftyp" | b"free" | b"skip" | b"wide" => {}
            // Boxes of makers, of places and of pictures on a cover.
            _ => seen.told.push((part.at, part.to)),
        }
    }
    let (film, is_whole) = (seen.film, seen.has_pixels && seen.has_length);
    if !is_whole {
        return Err(NotTaken::Damaged);
    }
    if !seen.has_picture {
        return Err(NotTaken::Codec(Codec([0; 4])));
    }
    if film.length_ms == 0 {
        return Err(NotTaken::NoLength);
    }
    let mut out = bytes.to_vec();
    for (at, to) in seen.told {
        out[at + 4..at + 8].copy_from_slice(b"free");
        // A length of eight bytes stands behind the name.
        let body = if four(&out, at)? == 1 { at + 16 } else { at + 8 };
        out[body.min(to)..to].fill(0);
    }
    Ok((out, film))
}

fn walk(bytes: &[u8], within: &Part, depth: usize, seen: &mut Seen) -> Result<(), NotTaken> {
    if depth > DEPTH {
        return Err(NotTaken::Damaged);
    }
    for part in parts(bytes, within.from, within.to)? {
        match &part.name {
            b"trak" | b"mdia" | b"minf" | b"stbl" => walk(bytes, &part, depth + 1, seen)?,
            b"udta" | b"meta" | b"uuid" => seen.told.push((part.at, part.to)),
            b"mvex" => return Err(NotTaken::NoLength),
            b"mvhd" => {
                let (scale, length) = match bytes.get(part.from) {
                    Some(1) => (four(bytes, part.from + 20)?, u64::from_be_bytes(number(bytes, part.from + 24)?)),
                    _ => (four(bytes, part.from + 12)?, u64::from(four(bytes, part.from + 16)?)),
                };
                let ms = u128::from(length) * 1_000 / u128::from(scale.max(1));
                seen.film.length_ms = u64::try_from(ms).unwrap_or(0);
                seen.has_length = true;
            }
            b"tkhd" if part.to - part.from >= 8 => {
                // The last eight bytes: whole pixels before the point.
                let (width, height) = (four(bytes, part.to - 8)? >> 16, four(bytes, part.to - 4)? >> 16);
                if width > 0 && height > 0 {
                    (seen.film.width, seen.film.height) = (width, height);
                }
            }
            b"stsd" => entries(bytes, &part, seen)?,
            _ => {}
        }
    }
    Ok(())
}

/// What a track is coded in.
fn entries(bytes: &[u8], part: &Part, seen: &mut Seen) -> Result<(), NotTaken> {
    for entry in parts(bytes, (part.from + 8).min(part.to), part.to)? {
        match &entry.name {
            b"avc1" | b"avc3" => seen.has_picture = true,
            b"mp4a" if is_aac(&bytes[entry.from..entry.to]) => {}
            // Subtitles and the like are no sound and no picture.
            b"text" | b"tx3g" | b"wvtt" | b"stpp" | b"tmcd" | b"mett" | b"mebx" => {}
            other => return Err(NotTaken::Codec(Codec(*other))),
        }
    }
    Ok(())
}

/// Whether a sample entry of sound is of AAC: MPEG-4 audio by the kind of its decoder, and not MP3 in the same box.
fn is_aac(entry: &[u8]) -> bool {
    let Some(esds) = entry.windows(4).position(|w| w == b"esds").map(|at| &entry[at + 4..]) else { return false };
    // The decoder's description: its mark, a length of one to four bytes, then the kind.
    let Some(at) = esds.iter().skip(4).position(|b| *b == 4).map(|at| at + 5) else { return false };
    let length = esds[at..].iter().take(4).take_while(|b| **b & 0x80 != 0).count() + 1;
    esds.get(at + length).is_some_and(|kind| matches!(kind, 0x40 | 0x66..=0x68))
}
