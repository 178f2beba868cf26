//! What is kept of a picture's file: the picture, and of what a camera wrote into its file only what is asked for here. What is
//! kept is listed, not what is thrown away: makers invent places for more than anybody can list. How the phone was held stays,
//! since the picture would lie on its side without it.
//!
//! Pure functions over bytes that anybody may have made: every length is looked at before it is believed.

pub mod exif;
mod jpeg;
mod png;

pub use png::chunk;

/// What else is kept of what a camera wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keep {
    /// When it was taken, as the camera's clock had it.
    pub time: bool,
    /// Where it was taken: latitude and longitude, and nothing else that satellites told.
    pub place: bool,
}

/// The file is no picture of its kind, or ends before the picture does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// Bytes of a description of colours at most; those of phones have less than one KiB.
pub const COLOURS: usize = 8 << 10;
/// Parts of one file at most: with more, their list would take more memory than the picture.
pub const PARTS: usize = 65_536;

/// A JPEG as it is kept. A file that is clean already is given back as it is, to the byte.
pub fn jpeg(bytes: &[u8], keep: Keep) -> Result<Vec<u8>, Broken> {
    jpeg::clean(bytes, keep)
}

/// A PNG as it is kept; of a moving one its still picture.
pub fn png(bytes: &[u8], keep: Keep) -> Result<Vec<u8>, Broken> {
    png::clean(bytes, keep)
}

/// How wide and high a JPEG is shown, turned as its camera was held.
pub fn jpeg_size(bytes: &[u8]) -> Result<(u32, u32), Broken> {
    jpeg::size(bytes)
}

/// How wide and high a PNG is shown.
pub fn png_size(bytes: &[u8]) -> Result<(u32, u32), Broken> {
    png::size(bytes)
}
