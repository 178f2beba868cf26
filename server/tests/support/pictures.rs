//! Photos in the town: a phone that takes one, and their bytes arriving at the server.

use frontline_domain::BlobHash;
use frontline_domain::fact::{BlobCaptured, BlobOf, Fact, Thumbnail};
use frontline_domain::form::Value;
use frontline_server::blobs::upload::{Brings, Sender};

use super::phone::Sheet;
use super::{Phone, Town};

/// The name of a picture.
pub fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash::from_bytes(*blake3::hash(bytes).as_bytes())
}

impl Phone<'_> {
    /// Takes a photo as the answer to an item.
    pub fn photographs(&mut self, sheet: &mut Sheet, item: &str, picture: &[u8], small: &[u8]) {
        self.pictures(sheet, item, (picture, small), true);
    }
    /// The same of one that was taken before, where it is not `live`.
    pub fn pictures(&mut self, sheet: &mut Sheet, item: &str, (picture, small): (&[u8], &[u8]), live: bool) {
        let id = self.capture_id();
        self.says(Fact::BlobCaptured(BlobCaptured {
            id,
            blob: hash(picture),
            bytes: picture.len() as u64,
            media: "image/png".to_owned(),
            width: 640,
            height: 480,
            live,
            of: BlobOf::Answer { run: sheet.run.id(), item: item.parse().expect("a slug"), instance: 0 },
            thumbnail: Some(Thumbnail { blob: hash(small), bytes: small.len() as u64 }),
            length_ms: None,
        }));
        self.answers(sheet, item, Value::Photos(vec![hash(picture)]));
    }
}

impl Phone<'_> {
    /// Says of a recording or a drawing what it is; of an answer of the run, or of an action.
    pub fn keeps(&mut self, of: BlobOf, media: &str, bytes: &[u8], small: Option<&[u8]>) {
        let (width, height) = if small.is_some() { (320, 120) } else { (0, 0) };
        let id = self.capture_id();
        self.says(Fact::BlobCaptured(BlobCaptured {
            id,
            blob: hash(bytes),
            bytes: bytes.len() as u64,
            media: media.to_owned(),
            width,
            height,
            live: true,
            of,
            thumbnail: small.map(|small| Thumbnail { blob: hash(small), bytes: small.len() as u64 }),
            length_ms: small.is_none().then_some(5_000),
        }));
    }
}

impl Town {
    /// The bytes of a picture arrive.
    pub async fn receives(&self, bytes: &[u8]) {
        let (blobs, sender) = (&self.app.blobs, Sender { org: self.org, by: [1; 16], device: None, brings: Brings::Named });
        blobs.begin(&self.app, &sender, &hash(bytes), bytes.len() as u64).await.expect("begun");
        let mut open = blobs.open_part(&self.app, &sender, &hash(bytes)).await.expect("opened");
        open.write(bytes).expect("written");
        blobs.close_part(&self.app, &sender, &hash(bytes), open).await.expect("whole");
    }
}
