//! A YAML map, read strictly: a key that nobody asked for is a finding.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use frontline_domain::form::Decimal;
use frontline_domain::{Slug, Text};

use super::page::Page;
use super::text;
use crate::finding::At;
use crate::limits;
use crate::yaml::{Key, Node, Value};
use frontline_domain::near::{nearest, shown};

pub struct Fields<'a, 'n> {
    pub page: Page<'a>,
    /// Where the map begins.
    pub at: At,
    what: &'a str,
    map: &'n [(Key, Node)],
    asked: RefCell<Vec<&'static str>>,
    /// Keys that have had their word, and that are not offered.
    settled: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<&'static str>>,
}

impl<'a, 'n> Fields<'a, 'n> {
    /// The map of `what`, as in `a procedure`.
    pub fn of(page: Page<'a>, node: &'n Node, what: &'a str) -> Option<Self> {
        let Value::Map(map) = &node.value else {
            return page.nothing(node.at, format!("{what} is written as lines of `key: value`"));
        };
        let mut seen: BTreeMap<&str, At> = BTreeMap::new();
        for (key, _) in map {
            match seen.get(key.text.as_str()) {
                Some(first) => page.say(key.at, format!("{} is there already, at line {}", shown(&key.text), first.line)),
                None => drop(seen.insert(&key.text, key.at)),
            }
        }
        Some(Self { page, at: node.at, what, map, asked: RefCell::default(), settled: RefCell::default(), missing: RefCell::default() })
    }
    /// The key's place and value, if it is there.
    pub fn get(&self, key: &'static str) -> Option<&'n Node> {
        if !self.asked.borrow().contains(&key) {
            self.asked.borrow_mut().push(key);
        }
        self.map.iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
    }
    /// The value, missing which is a finding at the [`end`](Self::end): a slip in the key is said once.
    pub fn need(&self, key: &'static str) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            self.missing.borrow_mut().push(key);
        }
        node
    }
    /// Keys that have their place in the model and that no part of the product acts on yet: a rule that
    /// would silently not hold is worse than none.
    pub fn later(&self, keys: &[&'static str]) {
        for key in keys {
            self.settled.borrow_mut().push(key);
            if let Some((at, _)) = self.map.iter().find(|(k, _)| k.text == *key) {
                self.page.say(at.at, format!("‘{key}’ comes with a later version; take it out for now"));
            }
        }
    }
    /// A key that is not doubted, for the kind that it would belong to is not known.
    pub fn let_pass(&self, key: &'static str) {
        self.settled.borrow_mut().push(key);
    }
    /// A key that would fit something else: says what, if it is there.
    pub fn misplaced(&self, key: &'static str, belongs: &str) {
        if self.asked.borrow().contains(&key) {
            return;
        }
        self.settled.borrow_mut().push(key);
        if let Some((at, _)) = self.map.iter().find(|(k, _)| k.text == key) {
            self.page.say(at.at, format!("{} has no ‘{key}’; it belongs to {belongs}", self.what));
        }
    }
    /// Says which keys nobody asked for, and which are missing.
    pub fn end(self) {
        let (asked, settled, mut missing) = (self.asked.into_inner(), self.settled.into_inner(), self.missing.into_inner());
        let known = |key: &str| asked.contains(&key) || settled.contains(&key);
        for (key, _) in self.map.iter().filter(|(k, _)| !known(&k.text)) {
            let near = match nearest(&key.text, asked.iter().copied()) {
                Some(meant) => {
                    missing.retain(|m| *m != meant);
                    format!(" (did you mean ‘{meant}’?)")
                }
                None if asked.is_empty() => String::new(),
                None => format!("; it takes {}", asked.join(", ")),
            };
            self.page.say(key.at, format!("{} has no {}{near}", self.what, shown(&key.text)));
        }
        for key in missing {
            self.page.say(self.at, format!("{} needs ‘{key}’", self.what));
        }
    }
}

/// Readers of one key each. `need_…` says so if it is missing; the others give `None`.
impl<'n> Fields<'_, 'n> {
    pub fn word(&self, key: &'static str) -> Option<(At, &'n str)> {
        let node = self.get(key)?;
        Some((node.at, self.page.scalar(node, &format!("‘{key}’"))?.trim()))
    }
    pub fn need_word(&self, key: &'static str) -> Option<(At, &'n str)> {
        let node = self.need(key)?;
        Some((node.at, self.page.scalar(node, &format!("‘{key}’"))?.trim()))
    }
    pub fn slug(&self, key: &'static str) -> Option<(At, Slug)> {
        let (at, text) = self.word(key)?;
        Some((at, self.page.slug(at, text)?))
    }
    pub fn need_slug(&self, key: &'static str) -> Option<(At, Slug)> {
        self.need(key)?;
        self.slug(key)
    }
    pub fn text(&self, key: &'static str, max: usize) -> Option<Text> {
        text::read(self.page, self.get(key)?, &format!("‘{key}’"), max)
    }
    pub fn need_text(&self, key: &'static str, max: usize) -> Option<Text> {
        text::read(self.page, self.need(key)?, &format!("‘{key}’"), max)
    }
    /// A label: the text that most things have.
    pub fn label(&self, key: &'static str) -> Option<Text> {
        self.need_text(key, limits::LABEL)
    }
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        match self.word(key)? {
            (_, "true") => Some(true),
            (_, "false") => Some(false),
            (at, other) => self.page.nothing(at, format!("‘{key}’ is true or false, not {}", shown(other))),
        }
    }
    pub fn number<T: TryFrom<i64>>(&self, key: &'static str, range: RangeInclusive<i64>) -> Option<T> {
        let (at, text) = self.word(key)?;
        let fits = text.parse::<i64>().ok().filter(|n| range.contains(n)).and_then(|n| T::try_from(n).ok());
        fits.or_else(|| {
            let message = format!("‘{key}’ is a whole number from {} to {}, not {}", range.start(), range.end(), shown(text));
            self.page.nothing(at, message)
        })
    }
    pub fn decimal(&self, key: &'static str) -> Option<(At, Decimal)> {
        let (at, text) = self.word(key)?;
        decimal(self.page, at, text, &format!("‘{key}’")).map(|d| (at, d))
    }
    pub fn list(&self, key: &'static str, max: usize) -> Option<&'n [Node]> {
        self.page.list(self.get(key)?, &format!("‘{key}’"), max)
    }
    pub fn need_list(&self, key: &'static str, max: usize) -> Option<&'n [Node]> {
        let node = self.need(key)?;
        let list = self.page.list(node, &format!("‘{key}’"), max)?;
        if list.is_empty() {
            return self.page.nothing(node.at, format!("‘{key}’ needs at least one entry"));
        }
        Some(list)
    }
    /// A list of slugs, each once.
    pub fn slugs(&self, key: &'static str) -> Vec<Slug> {
        self.slugs_at(key, limits::LIST).into_iter().map(|(_, slug)| slug).collect()
    }
    /// The same with where each stands.
    pub fn slugs_at(&self, key: &'static str, max: usize) -> Vec<(At, Slug)> {
        let mut seen = super::names::Seen::default();
        let list = self.list(key, max).unwrap_or_default();
        let read = list.iter().filter_map(|node| {
            let slug = self.page.slug(node.at, self.page.scalar(node, "an entry")?.trim())?;
            seen.take(self.page, node.at, &slug, key).then_some((node.at, slug))
        });
        read.collect()
    }
}

/// A number as an author types it.
pub fn decimal(page: Page<'_>, at: At, text: &str, what: &str) -> Option<Decimal> {
    match text.parse() {
        Ok(number) => Some(number),
        Err(_) => {
            page.nothing(at, format!("{what} is a number with at most 6 digits behind one point, such as 4.5 or -18, not {}", shown(text)))
        }
    }
}
