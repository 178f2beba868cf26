//! What a filled form is worth. Integers only: a percentage is for display.
//!
//! - An item's points are its kind's: all, none, or a part ([`super::item::Answers::points`]); of a question with a key,
//!   what is right ([`super::key`]).
//! - N/A and what is not there leave both sides. What nobody answered has no points.
//! - A section's points are its items', each instance's; in the whole each counts as often as its section weighs. A section
//!   that a rule failed has none of its points.
//! - The whole is passed with the pass mark or more, and without a critical item that failed.

use super::response::{At, Response};
use super::{Item, Value};

/// Points of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionScore {
    pub points: u64,
    pub possible: u64,
    /// Possible, and not answered.
    pub open: u64,
    /// A rule failed it.
    pub failed: bool,
    pub weight: u32,
}

/// What all of it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// With each section's weight.
    pub points: u64,
    pub possible: u64,
    pub open: u64,
    pub sections: Vec<SectionScore>,
    /// Critical items that failed.
    pub critical: Vec<At>,
    /// Whether it is passed; none where the form has no pass mark and nothing critical failed.
    pub passed: Option<bool>,
}

/// What would change a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levers {
    /// Of one that is not passed: points that are missing. Of one that is: points that can be lost.
    pub points: u64,
    /// Critical items that would have to be put right, whatever the points.
    pub critical: Vec<At>,
    /// Sections that a rule failed, and what they would bring.
    pub sections: Vec<(u16, u64)>,
    /// What else has less than its points, the most first, as it counts in the whole.
    pub items: Vec<(At, u64)>,
}

impl Item {
    /// Whether its answers have points.
    pub fn scores(&self) -> bool {
        self.answer_key.is_some() || self.kind.answers().scores()
    }
    /// Of `weight` points those that an answer has; none where it does not score.
    pub fn worth(&self, value: &Value, weight: u32) -> Option<u32> {
        match &self.answer_key {
            Some(_) => Some(super::key::worth(self, value, weight)),
            None => self.kind.answers().points(value, weight),
        }
    }
}

impl Response {
    /// What it is worth as it is filled now.
    pub fn score(&self) -> Score {
        let plan = self.plan();
        let sections: Vec<SectionScore> = (0u16..)
            .zip(&plan.form().sections)
            .map(|(n, section)| {
                let (tally, failed) = (self.tally(n), self.is_failed(n));
                SectionScore {
                    points: if failed { 0 } else { tally.points.into() },
                    possible: tally.possible.into(),
                    open: tally.open.into(),
                    failed,
                    weight: section.weight,
                }
            })
            .collect();
        let sum = |of: fn(&SectionScore) -> u64| {
            sections.iter().fold(0u64, |sum, s| sum.saturating_add(of(s).saturating_mul(u64::from(s.weight))))
        };
        let (points, possible) = (sum(|s| s.points), sum(|s| s.possible));
        let failing = (0u16..).zip(&sections).any(|(n, _)| self.tally(n).failed > 0);
        let critical: Vec<At> =
            if failing { self.all().filter(|at| self.slot(*at).is_some_and(|s| s.tally.failed > 0)).collect() } else { Vec::new() };
        let reached = plan.form().pass_mark.map(|mark| reaches(points, possible, mark));
        let passed = if critical.is_empty() { reached } else { Some(false) };
        Score { points, possible, open: sum(|s| s.open), critical, passed, sections }
    }

    /// Whether a rule fails a section.
    fn is_failed(&self, section: u16) -> bool {
        let plan = self.plan();
        plan.failing.iter().any(|rule| plan.section_of(plan.rules[*rule as usize].item) == section && self.holds_somewhere(*rule))
    }

    /// What would change the result.
    pub fn levers(&self) -> Levers {
        let score = self.score();
        let mark = u128::from(self.plan().form().pass_mark.unwrap_or(0));
        let needed = u64::try_from((u128::from(score.possible) * mark).div_ceil(100)).unwrap_or(u64::MAX);
        let weight = |at: &At| u64::from(score.sections.get(usize::from(self.plan().section_of(at.item))).map_or(1, |s| s.weight));
        let failed = |at: &At| score.sections.get(usize::from(self.plan().section_of(at.item))).is_some_and(|s| s.failed);
        let mut items: Vec<(At, u64)> = self
            .all()
            .filter(|at| !failed(at))
            .filter_map(|at| {
                let tally = self.slot(at)?.tally;
                let lost = u64::from(tally.possible.saturating_sub(tally.points)) * weight(&at);
                (lost > 0).then_some((at, lost))
            })
            .collect();
        items.sort_by_key(|(at, lost)| (std::cmp::Reverse(*lost), *at));
        let sections = (0u16..)
            .zip(&score.sections)
            .filter(|(_, s)| s.failed)
            .map(|(n, s)| (n, u64::from(self.tally(n).points) * u64::from(s.weight)))
            .collect();
        Levers { points: needed.abs_diff(score.points), critical: score.critical, sections, items }
    }
}

/// Whether points are as many as a mark asks for.
fn reaches(points: u64, possible: u64, mark: u8) -> bool {
    u128::from(points) * 100 >= u128::from(possible) * u128::from(mark)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::form::response::tests::{Filling, check, item, rule, section};
    use crate::form::{Form, ItemKind, Plan, Then};

    fn filled(weight: u32) -> Filling {
        let critical = Item { critical: true, ..check("alarm", 0) };
        let note = item("note", ItemKind::Text);
        let mut second = section("second", None, vec![rule("not gas", Then::FailSection, check("gas", 4)), check("oil", 6)]);
        second.weight = weight;
        let form = Form {
            sections: vec![section("first", None, vec![check("door", 3), check("till", 7), critical, note]), second],
            pass_mark: Some(80),
        };
        Filling::of(&Arc::new(Plan::of(form).expect("a form")))
    }
    fn all(f: &mut Filling, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|name| drop(f.say(name, Value::Bool(true))));
        no.iter().for_each(|name| drop(f.say(name, Value::Bool(false))));
    }

    #[test]
    fn points_add_up_and_what_does_not_apply_leaves_both_sides() {
        let mut f = filled(2);
        let s = f.0.score();
        assert_eq!((s.points, s.possible, s.open, s.passed), (0, 30, 30, Some(false)));
        all(&mut f, &["door", "gas", "oil"], &["till"]);
        let s = f.0.score();
        assert_eq!((s.points, s.possible, s.open, s.passed), (23, 30, 0, Some(false)));
        f.say("till", Value::Na(None));
        let s = f.0.score();
        assert_eq!((s.points, s.possible, s.passed), (23, 23, Some(true)));
        f.say("alarm", Value::Bool(false));
        assert_eq!((f.0.score().passed, f.0.score().critical), (Some(false), vec![f.at("alarm")]), "whatever the points");
    }

    #[test]
    fn a_section_that_a_rule_failed_has_none_of_its_points() {
        let mut f = filled(1);
        all(&mut f, &["door", "till", "oil"], &["gas"]);
        let s = f.0.score();
        assert_eq!((s.points, s.possible, s.sections[1].failed, s.passed), (10, 20, true, Some(false)));
        let levers = f.0.levers();
        assert_eq!((levers.points, levers.sections, levers.items), (6, vec![(1, 6)], vec![]));
    }

    #[test]
    fn what_would_change_the_result_is_told_the_most_first() {
        let mut f = filled(1);
        all(&mut f, &["alarm", "gas"], &["door", "till", "oil"]);
        let levers = f.0.levers();
        assert_eq!(levers.points, 12, "4 of 20, and 16 pass");
        assert_eq!(levers.items, [(f.at("till"), 7), (f.at("oil"), 6), (f.at("door"), 3)]);
        all(&mut f, &["till", "oil"], &[]);
        assert_eq!((f.0.score().passed, f.0.levers().points), (Some(true), 1), "one point can be lost");
    }

    #[test]
    fn a_mark_is_reached_exactly() {
        assert!(reaches(4, 5, 80) && !reaches(79, 100, 80) && reaches(0, 0, 100));
        assert!(!reaches(u64::MAX / 2, u64::MAX, 80), "no overflow");
    }
}
