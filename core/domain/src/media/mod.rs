//! Pictures and videos of content: what a release says of one, and what is taken for one (ADR 31).
//!
//! Start at [`look`]: from bytes that an author gave to what is kept of them and what they are. [`clean`] takes out of a
//! picture's file what its camera wrote about itself; [`film`] reads and cleans a video's. All of it is pure, over bytes
//! that anybody may have made.

pub mod clean;
pub mod film;

use serde::{Deserialize, Serialize};

use crate::BlobHash;
use clean::Keep;

/// Bytes of a picture at most.
pub const PICTURE_BYTES: u64 = 5 << 20;
/// Pixels of a picture's side at most.
pub const PICTURE_SIDE: u32 = 4_096;
/// Bytes of a video at most.
pub const VIDEO_BYTES: u64 = 50 << 20;
/// Bytes that words which stand for a picture may have in a language.
pub const ALT: usize = 1_000;

/// A picture that a release names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub blob: BlobHash,
    pub bytes: u64,
    pub format: Format,
    /// As it is shown.
    pub width: u32,
    pub height: u32,
}

/// What a picture is a file of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    Jpeg,
    Png,
}

/// A video that a release names: H.264, with AAC or without sound, in MP4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Video {
    pub blob: BlobHash,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub length_ms: u64,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    Picture(Picture),
    Video(Video),
}

/// The media type of a video.
pub const VIDEO: &str = "video/mp4";

impl Format {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

impl Media {
    pub fn blob(&self) -> BlobHash {
        match self {
            Self::Picture(one) => one.blob,
            Self::Video(one) => one.blob,
        }
    }
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Picture(one) => one.bytes,
            Self::Video(one) => one.bytes,
        }
    }
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Picture(one) => one.format.media_type(),
            Self::Video(_) => VIDEO,
        }
    }
    /// Whether what it says of itself is within the limits.
    pub fn fits(&self) -> bool {
        match self {
            Self::Picture(one) => {
                (1..=PICTURE_BYTES).contains(&one.bytes) && [one.width, one.height].iter().all(|side| (1..=PICTURE_SIDE).contains(side))
            }
            Self::Video(one) => (1..=VIDEO_BYTES).contains(&one.bytes) && one.width > 0 && one.height > 0 && one.length_ms > 0,
        }
    }
}

/// Why bytes are no picture or video that devices show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error("this is neither a JPEG or PNG picture nor an MP4 video; save it as one of these")]
    Format,
    #[error("this is a {0} file, which not every phone and browser shows; save it as a JPEG or PNG picture, or an MP4 video")]
    Other(&'static str),
    #[error("a picture has at most {most} MiB; this one has {bytes} bytes", most = PICTURE_BYTES >> 20)]
    PictureBytes { bytes: u64 },
    #[error("no side of a picture has more than {PICTURE_SIDE} pixels; this one is {0} by {1}")]
    Side(u32, u32),
    #[error("a video has at most {most} MiB; this one has {bytes} bytes", most = VIDEO_BYTES >> 20)]
    VideoBytes { bytes: u64 },
    #[error("this file is damaged or cut off: it ends before the picture or video does")]
    Damaged,
    #[error("a video is H.264 with AAC sound or none; this one has {0}; convert it")]
    Codec(film::Codec),
    #[error("this video says no length; save it as a plain MP4, not as a stream of fragments")]
    NoLength,
}

impl From<clean::Broken> for NotTaken {
    fn from(_: clean::Broken) -> Self {
        Self::Damaged
    }
}

/// What is known of a file by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Picture(Format),
    Video,
}

fn kind(bytes: &[u8]) -> Result<Kind, NotTaken> {
    Err(match bytes {
        [0xff, 0xd8, 0xff, ..] => return Ok(Kind::Picture(Format::Jpeg)),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => return Ok(Kind::Picture(Format::Png)),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => NotTaken::Other("AVIF"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e' | b'i', ..] | [_, _, _, _, b'f', b't', b'y', b'p', b'm', b'i', b'f', b'1', ..] => {
            NotTaken::Other("HEIC")
        }
        [_, _, _, _, b'f', b't', b'y', b'p', b'q', b't', ..] => NotTaken::Other("QuickTime"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => return Ok(Kind::Video),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => NotTaken::Other("WebP"),
        [b'G', b'I', b'F', b'8', ..] => NotTaken::Other("GIF"),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => NotTaken::Other("WebM or Matroska"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => NotTaken::Other("TIFF or raw"),
        _ => NotTaken::Format,
    })
}

/// Cleans what an author gave, whatever its name, and says what it is. The name of what is kept is that of its bytes.
pub fn look(bytes: &[u8]) -> Result<(Vec<u8>, Media), NotTaken> {
    let length = bytes.len() as u64;
    match kind(bytes)? {
        Kind::Picture(_) if length > PICTURE_BYTES => Err(NotTaken::PictureBytes { bytes: length }),
        Kind::Picture(format) => {
            let clean = match format {
                Format::Jpeg => clean::jpeg(bytes, Keep::default())?,
                Format::Png => clean::png(bytes, Keep::default())?,
            };
            let (width, height) = match format {
                Format::Jpeg => clean::jpeg_size(&clean)?,
                Format::Png => clean::png_size(&clean)?,
            };
            if width == 0 || height == 0 {
                return Err(NotTaken::Damaged);
            }
            if width.max(height) > PICTURE_SIDE {
                return Err(NotTaken::Side(width, height));
            }
            let picture = Picture { blob: name(&clean), bytes: clean.len() as u64, format, width, height };
            Ok((clean, Media::Picture(picture)))
        }
        Kind::Video if length > VIDEO_BYTES => Err(NotTaken::VideoBytes { bytes: length }),
        Kind::Video => {
            let (clean, film) = film::clean(bytes)?;
            let film::Film { width, height, length_ms } = film;
            let video = Video { blob: name(&clean), bytes: clean.len() as u64, width, height, length_ms };
            Ok((clean, Media::Video(video)))
        }
    }
}

fn name(bytes: &[u8]) -> BlobHash {
    BlobHash::from_bytes(*blake3::hash(bytes).as_bytes())
}

#[cfg(test)]
mod tests;
