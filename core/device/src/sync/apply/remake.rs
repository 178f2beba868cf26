//! Makes an edit anew that a person let in after all, when what followed it had been replaced meanwhile
//! (`sync.md` 21): at today's heads, as a new entry that names the old one.

use frontline_domain::document::{Run, RunChanged, base_actor};

use super::Desk;
use super::reissue::{self, Contact};
use crate::error::Fault;
use crate::store::outbox::{Item, State};
use crate::store::{docs, intents, meta, sync_rows};

/// Issues the work of `item` again. Doing so twice does nothing more: it has a successor then.
pub(super) fn anew(desk: &mut Desk<'_>, item: &Item) -> Result<(), Fault> {
    if item.state == State::Stored || item.state == State::Reissued && item.successor.is_some() {
        return Ok(());
    }
    let original = reissue::entry_of(desk, item)?;
    let edit = RunChanged::decode(&original.body).ok();
    let Some(mut body) = edit.filter(|_| original.header.entry_type == frontline_domain::EntryType::RUN_CHANGED) else {
        let fresh = reissue::again(desk, item, &original, original.body.clone(), original.header.rebuild, Contact::Today)?;
        return desk.show_entry(&fresh);
    };
    let intent = intents::of(desk.tx, body.run)?.into_iter().find(|i| i.id == body.intent);
    let (Some(doc), Some(intent)) = (docs::get(desk.tx, body.run)?, intent) else {
        tracing::warn!("an edit that is to be made anew is no longer here");
        return Ok(());
    };
    let mut run = Run::load(doc.id, &doc.saved)?;
    let (epoch, _) = meta::series(desk.tx)?;
    let actor = base_actor(doc.id, desk.own.device, epoch, doc.rebuild);
    let heads = run.heads();
    let made = run.answer(actor, &heads, &intent.key, &intent.answer)?;
    body.change = made.change.into();
    let entry = reissue::again(desk, item, &original, body.encode(), doc.rebuild, Contact::Today)?;
    intents::set_carrier(desk.tx, intent.id, &entry.hash(), &made.hash)?;
    intents::set_state(desk.tx, intent.id, intents::State::Made)?;
    sync_rows::set_seen(desk.tx, intent.id, &heads)?;
    let id = doc.id;
    docs::put(desk.tx, &docs::Doc { saved: run.save(), heads: run.heads(), taken: 0, ..doc })?;
    desk.show_doc(id);
    Ok(())
}
