//! What follows from a change: each node that reads what changed, once, after all that it reads itself.

use std::collections::BTreeSet;

use super::slot::Given;
use super::tally::Tally;
use super::{At, Changes, Response};
use crate::form::plan::Node;
use crate::form::{Then, Value, expr};

/// Nodes to be worked out anew: where each stands in the order, and of which instance.
type Waiting = BTreeSet<(u32, u16)>;

impl Response {
    /// Works out all of it, as if nothing were known.
    pub(super) fn work_out_everything(&mut self) {
        let plan = self.plan.clone();
        for place in 0..plan.nodes.len() {
            let id = plan.nodes.at(place);
            for instance in 0..self.times(plan.nodes.scope(id)) {
                self.work_out(plan.nodes.node(id), instance);
            }
        }
        let all: Vec<At> = self.all().collect();
        for at in all {
            self.count(at);
        }
    }

    /// What follows where these were answered, and sections grew.
    pub(super) fn after(&mut self, before: Vec<u16>, answered: impl IntoIterator<Item = At>) -> Changes {
        let plan = self.plan.clone();
        let (mut waiting, mut changes) = (Waiting::new(), Changes::default());
        for (section, before) in (0u16..).zip(before) {
            let now = self.instances(section);
            if now == before {
                continue;
            }
            changes.grown.insert(section, before);
            changes.sections.insert(section);
            for node in plan.nodes.counters(section) {
                self.put(&mut waiting, *node, None);
            }
            for id in (0..plan.nodes.len()).filter(|id| plan.nodes.scope(*id) == Some(section)) {
                waiting.extend((before..now).map(|instance| (plan.nodes.place(id), instance)));
            }
            changes.items.extend(self.of_section(section).filter(|at| at.instance >= before));
        }
        for at in answered {
            changes.items.insert(at);
            waiting.insert((plan.nodes.place(plan.nodes.item(at.item)), at.instance));
            // N/A or not, a clash or none: what reads it may ask for more than its value.
            for reader in plan.nodes.readers(plan.nodes.item(at.item)) {
                self.put(&mut waiting, reader.node, (!reader.wide).then_some(at.instance));
            }
        }
        self.run(waiting, &mut changes);
        changes
    }

    /// What follows from time going on.
    pub(super) fn after_the_clock(&mut self) -> Changes {
        let (plan, mut waiting, mut changes) = (self.plan.clone(), Waiting::new(), Changes::default());
        for node in plan.nodes.clocks() {
            self.put(&mut waiting, *node, None);
        }
        self.run(waiting, &mut changes);
        changes
    }

    fn times(&self, scope: Option<u16>) -> u16 {
        scope.map_or(1, |section| self.instances(section))
    }

    fn put(&self, waiting: &mut Waiting, node: u32, instance: Option<u16>) {
        let place = self.plan.nodes.place(node);
        match instance {
            Some(instance) => waiting.extend([(place, instance)]),
            None => waiting.extend((0..self.times(self.plan.nodes.scope(node))).map(|instance| (place, instance))),
        }
    }

    fn run(&mut self, mut waiting: Waiting, changes: &mut Changes) {
        let plan = self.plan.clone();
        while let Some((place, instance)) = waiting.pop_first() {
            let id = plan.nodes.at(place);
            let node = plan.nodes.node(id);
            if !self.work_out(node, instance) {
                continue;
            }
            match node {
                Node::Gate(section) => changes.sections.extend([section]),
                Node::Item(item) | Node::Check(item) => changes.items.extend([At { item, instance }]),
                Node::Rule(rule) => changes.items.extend([At { item: plan.rules[rule as usize].item, instance }]),
                Node::Ended(_) => {}
            }
            for reader in plan.nodes.readers(id) {
                self.put(&mut waiting, reader.node, (!reader.wide).then_some(instance));
            }
        }
        // What is to be answered first may be another item now, where there is nothing to choose from as before.
        for item in &plan.chosen {
            let all = (0u16..).zip(&self.slots[*item as usize]);
            changes.items.extend(all.filter(|(_, slot)| slot.waits).map(|(instance, _)| At { item: *item, instance }));
        }
        for at in &changes.items {
            if self.count(*at) {
                changes.sections.insert(plan.section_of(at.item));
            }
        }
    }

    /// Works one node out; whether it is another than before.
    fn work_out(&mut self, node: Node, instance: u16) -> bool {
        let plan = self.plan.clone();
        let here = Some(instance);
        match node {
            Node::Gate(n) => {
                let asked_of = plan.section(n).and_then(|section| section.asked_of);
                let holds = asked_of.is_none_or(|role| self.around.asked.contains(&role))
                    && plan.sections[usize::from(n)].gate.as_ref().is_none_or(|gate| gate.holds(self, None) == Some(true));
                std::mem::replace(&mut self.gates[usize::from(n)], holds) != holds
            }
            Node::Item(n) => {
                let item = &plan.items[n as usize];
                let visible = self.gates[usize::from(item.section)]
                    && item.visible_if.as_ref().is_none_or(|shown| shown.holds(self, here) == Some(true))
                    && (item.shown_by.is_empty() || item.shown_by.iter().any(|rule| self.holds_for(*rule, item.section, instance)))
                    && !item.ended_by.is_some_and(|before| self.ended_for(before, item.section, instance));
                let value = match (&item.calculate, &self.slots[n as usize][usize::from(instance)].given) {
                    _ if !visible => expr::Value::Unknown,
                    (Some(program), _) => program.value(self, here),
                    (None, Given::One(value)) => expr::Value::from(value),
                    (None, _) => expr::Value::Unknown,
                };
                let slot = &mut self.slots[n as usize][usize::from(instance)];
                let changed = slot.visible != visible || slot.value != value;
                (slot.visible, slot.value) = (visible, value);
                changed
            }
            Node::Check(n) => {
                let item = &plan.items[n as usize];
                let (of, known) = {
                    let slot = &self.slots[n as usize][usize::from(instance)];
                    (slot.given.value(), slot.value.is_known())
                };
                let broken = known && item.constraint.as_ref().is_some_and(|constraint| constraint.holds(self, here) == Some(false));
                let wanted: Vec<Option<String>> = self.wanted(n, instance).collect();
                let waits = wanted.contains(&None);
                let unfit = match of {
                    Some(Value::Row(row)) if known => {
                        let differs = |(at, wanted): (usize, &Option<String>)| wanted.as_ref().is_some_and(|w| row.by.get(at) != Some(w));
                        wanted.iter().enumerate().any(differs)
                    }
                    _ => false,
                };
                let slot = &mut self.slots[n as usize][usize::from(instance)];
                let before = (slot.broken, slot.unfit, slot.waits);
                (slot.broken, slot.unfit, slot.waits) = (broken, unfit, waits);
                before != (broken, unfit, waits)
            }
            Node::Rule(n) => {
                let rule = &plan.rules[n as usize];
                let holds = self.slots[rule.item as usize][usize::from(instance)].visible && rule.when.holds(self, here) == Some(true);
                std::mem::replace(&mut self.rules[n as usize][usize::from(instance)], holds) != holds
            }
            Node::Ended(n) => {
                let item = &plan.items[n as usize];
                let own = self
                    .holding(At { item: n, instance })
                    .any(|rule| plan.rule(rule).is_some_and(|rule| rule.then.iter().any(|then| matches!(then, Then::EndRun(_)))));
                let ended = own || item.ended_by.is_some_and(|before| self.ended_for(before, item.section, instance));
                std::mem::replace(&mut self.ended[n as usize][usize::from(instance)], ended) != ended
            }
        }
    }

    /// What each column that a row of a list is chosen by has to be; none where nobody knows yet.
    pub(super) fn wanted(&self, item: u32, instance: u16) -> impl Iterator<Item = Option<String>> + '_ {
        let filters = self.plan.items.get(item as usize).map_or(&[][..], |item| &item.filters);
        filters.iter().map(move |filter| match filter.value(self, Some(instance)) {
            expr::Value::Text(text) => Some(text.trim().to_owned()),
            expr::Value::Choice(slug) => Some(slug.to_string()),
            _ => None,
        })
    }

    /// Whether a rule holds as it concerns an instance of a section: of its own section the same instance, of another any.
    fn holds_for(&self, rule: u32, section: u16, instance: u16) -> bool {
        let own = self.plan.section_of(self.plan.rules[rule as usize].item) == section;
        let all = &self.rules[rule as usize];
        if own { all.get(usize::from(instance)).copied().unwrap_or(false) } else { all.contains(&true) }
    }

    fn ended_for(&self, item: u32, section: u16, instance: u16) -> bool {
        let all = &self.ended[item as usize];
        if self.plan.section_of(item) == section { all.get(usize::from(instance)).copied().unwrap_or(false) } else { all.contains(&true) }
    }

    /// Counts an item anew; whether its section's figures changed by it.
    fn count(&mut self, at: At) -> bool {
        let new = self.counted(at);
        let section = usize::from(self.plan.section_of(at.item));
        let Some(slot) = self.slots.get_mut(at.item as usize).and_then(|all| all.get_mut(usize::from(at.instance))) else { return false };
        let old: Tally = std::mem::replace(&mut slot.tally, new);
        self.tallies[section].less(&old);
        self.tallies[section].plus(&new);
        old != new
    }
}
