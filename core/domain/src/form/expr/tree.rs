//! The tree of an expression, as it is stored in a form.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::function::Function;
use crate::Slug;
use crate::form::Decimal;

/// A part of an expression and all that is under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Node {
    True,
    False,
    /// With the unit that it is in, as it is written.
    Number(Decimal, Option<String>),
    Text(String),
    /// The answer to an item.
    Item(Slug),
    /// `site.zone`: whose, and what of it.
    Attribute(Whose, String),
    Not(Box<Node>),
    Minus(Box<Node>),
    /// All of them: `a and b and c` is one node, so that a long list is not a deep tree.
    And(Vec<Node>),
    Or(Vec<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    /// The first, and what is added to it or taken away in this order.
    Sum(Box<Node>, Vec<(Sign, Node)>),
    /// The first, and what it is multiplied with or divided by in this order.
    Product(Box<Node>, Vec<(Sign, Node)>),
    Call(Function, Vec<Node>),
    /// `site.tag("bakery")`.
    Ask(Whose, Question, String),
}

/// Whose attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    Site,
    Person,
    Asset,
}

impl Whose {
    pub const ALL: [Self; 3] = [Self::Site, Self::Person, Self::Asset];
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Person => "person",
            Self::Asset => "asset",
        }
    }
}

/// What is asked of whom with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Whether it has a tag.
    Tag,
    /// Whether they have a role here.
    Role,
}

impl Question {
    pub const ALL: [Self; 2] = [Self::Tag, Self::Role];
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Role => "role",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    /// A choice among those of a multi-choice.
    In,
}

impl Comparison {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::More => ">",
            Self::MoreOrEqual => ">=",
            Self::In => "in",
        }
    }
}

/// Which of two contrary things is done: added or taken away, multiplied or divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    Plus,
    Minus,
}

impl Node {
    /// The items that it names.
    pub fn items(&self) -> Vec<&Slug> {
        self.named(|_| true)
    }
    /// Those of them whose answers in the run itself it asks for: what the run before had was known before it began.
    pub fn items_now(&self) -> Vec<&Slug> {
        self.named(|one| !matches!(one, Self::Call(Function::Last | Function::LastAt, _)))
    }
    fn named(&self, is_entered: impl Fn(&Self) -> bool) -> Vec<&Slug> {
        let (mut out, mut left) = (Vec::new(), vec![self]);
        while let Some(one) = left.pop() {
            if !is_entered(one) {
                continue;
            }
            if let Self::Item(slug) = one {
                out.push(slug);
            }
            left.extend(one.parts());
        }
        out
    }
    /// Those right under it, in the order in which they are written.
    pub fn parts(&self) -> Box<dyn Iterator<Item = &Node> + '_> {
        match self {
            Self::True | Self::False | Self::Number(..) | Self::Text(_) | Self::Item(_) | Self::Attribute(..) | Self::Ask(..) => {
                Box::new(std::iter::empty())
            }
            Self::Not(one) | Self::Minus(one) => Box::new(std::iter::once(one.as_ref())),
            Self::And(all) | Self::Or(all) | Self::Call(_, all) => Box::new(all.iter()),
            Self::Compare(_, left, right) => Box::new([left.as_ref(), right.as_ref()].into_iter()),
            Self::Sum(first, rest) | Self::Product(first, rest) => {
                Box::new(std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, one)| one)))
            }
        }
    }
}

impl Serialize for Function {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}
impl<'de> Deserialize<'de> for Function {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Function::named(&name).ok_or_else(|| D::Error::custom("a function that this app does not know"))
    }
}

#[cfg(test)]
mod tests {
    use crate::form::expr;

    #[test]
    fn what_the_run_before_had_is_none_of_the_answers_that_are_asked_for_now() {
        let node = expr::parse("last(door) = till and answered(lamp)").expect("an expression").node;
        let told = |all: Vec<&crate::Slug>| all.into_iter().map(|slug| slug.to_string()).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(told(node.items()), ["door", "till", "lamp"].map(str::to_owned).into());
        assert_eq!(told(node.items_now()), ["till", "lamp"].map(str::to_owned).into());
        assert!(expr::parse("last(door)").expect("an expression").node.items_now().is_empty());
    }
}
