//! What runs are about, and what their items are compared with.

use frontline_device::services::procedures::assets as device;
use frontline_device::services::procedures::reference::ReferenceDetail;

use super::lists::{ProcedureSummary, RunSummary};
use crate::words::{Named, Words};

/// An asset: a fridge, an oven, a lift.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AssetDetail {
    pub id: String,
    pub label: Words,
    pub site: Named,
    /// What is done about it.
    pub procedures: Vec<ProcedureSummary>,
    /// Its runs that are open here, the latest changed first.
    pub runs: Vec<RunSummary>,
}

impl From<device::AssetDetail> for AssetDetail {
    fn from(a: device::AssetDetail) -> Self {
        Self {
            id: a.id,
            label: a.label.into(),
            site: Named { id: a.site, label: a.place.into() },
            procedures: a.procedures.into_iter().map(Into::into).collect(),
            runs: a.runs.into_iter().map(Into::into).collect(),
        }
    }
}

/// What to look at while answering an item.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Reference {
    /// Markdown.
    Text { text: Words },
    /// A page of knowledge, in Markdown.
    Article { id: String, title: Words, text: Words },
    /// A card of a module's lesson, counted from 1, in Markdown.
    LessonCard { module: String, lesson: String, card: u16, title: Words, text: Words },
    /// What stood there in the run before that was handed in, here or about the same asset.
    Last { says: String, by: String, at_ms: i64 },
    /// A picture of content, its bytes by [`crate::Media`]; `here`: they can be shown without a network.
    Picture { picture: String, alt: Words, width: u32, height: u32, here: bool },
    /// A video of content, an MP4; it is fetched when somebody asks, or where the network costs nothing.
    Video { video: String, alt: Words, bytes: u64, length_ms: u64, here: bool },
}

impl From<ReferenceDetail> for Reference {
    fn from(detail: ReferenceDetail) -> Self {
        match detail {
            ReferenceDetail::Words { text } => Self::Text { text: text.into() },
            ReferenceDetail::Article { id, title, text } => Self::Article { id, title: title.into(), text: text.into() },
            ReferenceDetail::Card { module, lesson, card, title, text } => {
                Self::LessonCard { module, lesson, card, title: title.into(), text: text.into() }
            }
            ReferenceDetail::Last { says, by, at_ms } => Self::Last { says, by, at_ms },
            ReferenceDetail::Picture { picture, alt, width, height, here } => {
                Self::Picture { picture, alt: alt.into(), width, height, here }
            }
            ReferenceDetail::Video { video, alt, bytes, length_ms, here } => Self::Video { video, alt: alt.into(), bytes, length_ms, here },
        }
    }
}
