//! What stands beside an item to be compared with: words, a picture, a video, a page of knowledge, a card of a lesson, or
//! the last answer.

use serde::{Deserialize, Serialize};

use crate::media::{Media, Picture, Video};
use crate::{Slug, Text};

/// What to look at while answering. What is referred to by name is shown as it is published when somebody looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// Markdown.
    Words(Text),
    /// An article.
    Article(Slug),
    /// A card of a module's lesson, counted from 1.
    Card { module: Slug, lesson: Slug, card: u16 },
    /// What stood for the same item in the run before that was handed in, here or at this asset.
    Last,
    /// A picture, with the words that stand for it.
    Picture { picture: Picture, alt: Text },
    /// A video, with the words that stand for it.
    Video { video: Video, alt: Text },
}

impl Reference {
    /// The picture or video that it is.
    pub fn media(&self) -> Option<Media> {
        match self {
            Self::Picture { picture, .. } => Some(Media::Picture(picture.clone())),
            Self::Video { video, .. } => Some(Media::Video(video.clone())),
            Self::Words(_) | Self::Article(_) | Self::Card { .. } | Self::Last => None,
        }
    }
}
