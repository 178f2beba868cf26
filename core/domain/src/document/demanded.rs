//! What the rules of a run ask for and whom they tell, as it stands.

use std::collections::BTreeMap;

use super::{Run, RunState};
use crate::form::Response;
use crate::form::response::{At, Demand, Demanded, Given};

/// What one run asks for at most; more is no list that anybody would go through, and costs each answer its rows.
pub const MOST: usize = 500;

/// A demand with its times, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    pub demanded: Demanded<'a>,
    /// From which answer on its rule has held without a break, by the clock of whoever gave it; from the beginning of the
    /// run where no answer made it hold. The same bad answer again does not begin it anew.
    pub since_ms: i64,
    /// By when it is to be put right.
    pub due_ms: Option<i64>,
}

/// The first [`MOST`] in the order of the form. `filled` is the run's form as it stands.
pub fn asked<'a>(filled: &'a Response, run: &Run, status: RunState, started_ms: i64) -> Vec<Asked<'a>> {
    let mut due = filled.demands();
    due.retain(|one| one.demand.is_due(status != RunState::Open));
    due.truncate(MOST);
    if due.is_empty() {
        return Vec::new();
    }
    let since = since(filled, run, &due, started_ms);
    let times = |demanded: Demanded<'a>| {
        let since_ms = since.get(&(demanded.at, demanded.rule)).copied().unwrap_or(started_ms);
        let hours = if let Demand::Action(action) = demanded.demand { action.within_hours } else { None };
        let due_ms = hours.map(|hours| since_ms.saturating_add(i64::from(hours) * 3_600_000));
        Asked { demanded, since_ms, due_ms }
    };
    due.into_iter().map(times).collect()
}

/// From which answer on each rule has held: the run is filled again, answer by answer, in the order that is the same on
/// every replica.
fn since(filled: &Response, run: &Run, due: &[Demanded<'_>], started_ms: i64) -> BTreeMap<(At, u32), i64> {
    let plan = filled.plan();
    let mut again = Response::open(plan.clone(), filled.around().clone(), []);
    let mut out = BTreeMap::new();
    let mut look = |again: &Response, at_ms| {
        for key in due.iter().map(|one| (one.at, one.rule)) {
            if again.rule_holds_at(key.0, key.1) {
                out.entry(key).or_insert(at_ms);
            } else {
                out.remove(&key);
            }
        }
    };
    look(&again, started_ms);
    for line in run.history().into_iter().filter(|line| line.key.evidence.is_none()) {
        let Some(item) = plan.number(&line.key.item) else { continue };
        let at = At { item, instance: line.key.instance };
        if again.answer(at, Given::One(line.answer.value)).is_err() {
            continue;
        }
        look(&again, line.answer.at_ms);
    }
    out
}
