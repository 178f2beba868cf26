//! Pictures, signatures and recordings: taken, read back, fetched from a colleague's phone by way of the server.

use std::sync::Arc;

use frontline_device::Core;
use frontline_device::codes;
use frontline_device::services::media as device;
use frontline_domain::drawing::Point;

use crate::FrontlineError;
use crate::platform;
use crate::root::Shared;

/// Photos and signatures.
#[derive(uniffi::Object)]
pub struct Media {
    pub(crate) shared: Arc<Shared>,
}

/// What a camera or an album gave.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PictureDraft {
    /// A JPEG or a PNG.
    pub bytes: Vec<u8>,
    /// The camera took it at this moment.
    pub live: bool,
}

/// A picture that is on this device.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PictureSummary {
    /// What an answer names it by: the hash of its bytes.
    pub id: String,
    /// Its media type.
    pub media: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    /// The small one, as bytes are asked for.
    pub thumbnail: String,
}

/// What a recorder gave.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SoundDraft {
    /// AAC in MPEG-4 (.m4a), at most ten minutes and 10 MiB.
    pub bytes: Vec<u8>,
    /// It was recorded at this moment.
    pub live: bool,
}

/// A recording that is on this device.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SoundSummary {
    /// What an answer names it by: the hash of its bytes.
    pub id: String,
    /// Its media type.
    pub media: String,
    pub bytes: u64,
    pub length_ms: u64,
}

/// A signature as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Drawing {
    /// Of the field it was drawn in, at most 4,096 on a side.
    pub width: u32,
    pub height: u32,
    pub strokes: Vec<Stroke>,
}

/// From where the finger came down to where it was lifted.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Stroke {
    pub points: Vec<StrokePoint>,
}

/// Where the finger was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct StrokePoint {
    pub x: u32,
    pub y: u32,
    /// Milliseconds since the first point.
    pub at_ms: u32,
}

/// What was said about a picture, a signature or a recording, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PictureDetail {
    pub id: String,
    /// Empty: it belongs to an action.
    pub item: String,
    pub instance: u16,
    pub by: String,
    pub at_ms: i64,
    pub media: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub live: bool,
    /// Whether the small one, and the whole one, can be shown here.
    pub thumbnail_here: bool,
    pub here: bool,
    /// Whether the server said that it has the whole one, as far as this device has asked.
    pub at_server: bool,
    /// Of a recording (`audio/mp4`): how long it is.
    #[uniffi(default = None)]
    pub length_ms: Option<u64>,
    /// The small one, as bytes are asked for; a recording has none.
    #[uniffi(default = None)]
    pub thumbnail: Option<String>,
}

/// What a camera sees now: grey values, a row at a time, 0 black. The first plane of a camera's YUV picture is that.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LumaFrame {
    /// `stride` from one row to the next, of which the first `width` are looked at.
    pub bytes: Vec<u8>,
    /// Pixels, 16 to 4,096 on a side, nine million in all at most.
    pub width: u32,
    pub height: u32,
    pub stride: u32,
}

/// A bar code or a QR code that was read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CodeRead {
    pub kind: CodeKind,
    pub text: String,
}

/// What kind of code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CodeKind {
    Qr,
    Ean13,
    Ean8,
    /// Twelve digits, as they are printed below it.
    UpcA,
    Code128,
}

#[uniffi::export]
impl Media {
    /// The first code in what a camera sees; none where there is none, which is usual. The picture is not kept.
    pub fn code(&self, frame: LumaFrame) -> Result<Option<CodeRead>, FrontlineError> {
        let size = |side: u32| usize::try_from(side).unwrap_or(usize::MAX);
        let (width, height, stride) = (size(frame.width), size(frame.height), size(frame.stride));
        let luma = codes::Luma { width, height, stride, bytes: &frame.bytes };
        let found = self.shared.with(|core| Ok(core.media().code(luma)?))?;
        Ok(found.map(|code| CodeRead { kind: code.kind.into(), text: code.text }))
    }

    /// Keeps a picture, encrypted, with a small one of it. Until it is an answer or belongs to one it is on this
    /// device alone, for a day.
    pub fn add(&self, draft: PictureDraft) -> Result<PictureSummary, FrontlineError> {
        self.shared.with(|core| Ok(core.media().add(device::PictureDraft { bytes: draft.bytes, live: draft.live })?.into()))
    }

    /// Keeps a recording, encrypted: the sound alone, without what the recorder wrote beside it. Until it is an answer or
    /// stands beside one it is on this device alone, for a day.
    pub fn add_sound(&self, draft: SoundDraft) -> Result<SoundSummary, FrontlineError> {
        self.shared.with(|core| {
            let s = core.media().add_sound(device::SoundDraft { bytes: draft.bytes, live: draft.live })?;
            Ok(SoundSummary { id: s.id, media: s.media.to_owned(), bytes: s.bytes, length_ms: s.length_ms })
        })
    }

    /// Keeps a signature as its strokes, with a small picture of them.
    pub fn add_drawing(&self, draft: Drawing) -> Result<PictureSummary, FrontlineError> {
        let Drawing { width, height, strokes } = draft;
        let point = |p: StrokePoint| Point { x: p.x, y: p.y, at_ms: p.at_ms };
        let strokes = strokes.into_iter().map(|stroke| stroke.points.into_iter().map(point).collect()).collect();
        self.shared.with(|core| Ok(core.media().add_drawing(width, height, strokes)?.into()))
    }

    /// The strokes of a signature that is here, to draw it at any size (`application/vnd.frontline.drawing`).
    pub fn drawing(&self, id: String) -> Result<Drawing, FrontlineError> {
        let point = |p: Point| StrokePoint { x: p.x, y: p.y, at_ms: p.at_ms };
        self.shared.with(|core| {
            let drawn = core.media().drawing(&id)?;
            let strokes = drawn.strokes.into_iter().map(|points| Stroke { points: points.into_iter().map(point).collect() }).collect();
            Ok(Drawing { width: drawn.width, height: drawn.height, strokes })
        })
    }

    /// The bytes of a picture, whole or small, that is here.
    pub fn bytes(&self, id: String) -> Result<Vec<u8>, FrontlineError> {
        self.shared.with(|core| Ok(core.media().bytes(&id)?))
    }

    /// What belongs to a run: pictures, signatures and recordings, the earliest first.
    pub fn of_run(&self, run: String) -> Result<Vec<PictureDetail>, FrontlineError> {
        self.shared.with(|core| Ok(core.media().of_run(&run)?.into_iter().map(Into::into).collect()))
    }

    /// The photos of an action's comments, the earliest first.
    pub fn of_action(&self, action: String) -> Result<Vec<PictureDetail>, FrontlineError> {
        self.shared.with(|core| Ok(core.media().of_action(&action)?.into_iter().map(Into::into).collect()))
    }

    /// Brings a picture here that a colleague took, whole or small, unless it is. May be cancelled.
    pub async fn fetch(&self, id: String, small: bool) -> Result<(), FrontlineError> {
        let platform = self.shared.platform.clone();
        let fetch = async move |core: Core| Ok(core.media().fetch(&id, small, platform::network(platform.as_ref())).await?);
        self.shared.away(fetch).await
    }
}

impl From<codes::Kind> for CodeKind {
    fn from(kind: codes::Kind) -> Self {
        match kind {
            codes::Kind::Qr => Self::Qr,
            codes::Kind::Ean13 => Self::Ean13,
            codes::Kind::Ean8 => Self::Ean8,
            codes::Kind::UpcA => Self::UpcA,
            codes::Kind::Code128 => Self::Code128,
        }
    }
}

impl From<device::PictureSummary> for PictureSummary {
    fn from(p: device::PictureSummary) -> Self {
        Self { id: p.id, media: p.media.to_owned(), bytes: p.bytes, width: p.width, height: p.height, thumbnail: p.thumbnail }
    }
}

impl From<device::PictureDetail> for PictureDetail {
    fn from(p: device::PictureDetail) -> Self {
        Self {
            id: p.photo,
            item: p.item,
            instance: p.instance,
            by: p.by,
            at_ms: p.at_ms,
            media: p.media,
            bytes: p.bytes,
            width: p.width,
            height: p.height,
            live: p.live,
            thumbnail_here: p.thumbnail_here,
            here: p.here,
            at_server: p.at_server,
            length_ms: p.length_ms.map(u64::from),
            thumbnail: p.thumbnail,
        }
    }
}
