//! A corrective action, folded by the domain's one rule from the facts that stand.

use frontline_domain::action::{Held as Said, fold};
use frontline_domain::fact::Fact;
use frontline_domain::{CaptureId, Scope};

use super::Subject;
use crate::error::Fault;
use crate::store::actions::{self, ActionRow};
use crate::store::entries::Held;
use crate::store::{Db, StoreError, Tx, entries};

/// What stands about an action, in order of arrival. A change that the server refused is none: it would stand on this
/// device alone. Nor is one that was written for another place than the opening: whoever works there has no right here.
pub(crate) fn facts(db: &Db<'_>, id: CaptureId) -> Result<Vec<(Held, Fact)>, StoreError> {
    let held = entries::standing_about(db, &Subject::Action(id).encode())?;
    let read = |held: Held| {
        let fact = Fact::decode(held.entry.header.entry_type, &held.entry.body)?.ok()?;
        Some((held, fact))
    };
    let mut facts: Vec<(Held, Fact)> = held.into_iter().filter_map(read).collect();
    let place = place(&facts);
    facts.retain(|(held, _)| Some(held.entry.header.scope) == place);
    Ok(facts)
}

/// Where the action was opened: its id says so ([`frontline_domain::fact::ActionOpened::action`]), so that there is one
/// place whoever opened it.
fn place(facts: &[(Held, Fact)]) -> Option<Scope> {
    let openings = facts.iter().filter(|(_, fact)| matches!(fact, Fact::ActionOpened(_))).map(|(held, _)| held.entry.header.scope);
    openings.min_by_key(ToString::to_string)
}

/// The facts as the fold takes them: each with its author's own estimate of server time, which is the same everywhere.
pub(crate) fn said(facts: &[(Held, Fact)]) -> impl Iterator<Item = Said<'_>> {
    facts.iter().filter_map(|(held, fact)| {
        let header = &held.entry.header;
        Some(Said { what: fact.about_action()?, by: header.person, at_ms: header.moment.server_estimate() })
    })
}

pub(super) fn refresh(tx: &Tx<'_>, id: CaptureId) -> Result<(), Fault> {
    let facts = facts(tx, id)?;
    let (Some(scope), Some(action)) = (place(&facts), fold(said(&facts))) else { return Ok(actions::clear(tx, id)?) };
    let row = ActionRow {
        id,
        scope,
        title: action.title().to_owned(),
        status: action.status(),
        priority: action.priority(),
        owner: action.owner(),
        due_ms: action.due_ms(),
        clashes: action.clashes(),
        comments: u32::try_from(action.comments).unwrap_or(u32::MAX),
        opened_by: action.opened_by,
        opened_ms: action.opened_ms,
        changed_ms: action.changed_ms,
        origin: action.origin,
    };
    Ok(actions::put(tx, &row)?)
}
