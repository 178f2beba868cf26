//! What is known while one file is read.

use frontline_domain::{Lang, Slug};

use super::names::Names;
use crate::finding::{At, Notes};
use crate::yaml::{self, Node, Value};
use frontline_domain::near::shown;

/// One file, with where its findings go and what the other files have said so far.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub file: &'a str,
    pub notes: &'a Notes,
    pub names: &'a Names,
    /// The organisation's, the source first. Empty where organisation.yaml can't be read: then no tag is
    /// doubted, so that one fault there is not reported for every text of the folder.
    pub languages: &'a [Lang],
}

impl<'a> Page<'a> {
    /// Another file, all else the same.
    pub fn of(self, file: &'a str) -> Page<'a> {
        Page { file, ..self }
    }
    /// Keeps a finding.
    pub fn say(&self, at: At, message: impl Into<String>) {
        self.notes.say(self.file, at, message);
    }
    /// Keeps a finding and gives nothing: for `return` and `or_else`.
    pub fn nothing<T>(&self, at: At, message: impl Into<String>) -> Option<T> {
        self.say(at, message);
        None
    }
    /// The tree of a YAML text.
    pub fn yaml(&self, text: &str, first_line: u32) -> Option<Node> {
        match yaml::parse(text, first_line) {
            Ok(node) => Some(node),
            Err((at, message)) => self.nothing(at, message),
        }
    }
    /// A word as a slug.
    pub fn slug(&self, at: At, text: &str) -> Option<Slug> {
        match text.parse() {
            Ok(slug) => Some(slug),
            Err(_) => {
                self.nothing(at, format!("{} is not a name: use 1 to 64 of a-z, 0-9 and single hyphens, such as fridge-temp", shown(text)))
            }
        }
    }
    /// A node as a plain value.
    pub fn scalar<'n>(&self, node: &'n Node, what: &str) -> Option<&'n str> {
        match &node.value {
            Value::Scalar(text) => Some(text),
            Value::Nothing => self.nothing(node.at, format!("{what} is empty; give it a value or take it out")),
            Value::List(_) | Value::Map(_) => self.nothing(node.at, format!("{what} is one value, not a list or a map")),
        }
    }
    /// A node as a list.
    pub fn list<'n>(&self, node: &'n Node, what: &str, max: usize) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(list) if list.len() > max => {
                self.nothing(node.at, format!("{what} has at most {max} entries; this one has {}", list.len()))
            }
            Value::List(list) => Some(list),
            Value::Nothing => self.nothing(node.at, format!("{what} is empty; give it entries, each on a line that begins with `- `")),
            _ => self.nothing(node.at, format!("{what} is a list; begin each entry on a line with `- `")),
        }
    }
}
