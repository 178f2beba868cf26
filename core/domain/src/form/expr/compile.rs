//! From a tree to a program: every name is resolved, every type checked, every unit converted. What compiles evaluates.

mod calls;
mod kinds;

use std::sync::Arc;

use super::code::Code;
use super::eval::Program;
use super::kind::Kind;
use super::tree::{Node, Question, Whose};
use super::{Error, Found, MAX_STEPS, Parsed, Value};
use crate::Slug;
use crate::near::did_you_mean;

/// What an item is to an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Its number in the form.
    pub index: u32,
    pub kind: Kind,
    /// The repeating section that it is in.
    pub repeats: Option<u16>,
}

/// The form around an expression.
pub trait Scope {
    /// The item with this name.
    fn item(&self, slug: &Slug) -> Option<Declared>;
    /// All items' names, for "did you mean".
    fn names(&self) -> Vec<String>;
    /// The repeating section that the expression itself is in.
    fn within(&self) -> Option<u16>;
    /// The type of an attribute.
    fn attribute(&self, whose: Whose, name: &str) -> Option<Kind> {
        attribute(whose, name)
    }
}

/// The attributes that there are.
pub fn attribute(whose: Whose, name: &str) -> Option<Kind> {
    ATTRIBUTES.iter().find(|(owner, n)| *owner == whose && *n == name).map(|_| Kind::Text)
}

/// Whose attributes have which names; each is a text.
pub const ATTRIBUTES: [(Whose, &str); 6] = [
    (Whose::Site, "slug"),
    (Whose::Site, "zone"),
    (Whose::Person, "slug"),
    (Whose::Person, "language"),
    (Whose::Asset, "slug"),
    (Whose::Asset, "kind"),
];

/// Compiles what was read. What it is to come to is said by `wanted`, where that is known.
pub fn compile(parsed: &Parsed, scope: &dyn Scope, wanted: Option<&Kind>) -> Result<Program, Error> {
    compile_at(&parsed.node, &parsed.places, scope, wanted)
}

/// The same of a tree as it is stored; without places every error is at its begin.
pub fn compile_at(node: &Node, places: &[usize], scope: &dyn Scope, wanted: Option<&Kind>) -> Result<Program, Error> {
    let begin = places.first().copied().unwrap_or(0);
    let mut compiler = Compiler { scope, places, next: 0, inside: None };
    let (mut code, mut kind) = compiler.node(node)?;
    if let Some(wanted) = wanted {
        code = compiler.as_kind(code, &kind, wanted, begin)?;
        kind = wanted.clone();
    }
    if code.is_deep() {
        let message = format!("more than {MAX_STEPS} terms follow from one another here; make calculated items of its parts");
        return Err(Error::new(begin, Found::Deep, message));
    }
    Ok(Program { code, kind })
}

/// A compiled part, and its type.
type Typed = (Code, Kind);

struct Compiler<'a> {
    scope: &'a dyn Scope,
    places: &'a [usize],
    /// Which place is the next node's.
    next: usize,
    /// Set inside of a function that goes over a repeating section: the section, once an item has named it.
    inside: Option<Option<u16>>,
}

impl Compiler<'_> {
    fn place(&mut self) -> usize {
        let at = self.places.get(self.next).or(self.places.last()).copied().unwrap_or(0);
        self.next += 1;
        at
    }

    fn node(&mut self, node: &Node) -> Result<Typed, Error> {
        let at = self.place();
        Ok(match node {
            Node::True => (Code::Constant(Value::Bool(true)), Kind::Bool),
            Node::False => (Code::Constant(Value::Bool(false)), Kind::Bool),
            Node::Number(n, unit) => (Code::Constant(Value::Number(*n)), Kind::Number(unit.as_deref().map(Arc::from))),
            Node::Text(text) => (Code::Constant(Value::Text(text.clone())), Kind::Text),
            Node::Item(slug) => self.item(at, slug)?,
            Node::Attribute(whose, name) => match self.scope.attribute(*whose, name) {
                Some(kind) => (Code::Attribute(*whose, name.clone()), kind),
                None => {
                    let known = ATTRIBUTES.iter().filter(|(owner, _)| owner == whose).map(|(_, n)| *n);
                    let known: Vec<&str> = known.chain(Question::ALL.iter().map(|q| q.name())).collect();
                    let near = did_you_mean(name, known.iter().copied());
                    let message = format!("{} has no ‘{name}’; it has {}{near}", whose.name(), known.join(", "));
                    return Err(Error::new(at, Found::Name, message));
                }
            },
            Node::Ask(whose, question, text) => match (whose, question) {
                (Whose::Site | Whose::Asset, Question::Tag) | (Whose::Person, Question::Role) => {
                    (Code::Ask(*whose, *question, text.clone()), Kind::Bool)
                }
                (Whose::Person, Question::Tag) => {
                    return Err(Error::new(at, Found::Name, "a person has roles, not tags: person.role(\"supervisor\")"));
                }
                (_, Question::Role) => {
                    return Err(Error::new(at, Found::Name, format!("a {} has tags, not roles: {0}.tag(\"bakery\")", whose.name())));
                }
            },
            Node::Not(one) => (Code::Not(Box::new(self.truth(one)?)), Kind::Bool),
            Node::And(all) => (Code::And(self.truths(all)?), Kind::Bool),
            Node::Or(all) => (Code::Or(self.truths(all)?), Kind::Bool),
            Node::Minus(one) => {
                let place = self.next;
                let (code, kind) = self.node(one)?;
                let Kind::Number(_) = kind else { return Err(self.wrong(place, "the sign - stands before a number", &kind)) };
                (Code::Minus(Box::new(code)), kind)
            }
            Node::Compare(how, left, right) => self.comparison(at, *how, left, right)?,
            Node::Sum(first, rest) => self.sum(first, rest)?,
            Node::Product(first, rest) => self.product(first, rest)?,
            Node::Call(function, all) => self.call(at, *function, all)?,
        })
    }

    fn item(&mut self, at: usize, slug: &Slug) -> Result<Typed, Error> {
        let declared = self.declared(at, slug)?;
        if let Some(section) = declared.repeats {
            match &mut self.inside {
                Some(inside @ None) => *inside = Some(section),
                Some(Some(inside)) if *inside == section => {}
                Some(Some(_)) => {
                    return Err(Error::new(
                        at,
                        Found::Repeats,
                        format!("‘{slug}’ repeats in another section than what was named before it here"),
                    ));
                }
                None if self.scope.within() == Some(section) => {}
                None => {
                    let message = format!(
                        "‘{slug}’ repeats: say which of its answers, such as any({slug} …), count({slug} …), sum({slug}) or max({slug})"
                    );
                    return Err(Error::new(at, Found::Repeats, message));
                }
            }
        }
        Ok((Code::Answer(declared.index), declared.kind))
    }

    fn declared(&self, at: usize, slug: &Slug) -> Result<Declared, Error> {
        self.scope.item(slug).ok_or_else(|| {
            let names = self.scope.names();
            let near = did_you_mean(slug.as_str(), names.iter().map(String::as_str));
            // A choice without its quotes is an item's name to whoever reads it.
            let quoted = if near.is_empty() { format!("; a text or a choice stands in double quotes, \"{slug}\"") } else { near };
            Error::new(at, Found::Name, format!("there is no item ‘{slug}’ in this form{quoted}"))
        })
    }

    fn truths(&mut self, all: &[Node]) -> Result<Vec<Code>, Error> {
        all.iter().map(|one| self.truth(one)).collect()
    }

    fn truth(&mut self, node: &Node) -> Result<Code, Error> {
        let place = self.next;
        match self.node(node)? {
            (code, Kind::Bool) => Ok(code),
            (_, kind) => {
                let hint = if matches!(node, Node::Item(_)) { "; answered(…) says whether there is one" } else { "" };
                Err(self.wrong(place, &format!("a condition is yes or no{hint}"), &kind))
            }
        }
    }

    /// An error about the node whose place is the `place`-th.
    fn wrong(&self, place: usize, wanted: &str, kind: &Kind) -> Error {
        Error::new(self.places.get(place).copied().unwrap_or(0), Found::Kind, format!("{wanted}; this is {}", kind.name()))
    }
}
