//! The quiz of a training module: a [`Form`] whose items know their right answer.
//!
//! Start at [`Quiz`]. [`grade`] says what answers are worth: the device calls it when an attempt is handed in,
//! the server again when it judges. [`order`] shuffles, the same way everywhere. [`attempt`] folds facts into
//! an attempt, and attempts into how somebody stands.

pub mod attempt;
pub mod grade;
pub mod order;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use attempt::{Attempt, Outcome, Standing, Step, standing};
pub use grade::{Graded, GradedItem, Worth, grade};

use crate::form::{Form, Item, ItemKind, Value};

/// Limits of a quiz, tested at publish: an attempt with an answer to everything fits into one entry.
pub mod limits {
    /// Questions.
    pub const QUESTIONS: usize = 100;
    /// Choices of one question.
    pub const CHOICES: usize = 20;
    /// Pairs of one question.
    pub const PAIRS: usize = 10;
    /// Gaps of one question, and bytes of what stands in one.
    pub const GAPS: u8 = 10;
    pub const GAP: usize = 200;
    /// Points of one question.
    pub const POINTS: u32 = 100;
    /// Attempts that can be allowed.
    pub const ATTEMPTS: u8 = 100;
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiz {
    pub form: Form,
    /// Per cent of the points that pass it, 1 to 100.
    pub mastery_score: u8,
    /// How often a person may begin it at this version; none: as often as they like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u8>,
    #[serde(default)]
    pub shuffle: Shuffle,
}

/// What is put in another order for every attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shuffle {
    #[default]
    No,
    /// The questions of each section.
    Questions,
    /// The choices of each question.
    Choices,
    Both,
}

impl Quiz {
    /// Its questions, in the order of the form: what is only to be read is none.
    pub fn questions(&self) -> impl Iterator<Item = &Item> {
        self.form.items().filter(|item| is_question(item))
    }
}

/// Whether an answer is one that an attempt may hold: with all others it has to fit into one entry.
pub fn is_short(value: &Value) -> bool {
    if let Value::Texts(texts) = value { texts.iter().all(|text| text.len() <= limits::GAP) } else { true }
}

/// Whether an item asks something.
pub fn is_question(item: &Item) -> bool {
    item.kind != ItemKind::Note
}
