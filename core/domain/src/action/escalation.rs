//! Who is to look at an action that is late. The same on a phone without a network and at the server: it follows from
//! what the action says and the time alone.

use super::{Action, Priority, Status};

const HOUR_MS: i64 = 3_600_000;

/// Whom it has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escalation {
    /// The shift lead: it is overdue.
    Supervisor,
    /// Who manages the site: it has been overdue for as long as its priority allows.
    Manager,
}

/// Hours after its due time at which an action comes to whoever manages the site.
pub fn patience(priority: Priority) -> i64 {
    match priority {
        Priority::Urgent => 4,
        Priority::High => 24,
        Priority::Normal => 72,
        Priority::Low => 168,
    }
}

/// Whom an action has come to at `now_ms` (server time); none where it is not late, or nobody at the place has anything to do any more (done, cannot be
/// done, verified). One that
/// stands in a clash is as late as the earliest due time and the highest priority that somebody set.
pub fn escalation(action: &Action, now_ms: i64) -> Option<Escalation> {
    escalated(action.status(), action.priority(), action.due_ms(), now_ms)
}

/// The same of what a row of a list keeps of it.
pub fn escalated(status: Status, priority: Priority, due_ms: Option<i64>, now_ms: i64) -> Option<Escalation> {
    let due_ms = due_ms.filter(|due| *due < now_ms && status.is_to_do())?;
    let is_long = now_ms.saturating_sub(due_ms) >= patience(priority) * HOUR_MS;
    Some(if is_long { Escalation::Manager } else { Escalation::Supervisor })
}
