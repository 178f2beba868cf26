//! One form model for quizzes, checklists and surveys: `Form > Section > Item`.
//!
//! Start at [`Form`]. [`item`] says what an item is, [`value`] what an answer to it is, [`validate`] which
//! answers are taken, [`key`] which one is right, [`speech`] how it is said. [`expr`] is the language of conditions and calculations; until rules
//! and calculated items are evaluated on phones, `content` refuses to publish a form that carries one, so that no form
//! silently ignores a rule.

mod arithmetic;
pub mod decimal;
pub mod expr;
pub mod item;
pub mod key;
pub mod speech;
pub mod validate;
pub mod value;

use serde::{Deserialize, Serialize};

pub use decimal::Decimal;
pub use item::{Evidence, Item, ItemKind, NaRule, Rule};
pub use key::Key;
pub use validate::{Problem, Raw};
pub use value::Value;

use crate::{Slug, Text};

/// Limits of a form, tested at publish.
pub mod limits {
    /// Items of a form, all sections together.
    pub const ITEMS: usize = 2_000;
    /// Choices of one item.
    pub const CHOICES: usize = 200;
    /// Rows of a grid, and things to be put into an order.
    pub const ROWS: usize = 50;
    pub const COLUMNS: usize = 11;
    /// Bytes of a text answer.
    pub const TEXT: usize = 4_096;
    /// Bytes of a long-text answer.
    pub const LONG_TEXT: usize = 65_536;
    /// Pictures of one answer, and as evidence of one.
    pub const PHOTOS: u8 = 20;
    /// Instances of a repeating section.
    pub const REPEATS: u16 = 200;
}

/// A condition or computation in its text form ([`expr`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Expr(pub String);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub slug: Slug,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// How often the section may repeat (per fridge, per room); none: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<u16>,
    pub items: Vec<Item>,
}

impl Form {
    /// All items in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|s| &s.items)
    }
    /// The items that ask for an answer.
    pub fn questions(&self) -> impl Iterator<Item = &Item> {
        self.items().filter(|i| i.kind.answers().asks())
    }
    /// The item with this slug.
    pub fn item(&self, slug: &Slug) -> Option<&Item> {
        self.items().find(|i| i.slug == *slug)
    }
}
