//! How pictures are sent: tus 1.0 (<https://tus.io/protocols/resumable-upload>) with creation and expiration. A
//! picture's place is its name, so that how far it has come can be asked without having kept a place.

use frontline_domain::BlobHash;

use crate::base64;

/// Where pictures are announced.
pub const PATH: &str = "/v1/blobs";
/// Where an author says which pictures and videos of content are about to come.
pub const OFFER: &str = "/v1/content/media";
/// The protocol's version.
pub const VERSION: &str = "1.0.0";
/// Of a piece.
pub const MEDIA_TYPE: &str = "application/offset+octet-stream";
/// The status for bytes that are not those of the name.
pub const CHECKSUM_MISMATCH: u16 = 460;

/// The names of headers.
pub mod header {
    pub const RESUMABLE: &str = "tus-resumable";
    pub const VERSION: &str = "tus-version";
    pub const EXTENSION: &str = "tus-extension";
    pub const MAX_SIZE: &str = "tus-max-size";
    pub const LENGTH: &str = "upload-length";
    pub const OFFSET: &str = "upload-offset";
    pub const METADATA: &str = "upload-metadata";
    pub const EXPIRES: &str = "upload-expires";
}

/// Where a picture is.
pub fn path(blob: &BlobHash) -> String {
    format!("{PATH}/{blob}")
}

/// The metadata that names a picture.
pub fn metadata_of(blob: &BlobHash) -> String {
    format!("hash {}", base64::encode(blob.to_string().as_bytes()))
}

/// The value of a key of an `Upload-Metadata` header.
pub fn metadata(header: &str, key: &str) -> Option<Vec<u8>> {
    let pair = header.split(',').map(str::trim).find_map(|pair| pair.strip_prefix(key)?.strip_prefix(' '))?;
    base64::decode(pair.trim())
}

/// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn date(ms: i64) -> Option<String> {
    let time = chrono::DateTime::from_timestamp_millis(ms)?;
    Some(time.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_among_other_metadata() {
        let blob = BlobHash::from_bytes([7; 32]);
        let all = format!("filename ZnJpZGdlLmpwZw==, {},empty", metadata_of(&blob));
        assert_eq!(metadata(&all, "hash"), Some(blob.to_string().into_bytes()));
        assert_eq!(metadata(&all, "filename").as_deref(), Some(&b"fridge.jpg"[..]));
        assert_eq!(metadata(&all, "empty"), None);
        assert_eq!(metadata("hash ***", "hash"), None);
    }

    #[test]
    fn a_time_is_written_as_http_does() {
        assert_eq!(date(784_111_777_000).as_deref(), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    }
}
