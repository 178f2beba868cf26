//! Which facts were said of a run or a contact, so that a row of a list is folded from them alone.

use frontline_domain::fact::Fact;
use frontline_domain::{EntryType, OrgId};
use frontline_protocol::Entry;

use crate::store::{Result, WriteTx};

/// What a stored entry is said of, if it is such a fact.
fn about(entry: &Entry) -> Option<[u8; 16]> {
    let one = entry.header.entry_type;
    let may = matches!(
        one,
        EntryType::RUN_SUBMITTED
            | EntryType::SIGNED_OFF
            | EntryType::RETURNED
            | EntryType::INTERACTION_OPENED
            | EntryType::INTERACTION_PAUSED
            | EntryType::INTERACTION_RESUMED
            | EntryType::INTERACTION_CLOSED
            | EntryType::INTERACTION_VOIDED
    );
    if !may {
        return None;
    }
    about_what(&Fact::decode(one, &entry.body)?.ok()?)
}

/// What such a fact is said of.
pub fn about_what(fact: &Fact) -> Option<[u8; 16]> {
    Some(match fact {
        Fact::RunSubmitted(f) => *f.run.as_bytes(),
        Fact::SignedOff(f) => *f.run.as_bytes(),
        Fact::Returned(f) => *f.run.as_bytes(),
        Fact::InteractionOpened(f) => *f.id.as_bytes(),
        Fact::InteractionPaused(f) | Fact::InteractionResumed(f) | Fact::InteractionVoided(f) => *f.interaction.as_bytes(),
        Fact::InteractionClosed(f) => *f.interaction.as_bytes(),
        _ => return None,
    })
}

/// Notes a stored entry under what it is about.
pub async fn note(tx: &mut dyn WriteTx, org: OrgId, entry: &Entry, number: u64) -> Result<()> {
    match about(entry) {
        Some(about) => tx.put_about(org, &about, entry.header.scope, entry.header.entry_type, number).await,
        None => Ok(()),
    }
}
