//! The outside of a file: a head that says whose it is and holds the key of the rest, then pieces of 64 KiB, each
//! ChaCha20-Poly1305 under that key. A piece opens in its own place of its own file only, and the last one says that
//! it is the last: what was cut off, left out or moved is noticed.

use std::io::{self, Read, Write};

use frontline_domain::cbor;
use frontline_domain::ids::*;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use super::{ParcelError, VERSION};
use crate::hpke::{self, Secret};

/// What each file begins with.
pub const MAGIC: &[u8; 18] = b"frontline parcel 1";
/// Bytes of a piece before it is sealed.
const PIECE: usize = 64 << 10;
const TAG: usize = 16;
/// Bytes of a head at most.
const HEAD: usize = 1 << 10;

/// Whose file it is, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub version: u8,
    pub org: OrgId,
    pub device: DeviceId,
    /// The first bytes of the recovery key that the file is sealed to; none: it opens for anybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<ByteArray<8>>,
    /// The key of the pieces: sealed to the recovery key, or as it is.
    key: ByteBuf,
}

impl Head {
    /// Of a file whose pieces are under `key`. None: `to` is no sound public key.
    pub fn new((org, device): (OrgId, DeviceId), to: Option<&[u8; 32]>, key: &Secret, ephemeral: &Secret) -> Option<Self> {
        let (name, key) = match to {
            Some(to) => {
                let name: [u8; 8] = to[..8].try_into().ok()?;
                (Some(name.into()), hpke::seal(to, ephemeral, &info(org, device), key.as_slice())?)
            }
            None => (None, key.to_vec()),
        };
        Some(Self { version: VERSION, org, device, to: name, key: key.into() })
    }

    /// Whether it is sealed.
    pub fn is_sealed(&self) -> bool {
        self.to.is_some()
    }
    /// Whether it is sealed to this public key.
    pub fn is_sealed_to(&self, public: &[u8; 32]) -> bool {
        self.to.is_some_and(|name| public[..8] == name[..])
    }

    /// The key of the pieces; of a file that is sealed for the holder of the recovery key only.
    pub fn open(&self, secret: Option<&Secret>) -> Option<Secret> {
        let key = match (self.to, secret) {
            (None, _) => self.key.to_vec(),
            (Some(_), Some(secret)) => hpke::open(secret, &info(self.org, self.device), &self.key)?.to_vec(),
            (Some(_), None) => return None,
        };
        Some(Secret::new(key.try_into().ok()?))
    }

    /// Reads what a file begins with.
    pub fn read(from: &mut impl Read) -> Result<Self, ParcelError> {
        let none = |e: io::Error| if e.kind() == io::ErrorKind::UnexpectedEof { ParcelError::NotOne } else { e.into() };
        let mut magic = [0; MAGIC.len()];
        from.read_exact(&mut magic).map_err(none)?;
        let mut length = [0; 2];
        from.read_exact(&mut length).map_err(none)?;
        let length = usize::from(u16::from_be_bytes(length));
        if magic != *MAGIC || length > HEAD {
            return Err(ParcelError::NotOne);
        }
        let mut bytes = vec![0; length];
        from.read_exact(&mut bytes).map_err(none)?;
        let head: Self = cbor::decode("the head of the file", &bytes).map_err(|_| ParcelError::NotOne)?;
        if head.version == VERSION { Ok(head) } else { Err(ParcelError::Version(head.version)) }
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let bytes = cbor::encode(self);
        let length = u16::try_from(bytes.len()).map_err(|_| io::Error::other("the head of a file is too long"))?;
        to.write_all(MAGIC)?;
        to.write_all(&length.to_be_bytes())?;
        to.write_all(&bytes)
    }
}

fn info(org: OrgId, device: DeviceId) -> Vec<u8> {
    cbor::encode(&("frontline 1 recovery parcel", org, device))
}

/// Pieces under one key, of the file with this head.
struct Pieces {
    key: LessSafeKey,
    head: blake3::Hash,
    number: u64,
}

impl Pieces {
    fn of(head: &Head, key: &Secret) -> Self {
        let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key"));
        Self { key, head: blake3::hash(&cbor::encode(head)), number: 0 }
    }
    fn next(&mut self, is_last: bool) -> (Nonce, Aad<[u8; 32]>) {
        let mut nonce = [0; 12];
        nonce[3] = u8::from(is_last);
        nonce[4..].copy_from_slice(&self.number.to_be_bytes());
        self.number += 1;
        (Nonce::assume_unique_for_key(nonce), Aad::from(*self.head.as_bytes()))
    }
}

/// Seals what is written to it, piece by piece.
pub struct Sealing<W: Write> {
    to: W,
    pieces: Pieces,
    held: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    /// Writes the head.
    pub fn begin(mut to: W, head: &Head, key: &Secret) -> io::Result<Self> {
        head.write(&mut to)?;
        Ok(Self { to, pieces: Pieces::of(head, key), held: Vec::with_capacity(PIECE + TAG) })
    }
    fn piece(&mut self, is_last: bool) -> io::Result<()> {
        let (nonce, aad) = self.pieces.next(is_last);
        self.pieces.key.seal_in_place_append_tag(nonce, aad, &mut self.held).map_err(|_| io::Error::other("sealing failed"))?;
        self.to.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }
    /// Writes the last piece. A file without it is refused.
    pub fn end(mut self) -> io::Result<W> {
        self.piece(true)?;
        Ok(self.to)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece is written when there is more: only then it is known not to be the last.
        if self.held.len() == PIECE && !bytes.is_empty() {
            self.piece(false)?;
        }
        let taken = bytes.len().min(PIECE - self.held.len());
        self.held.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what is read through it. Bytes that are not as they were written, and a file that ends too early, are an
/// error of the kind `InvalidData`.
pub struct Opening<R: Read> {
    from: R,
    pieces: Pieces,
    /// The sealed bytes of the next piece.
    next: Vec<u8>,
    open: Vec<u8>,
    at: usize,
    is_over: bool,
}

impl<R: Read> Opening<R> {
    /// Of a file whose head was read.
    pub fn begin(mut from: R, head: &Head, key: &Secret) -> io::Result<Self> {
        let next = chunk(&mut from)?;
        Ok(Self { from, pieces: Pieces::of(head, key), next, open: Vec::new(), at: 0, is_over: false })
    }
    fn piece(&mut self) -> io::Result<()> {
        let after = if self.next.len() == PIECE + TAG { chunk(&mut self.from)? } else { Vec::new() };
        self.is_over = after.is_empty();
        self.open = std::mem::replace(&mut self.next, after);
        let (nonce, aad) = self.pieces.next(self.is_over);
        let opened = self.pieces.key.open_in_place(nonce, aad, &mut self.open).map_err(|_| io::ErrorKind::InvalidData)?;
        let length = opened.len();
        self.open.truncate(length);
        self.at = 0;
        Ok(())
    }
}

fn chunk(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PIECE + TAG);
    from.take((PIECE + TAG) as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.open.len() && !self.is_over {
            self.piece()?;
        }
        let taken = to.len().min(self.open.len() - self.at);
        to[..taken].copy_from_slice(&self.open[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}
