//! A JPEG as a row of segments (ISO/IEC 10918-1, annex B): what pixels are made of stays as it is.

use super::exif::Kept;
use super::{Broken, COLOURS, Keep, PARTS};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Its two bytes and, for both APP0 and APP14, what a picture's colours and shape need.
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

/// What stands before a picture's own segments.
#[derive(Default)]
struct Ahead<'a> {
    /// Shape of a pixel.
    jfif: Option<Vec<u8>>,
    kept: Kept,
    /// What its colours are.
    colours: Option<&'a [u8]>,
    /// How its colours are mixed.
    adobe: Option<&'a [u8]>,
}

pub(super) fn clean(bytes: &[u8], keep: Keep) -> Result<Vec<u8>, Broken> {
    if !bytes.starts_with(&[0xff, START]) {
        return Err(Broken);
    }
    let (mut ahead, mut parts, mut at) = (Ahead::default(), Vec::new(), 2);
    let mut has_scan = false;
    for _ in 0..PARTS {
        // Bytes between segments belong to none, and decoders pass over them.
        at += bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == 0xff)).ok_or(Broken)?;
        at += bytes[at..].iter().position(|b| *b != 0xff).ok_or(Broken)?;
        let marker = bytes[at];
        at += 1;
        match marker {
            // What comes behind the end is another picture, a film, or whatever its maker liked.
            END if has_scan => return Ok(together(&ahead, &parts, keep)),
            END | START => return Err(Broken),
            // No markers, and those that stand alone.
            0x00 | 0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|two| usize::from(u16::from_be_bytes(*two))).ok_or(Broken)?;
        let body = bytes.get(at + 2..at + length.max(2)).filter(|_| length >= 2).ok_or(Broken)?;
        at += length;
        match marker {
            SCAN => {
                has_scan = true;
                let from = at;
                at = behind_pixels(bytes, at).ok_or(Broken)?;
                parts.push((marker, body, &bytes[from..at]));
            }
            // Frames, tables of codes and of quantities, and how often a scan can be begun anew.
            0xc0..=0xcf | 0xdb..=0xdd => parts.push((marker, body, &[][..])),
            _ => ahead.look(marker, body),
        }
    }
    Err(Broken)
}

/// The size that its frame says, and that its EXIF turns.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Broken> {
    let (mut at, mut kept) = (2, Kept::default());
    for _ in 0..PARTS {
        at += bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == 0xff)).ok_or(Broken)?;
        at += bytes[at..].iter().position(|b| *b != 0xff).ok_or(Broken)?;
        let marker = bytes[at];
        at += 1;
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|two| usize::from(u16::from_be_bytes(*two))).ok_or(Broken)?;
        let body = bytes.get(at + 2..at + length.max(2)).ok_or(Broken)?;
        at += length;
        match (marker, body) {
            // Tables and arithmetic codes have numbers among those of frames.
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, [_, h, h2, w, w2, ..]) => {
                let (width, height) = (u32::from(u16::from_be_bytes([*w, *w2])), u32::from(u16::from_be_bytes([*h, *h2])));
                return Ok(if kept.is_on_its_side() { (height, width) } else { (width, height) });
            }
            (APP1, [b'E', b'x', b'i', b'f', 0, 0, tiff @ ..]) => kept = kept.or(Kept::read(tiff)),
            (SCAN | END, _) => return Err(Broken),
            _ => {}
        }
    }
    Err(Broken)
}

/// Where a scan ends: at the next marker that is no part of it.
fn behind_pixels(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == 0xff)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            // As many as somebody likes may stand before a marker.
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

impl<'a> Ahead<'a> {
    /// Takes what is kept of a segment that makes no pixel; of several of a kind the first.
    fn look(&mut self, marker: u8, body: &'a [u8]) {
        match (marker, body) {
            // Version, unit and shape; the small picture behind them goes.
            (APP0, [b'J', b'F', b'I', b'F', 0, ..]) if self.jfif.is_none() => {
                self.jfif = body.get(..12).map(|head| [head, &[0, 0]].concat());
            }
            (APP1, [b'E', b'x', b'i', b'f', 0, 0, tiff @ ..]) => self.kept = std::mem::take(&mut self.kept).or(Kept::read(tiff)),
            // In one piece: what phones write.
            (APP2, head) if head.starts_with(b"ICC_PROFILE\0\x01\x01") && self.colours.is_none() => {
                self.colours = Some(body).filter(|body| body.len() <= COLOURS);
            }
            (APP14, [b'A', b'd', b'o', b'b', b'e', ..]) if self.adobe.is_none() => self.adobe = body.get(..12),
            _ => {}
        }
    }
}

fn together(ahead: &Ahead<'_>, parts: &[(u8, &[u8], &[u8])], keep: Keep) -> Vec<u8> {
    let mut out = vec![0xff, START];
    let mut put = |marker: u8, body: &[u8], pixels: &[u8]| {
        // As long as it was, or shorter.
        let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
        out.extend([0xff, marker]);
        out.extend(length.to_be_bytes());
        out.extend_from_slice(body);
        out.extend_from_slice(pixels);
    };
    if let Some(jfif) = &ahead.jfif {
        put(APP0, jfif, &[]);
    }
    if let Some(exif) = ahead.kept.write(keep) {
        put(APP1, &[b"Exif\0\0", &exif[..]].concat(), &[]);
    }
    for (marker, body) in [(APP2, ahead.colours), (APP14, ahead.adobe)] {
        if let Some(body) = body {
            put(marker, body, &[]);
        }
    }
    for (marker, body, pixels) in parts {
        put(*marker, body, pixels);
    }
    out.extend([0xff, END]);
    out
}
