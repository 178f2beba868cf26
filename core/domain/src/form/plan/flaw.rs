//! What is wrong with a form's expressions, and where.

use crate::form::expr;

/// Where in a form an expression stands. Items and sections by their number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A section's condition.
    Section(u16),
    /// An item's condition.
    Visible(u32),
    Constraint(u32),
    Calculate(u32),
    /// What a row of a list is chosen by: the item, and which of its columns.
    Filter(u32, u32),
    /// The condition of a rule: the item, and which of its rules.
    Rule(u32, u32),
    /// An item that a rule shows: the item with the rule, which of its rules, and which of those that it shows.
    Shown(u32, u32, u32),
}

/// An expression that does not fit its form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Flaw {
    pub place: Place,
    /// Its place within the expression's text, where that is known, and the sentence.
    pub error: expr::Error,
}
