//! From a form to its plan. Every flaw is found in one go.

use std::collections::BTreeSet;

use super::nodes::Nodes;
use super::{Flaw, Place, Plan, PlannedItem, PlannedRule, PlannedSection};
use crate::form::expr::{self, Found, Graph, Kind, Names, Program, compile_at};
use crate::form::{Expr, Form, Item, ItemKind, Rule, Then};
use crate::near::did_you_mean;

/// Where the nodes of each expression begin in its text; empty where nobody knows.
pub type Places<'a> = &'a dyn Fn(Place) -> Vec<usize>;

impl Plan {
    /// Compiles a form whose expressions were checked when it was published: of one that this app does not understand
    /// every flaw.
    pub fn of(form: Form) -> Result<Self, Vec<Flaw>> {
        Self::with(form, &|_| Vec::new())
    }

    /// The same, with the place of each error in its text.
    pub fn with(form: Form, places: Places<'_>) -> Result<Self, Vec<Flaw>> {
        let mut names = Names::of(&form);
        let mut build = Build { places, flaws: Vec::new() };
        let mut calculated = build.calculated(&form, &mut names);
        let (mut sections, mut items, mut rules) = (Vec::new(), Vec::new(), Vec::new());
        let mut ended_by = None;
        let mut number = 0u32;
        for (n, section) in (0u16..).zip(&form.sections) {
            let gate = section.visible_if.as_ref().and_then(|e| build.condition(Place::Section(n), e, &names, None));
            sections.push(PlannedSection { first: number, gate });
            for item in &section.items {
                let mut planned = build.item(number, item, n, &names);
                planned.calculate = calculated.get_mut(number as usize).and_then(Option::take);
                planned.rules = (u32::try_from(rules.len()).unwrap_or(u32::MAX), 0);
                for (nth, rule) in (0u32..).zip(&item.rules) {
                    if let Some(when) = build.condition(Place::Rule(number, nth), &rule.when, &names, Some(n)) {
                        rules.push(PlannedRule { item: number, when, nth });
                        planned.rules.1 += 1;
                    }
                }
                planned.ended_by = ended_by;
                planned.ends = ends(item);
                if planned.ends {
                    ended_by = Some(number);
                }
                items.push(planned);
                number += 1;
            }
        }
        build.shown(&form, &names, &rules, &mut items);
        drop(names);
        if !build.flaws.is_empty() {
            return Err(build.flaws);
        }
        match Nodes::of(&form, &sections, &items, &rules) {
            Ok(nodes) => {
                let by_slug = form.items().map(|item| item.slug.clone()).zip(0..).collect();
                let mut plan =
                    Self { form, by_slug, sections, items, rules, nodes, failing: Vec::new(), ending: Vec::new(), chosen: Vec::new() };
                let fails = |rule: &u32| plan.rule(*rule).is_some_and(|rule| rule.then.contains(&Then::FailSection));
                plan.failing = (0..u32::try_from(plan.rules.len()).unwrap_or(u32::MAX)).filter(fails).collect();
                plan.chosen = (0..plan.len()).filter(|n| !plan.items[*n as usize].filters.is_empty()).collect();
                plan.ending = (0..plan.len()).filter(|n| plan.items[*n as usize].ends).collect();
                let flaws = plan.demands_that_move(places);
                if flaws.is_empty() { Ok(plan) } else { Err(flaws) }
            }
            Err(circle) => Err(vec![circle.flaw(&form, &sections, &items, &rules, places)]),
        }
    }
}

impl Plan {
    /// What rules ask for is made of the answers, where they are: nobody would be told of one that comes true with time, and
    /// one that is true for some people alone would be another on each phone.
    fn demands_that_move(&self, places: Places<'_>) -> Vec<Flaw> {
        let asks = |rule: &Rule| rule.then.iter().any(|then| matches!(then, Then::Action(_) | Then::Notify(_)));
        let moving = self.nodes.moving().into_iter().filter(|n| self.rule(*n).is_some_and(asks));
        let flaw = |rule: &PlannedRule| {
            let place = Place::Rule(rule.item, rule.nth);
            let message = "‘action’ and ‘notify’ follow from answers and the site alone: not from now(), today() or person, here or in \
                           what this reads";
            Flaw {
                place,
                error: expr::Error { at: places(place).first().copied().unwrap_or(0), ..expr::Error::plain(Found::Arguments, message) },
            }
        };
        moving.filter_map(|n| self.rules.get(n as usize)).map(flaw).collect()
    }
}

fn ends(item: &Item) -> bool {
    item.rules.iter().flat_map(|r| &r.then).any(|then| matches!(then, Then::EndRun(_)))
}

struct Build<'a> {
    places: Places<'a>,
    flaws: Vec<Flaw>,
}

impl Build<'_> {
    fn compile(&mut self, place: Place, e: &Expr, names: &Names<'_>, section: Option<u16>, wanted: Option<&Kind>) -> Option<Program> {
        match compile_at(&e.0, &(self.places)(place), &names.within(section), wanted) {
            Ok(program) => Some(program),
            Err(error) => {
                self.flaws.push(Flaw { place, error });
                None
            }
        }
    }

    fn condition(&mut self, place: Place, e: &Expr, names: &Names<'_>, section: Option<u16>) -> Option<Program> {
        self.compile(place, e, names, section, Some(&Kind::Bool))
    }

    fn item(&mut self, n: u32, item: &Item, section: u16, names: &Names<'_>) -> PlannedItem {
        let here = Some(section);
        PlannedItem {
            section,
            visible_if: item.visible_if.as_ref().and_then(|e| self.condition(Place::Visible(n), e, names, here)),
            constraint: item.constraint.as_ref().and_then(|(e, _)| self.condition(Place::Constraint(n), e, names, here)),
            filters: self.filters(n, item, names, section),
            shown_by: Vec::new(),
            calculate: None,
            rules: (0, 0),
            ended_by: None,
            ends: false,
        }
    }

    /// What the rows of a list are chosen by: each a text or a choice, compared with what the row says as it stands.
    fn filters(&mut self, n: u32, item: &Item, names: &Names<'_>, section: u16) -> Box<[Program]> {
        let ItemKind::Lookup(lookup) = &item.kind else { return Box::default() };
        let mut out = Vec::with_capacity(lookup.filters.len());
        for (nth, filter) in (0u32..).zip(&lookup.filters) {
            let place = Place::Filter(n, nth);
            let Some(program) = self.compile(place, &filter.is, names, Some(section), None) else { continue };
            let reads = program.reads();
            let message = if reads.person || !reads.history.is_empty() {
                "what a row is chosen by is the same for everybody: it can't be of whoever answers, or of an earlier run".to_owned()
            } else if matches!(program.kind(), Kind::Text | Kind::Choice(_)) {
                out.push(program);
                continue;
            } else {
                format!("a column is chosen by a choice or a text; this is {}", program.kind().name())
            };
            let at = (self.places)(place).first().copied().unwrap_or(0);
            self.flaws.push(Flaw { place, error: expr::Error { at, ..expr::Error::plain(Found::Kind, message) } });
        }
        out.into()
    }

    /// The calculated items, each after those that it reads: its type is known only once theirs are.
    fn calculated(&mut self, form: &Form, names: &mut Names<'_>) -> Vec<Option<Program>> {
        let items: Vec<(u16, &Item)> = (0u16..).zip(&form.sections).flat_map(|(n, s)| s.items.iter().map(move |i| (n, i))).collect();
        let mut out: Vec<Option<Program>> = std::iter::repeat_with(|| None).take(items.len()).collect();
        for (n, (_, item)) in (0u32..).zip(&items) {
            let message = match (&item.kind, &item.calculate) {
                (ItemKind::Calculated, None) => "a calculated item needs ‘calculate’: what it comes to",
                (ItemKind::Calculated, Some(_)) | (_, None) => continue,
                _ => "only an item of the kind calculated has ‘calculate’: what somebody answers is not worked out",
            };
            self.flaws.push(Flaw { place: Place::Calculate(n), error: expr::Error::plain(Found::Arguments, message) });
        }
        let reads: Vec<BTreeSet<u32>> = items
            .iter()
            .map(|(_, item)| item.calculate.iter().flat_map(|e| e.0.items()).filter_map(|slug| names.number(slug)).collect())
            .collect();
        // What goes round in a circle has no type, and whatever reads it would be told a second fault that is none.
        let order = match Graph::of(&reads) {
            Ok(graph) => graph.order().to_vec(),
            Err(circle) => {
                let slugs: Vec<&str> = circle.0.iter().filter_map(|n| items.get(*n as usize)).map(|(_, i)| i.slug.as_str()).collect();
                let place = Place::Calculate(circle.0.first().copied().unwrap_or(0));
                self.flaws.push(Flaw { place, error: expr::Error::plain(Found::Circle, round(&slugs)) });
                return out;
            }
        };
        for n in order {
            let Some((section, item)) = items.get(n as usize).copied() else { continue };
            let (ItemKind::Calculated, Some(e)) = (&item.kind, &item.calculate) else { continue };
            if let Some(program) = self.compile(Place::Calculate(n), e, names, Some(section), None) {
                names.set_kind(&item.slug, program.kind().clone());
                out[n as usize] = Some(program);
            }
        }
        out
    }

    /// Which items are shown by which rules.
    fn shown(&mut self, form: &Form, names: &Names<'_>, rules: &[PlannedRule], items: &mut [PlannedItem]) {
        let all: Vec<&Item> = form.items().collect();
        for (number, rule) in (0u32..).zip(rules) {
            let consequences = all.get(rule.item as usize).and_then(|item| item.rules.get(rule.nth as usize));
            let shows = consequences.into_iter().flat_map(|r| &r.then).flat_map(|then| match then {
                Then::Show(slugs) => slugs.as_slice(),
                _ => &[],
            });
            for (nth, slug) in (0u32..).zip(shows) {
                match names.number(slug) {
                    Some(n) if n == rule.item => {
                        let error = expr::Error::plain(Found::Circle, format!("‘{slug}’ can't be shown by a rule of its own"));
                        self.flaws.push(Flaw { place: Place::Shown(rule.item, rule.nth, nth), error });
                    }
                    Some(n) => items[n as usize].shown_by.push(number),
                    None => {
                        let near = did_you_mean(slug.as_str(), all.iter().map(|i| i.slug.as_str()));
                        let error = expr::Error::plain(Found::Name, format!("there is no item ‘{slug}’ in this form{near}"));
                        self.flaws.push(Flaw { place: Place::Shown(rule.item, rule.nth, nth), error });
                    }
                }
            }
        }
    }
}

/// Items of a circle that are named, beside its first and its last.
const NAMED: usize = 6;

/// A circle in words.
pub(super) fn round(slugs: &[&str]) -> String {
    match slugs {
        [one] => format!("‘{one}’ follows from itself"),
        [first, rest @ ..] => {
            let name = |s: &&str| format!("‘{s}’");
            let by: Vec<String> = match rest {
                // Where it begins and how it comes back; a sentence does not hold two thousand names.
                [head @ .., last] if head.len() > NAMED => {
                    let more = format!("{} others", head.len() - NAMED);
                    head.iter().take(NAMED).map(name).chain([more, name(last)]).collect()
                }
                all => all.iter().map(name).collect(),
            };
            format!("‘{first}’ follows from itself, by way of {}", by.join(", then "))
        }
        [] => "something follows from itself".to_owned(),
    }
}
