//! What a recorder gave: AAC in MPEG-4, looked at within limits and written anew.
//!
//! What a recorder writes beside the sound (the place, its own name, the time) stands in boxes of many kinds, some of
//! them its maker's own, in tracks beside the sound and in gaps between its pieces. Taking out what is known and moving
//! the offsets of the rest would leave what is not known. So [`track`] reads where the sound lies and [`write`] writes
//! a new file of that alone: what decodes it, how long each frame sounds, and the frames. The frames stay the bytes that
//! they are.
//!
//! Whoever made the file: nothing is decoded, each number is held against the bytes that are there, and what is kept is
//! never more than those.

mod boxes;
mod track;
mod write;

use frontline_domain::fact::sounds;

/// A recording that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub bytes: Vec<u8>,
    pub length_ms: u32,
}

/// It is none that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error("a recording is AAC in MPEG-4, a file ending in .m4a; record it as that")]
    Format,
    #[error("this is a recording in {0}, which not every phone and browser plays; record it as AAC in MPEG-4 (.m4a)")]
    Other(&'static str),
    #[error("this is a video; record sound alone")]
    Video,
    #[error("this recording has several tracks of sound; record one")]
    Tracks,
    #[error("this recording is in pieces for streaming; save it as one whole .m4a")]
    Pieces,
    #[error("a recording has at most {} MiB; make it shorter", sounds::BYTES >> 20)]
    Bytes,
    #[error("a recording has at most {} minutes; make it shorter", sounds::LENGTH_MS / 60_000)]
    Length,
    #[error("there is nothing in this recording; record again")]
    Nothing,
    #[error("this recording can't be read; its file is damaged or cut off")]
    Damaged,
}

impl NotTaken {
    /// The rule's stable name.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Format | Self::Other(_) => "format",
            Self::Video => "video",
            Self::Tracks => "tracks",
            Self::Pieces => "pieces",
            Self::Bytes => "bytes",
            Self::Length => "length",
            Self::Nothing => "required",
            Self::Damaged => "damaged",
        }
    }
}

/// What the first bytes say that a file is, where it is no MPEG-4 with sound in it.
fn other(bytes: &[u8]) -> NotTaken {
    NotTaken::Other(match bytes {
        [b'#', b'!', b'A', b'M', b'R', ..] => "AMR",
        [b'O', b'g', b'g', b'S', ..] => "Ogg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => "WAV",
        [b'I', b'D', b'3', ..] | [0xff, 0xfa..=0xfb | 0xf2..=0xf3, ..] => "MP3",
        [0xff, 0xf0..=0xf1 | 0xf8..=0xf9, ..] => "AAC without its MPEG-4 file",
        [b'f', b'L', b'a', b'C', ..] => "FLAC",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "WebM",
        [b'c', b'a', b'f', b'f', ..] => "Apple's CAF",
        _ => return NotTaken::Format,
    })
}

/// Takes a recording: the sound alone, and how long it is.
pub fn take(bytes: &[u8]) -> Result<Taken, NotTaken> {
    if bytes.len() as u64 > sounds::BYTES {
        return Err(NotTaken::Bytes);
    }
    let track = track::read(bytes)?;
    let length_ms = track.length_ms()?;
    let bytes = write::file(&track);
    // Written anew it may be longer than it came: a size for each frame, where one stood for all.
    if bytes.len() as u64 > sounds::BYTES {
        return Err(NotTaken::Bytes);
    }
    Ok(Taken { bytes, length_ms })
}

#[cfg(test)]
pub(crate) mod tests;
