//! What stored facts say of pictures.

use frontline_domain::EntryType;
use frontline_domain::fact::{Fact, Thumbnail, pictures};
use frontline_protocol::Entry;

use crate::judge::Bench;
use crate::store::Result;
use crate::store::blobs::NamedBlob;

/// Notes what a fact that was just stored says of a picture and its small one.
pub async fn keep(bench: &mut Bench<'_>, entry: &Entry, number: u64) -> Result<()> {
    let header = &entry.header;
    if header.entry_type != EntryType::BLOB_CAPTURED {
        return Ok(());
    }
    let Some(Ok(Fact::BlobCaptured(said))) = Fact::decode(header.entry_type, &entry.body) else { return Ok(()) };
    let whole = NamedBlob {
        blob: said.blob,
        of: *said.of.id(),
        scope: header.scope,
        number,
        device: header.device,
        bytes: said.bytes,
        media: said.media,
        small_of: None,
    };
    if let Some(Thumbnail { blob, bytes }) = said.thumbnail {
        let small = NamedBlob { blob, bytes, media: pictures::MEDIA[0].to_owned(), small_of: Some(said.blob), ..whole.clone() };
        bench.tx.put_blob_named(header.org, &small).await?;
    }
    bench.tx.put_blob_named(header.org, &whole).await
}
