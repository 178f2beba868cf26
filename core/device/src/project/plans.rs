//! Forms that were compiled: the last few, by their release. A release never changes, so neither does its plan.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use frontline_domain::ReleaseHash;
use frontline_domain::form::{Form, Plan};

/// As many as somebody goes back and forth between.
const KEPT: usize = 4;

static PLANS: Mutex<VecDeque<(ReleaseHash, Arc<Plan>)>> = Mutex::new(VecDeque::new());

/// The plan of a procedure's form; none where this app does not understand an expression of it: the server that
/// published it was newer.
pub(crate) fn plan(release: &ReleaseHash, form: impl FnOnce() -> Form) -> Option<Arc<Plan>> {
    let kept = || PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, plan)) = kept().iter().find(|(hash, _)| hash == release) {
        return Some(plan.clone());
    }
    let plan = match Plan::of(form()) {
        Ok(plan) => Arc::new(plan),
        Err(flaws) => {
            tracing::error!(%release, flaws = flaws.len(), "a form has expressions that this app does not understand");
            return None;
        }
    };
    let mut plans = kept();
    plans.truncate(KEPT - 1);
    plans.push_front((*release, plan.clone()));
    Some(plan)
}
