//! A message as bytes: CBOR, compressed with zstd, a version in the media type.

use std::io::Read;

use serde::Serialize;
use serde::de::DeserializeOwned;

use frontline_domain::cbor;

use crate::limits;

/// The media type of requests and answers. A portal or a proxy that answers HTML does not say this, which is
/// how a device tells it from the server.
pub const MEDIA_TYPE: &str = "application/vnd.frontline.v1+cbor-zstd";

/// Bytes that are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("the message is not compressed with zstd, or is cut")]
    Compression,
    #[error("the message has more than {max} bytes decompressed")]
    TooLarge { max: usize },
    #[error(transparent)]
    Cbor(#[from] cbor::CborError),
}

/// Encodes and compresses.
pub fn pack<T: Serialize>(message: &T) -> Vec<u8> {
    zstd::bulk::compress(&cbor::encode(message), 3).expect("compressing in memory does not fail")
}

/// Decompresses within [`limits::MESSAGE`] and decodes. A bomb stops at the limit: neither the window nor
/// the output may exceed it.
pub fn unpack<T: DeserializeOwned>(what: &'static str, bytes: &[u8]) -> Result<T, FrameError> {
    let mut decoder = zstd::Decoder::with_buffer(bytes).map_err(|_| FrameError::Compression)?.single_frame();
    decoder.window_log_max(23).map_err(|_| FrameError::Compression)?;
    let mut plain = Vec::new();
    let read = (&mut decoder).take(limits::MESSAGE as u64 + 1).read_to_end(&mut plain);
    match read {
        Ok(n) if n > limits::MESSAGE => return Err(FrameError::TooLarge { max: limits::MESSAGE }),
        Ok(_) if decoder.get_ref().is_empty() => {}
        _ => return Err(FrameError::Compression),
    }
    Ok(cbor::decode(what, &plain)?)
}
