//! What a bar code or a QR code says, read from what a camera sees: grey values, a row at a time. No picture is kept.
//!
//! [`lines`] reads EAN-13, UPC-A, EAN-8 and Code 128 along lines of any direction, with [`symbols`]; QR codes are rqrr's work.
//! Behind the feature `codes`, so that what it weighs can be told. Whoever made the picture may mean harm: its sizes are looked
//! at first, whatever panics has read nothing, and between two looks the caller is asked whether there is time left.

mod lines;
mod symbols;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a camera sees: `stride` bytes from one row to the next, of which the first `width` are grey values, 0 black.
#[derive(Debug, Clone, Copy)]
pub struct Luma<'a> {
    pub width: usize,
    pub height: usize,
    pub stride: usize,
    pub bytes: &'a [u8],
}

/// What kind of code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Qr,
    Ean13,
    Ean8,
    /// Twelve digits, as they are printed below it.
    UpcA,
    Code128,
}

/// A code that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub kind: Kind,
    pub text: String,
}

/// The picture is none that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    #[error("a picture that is looked for a code has from 16 to {} pixels on a side, and at most {} million; scale it down", SIDE, PIXELS / 1_000_000)]
    Size,
    #[error("the picture has fewer bytes than its width, height and stride say")]
    Bytes,
}

/// Pixels of a side, and of all of it, at most: a phone's preview has two million.
const SIDE: usize = 4_096;
const PIXELS: usize = 9_000_000;
/// The longer side that QR codes are looked for in first, and then where there was none: small ones need more.
const QR_SIDES: [usize; 2] = [800, 1_800];
/// Bytes of a text at most: ISO/IEC 18004, version 40-L.
const LONGEST: usize = 2_953;

impl<'a> Luma<'a> {
    fn check(&self) -> Result<(), NotRead> {
        let fits = |side| (16..=SIDE).contains(&side);
        if !fits(self.width) || !fits(self.height) || self.width * self.height > PIXELS {
            return Err(NotRead::Size);
        }
        let last = self.stride.checked_mul(self.height - 1).and_then(|before| before.checked_add(self.width));
        let is_whole = self.stride >= self.width && last.is_some_and(|last| last <= self.bytes.len());
        is_whole.then_some(()).ok_or(NotRead::Bytes)
    }
    /// The grey value at a place; white beyond the edges.
    fn at(&self, x: usize, y: usize) -> u8 {
        if x >= self.width { u8::MAX } else { self.bytes.get(y * self.stride + x).copied().unwrap_or(u8::MAX) }
    }
}

/// The first code that is found; none where there is none, or `has_time` said no before it was.
pub fn read(picture: Luma<'_>, has_time: &dyn Fn() -> bool) -> Result<Option<Code>, NotRead> {
    picture.check()?;
    let found = catch_unwind(AssertUnwindSafe(|| {
        lines::read(&picture, has_time).or_else(|| QR_SIDES.into_iter().take_while(|_| has_time()).find_map(|side| qr(&picture, side)))
    }));
    Ok(found.unwrap_or_else(|_| {
        tracing::warn!("a reader of codes gave up on a picture");
        None
    }))
}

/// A QR code in the picture, made so small that its longer side has at most so many pixels.
fn qr(picture: &Luma<'_>, side: usize) -> Option<Code> {
    let step = picture.width.max(picture.height).div_ceil(side);
    let (width, height) = (picture.width / step, picture.height / step);
    // The mean of each square, which takes noise away.
    let mean = |x: usize, y: usize| {
        let all = (0..step * step).map(|n| u32::from(picture.at(x * step + n % step, y * step + n / step)));
        u8::try_from(all.sum::<u32>() / u32::try_from(step * step).unwrap_or(1)).unwrap_or(u8::MAX)
    };
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, mean);
    let decoded = seen.detect_grids().into_iter().find_map(|grid| grid.decode().ok());
    decoded.map(|(_, text)| text).filter(|text| (1..=LONGEST).contains(&text.len())).map(|text| Code { kind: Kind::Qr, text })
}

#[cfg(test)]
mod tests;
