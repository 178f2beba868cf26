//! What is asked of people before it can be known: a condition of what everybody is asked must not depend on what a signer
//! answers once the run was handed in, nor one of an earlier signer on what a later one does. Nobody could sign then: what
//! the later one answers makes something be missing that was to be there before (ADR 25).

use std::collections::{BTreeMap, BTreeSet};

use super::expr::Node;
use super::plan::Place;
use super::{Form, Item, Section, Then};
use crate::Slug;
use crate::permission::Role;
use crate::release::Signers;

/// A condition that depends on what is answered after it has to be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLate {
    pub place: Place,
    /// What it depends on that is asked of somebody later, and of whom.
    pub on: Slug,
    pub answered_by: Role,
    /// Of whom what depends is asked; none: everybody.
    pub asked_of: Option<Role>,
}

impl std::fmt::Display for TooLate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (later, before) = (self.answered_by.name(), self.asked_of.map_or("everybody", Role::name));
        write!(
            f,
            "what is asked of {before} can't depend on ‘{}’, which is asked of {later} later: nobody could sign then; ask both of {later}, \
             or neither",
            self.on
        )
    }
}

/// All of a form's, in its order.
pub fn too_late(form: &Form, signers: &Signers) -> Vec<TooLate> {
    if form.sections.iter().all(|section| section.asked_of.is_none()) {
        return Vec::new();
    }
    let mut look = Look { signers, known: BTreeMap::new(), found: Vec::new() };
    for section in &form.sections {
        look.known.extend(section.items.iter().map(|item| (&item.slug, (section.asked_of, item))));
    }
    let mut number = 0;
    for (n, section) in (0u16..).zip(&form.sections) {
        if let Some(gate) = &section.visible_if {
            look.compare(Place::Section(n), &gate.0, section.asked_of, None);
        }
        let behind = form.sections.get(usize::from(n) + 1..).unwrap_or_default();
        for item in &section.items {
            look.item(number, item, section, behind);
            number += 1;
        }
    }
    look.found
}

struct Look<'a> {
    signers: &'a Signers,
    known: BTreeMap<&'a Slug, (Option<Role>, &'a Item)>,
    found: Vec<TooLate>,
}

impl<'a> Look<'a> {
    /// When somebody is asked: whoever fills the run first, then the signers in their order.
    fn turn_of(&self, role: Option<Role>) -> usize {
        role.and_then(|role| self.signers.place(role)).map_or(0, |place| place + 1)
    }

    fn item(&mut self, n: u32, item: &'a Item, section: &Section, behind: &[Section]) {
        let own = section.asked_of;
        if let Some(condition) = &item.visible_if {
            self.compare(Place::Visible(n), &condition.0, own, None);
        }
        if let Some((condition, _)) = &item.constraint {
            self.compare(Place::Constraint(n), &condition.0, own, None);
        }
        for (nth, filter) in (0u32..).zip(item.lookup().map_or(&[][..], |lookup| &lookup.filters)) {
            self.compare(Place::Filter(n, nth), &filter.is.0, own, None);
        }
        for (nth, rule) in (0u32..).zip(&item.rules) {
            let (mut shown, when) = (0u32.., &rule.when.0);
            for then in &rule.then {
                match then {
                    Then::Evidence(_) | Then::Note => self.compare(Place::Rule(n, nth), when, own, None),
                    Then::Show(slugs) => {
                        for (slug, place) in slugs.iter().zip(shown.by_ref()) {
                            let of = self.known.get(slug).and_then(|(of, _)| *of);
                            self.compare(Place::Shown(n, nth, place), when, of, Some(&item.slug));
                        }
                    }
                    // Whoever is asked first of what it ends.
                    Then::EndRun(_) => {
                        let first = behind.iter().map(|section| section.asked_of).chain([own]).min_by_key(|of| self.turn_of(*of));
                        self.compare(Place::Rule(n, nth), when, first.flatten(), Some(&item.slug));
                    }
                    // What is to be put right, who is told, and what counts: of nothing that has to be answered.
                    Then::Action(_) | Then::Notify(_) | Then::FailSection => {}
                }
            }
        }
    }

    /// Notes what is asked of `of` and depends on what this condition names, or on the item whose rule it is.
    fn compare(&mut self, place: Place, condition: &Node, of: Option<Role>, by: Option<&Slug>) {
        let turn = self.turn_of(of);
        let mut left: Vec<&Slug> = condition.items_now().into_iter().chain(by).collect();
        let mut seen = BTreeSet::new();
        while let Some(slug) = left.pop() {
            let Some((asked_of, item)) = self.known.get(slug).copied().filter(|_| seen.insert(slug)) else { continue };
            if let Some(answered_by) = asked_of.filter(|_| self.turn_of(asked_of) > turn) {
                let one = TooLate { place, on: slug.clone(), answered_by, asked_of: of };
                if !self.found.contains(&one) {
                    self.found.push(one);
                }
                return;
            }
            // What is worked out is known when what it is made of is.
            left.extend(item.calculate.iter().flat_map(|e| e.0.items_now()));
        }
    }
}
