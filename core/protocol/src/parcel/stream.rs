//! The inside of a file: frames, each a kind and a length before its bytes. Parts come first, then pictures, which
//! what stands in the parts names; then the word that there is no more.

use std::io::{self, Read, Write};

use ed25519_dalek::SigningKey;
use frontline_domain::fact::pictures;
use frontline_domain::ids::*;

use super::seal::{Head, Opening, Sealing};
use super::{PART, ParcelError, Part};
use crate::hpke::Secret;

const END: u8 = 0;
const A_PART: u8 = 1;
const A_PICTURE: u8 = 2;
/// Bytes that are copied at once.
const COPIED: usize = 64 << 10;

/// Writes a file.
pub struct Writing<W: Write> {
    to: Sealing<W>,
}

impl<W: Write> Writing<W> {
    /// Begins a file whose pieces are under `key`, which its head holds.
    pub fn begin(to: W, head: &Head, key: &Secret) -> io::Result<Self> {
        Ok(Self { to: Sealing::begin(to, head, key)? })
    }

    fn begin_frame(&mut self, kind: u8, length: u64) -> io::Result<()> {
        self.to.write_all(&[kind])?;
        self.to.write_all(&length.to_be_bytes())
    }

    /// Writes a part, signed.
    pub fn part(&mut self, part: &Part, key: &SigningKey) -> io::Result<()> {
        let bytes = part.sign(key);
        if bytes.len() > PART {
            return Err(io::Error::other("a part of a file is too large"));
        }
        self.begin_frame(A_PART, bytes.len() as u64)?;
        self.to.write_all(&bytes)
    }

    /// Writes a picture from what `read` gives: the next bytes from a place on.
    pub fn picture(&mut self, blob: &BlobHash, length: u64, mut read: impl FnMut(u64) -> io::Result<Vec<u8>>) -> io::Result<()> {
        self.begin_frame(A_PICTURE, length)?;
        self.to.write_all(blob.as_bytes())?;
        let mut at = 0;
        while at < length {
            let bytes = read(at)?;
            at += bytes.len() as u64;
            if bytes.is_empty() || at > length {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.to.write_all(&bytes)?;
        }
        Ok(())
    }

    /// Ends the file. One without this is refused.
    pub fn end(mut self) -> io::Result<W> {
        self.begin_frame(END, 0)?;
        self.to.end()
    }
}

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    Part(Box<Part>),
    /// Its bytes are read from the reader itself; what is not read is passed over.
    Picture {
        blob: BlobHash,
        bytes: u64,
    },
}

/// Reads a file, frame by frame.
pub struct Reading<R: Read> {
    from: Opening<R>,
    whose: (OrgId, DeviceId),
    /// Bytes of the picture that are not read yet.
    left: u64,
}

impl<R: Read> Reading<R> {
    /// Of a file whose head was read.
    pub fn begin(from: R, head: &Head, key: &Secret) -> Result<Self, ParcelError> {
        Ok(Self { from: Opening::begin(from, head, key)?, whose: (head.org, head.device), left: 0 })
    }

    /// The next frame; none at the end of the file.
    pub fn frame(&mut self) -> Result<Option<Frame>, ParcelError> {
        io::copy(self, &mut io::sink())?;
        if self.left > 0 {
            return Err(ParcelError::Changed);
        }
        let (mut kind, mut length) = ([0], [0; 8]);
        self.from.read_exact(&mut kind)?;
        self.from.read_exact(&mut length)?;
        let bytes = u64::from_be_bytes(length);
        match kind[0] {
            A_PART => {
                let most = PART as u64;
                if bytes > most {
                    return Err(ParcelError::TooLarge { what: "a part", bytes, most });
                }
                let mut signed = vec![0; usize::try_from(bytes).map_err(|_| ParcelError::Changed)?];
                self.from.read_exact(&mut signed)?;
                let part = Part::read(&signed)?;
                if (part.org, part.device) != self.whose {
                    return Err(ParcelError::Changed);
                }
                Ok(Some(Frame::Part(Box::new(part))))
            }
            A_PICTURE => {
                let most = pictures::BYTES;
                if bytes > most {
                    return Err(ParcelError::TooLarge { what: "a picture", bytes, most });
                }
                let mut blob = [0; 32];
                self.from.read_exact(&mut blob)?;
                self.left = bytes;
                Ok(Some(Frame::Picture { blob: BlobHash::from_bytes(blob), bytes }))
            }
            END if bytes == 0 => {
                // Nothing stands behind it.
                if self.from.read(&mut [0])? > 0 { Err(ParcelError::Changed) } else { Ok(None) }
            }
            _ => Err(ParcelError::Changed),
        }
    }
}

/// The bytes of the picture that was come to.
impl<R: Read> Read for Reading<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let most = to.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.from.read(&mut to[..most])?;
        self.left -= count as u64;
        Ok(count)
    }
}

/// What stands in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    pub entries: u64,
    pub pictures: u64,
    /// By which key all of it is signed; none where there is no work in it.
    pub key: Option<[u8; 32]>,
}

/// Reads all of a file and believes none of it before: every piece is in its place, every part is signed by one
/// key, every picture is what its name says.
pub fn examine<R: Read>(mut file: Reading<R>) -> Result<Contents, ParcelError> {
    let mut found = Contents::default();
    while let Some(frame) = file.frame()? {
        match frame {
            Frame::Part(part) => {
                let key = part.key.into_array();
                if found.key.is_some_and(|first| first != key) {
                    return Err(ParcelError::Changed);
                }
                found.key = Some(key);
                found.entries += part.entries.len() as u64;
            }
            Frame::Picture { blob, .. } => {
                let (mut hasher, mut held) = (blake3::Hasher::new(), vec![0; COPIED]);
                loop {
                    let count = file.read(&mut held)?;
                    if count == 0 {
                        break;
                    }
                    hasher.update(&held[..count]);
                }
                if hasher.finalize().as_bytes() != blob.as_bytes() {
                    return Err(ParcelError::Changed);
                }
                found.pictures += 1;
            }
        }
    }
    Ok(found)
}
