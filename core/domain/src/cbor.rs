//! The one encoding: CBOR through serde, deterministic because structs write their fields in order and maps
//! are `BTreeMap`s. Reading refuses trailing bytes, which the library lets pass.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are not one whole value of the wanted type. Carries no content: bodies hold personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} is not readable: {why}")]
pub struct CborError {
    what: &'static str,
    why: &'static str,
}

/// Encodes. Writing to memory does not fail for the types of this workspace (no unsized sequences).
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    cbor4ii::serde::to_vec(Vec::with_capacity(128), value).expect("encoding to memory does not fail")
}

/// Decodes exactly one value; `what` names it in the error.
pub fn decode<T: DeserializeOwned>(what: &'static str, bytes: &[u8]) -> Result<T, CborError> {
    let mut reader = cbor4ii::core::utils::SliceReader::new(bytes);
    let value = {
        let mut de = cbor4ii::serde::Deserializer::new(&mut reader);
        T::deserialize(&mut de).map_err(|_| CborError { what, why: "not the expected shape" })?
    };
    use cbor4ii::core::dec::Read;
    match reader.fill(1) {
        Ok(rest) if rest.as_ref().is_empty() => Ok(value),
        _ => Err(CborError { what, why: "bytes follow its end" }),
    }
}
