//! The language of conditions and calculations in forms: small, typed, total.
//!
//! | step | from, to | file |
//! |---|---|---|
//! | read | text to [`Node`], with the place of each | [`token`], [`parse`] |
//! | print | [`Node`] to text; reading it again gives the same | [`print`] |
//! | compile | [`Node`] to [`Program`]: names resolved, types checked, units converted | [`compile`], [`scope`], [`function`], [`kind`], [`units`] |
//! | order | what each [`Program`] reads to what is made anew after a change | [`graph`] |
//! | evaluate | [`Program`] to a [`Value`] | [`code`], [`eval`], [`value`] |
//!
//! A form stores the [`Node`]; whoever opens a form compiles it. What is missing is *unknown*, in three-valued logic
//! (Kleene's strong one): `false and unknown` is false, `true and unknown` is unknown. Nothing that is published fails
//! or panics: no room, no result and nothing to read are unknown, too.
//!
//! Where to start: [`parse::parse`], [`compile::compile`], [`eval::Program::value`]. Authors read `docs/forms.md`.

mod code;
pub mod compile;
pub mod eval;
pub mod function;
pub mod graph;
pub mod kind;
pub mod parse;
pub mod print;
pub mod scope;
pub mod token;
pub mod tree;
pub mod units;
pub mod value;

pub use compile::{Declared, Scope, compile, compile_at};
pub use eval::{Facts, Program, Reads};
pub use function::Function;
pub use graph::{Cycle, Graph};
pub use kind::Kind;
pub use parse::parse;
pub use scope::{InForm, Names};
pub use tree::{Comparison, Node, Question, Sign, Whose};
pub use value::Value;

/// Bytes of an expression at most.
pub const MAX_LENGTH: usize = 4_096;
/// How many steps of what is compiled may lie within one another: each is a call of the evaluator.
pub const MAX_STEPS: usize = 256;
/// How deep brackets, calls and signs may be nested.
pub const MAX_DEPTH: usize = 32;

/// An expression, and where each of its nodes begins in its text: in the order of [`Node::parts`], each before its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    pub node: Node,
    /// Bytes from the text's begin.
    pub places: Vec<usize>,
}

/// Why a text is no expression, or one that does not fit its form: one sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Bytes from the text's begin.
    pub at: usize,
    pub found: Found,
    pub message: String,
}

impl Error {
    fn new(at: usize, found: Found, message: impl Into<String>) -> Self {
        Self { at, found, message: message.into() }
    }

    /// One that is of the whole expression.
    pub(crate) fn plain(found: Found, message: impl Into<String>) -> Self {
        Self::new(0, found, message)
    }
}

/// What was found, for whoever tells errors apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A text that does not end.
    Unclosed,
    Escape,
    /// A number that is none, or too long.
    Number,
    /// A sign that has no meaning.
    Sign,
    /// A token that does not go on what is before it.
    Token,
    /// The end, where something is missing.
    End,
    /// A name that nothing has.
    Name,
    /// A type that does not fit.
    Kind,
    Unit,
    /// Not as many as the function takes, or none that it takes.
    Arguments,
    /// A repeating item where one value is needed.
    Repeats,
    /// A pattern that is none.
    Pattern,
    /// A value that follows from itself.
    Circle,
    Deep,
    Long,
}
