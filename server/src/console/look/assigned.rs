//! What is assigned, since when, and by when each run is due.

use frontline_domain::record::{Assignment, Record};
use frontline_domain::{EntryType as T, OrgId, Scope, SiteId, TypeSet};

use super::runs::{RunLine, Summary};
use crate::store::{ReadTx, Result, Scan};

/// An assignment that stands, with the time at which it was last set.
#[derive(Debug, Clone)]
pub struct Given {
    pub assignment: Assignment,
    pub since_ms: i64,
}

/// All that stand.
pub async fn given(tx: &mut dyn ReadTx, org: OrgId) -> Result<Vec<Given>> {
    let mut all = Vec::new();
    for row in tx.records(org, T::ASSIGNMENT).await? {
        let Ok(assignment) = Assignment::decode(&row.body) else { continue };
        if assignment.withdrawn {
            continue;
        }
        let (scope, number, types) = (row.scope, row.number, TypeSet::of(&[T::ASSIGNMENT]));
        let scan = Scan { scope, types, after: number.saturating_sub(1), to: number, skip: None, max_rows: 1, max_bytes: 1 };
        let since_ms = tx.scan(org, &scan).await?.0.first().map_or(0, |entry| entry.committed_ms);
        all.push(Given { assignment, since_ms });
    }
    Ok(all)
}

/// By when a run is due: the first assignment of its procedure, to the site or to somebody who works on it,
/// that falls due after it was begun; for one that was begun late, the last before. What was set after the
/// last answer asks for another run.
pub fn due(all: &[Given], site: SiteId, slug: &frontline_domain::Slug, run: &Summary) -> Option<i64> {
    let meant = |a: &Assignment| match a.to {
        Scope::Site(to) => to == site,
        Scope::Person(person) => run.people.contains(&person),
        Scope::Org | Scope::Device(_) => false,
    };
    let fits =
        |g: &&Given| g.assignment.kind == "procedure" && g.assignment.slug == *slug && meant(&g.assignment) && g.since_ms <= run.changed_ms;
    let dues = || all.iter().filter(fits).map(|g| g.assignment.due_ms);
    let after = dues().filter(|due| *due >= run.started_ms).min();
    after.or_else(|| dues().filter(|due| *due < run.started_ms).max())
}

/// A run that was begun after its due date is not late where another met that date.
pub fn settle(lines: &mut [RunLine]) {
    let met: Vec<_> = lines.iter().filter(|l| l.done).map(|l| (l.release.slug.clone(), l.due_ms)).collect();
    for line in lines.iter_mut().filter(|l| !l.done && l.due_ms.is_some_and(|due| due < l.summary.started_ms)) {
        if met.contains(&(line.release.slug.clone(), line.due_ms)) {
            line.due_ms = None;
        }
    }
}

/// How an assigned procedure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is not due yet, or a module: how far people are with it is looked at by [`super::training`] and
    /// [`super::quizzes`].
    Fine,
    /// A run for it is done.
    Done,
    /// It fell due, and its run is not done.
    Late,
    /// It fell due, and nobody has begun a run for it.
    NotBegun,
}

/// How an assignment stands against the runs of its site.
pub fn standing(given: &Given, lines: &[RunLine], now_ms: i64) -> Standing {
    let a = &given.assignment;
    let mut runs = lines.iter().filter(|l| l.release.slug == a.slug && l.due_ms == Some(a.due_ms)).peekable();
    let begun = runs.peek().is_some();
    if a.kind != "procedure" {
        Standing::Fine
    } else if runs.any(|l| l.done) {
        Standing::Done
    } else if a.due_ms >= now_ms {
        Standing::Fine
    } else if !begun {
        Standing::NotBegun
    } else {
        Standing::Late
    }
}
