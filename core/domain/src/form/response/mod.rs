//! A form while it is filled: what is there, required, wrong and worked out, after each answer.
//!
//! | what | file |
//! |---|---|
//! | [`Response`]: answers in, [`Changes`] out | here |
//! | what is worked out anew, and in which order | [`spread`] |
//! | what expressions read of it | [`facts`] |
//! | what is around the form: the site, the person, the time, what was answered before | [`around`] |
//! | whether an answer is missing or wrong, and what counts of it | [`slot`], [`tally`] |
//! | where to go on | [`next`] |
//! | what follows from it: what is missing, who is told, what is to be put right | [`outcome`] |
//!
//! After one answer only what follows from it is worked out; a test holds that to what comes of working all of it out.

pub mod around;
mod facts;
mod next;
pub mod outcome;
pub mod slot;
mod spread;
pub mod tally;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use around::Around;
pub use outcome::{Demand, Demanded, Outcome};
pub use slot::{Given, Slot, Trouble};
pub use tally::Tally;

use super::plan::Plan;

/// An item, of one instance of its section: both by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub item: u32,
    pub instance: u16,
}

/// What is known of an item when a form is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub at: At,
    pub given: Given,
    /// Pictures beside its answer.
    pub photos: u8,
    /// Notes beside its answer.
    pub notes: u8,
}

/// What an answer changed: all of which a screen may show something else now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub items: BTreeSet<At>,
    pub sections: BTreeSet<u16>,
    /// Sections that are there more often, each with the first instance that is new.
    pub grown: BTreeMap<u16, u16>,
}

/// The form has no such item, or its section is not there that often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the form has no such item, or its section does not repeat that often")]
pub struct NoSuchItem;

/// A form that is being filled.
#[derive(Debug)]
pub struct Response {
    pub(super) plan: Arc<Plan>,
    around: Around,
    /// How often each section is there.
    instances: Vec<u16>,
    /// Which sections are there.
    gates: Vec<bool>,
    /// Of each item every instance.
    slots: Vec<Vec<Slot>>,
    /// Which rules hold, of every instance.
    rules: Vec<Vec<bool>>,
    /// Of each item that may end the run, whether it ended there or before.
    ended: Vec<Vec<bool>>,
    tallies: Vec<Tally>,
}

/// Whether all that was worked out is the same, of one form with the same around it.
impl PartialEq for Response {
    fn eq(&self, other: &Self) -> bool {
        (&self.instances, &self.gates, &self.rules, &self.ended) == (&other.instances, &other.gates, &other.rules, &other.ended)
            && (&self.tallies, &self.slots) == (&other.tallies, &other.slots)
    }
}

impl Response {
    /// A form with what was answered so far. What is known of no item of it is left out.
    pub fn open(plan: Arc<Plan>, around: Around, known: impl IntoIterator<Item = Known>) -> Self {
        let (sections, items) = (plan.sections.len(), plan.items.len());
        let mut new = Self {
            around,
            instances: vec![1; sections],
            gates: vec![true; sections],
            slots: vec![vec![Slot::default()]; items],
            rules: vec![vec![false]; plan.rules.len()],
            ended: plan.items.iter().map(|item| vec![false; usize::from(item.ends)]).collect(),
            tallies: vec![Tally::default(); sections],
            plan,
        };
        for one in known {
            let Ok(slot) = new.reach(one.at) else { continue };
            (slot.given, slot.photos, slot.notes) = (one.given, one.photos, one.notes);
        }
        new.work_out_everything();
        new
    }

    /// Takes an answer. Whether it is one, its item says ([`super::Item::check`]).
    pub fn answer(&mut self, at: At, given: Given) -> Result<Changes, NoSuchItem> {
        let before = self.instances.clone();
        let slot = self.reach(at)?;
        if slot.given == given {
            return Ok(self.after(before, []));
        }
        slot.given = given;
        Ok(self.after(before, [at]))
    }

    /// Says how many pictures and notes stand beside an answer.
    pub fn evidence(&mut self, at: At, photos: u8, notes: u8) -> Result<Changes, NoSuchItem> {
        let before = self.instances.clone();
        let slot = self.reach(at)?;
        (slot.photos, slot.notes) = (photos, notes);
        Ok(self.after(before, [at]))
    }

    /// One instance more of a section; none where it does not repeat that often.
    pub fn grow(&mut self, section: u16) -> Result<Changes, NoSuchItem> {
        let before = self.instances.clone();
        let count = *self.instances.get(usize::from(section)).ok_or(NoSuchItem)?;
        if count >= self.plan.repeats(section) {
            return Err(NoSuchItem);
        }
        self.grow_to(section, count + 1);
        Ok(self.after(before, []))
    }

    /// What it is now, milliseconds since 1970.
    pub fn set_now(&mut self, now_ms: i64) -> Changes {
        self.around.now_ms = now_ms;
        self.after_the_clock()
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }
    pub fn around(&self) -> &Around {
        &self.around
    }
    /// What a row of a list has to say in each column that it is chosen by, of an item that takes one; none where one of
    /// them is not known yet: then there is nothing to choose from.
    pub fn chosen_by(&self, at: At) -> Option<Vec<String>> {
        self.wanted(at.item, at.instance).collect()
    }
    /// The first item that has to be answered before there is something to choose from: one that somebody can answer, also
    /// where what is chosen by is worked out from it.
    pub fn waits_for(&self, at: At) -> Option<u32> {
        let filters = self.plan.items.get(at.item as usize).map_or(&[][..], |item| &item.filters);
        let waiting = filters.iter().zip(self.wanted(at.item, at.instance)).filter(|(_, wanted)| wanted.is_none());
        let (mut left, mut seen): (Vec<u32>, BTreeSet<u32>) = (Vec::new(), BTreeSet::new());
        left.extend(waiting.flat_map(|(filter, _)| filter.reads().items).collect::<BTreeSet<_>>().into_iter().rev());
        while let Some(item) = left.pop() {
            let Some(planned) = self.plan.items.get(item as usize).filter(|_| seen.insert(item)) else { continue };
            let instance = if planned.section == self.plan.section_of(at.item) { at.instance } else { 0 };
            let open = self.slot(At { item, instance }).is_some_and(|slot| slot.visible && !slot.value.is_known());
            match &planned.calculate {
                Some(of) => left.extend(of.reads().items.into_iter().rev()),
                None if open => return Some(item),
                None => {}
            }
        }
        None
    }
    /// How often a section is there.
    pub fn instances(&self, section: u16) -> u16 {
        self.instances.get(usize::from(section)).copied().unwrap_or(0)
    }
    /// Whether a section is there at all.
    pub fn is_open(&self, section: u16) -> bool {
        self.gates.get(usize::from(section)).copied().unwrap_or(false)
    }
    pub fn slot(&self, at: At) -> Option<&Slot> {
        self.slots.get(at.item as usize)?.get(usize::from(at.instance))
    }
    /// What counts of a section, all its instances together.
    pub fn tally(&self, section: u16) -> Tally {
        self.tallies.get(usize::from(section)).copied().unwrap_or_default()
    }
    /// What counts of all of it.
    pub fn total(&self) -> Tally {
        let mut out = Tally::default();
        self.tallies.iter().for_each(|one| out.plus(one));
        out
    }
    /// Every item of every instance, in the order of the screen.
    pub fn all(&self) -> impl Iterator<Item = At> + '_ {
        (0u16..).zip(&self.plan.sections).flat_map(|(section, _)| self.of_section(section))
    }
    /// The same of one section.
    pub(super) fn of_section(&self, section: u16) -> impl Iterator<Item = At> + '_ {
        let first = self.plan.sections.get(usize::from(section)).map_or(0, |s| s.first);
        let count = self.plan.section(section).map_or(0, |s| u32::try_from(s.items.len()).unwrap_or(0));
        (0..self.instances(section)).flat_map(move |instance| (first..first + count).map(move |item| At { item, instance }))
    }
    /// Which rules of an item hold.
    pub(super) fn holding(&self, at: At) -> impl Iterator<Item = u32> + '_ {
        let (first, count) = self.plan.items.get(at.item as usize).map_or((0, 0), |i| i.rules);
        (first..first + count).filter(move |rule| self.rule_holds(*rule, at.instance))
    }
    /// Whether an item's rule holds, by its place among them.
    pub fn rule_holds_at(&self, at: At, nth: u32) -> bool {
        let (first, count) = self.plan.items.get(at.item as usize).map_or((0, 0), |i| i.rules);
        nth < count && self.rule_holds(first + nth, at.instance)
    }
    fn rule_holds(&self, rule: u32, instance: u16) -> bool {
        self.rules.get(rule as usize).and_then(|all| all.get(usize::from(instance))).copied().unwrap_or(false)
    }

    /// Whether a rule holds in any instance.
    pub(super) fn holds_somewhere(&self, rule: u32) -> bool {
        self.rules.get(rule as usize).is_some_and(|all| all.contains(&true))
    }

    /// The slot, after its section was made to be there that often.
    fn reach(&mut self, at: At) -> Result<&mut Slot, NoSuchItem> {
        let section = self.plan.items.get(at.item as usize).ok_or(NoSuchItem)?.section;
        if at.instance >= self.plan.repeats(section) {
            return Err(NoSuchItem);
        }
        self.grow_to(section, at.instance + 1);
        self.slots.get_mut(at.item as usize).and_then(|all| all.get_mut(usize::from(at.instance))).ok_or(NoSuchItem)
    }

    fn grow_to(&mut self, section: u16, count: u16) {
        let now = &mut self.instances[usize::from(section)];
        if *now >= count {
            return;
        }
        *now = count;
        let count = usize::from(count);
        let first = self.plan.sections[usize::from(section)].first as usize;
        let items = self.plan.section(section).map_or(0, |s| s.items.len());
        for item in first..first + items {
            self.slots[item].resize_with(count, Slot::default);
            if self.plan.items[item].ends {
                self.ended[item].resize(count, false);
            }
            let (rule, rules) = self.plan.items[item].rules;
            for one in rule..rule + rules {
                self.rules[one as usize].resize(count, false);
            }
        }
    }
}
