//! What follows from a form as it is filled now.

use super::slot::Trouble;
use super::{At, Response};
use crate::Text;
use crate::form::rule::{ActionRule, Notice, Then};
use crate::form::score::Score;

/// Something that a rule asks for or tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand<'a> {
    Action(&'a ActionRule),
    Notify(&'a Notice),
}

/// What follows from all answers together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// What is not done, in the order of the screen. Nothing is handed in before it is empty.
    pub troubles: Vec<(At, Trouble)>,
    pub demands: Vec<(At, Demand<'a>)>,
    /// Why nothing is asked any more.
    pub ended: Option<(At, &'a Text)>,
    pub score: Score,
}

impl Response {
    /// What follows.
    pub fn outcome(&self) -> Outcome<'_> {
        let mut out = Outcome { troubles: Vec::new(), demands: Vec::new(), ended: self.ended(), score: self.score() };
        for at in self.all() {
            out.troubles.extend(self.trouble(at).map(|trouble| (at, trouble)));
            for then in self.holding(at).filter_map(|rule| self.plan.rule(rule)).flat_map(|rule| &rule.then) {
                match then {
                    Then::Action(action) => out.demands.push((at, Demand::Action(action))),
                    Then::Notify(notice) => out.demands.push((at, Demand::Notify(notice))),
                    Then::EndRun(_) | Then::Evidence(_) | Then::Show(_) | Then::FailSection => {}
                }
            }
        }
        out
    }
}
