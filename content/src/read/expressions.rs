//! Conditions, calculations and rules of a form: read where they stand, and checked together once the whole form is read.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::form::asked::too_late;
use frontline_domain::form::expr::{self, Parsed};
use frontline_domain::form::item::Filter;
use frontline_domain::form::item::lookup::FILTERS;
use frontline_domain::form::plan::{Flaw, Place};
use frontline_domain::form::{Expr, Form, Item, Plan, Rule, Section, Then, limits};
use frontline_domain::release::Signers;
use frontline_domain::{Slug, Text};

use super::demands;
use super::fields::Fields;
use super::names::Seen;
use super::page::Page;
use super::reasons::every;
use crate::finding::At;
use crate::limits::LABEL;
use crate::yaml::{Node, Value};
use frontline_domain::near::did_you_mean;

/// Which expression of its item or section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Section,
    Visible,
    Constraint,
    Calculate,
    Filter(u32),
    Rule(u32),
    Shown(u32, u32),
}

/// An expression in its file.
#[derive(Debug)]
struct Written {
    at: At,
    begins: Option<u32>,
    text: String,
    places: Vec<usize>,
}

/// The expressions of one form, each by the item or section that has it.
#[derive(Debug, Default)]
pub struct Expressions {
    by: RefCell<BTreeMap<(Slug, Part), Written>>,
    /// One of them does not read.
    broken: Cell<bool>,
    /// What of the form could be read, where not all of it could.
    there: RefCell<Vec<Section>>,
    /// The names of items of which no more is known than that they are there.
    lost: RefCell<BTreeSet<Slug>>,
    /// Somewhere is an item without a name: nobody can say which names lead nowhere.
    nameless: Cell<bool>,
}

impl Written {
    /// The place in the file of a byte of it.
    fn place(&self, byte: usize) -> At {
        let Some(begins) = self.begins else { return self.at };
        let characters = self.text.get(..byte).map_or(0, |before| before.chars().count());
        At { column: self.at.column + begins + u32::try_from(characters).unwrap_or(0), ..self.at }
    }
    /// Where this name stands in it: its beginning, where it does not.
    fn named(&self, slug: &Slug) -> At {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let stands = |at: &usize| {
            let (before, behind) =
                (self.text.get(..*at).unwrap_or_default(), self.text.get(*at + slug.as_str().len()..).unwrap_or_default());
            !before.ends_with(is_of_name) && !behind.starts_with(is_of_name)
        };
        self.place(self.text.match_indices(slug.as_str()).map(|(at, _)| at).find(stands).unwrap_or(0))
    }
    /// Whether one of these names stands in it.
    fn names_one_of(&self, names: &BTreeSet<Slug>) -> bool {
        let words = self.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        words.into_iter().any(|word| names.iter().any(|name| name.as_str() == word))
    }
}

impl Expressions {
    /// A section, with those of its items whose name and kind are known.
    pub fn is_there(&self, slug: Option<&Slug>, visible_if: Option<Expr>, repeat: Option<u16>, items: Vec<Item>) {
        // Its name is only asked for where its own condition stands.
        let Some(slug) = slug.or_else(|| items.first().map(|item| &item.slug)).cloned() else { return };
        self.there.borrow_mut().push(Section {
            asked_of: None,
            slug,
            label: Text::nothing(),
            help: None,
            visible_if,
            weight: 1,
            repeat,
            items,
        });
    }

    /// Of a form that can't be used yet: what is wrong with those expressions that name nothing but what could be read.
    pub fn check_what_is_there(&self, page: Page<'_>) {
        let form = Form { sections: self.there.take(), pass_mark: None };
        if !self.nameless.get() {
            let lost = self.lost.take();
            self.say(page, &form, |written| written.is_some_and(|written| !written.names_one_of(&lost)));
        }
    }

    /// An item that can't be read: by its name, where that is known.
    pub fn is_lost(&self, slug: Option<&Slug>) {
        match slug {
            Some(slug) => drop(self.lost.borrow_mut().insert(slug.clone())),
            None => self.nameless.set(true),
        }
    }

    fn keep(&self, slug: &Slug, part: Part, node: &Node, text: &str, places: Vec<usize>) {
        let written = Written { at: node.at, begins: node.begins, text: text.to_owned(), places };
        self.by.borrow_mut().insert((slug.clone(), part), written);
    }

    fn read(&self, page: Page<'_>, slug: &Slug, part: Part, node: &Node, key: &str) -> Option<Expr> {
        let text = page.scalar(node, &format!("‘{key}’"))?;
        self.read_from(page, slug, part, node, text, 0)
    }

    /// The same of an expression that begins with this byte of its text.
    fn read_from(&self, page: Page<'_>, slug: &Slug, part: Part, node: &Node, text: &str, from: usize) -> Option<Expr> {
        match expr::parse(text.get(from..)?) {
            Ok(Parsed { node: tree, places }) => {
                self.keep(slug, part, node, text, places.into_iter().map(|place| place + from).collect());
                Some(Expr(tree))
            }
            Err(error) => {
                let written = Written { at: node.at, begins: node.begins, text: text.to_owned(), places: Vec::new() };
                page.say(written.place(error.at + from), error.message);
                self.broken.set(true);
                // A condition that does not read stands in nobody's way: the others are checked all the same. What a
                // calculation would come to nobody knows.
                (part != Part::Calculate).then_some(Expr(expr::Node::True))
            }
        }
    }

    /// A section's condition.
    pub fn section(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>) -> Option<Option<Expr>> {
        self.optional(fields, slug, Part::Section, "visible_if")
    }
    pub fn visible(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>) -> Option<Option<Expr>> {
        self.optional(fields, slug, Part::Visible, "visible_if")
    }
    pub fn calculate(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>) -> Option<Option<Expr>> {
        self.optional(fields, slug, Part::Calculate, "calculate")
    }

    fn optional(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>, part: Part, key: &'static str) -> Option<Option<Expr>> {
        match fields.get(key) {
            None => Some(None),
            Some(node) => self.read(fields.page, slug?, part, node, key).map(Some),
        }
    }

    /// What an answer has to keep, and what is said where it does not.
    pub fn constraint(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>) -> Option<Option<(Expr, frontline_domain::Text)>> {
        let (node, message) = match (fields.get("constraint"), fields.get("message")) {
            (None, None) => return Some(None),
            (Some(node), Some(_)) => (node, fields.label("message")),
            (Some(node), None) => {
                return fields.page.nothing(node.at, "‘constraint’ needs a ‘message’: what a person reads whose answer does not keep it");
            }
            (None, Some(node)) => {
                return fields.page.nothing(node.at, "‘message’ is said where a ‘constraint’ is not kept, and there is none");
            }
        };
        let read = self.read(fields.page, slug?, Part::Constraint, node, "constraint");
        Some(Some((read?, message?)))
    }

    /// What the rows of a list are chosen by: `where`, a map of its columns.
    pub fn filters(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>, list: &Slug) -> Option<Vec<Filter>> {
        let Some(node) = fields.get("where") else { return Some(Vec::new()) };
        let page = fields.page;
        let Value::Map(map) = &node.value else {
            return page.nothing(node.at, "‘where’ is written as lines of `column: expression`");
        };
        if map.len() > FILTERS {
            return page.nothing(node.at, format!("rows are chosen by at most {FILTERS} columns; these are {}", map.len()));
        }
        let known = page.names.columns(list);
        let (mut seen, mut nth) = (Seen::default(), 0);
        every(Some(map), |(key, node)| {
            nth += 1;
            let column = page.slug(key.at, &key.text);
            let is = self.read(page, slug?, Part::Filter(nth - 1), node, "where");
            let column = column.filter(|column| seen.take(page, key.at, column, "a column"))?;
            if let Some(known) = known.as_ref().filter(|known| !known.contains(&column)) {
                let near = did_you_mean(column.as_str(), known.iter().map(Slug::as_str));
                return page.nothing(key.at, format!("the list ‘{list}’ has no column ‘{column}’{near}"));
            }
            Some(Filter { column, is: is? })
        })
    }

    /// What follows from answers.
    pub fn rules(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>) -> Option<Vec<Rule>> {
        if fields.get("rules").is_none() {
            return Some(Vec::new());
        }
        let list = fields.list("rules", limits::RULES)?;
        let mut nth = 0;
        every(Some(list), |node| {
            nth += 1;
            self.rule(fields.page, node, slug, nth - 1)
        })
    }

    /// A note beside the answer: `required`, or `required if` and an expression. It is a rule of its item, behind the `nth` that
    /// the item has.
    pub fn note(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>, nth: usize) -> Option<Option<Rule>> {
        let Some(node) = fields.get("note") else { return Some(None) };
        let text = fields.page.scalar(node, "‘note’")?;
        let when = match text.split_once("required if ") {
            Some((before, expression)) if before.trim().is_empty() => {
                let part = Part::Rule(u32::try_from(nth).unwrap_or(u32::MAX));
                self.read_from(fields.page, slug?, part, node, text, text.len() - expression.len())
            }
            _ if text.trim() == "required" => Some(Expr(expr::Node::True)),
            _ => fields.page.nothing(node.at, "‘note’ is `required`, or `required if` and an expression: when a note has to be written"),
        };
        Some(Some(Rule { when: when?, then: vec![Then::Note] }))
    }

    fn rule(&self, page: Page<'_>, node: &Node, slug: Option<&Slug>, nth: u32) -> Option<Rule> {
        let fields = Fields::of(page, node, "a rule")?;
        let when = fields.need("when").and_then(|node| self.read(page, slug?, Part::Rule(nth), node, "when"));
        let show = self.show(&fields, slug, nth);
        let evidence = match fields.get("evidence") {
            Some(_) => fields.number("evidence", 1..=i64::from(limits::PHOTOS)).map(|n: u8| Some(Then::Evidence(n))),
            None => Some(None),
        };
        let fails = match fields.get("fail_section") {
            Some(_) => fields.flag("fail_section").map(|yes| yes.then_some(Then::FailSection)),
            None => Some(None),
        };
        let note = match fields.get("note") {
            Some(_) => fields.flag("note").map(|yes| yes.then_some(Then::Note)),
            None => Some(None),
        };
        let ends = match fields.get("end_run") {
            Some(node) => match &node.value {
                Value::Scalar(word) if ["true", "false", "yes", "no"].contains(&word.trim()) => {
                    page.nothing(node.at, "‘end_run’ says in words why nothing is asked any more")
                }
                _ => fields.text("end_run", LABEL).map(|why| Some(Then::EndRun(why))),
            },
            None => Some(None),
        };
        let (action, notice) = (demands::action(&fields), demands::notice(&fields));
        let at = fields.at;
        fields.end();
        let then: Vec<Then> = [show?, evidence?, note?, action?, notice?, fails?, ends?].into_iter().flatten().collect();
        if then.is_empty() {
            return page
                .nothing(at, "nothing follows from this rule; it takes show, evidence, note, action, notify, fail_section or end_run");
        }
        Some(Rule { when: when?, then })
    }

    /// Items that are there only where a rule shows them.
    fn show(&self, fields: &Fields<'_, '_>, slug: Option<&Slug>, nth: u32) -> Option<Option<Then>> {
        if fields.get("show").is_none() {
            return Some(None);
        }
        let list = fields.need_list("show", limits::ITEMS)?;
        let mut place = 0;
        let shown = every(Some(list), |node| {
            let text = fields.page.scalar(node, "an entry")?.trim();
            let shown = fields.page.slug(node.at, text)?;
            self.keep(slug?, Part::Shown(nth, place), node, text, Vec::new());
            place += 1;
            Some(shown)
        })?;
        Some(Some(Then::Show(shown)))
    }

    /// Whether a form can be filled; what is wrong with its expressions is said where they stand.
    pub fn check(&self, page: Page<'_>, form: &Form) -> bool {
        self.say(page, form, |_| true) && !self.broken.get()
    }

    /// Whether nobody is asked what depends on a later signer's answer; where somebody is, that is said where it stands.
    pub fn check_turns(&self, page: Page<'_>, form: &Form, signers: &Signers) -> bool {
        let found = too_late(form, signers);
        let (written, items) = (self.by.borrow(), form.items().map(|item| &item.slug).collect::<Vec<_>>());
        for one in &found {
            let at = key(form, &items, one.place).and_then(|key| written.get(&key)).map_or(At::START, |written| written.named(&one.on));
            page.say(at, one.to_string());
        }
        found.is_empty()
    }

    /// Says of a form's expressions what is wrong with them, where `is_told` of the one that it is about; whether nothing is.
    fn say(&self, page: Page<'_>, form: &Form, is_told: impl Fn(Option<&Written>) -> bool) -> bool {
        let items: Vec<&Slug> = form.items().map(|item| &item.slug).collect();
        let written = self.by.borrow();
        let find = |place: Place| key(form, &items, place).and_then(|key| written.get(&key));
        let places = |place: Place| find(place).map(|written| written.places.clone()).unwrap_or_default();
        let flaws = match Plan::with(form.clone(), &places) {
            Ok(_) => return true,
            Err(flaws) => flaws,
        };
        for Flaw { place, error } in flaws.into_iter().filter(|flaw| is_told(find(flaw.place))) {
            page.say(find(place).map_or(At::START, |written| written.place(error.at)), error.message);
        }
        false
    }
}

/// By which name an expression was kept.
fn key(form: &Form, items: &[&Slug], place: Place) -> Option<(Slug, Part)> {
    let of = |n: u32| items.get(n as usize).map(|slug| (*slug).clone());
    Some(match place {
        Place::Section(n) => (form.sections.get(usize::from(n))?.slug.clone(), Part::Section),
        Place::Visible(n) => (of(n)?, Part::Visible),
        Place::Constraint(n) => (of(n)?, Part::Constraint),
        Place::Calculate(n) => (of(n)?, Part::Calculate),
        Place::Filter(n, nth) => (of(n)?, Part::Filter(nth)),
        Place::Rule(n, nth) => (of(n)?, Part::Rule(nth)),
        Place::Shown(n, nth, place) => (of(n)?, Part::Shown(nth, place)),
    })
}
