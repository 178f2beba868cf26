//! What follows from a form as it is filled now.

use super::slot::Trouble;
use super::{At, Response};
use crate::Text;
use crate::form::Plan;
use crate::form::rule::{ActionRule, Notice, NotifyWhen, Then};
use crate::form::score::Score;

/// Something that a rule asks for or tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand<'a> {
    Action(&'a ActionRule),
    Notify(&'a Notice),
}

impl Demand<'_> {
    /// Whether it is due: some are only told once the form was handed in.
    pub fn is_due(&self, handed_in: bool) -> bool {
        handed_in || !matches!(self, Self::Notify(Notice { when: NotifyWhen::Submission, .. }))
    }
}

/// A demand with where it stands in the form: which of its item's rules, and which of what follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demanded<'a> {
    pub at: At,
    pub rule: u32,
    pub then: u32,
    pub demand: Demand<'a>,
}

/// What follows from all answers together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// What is not done, in the order of the screen. Nothing is handed in before it is empty.
    pub troubles: Vec<(At, Trouble)>,
    pub demands: Vec<Demanded<'a>>,
    /// Why nothing is asked any more.
    pub ended: Option<(At, &'a Text)>,
    pub score: Score,
}

impl Response {
    /// What follows.
    pub fn outcome(&self) -> Outcome<'_> {
        let troubles = self.all().filter_map(|at| Some((at, self.trouble(at)?))).collect();
        Outcome { troubles, demands: self.demands(), ended: self.ended(), score: self.score() }
    }

    /// What its rules ask for and tell, in the order of the screen.
    pub fn demands(&self) -> Vec<Demanded<'_>> {
        let mut out = Vec::new();
        for at in self.all() {
            let rules = self.holding(at).filter_map(|n| Some((self.plan.rules.get(n as usize)?.nth, self.plan.rule(n)?)));
            for (rule, (then, what)) in rules.flat_map(|(nth, rule)| std::iter::repeat(nth).zip((0u32..).zip(&rule.then))) {
                out.extend(demand(what).map(|demand| Demanded { at, rule, then, demand }));
            }
        }
        out
    }
}

impl Plan {
    /// What a demand says, by its place as [`Demanded`] tells it.
    pub fn demand(&self, item: u32, rule: u32, then: u32) -> Option<Demand<'_>> {
        demand(self.item(item)?.rules.get(rule as usize)?.then.get(then as usize)?)
    }
    /// Whether any of its rules may ask for something, or tell it.
    pub fn has_demands(&self) -> bool {
        self.form().items().flat_map(|item| &item.rules).flat_map(|rule| &rule.then).any(|then| demand(then).is_some())
    }
}

fn demand(then: &Then) -> Option<Demand<'_>> {
    match then {
        Then::Action(action) => Some(Demand::Action(action)),
        Then::Notify(notice) => Some(Demand::Notify(notice)),
        Then::EndRun(_) | Then::Evidence(_) | Then::Note | Then::Show(_) | Then::FailSection => None,
    }
}
