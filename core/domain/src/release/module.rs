//! A training module: lessons of cards.

use serde::{Deserialize, Serialize};

use crate::quiz::Quiz;
use crate::{BlobHash, Slug, Text};

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
    Image { blob: BlobHash, alt: Text },
    /// What to take away, ticked one by one.
    Takeaways(Vec<Text>),
    /// A question on the front, its answer on the back.
    Flip { front: Text, back: Text },
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
