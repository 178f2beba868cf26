//! A training module: lessons of cards.

use serde::{Deserialize, Serialize};

use crate::media::{Media, Picture, Video};
use crate::quiz::Quiz;
use crate::{Slug, Text};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    pub lessons: Vec<Lesson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz: Option<Quiz>,
    #[serde(default)]
    pub move_on: MoveOn,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Months after which it has to be taken again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_months: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    pub slug: Slug,
    pub title: Text,
    pub cards: Vec<Card>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Card {
    /// Markdown.
    Text(Text),
    /// A picture with the words that stand for it.
    Image { picture: Picture, alt: Text },
    /// A video with the words that stand for it.
    Video { video: Video, alt: Text },
    /// What to take away, ticked one by one.
    Takeaways(Vec<Text>),
    /// A question on the front, its answer on the back.
    Flip { front: Text, back: Text },
}

impl Lesson {
    /// Whether whoever read the other one has read this one: its cards say the same in the author's own language. A
    /// translation that was added, or another title, makes nobody read it again; what a lesson says anew does.
    pub fn reads_as(&self, other: &Self) -> bool {
        self.slug == other.slug && self.cards.len() == other.cards.len() && self.cards.iter().zip(&other.cards).all(|(a, b)| a.says(b))
    }
}

impl Card {
    /// The picture or video that it is.
    pub fn media(&self) -> Option<Media> {
        match self {
            Self::Image { picture, .. } => Some(Media::Picture(picture.clone())),
            Self::Video { video, .. } => Some(Media::Video(video.clone())),
            Self::Text(_) | Self::Takeaways(_) | Self::Flip { .. } => None,
        }
    }
    fn says(&self, other: &Self) -> bool {
        let same = |a: &Text, b: &Text| a.source_text() == b.source_text();
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => same(a, b),
            (Self::Image { picture: a, alt: x }, Self::Image { picture: b, alt: y }) => a.blob == b.blob && same(x, y),
            (Self::Video { video: a, alt: x }, Self::Video { video: b, alt: y }) => a.blob == b.blob && same(x, y),
            (Self::Takeaways(a), Self::Takeaways(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (Self::Flip { front: a, back: x }, Self::Flip { front: b, back: y }) => same(a, b) && same(x, y),
            (Self::Text(_) | Self::Image { .. } | Self::Video { .. } | Self::Takeaways(_) | Self::Flip { .. }, _) => false,
        }
    }
}

/// When a module counts as done: the words of cmi5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveOn {
    #[default]
    Completed,
    Passed,
    CompletedAndPassed,
    CompletedOrPassed,
    NotApplicable,
}

impl MoveOn {
    /// Whether the module is done for somebody who read every card, or did not, and passed its quiz, or did
    /// not. Where neither is asked for, it always is.
    pub fn is_done(self, completed: bool, passed: bool) -> bool {
        match self {
            Self::Completed => completed,
            Self::Passed => passed,
            Self::CompletedAndPassed => completed && passed,
            Self::CompletedOrPassed => completed || passed,
            Self::NotApplicable => true,
        }
    }
    /// Whether it needs a quiz.
    pub fn asks_to_pass(self) -> bool {
        matches!(self, Self::Passed | Self::CompletedAndPassed | Self::CompletedOrPassed)
    }
}
