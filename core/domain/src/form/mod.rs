//! One form model for quizzes, checklists and surveys: `Form > Section > Item`.
//!
//! Start at [`Form`]. [`item`] says what an item is, [`value`] what an answer to it is, [`validate`] which
//! answers are taken, [`key`] which one is right, [`speech`] how it is said. [`expr`] is the language of conditions and
//! calculations, [`plan`] a form with all of them compiled, [`response`] that form while somebody fills it, [`score`] what it
//! is worth, [`screen`] what is drawn of it. What phones do not act on `content` refuses to publish, so that no form silently
//! ignores a rule.

mod arithmetic;
pub mod asked;
pub mod change;
pub mod decimal;
pub mod expr;
pub mod item;
pub mod key;
pub mod plan;
pub mod reference;
pub mod response;
pub mod rule;
pub mod score;
pub mod screen;
pub mod speech;
pub mod validate;
pub mod value;

use serde::{Deserialize, Serialize};

pub use decimal::Decimal;
pub use item::{Evidence, Item, ItemKind, NaRule};
pub use key::Key;
pub use plan::Plan;
pub use reference::Reference;
pub use response::Response;
pub use rule::{Rule, Then};
pub use score::Score;
pub use validate::{Problem, Raw};
pub use value::Value;

use crate::permission::Role;
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
    /// Recordings of one answer, and as evidence of one.
    pub const SOUNDS: u8 = 5;
    /// Instances of a repeating section.
    pub const REPEATS: u16 = 200;
    /// Points of one item.
    pub const POINTS: u32 = 1_000;
    /// How often a section counts.
    pub const WEIGHT: u32 = 100;
    /// Rules of one item, and what follows from one rule.
    pub const RULES: usize = 20;
    pub const CONSEQUENCES: usize = 10;
}

/// A condition or computation as it is stored: the tree of its text ([`expr`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Expr(pub expr::Node);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub sections: Vec<Section>,
    /// Per cent of the points that are possible, from 1 to 100: with as many or more the whole is passed. None: points
    /// are counted, and nothing follows from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_mark: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub slug: Slug,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// The section is there where this holds; asked of the whole form, once for all its instances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Expr>,
    /// What those who sign off in this role answer themselves, once the form was handed in; before that it is not there.
    /// None: everybody who fills the form answers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_of: Option<Role>,
    /// How often each of its points counts in the whole.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub weight: u32,
    /// How often the section may repeat (per fridge, per room); none: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<u16>,
    pub items: Vec<Item>,
}

fn once() -> u32 {
    1
}
fn is_once(weight: &u32) -> bool {
    *weight == 1
}

impl Form {
    /// All items in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|s| &s.items)
    }
    /// The section of an item.
    pub fn section_of(&self, slug: &Slug) -> Option<&Section> {
        self.sections.iter().find(|section| section.items.iter().any(|item| item.slug == *slug))
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
