//! Unsent work carried out of a device by hand: a file that `admin import` takes in.
//!
//! CBOR, signed by the device's key over everything but the signature. It is sealed against change, not
//! against reading: whoever carries it can open it, as they could the phone.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use frontline_domain::cbor::{self, CborError};
use frontline_domain::ids::*;

/// The version that this build writes.
pub const VERSION: u8 = 1;

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    pub version: u8,
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
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    parcel: ByteBuf,
    signature: ByteArray<64>,
}

/// Why a file is no parcel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    #[error("this is no file of unsent work: {0}")]
    Unreadable(#[from] CborError),
    #[error("this file is of version {0}; this program reads version {VERSION}")]
    Version(u8),
    #[error("the file was changed after the device wrote it: its signature does not match")]
    Signature,
}

const CONTEXT: &[u8] = b"frontline parcel 1\n";

impl Parcel {
    /// The file's bytes.
    pub fn seal(&self, key: &SigningKey) -> Vec<u8> {
        let parcel = cbor::encode(self);
        let signature = key.sign(&[CONTEXT, &parcel].concat());
        cbor::encode(&Sealed { parcel: parcel.into(), signature: signature.to_bytes().into() })
    }

    /// Reads a file and checks that the key it names signed it. Whether that is the device's key is for the
    /// importer to compare.
    pub fn open(bytes: &[u8]) -> Result<Self, ParcelError> {
        let sealed: Sealed = cbor::decode("the file", bytes)?;
        let parcel: Self = cbor::decode("the file", &sealed.parcel)?;
        if parcel.version != VERSION {
            return Err(ParcelError::Version(parcel.version));
        }
        let key = VerifyingKey::from_bytes(&parcel.key).map_err(|_| ParcelError::Signature)?;
        let signature = Signature::from_bytes(&sealed.signature);
        key.verify_strict(&[CONTEXT, &sealed.parcel].concat(), &signature).map_err(|_| ParcelError::Signature)?;
        Ok(parcel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_opens_as_it_was_sealed_and_not_when_a_bit_changed() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let parcel = Parcel {
            version: VERSION,
            org: OrgId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            key: key.verifying_key().to_bytes().into(),
            epoch: Epoch(3),
            next_seq: 4,
            made_ms: 5,
            entries: vec![ByteBuf::from(vec![6; 40])],
        };
        let mut bytes = parcel.seal(&key);
        assert_eq!(Parcel::open(&bytes), Ok(parcel));
        for at in (0..bytes.len()).step_by(7) {
            bytes[at] ^= 1;
            assert!(Parcel::open(&bytes).is_err(), "byte {at}");
            bytes[at] ^= 1;
        }
    }
}
