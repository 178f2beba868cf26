//! What a camera, a microphone or a finger gave: kept encrypted, and on this device alone until it belongs to something.

use frontline_domain::BlobHash;
use frontline_domain::drawing::{self, Drawing, Point};
use frontline_domain::fact::{Thumbnail, sounds};
use serde::Serialize;

use super::{Media, hash, photos};
use crate::blobs::files::Files;
use crate::blobs::picture::Looked;
use crate::blobs::sound::Taken;
use crate::blobs::{self, content, picture, sound};
use crate::error::{Error, Fault};
use crate::observe::Origin;
use crate::services::shown;
use crate::store::blobs::{FileRow, put_file};

/// What a camera or an album gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureDraft {
    /// A JPEG or a PNG.
    pub bytes: Vec<u8>,
    /// The camera took it at this moment.
    pub live: bool,
}

/// A picture that is on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureSummary {
    /// What an answer names it by: the hash of its bytes.
    pub id: String,
    pub media: &'static str,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    /// The small one, as bytes are asked for.
    pub thumbnail: String,
}

/// What a recorder gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundDraft {
    /// AAC in MPEG-4.
    pub bytes: Vec<u8>,
    /// It was recorded at this moment.
    pub live: bool,
}

/// A recording that is on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SoundSummary {
    /// What an answer names it by: the hash of its bytes.
    pub id: String,
    pub media: &'static str,
    pub bytes: u64,
    pub length_ms: u64,
}

impl Media<'_> {
    /// Keeps a picture, encrypted, with a small one of it: without what the camera wrote into it beside what the organisation
    /// keeps, and under the name of what is left. Until it is an answer or belongs to one it is on this
    /// device alone, for a day.
    pub fn add(&self, draft: PictureDraft) -> Result<PictureSummary, Error> {
        let policy = self.0.read(photos)?;
        let (bytes, Looked { media, width, height, thumbnail }) =
            picture::take(&draft.bytes, &policy).map_err(|why| Fault::invalid("picture", why.rule(), why.to_string()))?;
        self.keep_seen(media, (width, height), draft.live, &bytes, &thumbnail)
    }

    /// Keeps a signature as its strokes, with a small picture of them.
    pub fn add_drawing(&self, width: u32, height: u32, strokes: Vec<Vec<Point>>) -> Result<PictureSummary, Error> {
        let drawn = Drawing::new(width, height, strokes).map_err(|why| Fault::invalid("drawing", why.rule(), why.to_string()))?;
        let small =
            blobs::drawing::small(&drawn).ok_or_else(|| Fault::invalid("drawing", "damaged", "this drawing can't be shown small"))?;
        self.keep_seen(drawing::MEDIA, (width, height), true, &drawn.encode(), &small)
    }

    /// Keeps a recording, encrypted: the sound alone, without what the recorder wrote beside it. Until it is an answer or
    /// stands beside one it is on this device alone, for a day.
    pub fn add_sound(&self, draft: SoundDraft) -> Result<SoundSummary, Error> {
        let Taken { bytes, length_ms } = sound::take(&draft.bytes).map_err(|why| Fault::invalid("sound", why.rule(), why.to_string()))?;
        let row = FileRow {
            blob: hash(&bytes),
            bytes: bytes.len() as u64,
            media: sounds::MEDIA.to_owned(),
            width: 0,
            height: 0,
            live: draft.live,
            small: false,
            thumbnail: None,
            added_ms: self.0.clock.now().wall_ms,
            length_ms: Some(length_ms),
        };
        self.keep(&[(&row, &bytes)])?;
        Ok(SoundSummary { id: row.blob.to_string(), media: sounds::MEDIA, bytes: row.bytes, length_ms: u64::from(length_ms) })
    }

    /// The strokes of a signature that is here.
    pub fn drawing(&self, drawing: &str) -> Result<Drawing, Error> {
        let blob: BlobHash = shown::id("drawing", drawing)?;
        let bytes = self.bytes(&blob.to_string())?;
        Ok(Drawing::decode(&bytes).map_err(|why| Fault::invalid("drawing", why.rule(), why.to_string()))?)
    }

    fn keep_seen(
        &self,
        media: &'static str,
        (width, height): (u32, u32),
        live: bool,
        bytes: &[u8],
        thumbnail: &[u8],
    ) -> Result<PictureSummary, Error> {
        let small = Thumbnail { blob: hash(thumbnail), bytes: thumbnail.len() as u64 };
        let row = FileRow {
            blob: hash(bytes),
            bytes: bytes.len() as u64,
            media: media.to_owned(),
            width,
            height,
            live,
            small: false,
            thumbnail: Some(small),
            added_ms: self.0.clock.now().wall_ms,
            length_ms: None,
        };
        let of_small = row.small();
        let all: Vec<(&FileRow, &[u8])> = of_small.iter().map(|row| (row, thumbnail)).chain([(&row, bytes)]).collect();
        self.keep(&all)?;
        Ok(PictureSummary { id: row.blob.to_string(), media, bytes: row.bytes, width, height, thumbnail: small.blob.to_string() })
    }

    /// Under the write lock, so that nobody sweeps what has no row yet; on the disk before the row is.
    fn keep(&self, all: &[(&FileRow, &[u8])]) -> Result<(), Error> {
        let files = Files::of(&self.0.store);
        let keep = || {
            self.0.write(Origin::Local, |tx, _| {
                for (row, bytes) in all {
                    files.write(&row.blob, bytes)?;
                }
                for (row, _) in all {
                    put_file(tx, row)?;
                }
                Ok(())
            })
        };
        match keep() {
            // What was captured here comes before what can be fetched again.
            Err(Error::StorageFull) if content::make_room(&self.0.store)? => keep(),
            done => done,
        }
    }
}
