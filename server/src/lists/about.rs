//! Which facts were said of a run, a contact or an action, so that a row of a list is made from them alone.

use frontline_domain::fact::Fact;
use frontline_domain::{DocId, EntryType, OrgId, Scope};
use frontline_protocol::Entry;

use super::{actions, runs};
use crate::store::{List, Result, WriteTx};

/// The types of facts that are said of something.
pub(super) const SAID: &[EntryType] = &[
    EntryType::RUN_SUBMITTED,
    EntryType::SIGNED_OFF,
    EntryType::RETURNED,
    EntryType::ACTION_OPENED,
    EntryType::ACTION_CHANGED,
    EntryType::ACTION_REVIEWED,
    EntryType::ACTION_COMMENTED,
    EntryType::INTERACTION_OPENED,
    EntryType::INTERACTION_PAUSED,
    EntryType::INTERACTION_RESUMED,
    EntryType::INTERACTION_CLOSED,
    EntryType::INTERACTION_VOIDED,
];

/// What a fact that was written for this place is said of.
pub fn about_what(fact: &Fact, scope: Scope) -> Option<[u8; 16]> {
    Some(match fact {
        Fact::RunSubmitted(f) => *f.run.as_bytes(),
        Fact::SignedOff(f) => *f.run.as_bytes(),
        Fact::Returned(f) => *f.run.as_bytes(),
        Fact::ActionOpened(f) => *f.action(scope).as_bytes(),
        Fact::ActionChanged(f) | Fact::ActionReviewed(f) => *f.action.as_bytes(),
        Fact::ActionCommented(f) => *f.action.as_bytes(),
        Fact::InteractionOpened(f) => *f.id.as_bytes(),
        Fact::InteractionPaused(f) | Fact::InteractionResumed(f) | Fact::InteractionVoided(f) => *f.interaction.as_bytes(),
        Fact::InteractionClosed(f) => *f.interaction.as_bytes(),
        _ => return None,
    })
}

/// Notes a stored entry under what it is about, and which row of a list it changes; `doc` is the run that it is of.
pub async fn note(tx: &mut dyn WriteTx, org: OrgId, entry: &Entry, number: u64, doc: Option<DocId>) -> Result<()> {
    let (one, scope) = (entry.header.entry_type, entry.header.scope);
    if one == EntryType::RUN_CHANGED
        && let Some(doc) = doc
    {
        return tx.put_stale(org, List::Runs, &runs::key(doc)).await;
    }
    if !SAID.contains(&one) {
        return Ok(());
    }
    let Some(Ok(fact)) = Fact::decode(one, &entry.body) else { return Ok(()) };
    let Some(about) = about_what(&fact, scope) else { return Ok(()) };
    tx.put_about(org, &about, scope, one, number).await?;
    match fact {
        Fact::RunSubmitted(_) | Fact::SignedOff(_) | Fact::Returned(_) => {
            tx.put_stale(org, List::Runs, &runs::key(DocId::from_bytes(about))).await
        }
        _ if fact.about_action().is_some() => tx.put_stale(org, List::Actions, &actions::key(scope, about)).await,
        _ => Ok(()),
    }
}
