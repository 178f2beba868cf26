//! Where somebody who fills a form goes on.

use super::{At, Response};
use crate::Text;
use crate::form::Then;

impl Response {
    /// What is next in the way of handing it in after `here`, from the top again at its end; where nothing is in the way,
    /// the next below that has no answer.
    pub fn next(&self, here: Option<At>) -> Option<At> {
        let place = |at: &At| (self.plan.section_of(at.item), at.instance, at.item);
        let below = |at: &At| here.is_none_or(|here| place(at) > place(&here));
        let mut first = None;
        for section in self.sections_with(|tally| tally.troubles > 0) {
            for at in self.of_section(section).filter(|at| self.slot(*at).is_some_and(|s| s.tally.troubles > 0)) {
                if below(&at) {
                    return Some(at);
                }
                first = first.or(Some(at));
            }
        }
        if first.is_some() {
            return first;
        }
        let open = |at: &At| self.slot(*at).is_some_and(|s| s.tally.asked > s.tally.answered);
        self.sections_with(|tally| tally.asked > tally.answered).flat_map(|n| self.of_section(n)).find(|at| open(at) && below(at))
    }

    /// Why nothing is asked any more, and with which item it ended.
    pub fn ended(&self) -> Option<(At, &Text)> {
        let ending = self.plan.ending.iter().filter(|item| self.ended[**item as usize].contains(&true));
        ending.flat_map(|item| (0..self.instances(self.plan.section_of(*item))).map(|instance| At { item: *item, instance })).find_map(
            |at| {
                let why =
                    self.holding(at).filter_map(|rule| self.plan.rule(rule)).flat_map(|rule| &rule.then).find_map(|then| match then {
                        Then::EndRun(why) => Some(why),
                        _ => None,
                    });
                why.map(|why| (at, why))
            },
        )
    }

    fn sections_with(&self, fits: impl Fn(&super::Tally) -> bool) -> impl Iterator<Item = u16> {
        (0u16..).zip(&self.tallies).filter(move |(_, tally)| fits(tally)).map(|(n, _)| n)
    }
}
