//! One item of one instance: what was answered, and what follows for it.

use super::tally::Tally;
use crate::form::{self, expr};

/// What people answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Given {
    #[default]
    Nothing,
    One(form::Value),
    /// Several at once, of which a person has to pick one. To expressions that is unknown.
    Several,
}

impl Given {
    /// What stands, where it is one.
    pub fn value(&self) -> Option<&form::Value> {
        match self {
            Self::One(value) => Some(value),
            _ => None,
        }
    }
    /// Whether it says something.
    pub fn is_answer(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::One(value) => !value.is_empty(),
            Self::Several => true,
        }
    }
    pub fn is_na(&self) -> bool {
        matches!(self, Self::One(form::Value::Na(_)))
    }
}

/// One item of one instance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    pub given: Given,
    /// Pictures beside the answer.
    pub photos: u8,
    /// Notes beside it.
    pub notes: u8,
    /// Whether it is there. What was answered to it while it was stays, and counts for nothing.
    pub visible: bool,
    /// Its answer breaks its constraint.
    pub broken: bool,
    /// A row of a list that goes with other answers than those that stand now.
    pub unfit: bool,
    /// There is nothing to choose from yet: other items come first.
    pub waits: bool,
    /// What expressions see of it; of a calculated item what it comes to.
    pub value: expr::Value,
    pub(in crate::form) tally: Tally,
}

/// Why an item is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It needs an answer.
    Missing,
    /// People answered differently.
    Clash,
    /// Its answer breaks its constraint.
    Broken,
    /// It was chosen by other answers than those that stand now.
    Unfit,
    /// It needs so many pictures beside its answer, and has fewer.
    Evidence { needs: u8, has: u8 },
    /// It needs a note beside its answer.
    Note,
}
