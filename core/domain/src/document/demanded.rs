//! What the rules of a run ask for and whom they tell, as it stands.

use super::{Run, RunState};
use crate::form::Response;
use crate::form::response::{Demand, Demanded};

/// A demand with its times, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    pub demanded: Demanded<'a>,
    /// Since the latest answer to its rule's own item, by the device of whoever gave it; where that has none, since the run
    /// began.
    pub since_ms: i64,
    /// By when it is to be put right.
    pub due_ms: Option<i64>,
}

/// In the order of the form. `filled` is the run's form as it stands.
pub fn asked<'a>(filled: &'a Response, run: &Run, status: RunState, started_ms: i64) -> Vec<Asked<'a>> {
    let mut due = filled.demands();
    due.retain(|one| one.demand.is_due(status != RunState::Open));
    if due.is_empty() {
        return Vec::new();
    }
    let standings = run.standings();
    let times = |demanded: Demanded<'a>| {
        let item = filled.plan().item(demanded.at.item).map(|item| &item.slug);
        let own = standings.iter().filter(|s| Some(&s.key.item) == item && s.key.instance == demanded.at.instance);
        let since_ms = own.flat_map(|s| &s.answers).map(|a| a.at_ms).max().unwrap_or(started_ms);
        let hours = if let Demand::Action(action) = demanded.demand { action.within_hours } else { None };
        let due_ms = hours.map(|hours| since_ms.saturating_add(i64::from(hours) * 3_600_000));
        Asked { demanded, since_ms, due_ms }
    };
    due.into_iter().map(times).collect()
}
