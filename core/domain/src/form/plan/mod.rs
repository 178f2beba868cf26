//! A form compiled: its expressions checked and put in order, once for all who fill it.
//!
//! | what | file |
//! |---|---|
//! | [`Plan::of`]: every expression of a form compiled, or every [`Flaw`] at once | [`build`] |
//! | which values follow from which, and over which instances | [`nodes`] |
//! | what is wrong, and where in the form | [`flaw`] |
//!
//! Publishing makes one and throws it away; a device makes one per release that it opens, and so does the server.

pub mod build;
pub mod flaw;
mod nodes;

#[cfg(test)]
mod tests;

pub use flaw::{Flaw, Place};
pub(super) use nodes::{Node, Nodes};

use std::collections::BTreeMap;

use super::expr::{Kind, Program};
use super::{Form, Item, Rule, Section};
use crate::Slug;

/// A form that can be filled.
#[derive(Debug)]
pub struct Plan {
    form: Form,
    by_slug: BTreeMap<Slug, u32>,
    pub(super) sections: Vec<PlannedSection>,
    pub(super) items: Vec<PlannedItem>,
    pub(super) rules: Vec<PlannedRule>,
    /// The rules that fail their section.
    pub(super) failing: Vec<u32>,
    /// The items that may end the run.
    pub(super) ending: Vec<u32>,
    /// The items whose rows are chosen by other answers.
    pub(super) chosen: Vec<u32>,
    pub(super) nodes: Nodes,
}

#[derive(Debug)]
pub(super) struct PlannedSection {
    /// The number of its first item.
    pub first: u32,
    pub gate: Option<Program>,
}

#[derive(Debug)]
pub(super) struct PlannedItem {
    pub section: u16,
    pub visible_if: Option<Program>,
    /// The rules that show it; it is there where one of them holds.
    pub shown_by: Vec<u32>,
    pub constraint: Option<Program>,
    pub calculate: Option<Program>,
    /// Of a row of a list, what each column that it is chosen by has to be.
    pub filters: Box<[Program]>,
    /// Its first rule, and how many it has.
    pub rules: (u32, u32),
    /// The last item before it, in its own section or one before, that may end the run.
    pub ended_by: Option<u32>,
    /// It may end the run.
    pub ends: bool,
}

#[derive(Debug)]
pub(super) struct PlannedRule {
    pub item: u32,
    pub when: Program,
    /// Which of its item's rules.
    pub nth: u32,
}

impl Plan {
    /// What it was made of.
    pub fn form(&self) -> &Form {
        &self.form
    }
    /// How many items there are, all sections together.
    pub fn len(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
    /// The number of an item: its place in the form.
    pub fn number(&self, slug: &Slug) -> Option<u32> {
        self.by_slug.get(slug).copied()
    }
    /// Whether it asks for what was answered before.
    pub fn asks_for_history(&self) -> bool {
        self.nodes.asks_for_history()
    }
    /// Whether what follows from answers may be another where the site's record is.
    pub fn asks_for_the_site(&self) -> bool {
        self.nodes.asks_for_the_site()
    }
    /// The same of the record of the asset that it is filled about.
    pub fn asks_for_the_asset(&self) -> bool {
        self.nodes.asks_for_the_asset()
    }
    /// An item by its number: its place in the form.
    pub fn item(&self, n: u32) -> Option<&Item> {
        let section = self.items.get(n as usize)?.section;
        let first = self.sections.get(usize::from(section))?.first;
        self.section(section)?.items.get((n - first) as usize)
    }
    pub fn section(&self, n: u16) -> Option<&Section> {
        self.form.sections.get(usize::from(n))
    }
    /// The section of an item.
    pub fn section_of(&self, item: u32) -> u16 {
        self.items.get(item as usize).map_or(0, |i| i.section)
    }
    /// How often an item's section may be there.
    pub fn repeats(&self, section: u16) -> u16 {
        self.section(section).and_then(|s| s.repeat).unwrap_or(1).max(1)
    }
    /// What a calculated item comes to.
    pub fn comes_to(&self, item: u32) -> Option<&Kind> {
        self.items.get(item as usize)?.calculate.as_ref().map(Program::kind)
    }
    pub(super) fn rule(&self, n: u32) -> Option<&Rule> {
        let planned = self.rules.get(n as usize)?;
        self.item(planned.item)?.rules.get(planned.nth as usize)
    }
}
