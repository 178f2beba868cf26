//! Unsent work carried out of a device by hand: a file that `admin import` takes in.
//!
//! Start at [`Part`]: as many entries as go into one offer, signed by the device. A file holds any number of them,
//! then pictures ([`stream`]), in pieces that are sealed to the organisation's recovery key ([`seal`]): whoever
//! carries it can neither change nor read it, and whoever writes or reads it never holds more than a part or a piece.
//! Only a device that knows of no recovery key writes a file that opens for anybody.

pub mod seal;
pub mod stream;

use std::io;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use frontline_domain::cbor;
use frontline_domain::ids::*;

/// The version that this build writes.
pub const VERSION: u8 = 1;
/// Entries of one part.
pub const ENTRIES: usize = 500;
/// Bytes of the entries of one part; one that is larger is alone in its part.
pub const BYTES: usize = 1 << 20;
/// Bytes of a part as it stands in the file: its entries and the keys of customers.
pub const PART: usize = 4 << 20;

/// A part of the work in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub org: OrgId,
    pub device: DeviceId,
    /// The device's Ed25519 public key; the importer compares it with the one that it enrolled.
    pub key: ByteArray<32>,
    /// The series and the number that the device would give next.
    pub epoch: Epoch,
    pub next_seq: u64,
    /// By the device's estimate of server time, ms.
    pub made_ms: i64,
    /// Entries without a receipt, oldest first, in their exact bytes.
    pub entries: Vec<ByteBuf>,
    /// The keys of the customers in them, as [`crate::customers::Post::Told`] seals them: to the key that the file
    /// is sealed to, else to the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<ByteBuf>,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    part: ByteBuf,
    #[serde(with = "serde_bytes")]
    signature: Vec<u8>,
}

/// Why a file is not taken. Nothing of it is.
#[derive(Debug, thiserror::Error)]
pub enum ParcelError {
    #[error("the file is not one that `device export` wrote")]
    NotOne,
    #[error("the file has version {0}, which this program does not know; update it")]
    Version(u8),
    #[error("the file was changed, or cut short, after the device wrote it")]
    Changed,
    #[error("{what} of the file has {bytes} bytes; at most {most} are read")]
    TooLarge { what: &'static str, bytes: u64, most: u64 },
    #[error("the file could not be read: {0}")]
    Io(io::Error),
}

impl From<io::Error> for ParcelError {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::Changed,
            _ => Self::Io(e),
        }
    }
}

impl Part {
    /// As it stands in a file.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let part = cbor::encode(self);
        let signature = key.sign(&text(&part)).to_bytes().to_vec();
        cbor::encode(&Signed { part: part.into(), signature })
    }

    /// Reads a part, if its signature is that of the key it names. Whether that key is a device's is for the
    /// importer to see.
    pub fn read(bytes: &[u8]) -> Result<Self, ParcelError> {
        let signed: Signed = cbor::decode("a part", bytes).map_err(|_| ParcelError::Changed)?;
        let part: Part = cbor::decode("a part", &signed.part).map_err(|_| ParcelError::Changed)?;
        let key = VerifyingKey::from_bytes(&part.key).map_err(|_| ParcelError::Changed)?;
        let signature = Signature::from_slice(&signed.signature).map_err(|_| ParcelError::Changed)?;
        key.verify_strict(&text(&signed.part), &signature).map_err(|_| ParcelError::Changed)?;
        Ok(part)
    }
}

fn text(part: &[u8]) -> Vec<u8> {
    [b"frontline parcel 1\n".as_slice(), part].concat()
}

#[cfg(test)]
mod tests;
