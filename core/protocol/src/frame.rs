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

/// How many bytes a message has decompressed, as it says itself; the most that it may have where it says
/// nothing. What it says may be a lie: [`unpack`] stops at the limit.
pub fn unpacked_size(bytes: &[u8]) -> usize {
    let said = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    said.and_then(|n| usize::try_from(n).ok()).map_or(limits::MESSAGE, |n| n.min(limits::MESSAGE))
}

/// Decompresses within [`limits::MESSAGE`] and decodes. A bomb stops at the limit: neither the window nor
/// the output may exceed it.
pub fn unpack<T: DeserializeOwned>(what: &'static str, bytes: &[u8]) -> Result<T, FrameError> {
    unpack_within(what, bytes, limits::MESSAGE)
}

/// The same within a lower limit.
pub fn unpack_within<T: DeserializeOwned>(what: &'static str, bytes: &[u8], max: usize) -> Result<T, FrameError> {
    let mut decoder = zstd::Decoder::with_buffer(bytes).map_err(|_| FrameError::Compression)?.single_frame();
    decoder.window_log_max(23).map_err(|_| FrameError::Compression)?;
    // One more, or reading to the end of what was told rightly would double it.
    let mut plain = Vec::with_capacity(unpacked_size(bytes).min(max) + 1);
    let read = (&mut decoder).take(max as u64 + 1).read_to_end(&mut plain);
    match read {
        Ok(n) if n > max => return Err(FrameError::TooLarge { max }),
        Ok(_) if decoder.get_ref().is_empty() => {}
        _ => return Err(FrameError::Compression),
    }
    Ok(cbor::decode(what, &plain)?)
}
