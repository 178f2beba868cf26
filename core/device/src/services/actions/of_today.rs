//! What the first screen of the day says of actions.

use std::cmp::Reverse;

use frontline_domain::EntryType;
use serde::Serialize;

use super::{ActionSummary, Show};
use crate::capture::Rights;
use crate::core::Inner;
use crate::error::Fault;
use crate::people;
use crate::store::Db;
use crate::store::actions::{self, ActionRow};

/// Actions that the first screen shows.
const FIRST: usize = 5;

/// Actions that are something to whoever is at the phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TodayActions {
    /// Theirs, with something to do still.
    pub mine: u32,
    /// Late: theirs, and at places where they lead anybody's.
    pub late: u32,
    /// About which people said different things where they work.
    pub differ: u32,
    /// Done, or said to be impossible, where they lead: they are to look at them.
    pub to_review: u32,
    /// Some of them, the most pressing first: late ones, the longest first; those about which people said different things;
    /// theirs, the soonest due first; those to look at.
    pub first: Vec<ActionSummary>,
}

/// Why an action is there, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Late,
    Differs,
    Mine,
    ToReview,
}

/// What stands in this store of actions, for whoever is at the phone.
pub(in crate::services) fn of(inner: &Inner, db: &Db<'_>) -> Result<TodayActions, Fault> {
    let show = Show::of(inner, db)?;
    let (me, rights) = (people::current(db)?.person, Rights::of(db, show.now_ms)?);
    let mut out = TodayActions::default();
    let mut all: Vec<(Why, i64, Reverse<i64>, ActionRow)> = Vec::new();
    for row in actions::pressing(db, me, show.now_ms)? {
        if !rights.may_write(EntryType::ACTION_CHANGED, row.scope) {
            continue;
        }
        let leads = rights.may_write(EntryType::ACTION_REVIEWED, row.scope);
        let is_mine = row.owner == Some(me) && row.status.is_to_do();
        let is_late = (is_mine || leads) && row.status.is_to_do() && row.due_ms.is_some_and(|due| due < show.now_ms);
        let is_to_review = leads && row.status.is_to_review();
        let reasons = [(Why::Late, is_late), (Why::Differs, row.clashes > 0), (Why::Mine, is_mine), (Why::ToReview, is_to_review)];
        out.late += u32::from(is_late);
        out.differ += u32::from(row.clashes > 0);
        out.mine += u32::from(is_mine);
        out.to_review += u32::from(is_to_review);
        let Some((why, _)) = reasons.into_iter().find(|(_, holds)| *holds) else { continue };
        all.push((why, row.due_ms.unwrap_or(i64::MAX), Reverse(row.changed_ms), row));
    }
    all.sort_by_key(|(why, due_ms, changed, row)| (*why, *due_ms, *changed, row.id));
    out.first = all.iter().take(FIRST).map(|(.., row)| show.row(row)).collect::<Result<_, _>>()?;
    Ok(out)
}
