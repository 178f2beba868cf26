//! What an expression is compiled to.

use super::MAX_STEPS;
use super::function::Function;
use super::tree::{Comparison, Question, Whose};
use super::units::Conversion;
use super::value::Value;

#[derive(Debug, Clone)]
pub(super) enum Code {
    Constant(Value),
    Answer(u32),
    IsNa(u32),
    IsAnswered(u32),
    Last(u32),
    LastAt(u32),
    Attribute(Whose, String),
    Ask(Whose, Question, String),
    Today,
    Now,
    Not(Box<Code>),
    And(Vec<Code>),
    Or(Vec<Code>),
    Compare(Comparison, Box<Code>, Box<Code>),
    Minus(Box<Code>),
    /// Whether it is taken away, from what, and what.
    Add(bool, Box<Code>, Box<Code>),
    /// Whether it is divided, what, and by what.
    Product(bool, Box<Code>, Box<Code>),
    Shift(Shift, bool, Box<Code>, Box<Code>),
    /// Days between dates, minutes between times and moments.
    Between(Box<Code>, Box<Code>),
    Convert(Box<Code>, Conversion),
    Known(Box<Code>),
    If(Box<Code>, Box<Code>, Box<Code>),
    OrElse(Vec<Code>),
    /// The greatest if true, of those that are known.
    Extreme(bool, Vec<Code>),
    Turn(Turn, Box<Code>),
    Within(Function, Box<Code>, Box<Code>),
    Matches(Box<Code>, Pattern),
    Over(Function, u16, Box<Code>),
}

/// What is moved, in whole days, minutes or milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    Days,
    Time,
    Instant,
}

/// What one value is turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Round(u8),
    Floor,
    Ceil,
    Abs,
    Length,
    Count,
    DateOf,
    TimeOf,
    Part(Part),
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Month,
    Day,
    /// Monday is 1.
    Weekday,
}

/// A pattern that takes time in proportion to its own length and the text's, whatever it is.
#[derive(Debug, Clone)]
pub(super) struct Pattern(regex_lite::Regex);

impl Pattern {
    /// How many bytes a compiled pattern may take; what repeats repeats explodes here, not when it is used.
    const SIZE: usize = 64 << 10;

    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        // A pattern is of the whole text: what is in the midst is asked for by contains.
        let built = regex_lite::RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(Self::SIZE).build();
        match built {
            Ok(regex) if regex_lite::Regex::new(pattern).is_ok() => Ok(Self(regex)),
            Ok(_) => Err("this is no pattern: brackets do not close".to_owned()),
            Err(e) => Err(format!("this is no pattern: {}", e.to_string().replace('\n', " "))),
        }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

impl Code {
    pub(super) fn add(a: Self, minus: bool, b: Self) -> Self {
        Self::Add(minus, Box::new(a), Box::new(b))
    }

    /// Whether more steps lie within one another than evaluating it may take.
    pub(super) fn is_deep(&self) -> bool {
        let mut left = vec![(self, 1)];
        while let Some((code, depth)) = left.pop() {
            if depth > MAX_STEPS {
                return true;
            }
            left.extend(code.parts().into_iter().map(|part| (part, depth + 1)));
        }
        false
    }

    /// Those right under it.
    pub(super) fn parts(&self) -> Vec<&Code> {
        match self {
            Self::Constant(_) | Self::Answer(_) | Self::IsNa(_) | Self::IsAnswered(_) | Self::Last(_) | Self::LastAt(_) => vec![],
            Self::Attribute(..) | Self::Ask(..) | Self::Today | Self::Now => vec![],
            Self::Not(a) | Self::Minus(a) | Self::Convert(a, _) | Self::Known(a) | Self::Turn(_, a) | Self::Matches(a, _) => vec![a],
            Self::Over(_, _, a) => vec![a],
            Self::And(all) | Self::Or(all) | Self::OrElse(all) | Self::Extreme(_, all) => all.iter().collect(),
            Self::Compare(_, a, b) | Self::Add(_, a, b) | Self::Product(_, a, b) | Self::Shift(_, _, a, b) => vec![a, b],
            Self::Between(a, b) | Self::Within(_, a, b) => vec![a, b],
            Self::If(a, b, c) => vec![a, b, c],
        }
    }
}
