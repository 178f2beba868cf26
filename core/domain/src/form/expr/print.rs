//! From a tree to its text, with as few brackets as keep its meaning: reading what was printed gives the same tree.

use std::fmt::{self, Display, Write};

use super::tree::{Node, Sign};

/// How tightly a node binds; what binds less tightly than its place asks for is put into brackets.
fn tightness(node: &Node) -> u8 {
    match node {
        Node::Or(_) => 0,
        Node::And(_) => 1,
        Node::Not(_) => 2,
        Node::Compare(..) => 3,
        Node::Sum(..) => 4,
        Node::Product(..) => 5,
        Node::Minus(_) => 6,
        _ => 7,
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::True => f.write_str("true"),
            Self::False => f.write_str("false"),
            Self::Number(n, None) => write!(f, "{n}"),
            Self::Number(n, Some(unit)) => write!(f, "{n} {unit}"),
            Self::Text(text) => quoted(f, text),
            Self::Item(slug) if is_plain(slug.as_str()) => write!(f, "{slug}"),
            Self::Item(slug) => write!(f, "item(\"{slug}\")"),
            Self::Attribute(whose, name) => write!(f, "{}.{name}", whose.name()),
            Self::Ask(whose, question, text) => {
                write!(f, "{}.{}(", whose.name(), question.name())?;
                quoted(f, text)?;
                f.write_char(')')
            }
            Self::Not(one) => {
                f.write_str("not ")?;
                part(f, one, 2)
            }
            Self::Minus(one) => {
                f.write_char('-')?;
                part(f, one, 6)
            }
            Self::And(all) => joined(f, all, " and ", 2),
            Self::Or(all) => joined(f, all, " or ", 1),
            Self::Compare(how, left, right) => {
                part(f, left, 4)?;
                write!(f, " {} ", how.sign())?;
                part(f, right, 4)
            }
            Self::Sum(first, rest) => chain(f, first, rest, [" + ", " - "], 5),
            Self::Product(first, rest) => chain(f, first, rest, [" * ", " / "], 6),
            Self::Call(function, all) => {
                write!(f, "{}(", function.name())?;
                joined(f, all, ", ", 0)?;
                f.write_char(')')
            }
        }
    }
}

/// Whether a slug can stand by itself: it begins with a letter, and means nothing else.
fn is_plain(slug: &str) -> bool {
    slug.starts_with(|c: char| c.is_ascii_lowercase()) && !matches!(slug, "true" | "false" | "and" | "or" | "not" | "in")
}

fn part(f: &mut fmt::Formatter<'_>, node: &Node, least: u8) -> fmt::Result {
    if tightness(node) >= least { write!(f, "{node}") } else { write!(f, "({node})") }
}

fn joined(f: &mut fmt::Formatter<'_>, all: &[Node], between: &str, least: u8) -> fmt::Result {
    for (n, one) in all.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        part(f, one, least)?;
    }
    Ok(())
}

fn chain(f: &mut fmt::Formatter<'_>, first: &Node, rest: &[(Sign, Node)], signs: [&str; 2], least: u8) -> fmt::Result {
    part(f, first, least)?;
    for (sign, one) in rest {
        f.write_str(if *sign == Sign::Plus { signs[0] } else { signs[1] })?;
        part(f, one, least)?;
    }
    Ok(())
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
