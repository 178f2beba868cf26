//! What a form's values follow from. A node is one thing that is worked out; where its section repeats, once for each
//! instance.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Places, round};
use super::{Flaw, Place, PlannedItem, PlannedRule, PlannedSection};
use crate::form::Form;
use crate::form::expr::{self, Found, Graph, Program, Reads};

/// One thing that is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::form) enum Node {
    /// Whether a section is there.
    Gate(u16),
    /// Whether an item is there, and what its answer is.
    Item(u32),
    /// Whether an answer keeps its constraint.
    Check(u32),
    /// Whether a rule holds.
    Rule(u32),
    /// Whether the run ended with this item, or before it.
    Ended(u32),
}

/// Who reads a node.
#[derive(Debug, Clone, Copy)]
pub(in crate::form) struct Reader {
    pub node: u32,
    /// Of what is read every instance counts for every instance of the reader, not its own alone.
    pub wide: bool,
}

#[derive(Debug)]
pub(in crate::form) struct Nodes {
    all: Vec<Node>,
    /// The repeating section that each is in.
    scopes: Vec<Option<u16>>,
    graph: Graph,
    readers: Vec<Vec<Reader>>,
    /// Of each section the nodes that ask how often it is there.
    counters: Vec<Vec<u32>>,
    /// Those that change as time goes on.
    clocks: Vec<u32>,
    /// Those that are others for another person.
    persons: Vec<u32>,
    history: bool,
    site: bool,
    asset: bool,
}

/// Nodes in a circle.
#[derive(Debug)]
pub(super) struct Circle {
    nodes: Vec<Node>,
    /// What the first of them reads, that is of the circle.
    next: u32,
}

impl Nodes {
    pub(super) fn of(form: &Form, sections: &[PlannedSection], items: &[PlannedItem], rules: &[PlannedRule]) -> Result<Self, Circle> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let all: Vec<Node> = (0u16..)
            .zip(sections)
            .map(|(n, _)| Node::Gate(n))
            .chain((0..count(items.len())).map(Node::Item))
            .chain((0..count(rules.len())).map(Node::Rule))
            // Most items have nothing to keep and end nothing: there is no node for what is never worked out.
            .chain((0u32..).zip(items).filter(|(_, item)| item.ends).map(|(n, _)| Node::Ended(n)))
            .chain(
                (0u32..).zip(items).filter(|(_, item)| item.constraint.is_some() || !item.filters.is_empty()).map(|(n, _)| Node::Check(n)),
            )
            .collect();
        let ended = (0u32..).zip(&all).filter_map(|(id, node)| if let Node::Ended(n) = node { Some((*n, id)) } else { None }).collect();
        let ids = Ids { sections: count(sections.len()), items: count(items.len()), ended };
        let repeats = |section: u16| form.sections.get(usize::from(section)).and_then(|s| s.repeat).map(|_| section);
        let scope = |node: &Node| match node {
            Node::Gate(_) => None,
            Node::Item(n) | Node::Check(n) | Node::Ended(n) => repeats(items[*n as usize].section),
            Node::Rule(n) => repeats(items[rules[*n as usize].item as usize].section),
        };
        let scopes: Vec<Option<u16>> = all.iter().map(scope).collect();
        let mut nodes = Self {
            readers: vec![Vec::new(); all.len()],
            counters: vec![Vec::new(); sections.len()],
            clocks: Vec::new(),
            persons: Vec::new(),
            site: false,
            asset: false,
            history: false,
            graph: Graph::of(&[]).map_err(|_| Circle { nodes: Vec::new(), next: 0 })?,
            scopes,
            all,
        };
        let mut reads: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); nodes.all.len()];
        for (reader, node) in (0u32..).zip(nodes.all.clone()) {
            let (programs, direct) = sources(node, sections, items, rules, &ids);
            for read in programs.into_iter().flatten().map(Program::reads) {
                nodes.note(reader, &read);
                let all = nodes.scopes[reader as usize].is_some_and(|section| read.sections.contains(&section));
                for item in &read.items {
                    nodes.reads(reader, ids.item(*item), all, &mut reads);
                }
            }
            for one in direct {
                nodes.reads(reader, one, false, &mut reads);
            }
        }
        nodes.graph = Graph::of(&reads).map_err(|circle| {
            let next = circle.0.get(1).or(circle.0.first()).copied().unwrap_or(0);
            Circle { nodes: circle.0.iter().map(|n| nodes.all[*n as usize]).collect(), next }
        })?;
        Ok(nodes)
    }

    fn note(&mut self, reader: u32, read: &Reads) {
        read.sections.iter().for_each(|s| self.counters[usize::from(*s)].push(reader));
        self.history |= !read.history.is_empty();
        self.site |= read.site;
        self.asset |= read.asset;
        if read.clock {
            self.clocks.push(reader);
        }
        if read.person {
            self.persons.push(reader);
        }
    }

    /// The rules that hold at some times, or for some people, and not for others.
    pub(super) fn moving(&self) -> Vec<u32> {
        let first: BTreeSet<u32> = self.clocks.iter().chain(&self.persons).copied().collect();
        let all: BTreeSet<u32> = first.iter().copied().chain(self.graph.after(first.iter().copied())).collect();
        all.into_iter().filter_map(|id| if let Node::Rule(n) = self.node(id) { Some(n) } else { None }).collect()
    }

    fn reads(&mut self, reader: u32, node: u32, all: bool, reads: &mut [BTreeSet<u32>]) {
        let (own, its) = (self.scopes[reader as usize], self.scopes[node as usize]);
        let wide = all || own.is_none() || own != its;
        let list = &mut self.readers[node as usize];
        match list.iter_mut().find(|r| r.node == reader) {
            Some(one) => one.wide |= wide,
            None => list.push(Reader { node: reader, wide }),
        }
        reads[reader as usize].insert(node);
    }

    pub(in crate::form) fn len(&self) -> u32 {
        u32::try_from(self.all.len()).unwrap_or(u32::MAX)
    }
    pub(in crate::form) fn node(&self, id: u32) -> Node {
        self.all[id as usize]
    }
    pub(in crate::form) fn scope(&self, id: u32) -> Option<u16> {
        self.scopes[id as usize]
    }
    pub(in crate::form) fn place(&self, id: u32) -> u32 {
        self.graph.place(id)
    }
    pub(in crate::form) fn at(&self, place: u32) -> u32 {
        self.graph.order()[place as usize]
    }
    pub(in crate::form) fn readers(&self, id: u32) -> &[Reader] {
        &self.readers[id as usize]
    }
    pub(in crate::form) fn counters(&self, section: u16) -> &[u32] {
        &self.counters[usize::from(section)]
    }
    pub(in crate::form) fn clocks(&self) -> &[u32] {
        &self.clocks
    }
    pub(super) fn asks_for_history(&self) -> bool {
        self.history
    }
    pub(super) fn asks_for_the_site(&self) -> bool {
        self.site
    }
    pub(super) fn asks_for_the_asset(&self) -> bool {
        self.asset
    }
    /// The node of an item.
    pub(in crate::form) fn item(&self, n: u32) -> u32 {
        u32::try_from(self.counters.len()).unwrap_or(u32::MAX) + n
    }
}

/// How nodes are numbered: gates, items, rules, ends, checks.
struct Ids {
    sections: u32,
    items: u32,
    /// Of the items that may end the run.
    ended: BTreeMap<u32, u32>,
}

impl Ids {
    fn item(&self, n: u32) -> u32 {
        self.sections + n
    }
    fn ended(&self, n: u32) -> Option<u32> {
        self.ended.get(&n).copied()
    }
    fn rule(&self, n: u32) -> u32 {
        self.sections + self.items + n
    }
}

/// What a node is worked out from: programs, and other nodes.
fn sources<'a>(
    node: Node,
    sections: &'a [PlannedSection],
    items: &'a [PlannedItem],
    rules: &'a [PlannedRule],
    ids: &Ids,
) -> (Vec<Option<&'a Program>>, Vec<u32>) {
    match node {
        Node::Gate(n) => (vec![sections[usize::from(n)].gate.as_ref()], vec![]),
        Node::Item(n) => {
            let item = &items[n as usize];
            let mut direct: Vec<u32> = item.shown_by.iter().map(|r| ids.rule(*r)).collect();
            direct.push(u32::from(item.section));
            direct.extend(item.ended_by.and_then(|before| ids.ended(before)));
            // Two lists of which each is chosen by the other's row could never be answered: a circle like any other.
            let own = [item.visible_if.as_ref(), item.calculate.as_ref()].into_iter();
            (own.chain(item.filters.iter().map(Some)).collect(), direct)
        }
        Node::Check(n) => {
            let item = &items[n as usize];
            (item.filters.iter().map(Some).chain([item.constraint.as_ref()]).collect(), vec![ids.item(n)])
        }
        Node::Ended(n) => {
            let item = &items[n as usize];
            let own = (item.rules.0..item.rules.0 + item.rules.1).map(|r| ids.rule(r));
            (vec![], own.chain(item.ended_by.and_then(|before| ids.ended(before))).collect())
        }
        Node::Rule(n) => {
            let rule = &rules[n as usize];
            (vec![Some(&rule.when)], vec![ids.item(rule.item)])
        }
    }
}

impl Circle {
    /// The circle by the names of its items, at an expression of the first of them.
    pub(super) fn flaw(
        &self,
        form: &Form,
        sections: &[PlannedSection],
        items: &[PlannedItem],
        rules: &[PlannedRule],
        places: Places<'_>,
    ) -> Flaw {
        let all: Vec<&str> = form.items().map(|i| i.slug.as_str()).collect();
        let name = |node: &Node| match node {
            Node::Gate(n) => form.sections[usize::from(*n)].slug.as_str(),
            Node::Item(n) | Node::Check(n) | Node::Ended(n) => all[*n as usize],
            Node::Rule(n) => all[rules[*n as usize].item as usize],
        };
        let mut slugs: Vec<&str> = self.nodes.iter().map(name).collect();
        slugs.dedup();
        if slugs.len() > 1 && slugs.first() == slugs.last() {
            slugs.pop();
        }
        let place = match self.nodes.first() {
            Some(Node::Gate(n)) => Place::Section(*n),
            Some(Node::Rule(n)) => Place::Rule(rules[*n as usize].item, rules[*n as usize].nth),
            Some(Node::Check(n)) => Place::Constraint(*n),
            Some(Node::Item(n) | Node::Ended(n)) => {
                let next = self.next.checked_sub(u32::try_from(sections.len()).unwrap_or(0));
                let reads = |p: &Option<Program>| p.as_ref().zip(next).is_some_and(|(p, next)| p.reads().items.contains(&next));
                let item = &items[*n as usize];
                let filter = (0u32..).zip(&item.filters).find(|(_, f)| next.is_some_and(|next| f.reads().items.contains(&next)));
                match item.shown_by.first() {
                    _ if filter.is_some() => Place::Filter(*n, filter.map_or(0, |(nth, _)| nth)),
                    _ if reads(&item.visible_if) => Place::Visible(*n),
                    _ if reads(&item.calculate) => Place::Calculate(*n),
                    Some(rule) => Place::Rule(rules[*rule as usize].item, rules[*rule as usize].nth),
                    None => Place::Visible(*n),
                }
            }
            None => Place::Visible(0),
        };
        let at = places(place).first().copied().unwrap_or(0);
        Flaw { place, error: expr::Error { at, ..expr::Error::plain(Found::Circle, round(&slugs)) } }
    }
}
