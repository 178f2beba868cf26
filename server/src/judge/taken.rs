//! A capture's id is its author's: whoever reads it in a feed may refer to it, and can't make another one under
//! it. (Else a colleague with a modified app would put another score in the place of everybody's feedback.)

use frontline_domain::fact::Fact;
use frontline_domain::{CaptureId, EntryId, PersonId};
use frontline_protocol::Entry;

use super::Bench;
use crate::store::{Result, Stored};

/// What stands under the id already.
pub(super) enum Before {
    /// The same, by the same author and device: an entry that was issued again, and again.
    Same(EntryId),
    Another,
}

/// The id under which an entry makes something new, that other entries then refer to.
pub fn made(entry: &Entry) -> Option<CaptureId> {
    made_by(&Fact::decode(entry.header.entry_type, &entry.body)?.ok()?)
}

/// The same of a fact that was read.
pub fn made_by(fact: &Fact) -> Option<CaptureId> {
    match fact {
        Fact::FeedbackGiven(given) => Some(given.id),
        Fact::InteractionOpened(opened) => Some(opened.id),
        Fact::ActionOpened(opened) => Some(opened.id),
        Fact::ActionChanged(changed) | Fact::ActionReviewed(changed) => Some(changed.id),
        Fact::ActionCommented(said) => Some(said.id),
        Fact::BlobCaptured(said) => Some(said.id),
        _ => None,
    }
}

/// Who opened the contact that this entry voids; none where that has not arrived. Only who holds a contact knows its
/// id, and a device's own entries come in order.
pub(super) async fn opened_by(bench: &mut Bench<'_>, entry: &Entry) -> Result<Option<PersonId>> {
    let Some(Ok(Fact::InteractionVoided(event))) = Fact::decode(entry.header.entry_type, &entry.body) else { return Ok(None) };
    let Some(first) = bench.tx.captured(entry.header.org, event.interaction).await? else { return Ok(None) };
    Ok(bench.tx.entry(entry.header.org, first).await?.map(|stored| stored.person))
}

/// What was stored before under the id that this entry would make.
pub(super) async fn before(bench: &mut Bench<'_>, entry: &Entry) -> Result<Option<Before>> {
    let Some(id) = made(entry) else { return Ok(None) };
    let org = entry.header.org;
    let Some(first) = bench.tx.captured(org, id).await? else { return Ok(None) };
    let stored = bench.tx.entry(org, first).await?;
    let is_same =
        |s: &Stored| s.id.device == entry.header.device && s.person == entry.header.person && s.entry_type == entry.header.entry_type;
    let body = |s: &Stored| Entry::read(&s.bytes, frontline_protocol::limits::ENTRY).map(|e| e.body);
    Ok(Some(match stored {
        Some(stored) if is_same(&stored) && body(&stored).is_ok_and(|b| b == entry.body) => Before::Same(first),
        _ => Before::Another,
    }))
}
