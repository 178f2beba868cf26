//! What counts: how much is answered, and what it is worth. One item's adds up to its section's.

use super::slot::{Given, Trouble};
use super::{At, Response};
use crate::form::{Item, Then};

/// Figures of an item, or of all of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that ask for an answer and are there.
    pub asked: u32,
    /// Of these, those that have one; N/A is one.
    pub answered: u32,
    /// Those that have to be answered.
    pub required: u32,
    /// Those that are not done: [`Trouble`].
    pub troubles: u32,
    pub clashes: u32,
    /// Points scored, and points that are possible: N/A and what is not there leave both.
    pub points: u32,
    pub possible: u32,
    /// Of the points that are possible, those of items that nobody answered.
    pub open: u32,
    /// Critical items that failed.
    pub failed: u32,
}

impl Tally {
    fn each(&mut self, other: &Self, with: fn(u32, u32) -> u32) {
        for (mine, its) in [
            (&mut self.asked, other.asked),
            (&mut self.answered, other.answered),
            (&mut self.required, other.required),
            (&mut self.troubles, other.troubles),
            (&mut self.clashes, other.clashes),
            (&mut self.points, other.points),
            (&mut self.possible, other.possible),
            (&mut self.open, other.open),
            (&mut self.failed, other.failed),
        ] {
            *mine = with(*mine, its);
        }
    }
    pub(super) fn plus(&mut self, other: &Self) {
        self.each(other, u32::saturating_add);
    }
    pub(super) fn less(&mut self, other: &Self) {
        self.each(other, u32::saturating_sub);
    }
}

impl Response {
    /// Why an item is not done.
    pub fn trouble(&self, at: At) -> Option<Trouble> {
        let (slot, item) = (self.slot(at)?, self.plan.item(at.item)?);
        if !slot.visible || !item.kind.answers().asks() {
            return None;
        }
        if slot.given == Given::Several {
            return Some(Trouble::Clash);
        }
        if !slot.given.is_answer() {
            return item.required.then_some(Trouble::Missing);
        }
        if slot.broken {
            return Some(Trouble::Broken);
        }
        if slot.unfit {
            return Some(Trouble::Unfit);
        }
        // What does not apply can't be photographed, nor does it need words beside its own.
        if slot.given.is_na() {
            return None;
        }
        let needs = self.photos_needed(at, item);
        if slot.photos < needs {
            return Some(Trouble::Evidence { needs, has: slot.photos });
        }
        (slot.notes == 0 && self.note_needed(at)).then_some(Trouble::Note)
    }

    /// Whether an answer needs a note beside it.
    pub fn note_needed(&self, at: At) -> bool {
        self.holding(at).filter_map(|rule| self.plan.rule(rule)).any(|rule| rule.then.contains(&Then::Note))
    }

    /// How many pictures an answer needs beside it.
    pub fn photos_needed(&self, at: At, item: &Item) -> u8 {
        let by_rules = self.holding(at).filter_map(|rule| self.plan.rule(rule)).flat_map(|rule| &rule.then).filter_map(|then| match then {
            Then::Evidence(photos) => Some(*photos),
            _ => None,
        });
        by_rules.chain(item.evidence.as_ref().map(|rule| rule.photos_min)).max().unwrap_or(0)
    }

    pub(super) fn counted(&self, at: At) -> Tally {
        let none = Tally::default();
        let (Some(slot), Some(item)) = (self.slot(at), self.plan.item(at.item)) else { return none };
        if !slot.visible || !item.kind.answers().asks() {
            return none;
        }
        let trouble = self.trouble(at);
        let counts = |yes: bool| u32::from(yes);
        let mut out = Tally {
            asked: 1,
            answered: counts(slot.given.is_answer()),
            required: counts(item.required),
            troubles: counts(trouble.is_some()),
            clashes: counts(trouble == Some(Trouble::Clash)),
            ..none
        };
        if slot.given.is_na() || !item.scores() {
            return out;
        }
        let weight = item.weight;
        out.possible = weight;
        match slot.given.value().filter(|value| !value.is_empty()) {
            Some(value) => {
                out.points = item.worth(value, weight).unwrap_or(0);
                // One that is critical and has no points fails all the same.
                out.failed = counts(item.critical && item.worth(value, weight.max(1)) == Some(0));
            }
            None => out.open = weight,
        }
        out
    }
}
