//! The corrective actions that came from answers of a run.

use frontline_domain::Scope;

use super::actions::chips;
use super::run_items::Shown;
use crate::console::address::with;
use crate::console::errors::Failure;
use crate::console::strings::fill;
use crate::console::view::RunActionRow;
use crate::lists::actions::{self, ActionRow};
use crate::lists::heading;
use crate::store::{List, ReadTx, Walk, Within};

/// Those that a page shows at most: what is to be done first.
const MOST: usize = 20;

/// The first of them, and where all are, where there are more. Whoever calls has worked off what was left of the list.
pub async fn actions(
    tx: &mut dyn ReadTx,
    shown: &Shown<'_>,
    scope: Scope,
    now_ms: i64,
) -> Result<(Vec<RunActionRow>, Option<(String, String)>), Failure> {
    let (names, t) = (shown.names, &shown.names.t.actions);
    let under = heading(Some(scope), actions::by_run(shown.run));
    let found = tx.listed_rows(names.org, List::Actions, &under, &Within::default(), &Walk::first(MOST + 1)).await?;
    let more = found.len() > MOST;
    let mut rows = Vec::with_capacity(found.len().min(MOST));
    for (spot, body) in found.into_iter().take(MOST) {
        let Some((id, _)) = actions::of_key(&spot.key) else { continue };
        let row = ActionRow::decode(&body)?;
        let Some(origin) = &row.origin else { continue };
        let owner = row.owner.map_or_else(|| t.nobody.to_owned(), |id| names.person(id));
        let due = row.due_ms.map_or_else(|| t.no_due.to_owned(), |due| fill(t.due_by, &[("time", &shown.zone.text(due))]));
        rows.push(RunActionRow {
            href: format!("/actions/{id}"),
            title: names.plain(row.title.as_str()),
            chips: chips(names.t, &row, now_ms),
            about: names.t.list(&[owner, due]),
            item: format!("#{}-{}", origin.item, origin.instance),
            label: shown.label(&origin.item),
        });
    }
    let all = || (with("/actions", std::iter::once(("run", shown.run.to_string()))), t.all_of_run.to_owned());
    Ok((rows, more.then(all)))
}
