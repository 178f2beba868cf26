//! What a picture, a drawing or a recording is, and what it belongs to.

use serde::{Deserialize, Serialize};

use crate::form::Value;
use crate::{BlobHash, CaptureId, DocId, Slug, drawing};

/// A picture was taken, a signature drawn or a sound recorded. Its bytes travel apart from entries, after them, and are
/// known by their hash: whoever may read this fact may read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct BlobCaptured {
    pub id: CaptureId,
    pub blob: BlobHash,
    pub bytes: u64,
    /// One of [`BlobKind`]'s.
    pub media: String,
    /// Of what is seen: its pixels, or the field that it was drawn in. 0: it is heard.
    pub width: u32,
    pub height: u32,
    /// The phone's own camera or microphone took it at that moment.
    pub live: bool,
    pub of: BlobOf,
    /// The small one, which is sent before any whole one; of what is seen.
    pub thumbnail: Option<Thumbnail>,
    /// Of what is heard.
    pub length_ms: Option<u32>,
}

/// What it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobOf {
    Answer {
        run: DocId,
        item: Slug,
        instance: u16,
    },
    /// A comment beside a corrective action.
    Action(CaptureId),
}

impl BlobOf {
    /// The run or the action, by which what belongs to it is found.
    pub fn id(&self) -> &[u8; 16] {
        match self {
            Self::Answer { run, .. } => run.as_bytes(),
            Self::Action(action) => action.as_bytes(),
        }
    }
}

/// The same as it is written. What came later stands at the end and is left out where it says nothing, so that a picture of
/// an answer has the bytes that it had before there was anything else.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Written {
    id: CaptureId,
    blob: BlobHash,
    bytes: u64,
    media: String,
    #[serde(default, skip_serializing_if = "is_nothing")]
    width: u32,
    #[serde(default, skip_serializing_if = "is_nothing")]
    height: u32,
    live: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run: Option<DocId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<Slug>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    instance: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    thumbnail: Option<Thumbnail>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<CaptureId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length_ms: Option<u32>,
}

fn is_nothing(n: &u32) -> bool {
    *n == 0
}

impl TryFrom<Written> for BlobCaptured {
    type Error = &'static str;
    fn try_from(w: Written) -> Result<Self, Self::Error> {
        let of = match (w.run, w.item, w.instance, w.action) {
            (Some(run), Some(item), Some(instance), None) => BlobOf::Answer { run, item, instance },
            (None, None, None, Some(action)) => BlobOf::Action(action),
            _ => return Err("it belongs to one answer or to one action"),
        };
        let Written { id, blob, bytes, media, width, height, live, thumbnail, length_ms, .. } = w;
        Ok(Self { id, blob, bytes, media, width, height, live, of, thumbnail, length_ms })
    }
}

impl From<BlobCaptured> for Written {
    fn from(b: BlobCaptured) -> Self {
        let (run, item, instance, action) = match b.of {
            BlobOf::Answer { run, item, instance } => (Some(run), Some(item), Some(instance), None),
            BlobOf::Action(action) => (None, None, None, Some(action)),
        };
        let BlobCaptured { id, blob, bytes, media, width, height, live, thumbnail, length_ms, .. } = b;
        Self { id, blob, bytes, media, width, height, live, run, item, instance, thumbnail, action, length_ms }
    }
}

impl BlobCaptured {
    /// What is beyond the limits, and how.
    pub(super) fn check(&self) -> Option<(&'static str, &'static str)> {
        let Some(kind) = BlobKind::of(&self.media) else { return Some(("media", "no kind of picture, drawing or recording")) };
        if !(1..=kind.bytes()).contains(&self.bytes) {
            return Some(("bytes", "none, or more than one of its kind may have"));
        }
        let pixels = u64::from(self.width) * u64::from(self.height);
        match (kind, self.thumbnail, self.length_ms) {
            (BlobKind::Sound, None, Some(ms)) if self.width == 0 && self.height == 0 => {
                (!(1..=sounds::LENGTH_MS).contains(&ms)).then_some(("length_ms", "none, or more than a recording may have"))
            }
            (BlobKind::Sound, ..) => Some(("media", "heard, and has a length and no size")),
            (BlobKind::Picture | BlobKind::Drawing, Some(small), None) => {
                let is_too_wide = kind == BlobKind::Drawing && self.width.max(self.height) > drawing::SIDE;
                if !(1..=pictures::THUMBNAIL).contains(&small.bytes) {
                    return Some(("bytes", "none, or more than a small one may have"));
                }
                (pixels == 0 || pixels > pictures::PIXELS || is_too_wide)
                    .then_some(("pixels", "none, or more than one of its kind may have"))
            }
            (BlobKind::Picture | BlobKind::Drawing, ..) => Some(("media", "seen, and has a small one and no length")),
        }
    }

    /// What kind of thing it is; none for one that no build of this kind wrote.
    pub fn kind(&self) -> Option<BlobKind> {
        BlobKind::of(&self.media)
    }
}

/// A picture small enough for a list; always a JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    pub blob: BlobHash,
    pub bytes: u64,
}

/// What kind of thing the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobKind {
    Picture,
    /// A signature as its strokes ([`drawing`]).
    Drawing,
    Sound,
}

impl BlobKind {
    /// By the name of its media type.
    pub fn of(media: &str) -> Option<Self> {
        match media {
            _ if pictures::MEDIA.contains(&media) => Some(Self::Picture),
            drawing::MEDIA => Some(Self::Drawing),
            sounds::MEDIA => Some(Self::Sound),
            _ => None,
        }
    }
    /// How many bytes one may have.
    pub fn bytes(self) -> u64 {
        match self {
            Self::Picture => pictures::BYTES,
            Self::Drawing => drawing::BYTES as u64,
            Self::Sound => sounds::BYTES,
        }
    }
    /// Whether a value of this shape may name one: a recording is no photo, and nobody signs with a recording.
    pub fn fits(self, value: &Value) -> bool {
        match value {
            Value::Photos(_) => self == Self::Picture,
            Value::Signature(_) => matches!(self, Self::Picture | Self::Drawing),
            Value::Files(_) => self == Self::Sound,
            _ => false,
        }
    }
}

/// Limits on pictures.
pub mod pictures {
    /// Bytes of one.
    pub const BYTES: u64 = 20 << 20;
    /// Bytes of a thumbnail.
    pub const THUMBNAIL: u64 = 128 << 10;
    /// Pixels of a side.
    pub const SIDE: u32 = 16_384;
    /// Pixels of one.
    pub const PIXELS: u64 = 60_000_000;
    /// What can be shown everywhere.
    pub const MEDIA: [&str; 2] = ["image/jpeg", "image/png"];
}

/// Limits on recordings.
pub mod sounds {
    /// AAC in MPEG-4: what Android and iOS record and every browser plays.
    pub const MEDIA: &str = "audio/mp4";
    /// Bytes of one.
    pub const BYTES: u64 = 10 << 20;
    /// How long one may be: ten minutes, and what a recorder needs until it stops.
    pub const LENGTH_MS: u32 = 605_000;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;

    fn photo() -> BlobCaptured {
        BlobCaptured {
            id: CaptureId::from_bytes([1; 16]),
            blob: BlobHash::from_bytes([2; 32]),
            bytes: 90_000,
            media: "image/jpeg".to_owned(),
            width: 1_600,
            height: 1_200,
            live: true,
            of: BlobOf::Answer { run: DocId::from_bytes([3; 16]), item: "till".parse().expect("a slug"), instance: 0 },
            thumbnail: Some(Thumbnail { blob: BlobHash::from_bytes([4; 32]), bytes: 4_000 }),
            length_ms: None,
        }
    }
    fn sound() -> BlobCaptured {
        let media = sounds::MEDIA.to_owned();
        BlobCaptured { media, width: 0, height: 0, thumbnail: None, length_ms: Some(5_000), ..photo() }
    }

    #[test]
    fn a_picture_of_an_answer_has_the_bytes_that_it_had_before_there_was_anything_else() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Before {
            id: CaptureId,
            blob: BlobHash,
            bytes: u64,
            media: String,
            width: u32,
            height: u32,
            live: bool,
            run: DocId,
            item: Slug,
            instance: u16,
            thumbnail: Thumbnail,
        }
        let b = photo();
        let BlobOf::Answer { run, item, instance } = b.of.clone() else { panic!("an answer's") };
        let before = Before {
            id: b.id,
            blob: b.blob,
            bytes: b.bytes,
            media: b.media.clone(),
            width: b.width,
            height: b.height,
            live: b.live,
            run,
            item,
            instance,
            thumbnail: b.thumbnail.expect("a small one"),
        };
        assert_eq!(cbor::encode(&before), cbor::encode(&b));
        assert_eq!(cbor::decode::<BlobCaptured>("a blob", &cbor::encode(&before)), Ok(b));
    }

    #[test]
    fn each_kind_reads_back_and_belongs_to_one_answer_or_one_action() {
        let of_action = BlobCaptured { of: BlobOf::Action(CaptureId::from_bytes([9; 16])), ..photo() };
        for one in [photo(), sound(), of_action.clone()] {
            assert_eq!(one.check(), None);
            assert_eq!(cbor::decode::<BlobCaptured>("a blob", &cbor::encode(&one)), Ok(one));
        }
        let both = Written { action: Some(CaptureId::from_bytes([9; 16])), ..photo().into() };
        let neither = Written { action: None, ..of_action.into() };
        let half = Written { item: None, ..photo().into() };
        for wrong in [both, neither, half] {
            assert!(cbor::decode::<BlobCaptured>("a blob", &cbor::encode(&wrong)).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_heard_has_a_length_and_what_is_seen_a_size_within_the_limits_of_its_kind() {
        let refused = |b: BlobCaptured| b.check().expect("refused").0;
        let drawn = || BlobCaptured { media: drawing::MEDIA.to_owned(), bytes: 900, ..photo() };
        assert_eq!(drawn().check(), None);
        assert_eq!(refused(BlobCaptured { media: "audio/amr".into(), ..sound() }), "media");
        assert_eq!(refused(BlobCaptured { length_ms: None, ..sound() }), "media");
        assert_eq!(refused(BlobCaptured { width: 1, ..sound() }), "media");
        assert_eq!(refused(BlobCaptured { length_ms: Some(1), ..photo() }), "media");
        assert_eq!(refused(BlobCaptured { thumbnail: None, ..photo() }), "media");
        assert_eq!(refused(BlobCaptured { length_ms: Some(0), ..sound() }), "length_ms");
        assert_eq!(refused(BlobCaptured { length_ms: Some(sounds::LENGTH_MS + 1), ..sound() }), "length_ms");
        assert_eq!(refused(BlobCaptured { bytes: sounds::BYTES + 1, ..sound() }), "bytes");
        assert_eq!(refused(BlobCaptured { bytes: drawing::BYTES as u64 + 1, ..drawn() }), "bytes");
        assert_eq!(refused(BlobCaptured { width: drawing::SIDE + 1, height: 10, ..drawn() }), "pixels");
        assert_eq!(refused(BlobCaptured { width: 0, ..photo() }), "pixels");
    }
}
