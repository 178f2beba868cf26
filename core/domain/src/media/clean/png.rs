//! A PNG as a row of chunks (ISO/IEC 15948): those that make pixels and their colours stay.

use super::exif::Kept;
use super::{Broken, COLOURS, Keep, PARTS};

const HEAD: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
/// Chunks of pixels, and of what they look like.
const STAY: [&[u8; 4]; 10] = [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"IDAT"];

pub(super) fn clean(bytes: &[u8], keep: Keep) -> Result<Vec<u8>, Broken> {
    let mut rest = bytes.strip_prefix(HEAD).ok_or(Broken)?;
    let (mut parts, mut kept) = (Vec::new(), Kept::default());
    // Where the pixels begin: what is known of the picture stands before them.
    let mut pixels = None;
    for _ in 0..PARTS {
        let (length, behind) = rest.split_first_chunk::<4>().ok_or(Broken)?;
        let (name, behind) = behind.split_first_chunk::<4>().ok_or(Broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Broken)?;
        let body = behind.get(..length).ok_or(Broken)?;
        let whole = rest.get(..length.checked_add(12).ok_or(Broken)?).ok_or(Broken)?;
        rest = &rest[whole.len()..];
        match name {
            b"IEND" => {
                let (ahead, behind) = parts.split_at(pixels.ok_or(Broken)?);
                let exif = kept.write(keep).map(|exif| chunk(b"eXIf", &exif)).unwrap_or_default();
                let (mut out, end) = (HEAD.to_vec(), chunk(b"IEND", &[]));
                ahead
                    .iter()
                    .copied()
                    .chain([&exif[..]])
                    .chain(behind.iter().copied())
                    .chain([&end[..]])
                    .for_each(|part| out.extend_from_slice(part));
                return Ok(out);
            }
            b"eXIf" => kept = kept.or(Kept::read(body)),
            b"iCCP" if length <= COLOURS => parts.push(whole),
            name if STAY.contains(&name) => {
                if name == b"IDAT" {
                    pixels.get_or_insert(parts.len());
                }
                parts.push(whole);
            }
            // A large first letter: nobody can show the picture without it.
            [first, ..] if first.is_ascii_uppercase() => return Err(Broken),
            _ => {}
        }
    }
    Err(Broken)
}

/// The size that its head says, and that its EXIF turns.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Broken> {
    let mut rest = bytes.strip_prefix(HEAD).ok_or(Broken)?;
    let (mut size, mut kept) = (None, Kept::default());
    for _ in 0..PARTS {
        let (length, behind) = rest.split_first_chunk::<4>().ok_or(Broken)?;
        let (name, behind) = behind.split_first_chunk::<4>().ok_or(Broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Broken)?;
        let body = behind.get(..length).ok_or(Broken)?;
        rest = behind.get(length..).and_then(|rest| rest.get(4..)).ok_or(Broken)?;
        match (name, body) {
            (b"IHDR", [w, w2, w3, w4, h, h2, h3, h4, ..]) => {
                size = Some((u32::from_be_bytes([*w, *w2, *w3, *w4]), u32::from_be_bytes([*h, *h2, *h3, *h4])));
            }
            (b"eXIf", body) => kept = kept.or(Kept::read(body)),
            (b"IEND", _) => {
                let (width, height) = size.ok_or(Broken)?;
                return Ok(if kept.is_on_its_side() { (height, width) } else { (width, height) });
            }
            _ => {}
        }
    }
    Err(Broken)
}

/// A chunk with its sum.
pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let of = [&name[..], body].concat();
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    let sum = !of.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    [&u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes()[..], &of, &sum.to_be_bytes()].concat()
}
