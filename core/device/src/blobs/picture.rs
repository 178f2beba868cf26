//! What a camera gave: cleaned of what it wrote about itself, looked at within limits, and made small for lists. The pixels of
//! the whole picture stay the bytes that they are.
//!
//! Decoders are fed by whoever made the file: pixels and memory are bounded before anything is decoded, and a
//! decoder that panics has refused.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use frontline_domain::fact::pictures;
use frontline_domain::record::Photos;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::clean::{self, Broken, Keep};

/// Pixels of the longer side of a small one.
pub(super) const SMALL: u32 = 320;
/// Bytes that decoding one may take.
const MEMORY: u64 = 384 << 20;

/// What a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// `image/jpeg` or `image/png`.
    pub media: &'static str,
    /// As it is shown: a phone that was held upright writes the turn beside the pixels.
    pub width: u32,
    pub height: u32,
    /// A JPEG.
    pub thumbnail: Vec<u8>,
}

/// It is none that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error("a picture is a JPEG or a PNG; save it as one of these")]
    Format,
    #[error("this is a {0} picture, which not every phone and browser shows; save it as a JPEG")]
    Other(&'static str),
    #[error("a picture has at most {} MiB; make it smaller", pictures::BYTES >> 20)]
    Bytes,
    #[error("a picture has at most {} million pixels, and {} on a side; make it smaller", pictures::PIXELS / 1_000_000, pictures::SIDE)]
    Pixels,
    #[error("this picture is {width} by {height} pixels, and no side has more than {most} here; make it smaller")]
    Side { width: u32, height: u32, most: u32 },
    #[error("this picture has {kib} KiB, and one has at most {most} here; make it smaller, or save it with less quality")]
    Weight { kib: u64, most: u32 },
    #[error("this picture can't be read; its file is damaged or cut off")]
    Damaged,
}

impl NotTaken {
    /// The rule's stable name.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Format | Self::Other(_) => "format",
            Self::Bytes => "bytes",
            Self::Pixels => "pixels",
            Self::Side { .. } => "side",
            Self::Weight { .. } => "weight",
            Self::Damaged => "damaged",
        }
    }
}

impl From<Broken> for NotTaken {
    fn from(_: Broken) -> Self {
        Self::Damaged
    }
}

/// What a picture is a file of.
fn format(bytes: &[u8]) -> Result<(ImageFormat, &'static str), NotTaken> {
    Err(match bytes {
        [0xff, 0xd8, 0xff, ..] => return Ok((ImageFormat::Jpeg, pictures::MEDIA[0])),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => return Ok((ImageFormat::Png, pictures::MEDIA[1])),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => NotTaken::Other("AVIF"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => NotTaken::Other("HEIC"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => NotTaken::Other("WebP"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => NotTaken::Other("TIFF or raw"),
        _ => NotTaken::Format,
    })
}

/// Takes a picture as its organisation wants it: cleaned, and not larger than that. Gives the bytes that are kept.
pub fn take(bytes: &[u8], policy: &Photos) -> Result<(Vec<u8>, Looked), NotTaken> {
    let (format, _) = format(bytes)?;
    if bytes.len() as u64 > pictures::BYTES {
        return Err(NotTaken::Bytes);
    }
    let keep = Keep { time: policy.keep_time, place: policy.keep_place };
    let clean = if format == ImageFormat::Jpeg { clean::jpeg(bytes, keep)? } else { clean::png(bytes, keep)? };
    let kib = (clean.len() as u64).div_ceil(1 << 10);
    let looked = look_within(&clean, policy.side)?;
    if kib > u64::from(policy.kib) {
        return Err(NotTaken::Weight { kib, most: policy.kib });
    }
    Ok((clean, looked))
}

/// Looks at a picture, and makes it small.
pub fn look(bytes: &[u8]) -> Result<Looked, NotTaken> {
    look_within(bytes, pictures::SIDE)
}

fn look_within(bytes: &[u8], side: u32) -> Result<Looked, NotTaken> {
    let (format, media) = format(bytes)?;
    if bytes.len() as u64 > pictures::BYTES {
        return Err(NotTaken::Bytes);
    }
    // One at a time: the pixels of eight large ones are more than a phone gives an app.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    catch_unwind(AssertUnwindSafe(|| decode(bytes, format, media, side))).unwrap_or_else(|_| {
        tracing::warn!("a decoder of pictures gave up on one");
        Err(NotTaken::Damaged)
    })
}

fn decode(bytes: &[u8], format: ImageFormat, media: &'static str, most: u32) -> Result<Looked, NotTaken> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(pictures::SIDE);
    limits.max_image_height = Some(pictures::SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| refused(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > pictures::PIXELS {
        return Err(NotTaken::Pixels);
    }
    // Before a pixel is read.
    if width.max(height) > most {
        return Err(NotTaken::Side { width, height, most });
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e))?;
    let mut small = if width.max(height) > SMALL { whole.thumbnail(SMALL, SMALL) } else { whole };
    small.apply_orientation(turn);
    let is_turned =
        matches!(turn, Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH);
    let (width, height) = if is_turned { (height, width) } else { (width, height) };
    Ok(Looked { media, width, height, thumbnail: jpeg(&on_paper(&small)).ok_or(NotTaken::Damaged)? })
}

/// The file of a small picture.
pub(super) fn jpeg(small: &RgbImage) -> Option<Vec<u8>> {
    let at = |quality| {
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality).encode_image(small).ok().map(|()| out)
    };
    let usual = at(72)?;
    if usual.len() as u64 > pictures::THUMBNAIL { at(30) } else { Some(usual) }
}

fn refused(error: &image::ImageError) -> NotTaken {
    match error {
        image::ImageError::Limits(_) => NotTaken::Pixels,
        image::ImageError::Unsupported(_) => NotTaken::Format,
        image::ImageError::Decoding(_)
        | image::ImageError::Encoding(_)
        | image::ImageError::Parameter(_)
        | image::ImageError::IoError(_) => NotTaken::Damaged,
    }
}

/// What is transparent becomes white: a signature is drawn on nothing.
fn on_paper(picture: &DynamicImage) -> RgbImage {
    let from = picture.to_rgba8();
    let mut out = RgbImage::new(from.width(), from.height());
    for (to, from) in out.pixels_mut().zip(from.pixels()) {
        let [r, g, b, a] = from.0.map(u16::from);
        let over = |c: u16| u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX);
        *to = Rgb([over(r), over(g), over(b)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageEncoder, Rgba, RgbaImage};

    fn photo(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, 80).encode_image(&picture).unwrap();
        out
    }
    fn png(width: u32, height: u32, pixel: Rgba<u8>) -> Vec<u8> {
        let picture = RgbaImage::from_pixel(width, height, pixel);
        let mut out = Vec::new();
        image::codecs::png::PngEncoder::new(&mut out).write_image(&picture, width, height, image::ExtendedColorType::Rgba8).unwrap();
        out
    }
    /// A JPEG whose EXIF says that the phone was turned by 90 degrees.
    fn turned(width: u32, height: u32) -> Vec<u8> {
        let plain = photo(width, height);
        let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut out = plain[..2].to_vec();
        out.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
        out.extend_from_slice(exif);
        out.extend_from_slice(&plain[2..]);
        out
    }
    fn small(looked: &Looked) -> RgbImage {
        image::load_from_memory_with_format(&looked.thumbnail, ImageFormat::Jpeg).unwrap().to_rgb8()
    }

    #[test]
    fn a_photo_becomes_small_and_keeps_its_shape() {
        let looked = look(&photo(1200, 900)).unwrap();
        assert_eq!((looked.media, looked.width, looked.height), ("image/jpeg", 1200, 900));
        assert_eq!(small(&looked).dimensions(), (320, 240));
        assert!(looked.thumbnail.len() < 64 << 10, "{}", looked.thumbnail.len());
    }

    #[test]
    fn a_photo_of_a_phone_held_upright_stands_upright() {
        let looked = look(&turned(400, 300)).unwrap();
        assert_eq!((looked.width, looked.height), (300, 400));
        assert_eq!(small(&looked).dimensions(), (240, 320));
    }

    #[test]
    fn a_signature_drawn_on_nothing_is_on_white() {
        let looked = look(&png(200, 80, Rgba([0, 0, 0, 0]))).unwrap();
        assert_eq!(looked.media, "image/png");
        assert!(small(&looked).pixels().all(|p| p.0.iter().all(|c| *c > 250)));
    }

    #[test]
    fn what_is_no_picture_is_refused_in_one_sentence() {
        assert_eq!(look(b"GIF89a"), Err(NotTaken::Format));
        assert_eq!(look(b""), Err(NotTaken::Format));
        let good = photo(300, 200);
        assert_eq!(look(&good[..40]), Err(NotTaken::Damaged));
        let mut huge = png(1, 1, Rgba([0; 4]));
        huge[16..24].copy_from_slice(&[0, 0, 0x3f, 0, 0, 0, 0x3f, 0]);
        // Its checksum no longer fits, or its sides are beyond the limit: refused before a pixel is read.
        assert!(matches!(look(&huge), Err(NotTaken::Pixels | NotTaken::Damaged)));
        assert_eq!(look(&[&good[..], &vec![0; pictures::BYTES as usize]].concat()), Err(NotTaken::Bytes));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, ..Default::default() })]
        #[test]
        fn bytes_that_somebody_broke_are_a_picture_or_an_error(
            breaks in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()), 1..20),
            cut in proptest::prelude::any::<proptest::sample::Index>(), is_png: bool,
        ) {
            let mut bytes = if is_png { png(64, 48, Rgba([9, 8, 7, 255])) } else { photo(64, 48) };
            for (at, byte) in breaks {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = look(&bytes);
            let _ = look(&bytes[..cut.index(bytes.len())]);
        }
    }
}
