//! A message as bytes: CBOR, compressed with zstd where that makes it shorter; each says by its first bytes which it is.

use std::io::Read;

use serde::Serialize;
use serde::de::DeserializeOwned;

use frontline_domain::cbor;

use crate::limits;

/// The media type of requests and answers. A portal or a proxy that answers HTML does not say this, which is
/// how a device tells it from the server. Short, as every answer has it; another protocol's begins like it.
pub const MEDIA_TYPE: &str = "application/vnd.frontline";

/// What a frame of zstd begins with (RFC 8878, 3.1.1). No message in CBOR does: one is a map.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Bytes that are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("the message is not what zstd compressed, or is cut")]
    Compression,
    #[error("the message has more than {max} bytes decompressed")]
    TooLarge { max: usize },
    #[error(transparent)]
    Cbor(#[from] cbor::CborError),
}

/// Encodes and compresses.
pub fn pack<T: Serialize>(message: &T) -> Vec<u8> {
    let plain = cbor::encode(message);
    let packed = zstd::bulk::compress(&plain, 3).expect("compressing in memory does not fail");
    if packed.len() < plain.len() { packed } else { plain }
}

/// How many bytes a message has decompressed, as it says itself; the most that it may have where it says
/// nothing. What it says may be a lie: [`unpack`] stops at the limit.
pub fn unpacked_size(bytes: &[u8]) -> usize {
    if !bytes.starts_with(&ZSTD) {
        return bytes.len();
    }
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
    if !bytes.starts_with(&ZSTD) {
        return if bytes.len() > max { Err(FrameError::TooLarge { max }) } else { Ok(cbor::decode(what, bytes)?) };
    }
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
