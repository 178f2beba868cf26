//! Makes a document anew without what may not stay in it (`sync.md` 21), replaying the edits that were made
//! on this device from their intents, at the accepted ancestors of the heads that their author saw.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::document::judge::change_hash;
use frontline_domain::document::{ChangeHash, Heads, Run, RunChanged, base_actor};
use frontline_domain::{CaptureId, DocId, EntryHash};
use frontline_protocol::{Code, Entry};

use super::Desk;
use super::reissue::{self, Contact};
use super::renamed::Renamed;
use crate::error::Fault;
use crate::project::Subject;
use crate::store::docs::{self, Doc};
use crate::store::intents::{self, Intent};
use crate::store::outbox::{self, Item, State};
use crate::store::{entries, meta, sync_rows};

/// A document being made anew.
pub(super) struct Redo {
    doc: Doc,
    old: Run,
    new: Run,
    gone: BTreeSet<ChangeHash>,
    rebuild: u32,
    contact: Contact,
    intents: Vec<Intent>,
    /// Of each edit that an entry of this device's is stored of: that entry and its change.
    stored: BTreeMap<CaptureId, (EntryHash, ChangeHash)>,
    /// Edits that are refused, with the reason of the first that they build on.
    refused: BTreeMap<CaptureId, Code>,
    /// The change that carried an edit, and the one that carries it now.
    carriers: Vec<(ChangeHash, ChangeHash)>,
}

impl Redo {
    /// Takes the changes that have another name now out of `doc`, and all that builds on them. `None` where no edit of
    /// this device's is among that.
    pub(super) fn without(desk: &Desk<'_>, doc: DocId, pairs: &[Renamed]) -> Result<Option<Redo>, Fault> {
        // A body that this build can't read is of no document here, and holds up no feed.
        let change = |entry: &Entry| change_hash(&RunChanged::decode(&entry.body).ok()?.change);
        let carriers: Vec<_> = pairs.iter().filter_map(|pair| Some((change(&pair.was)?, change(&pair.now)?))).collect();
        let redo = Self::of(desk, doc, &[], carriers.iter().map(|(was, _)| *was).collect(), None, Contact::Today)?;
        let mut redo = redo.filter(|redo| redo.intents.iter().any(|i| i.state == intents::State::Made && redo.gone.contains(&i.change)));
        if let Some(redo) = &mut redo {
            redo.carriers = carriers;
        }
        Ok(redo)
    }

    /// Takes out of `doc` the changes of every edit whose entry is among `again`, was quarantined, or was
    /// closed because another one was stored in its stead, and all that builds on them. `None` where the
    /// document is not here.
    pub(super) fn begin(
        desk: &Desk<'_>,
        doc: DocId,
        again: &[Item],
        rebuild: Option<u32>,
        contact: Contact,
    ) -> Result<Option<Redo>, Fault> {
        Self::of(desk, doc, again, BTreeSet::new(), rebuild, contact)
    }

    fn of(
        desk: &Desk<'_>,
        doc: DocId,
        again: &[Item],
        mut roots: BTreeSet<ChangeHash>,
        rebuild: Option<u32>,
        contact: Contact,
    ) -> Result<Option<Redo>, Fault> {
        let Some(doc) = docs::get(desk.tx, doc)? else { return Ok(None) };
        let old = Run::load(doc.id, &doc.saved)?;
        let intents = intents::of(desk.tx, doc.id)?;
        let mut refused = BTreeMap::new();
        for intent in &intents {
            let item = outbox::by_hash(desk.tx, &intent.entry)?;
            if intent.state == intents::State::Refused {
                refused.insert(intent.id, item.and_then(|i| i.code).unwrap_or(Code::WAITS_FOR_REFUSED));
            } else if item.is_some_and(|i| matches!(i.state, State::Quarantined | State::Replaced))
                || again.iter().any(|a| a.hash == intent.entry)
            {
                roots.insert(intent.change);
            }
        }
        let mut stored = BTreeMap::new();
        for held in entries::about(desk.tx, &Subject::Run(doc.id).encode())?.into_iter().filter(|held| held.own) {
            let (Some(item), Ok(body)) = (outbox::by_hash(desk.tx, &held.entry.hash())?, RunChanged::decode(&held.entry.body)) else {
                continue;
            };
            let Some(change) = change_hash(&body.change) else { continue };
            match item.state {
                State::Stored => drop(stored.insert(body.intent, (item.hash, change))),
                // An entry that gave way to another, and was offered again to a restored server, counted here for as
                // long; its edit is carried by that other one by now.
                State::Quarantined | State::Replaced | State::Reissued => drop(roots.insert(change)),
                State::Captured | State::Held => {}
            }
        }
        roots.retain(|root| old.has(root));
        let (new, gone) = old.without(&roots)?;
        let rebuild = rebuild.unwrap_or(doc.rebuild + 1);
        Ok(Some(Redo { doc, old, new, gone, rebuild, contact, intents, stored, refused, carriers: Vec::new() }))
    }

    /// The rows of the edits that have to be looked at again, each by [`Redo::replay`], in order.
    pub(super) fn items(&self, desk: &Desk<'_>) -> Result<Vec<Item>, Fault> {
        let mut out = Vec::new();
        for intent in self.intents.iter().filter(|i| i.state == intents::State::Made && self.gone.contains(&i.change)) {
            out.extend(outbox::by_hash(desk.tx, &intent.entry)?);
        }
        Ok(out)
    }

    /// Makes the edit that `item` carried anew, or refuses it with what it builds on.
    pub(super) fn replay(&mut self, desk: &mut Desk<'_>, item: &Item) -> Result<(), Fault> {
        let Some(intent) = self.intents.iter().find(|i| i.entry == item.hash).cloned() else { return self.give_up(desk, item) };
        match item.state {
            State::Quarantined => return self.refuse(desk, &intent, item, item.code.unwrap_or(Code::WAITS_FOR_REFUSED)),
            State::Replaced => return self.hand_over(desk, &intent),
            State::Captured | State::Held => {}
            State::Stored | State::Reissued => {
                tracing::error!("a change with a receipt builds on one that was refused; it is left out here until it is fed");
                return Ok(());
            }
        }
        if let Some(code) = intent.builds_on.iter().find_map(|b| self.refused.get(b)).copied() {
            return self.refuse(desk, &intent, item, code);
        }
        let seen = self.seen(&intent.seen);
        let original = reissue::entry_of(desk, item)?;
        let mut body = RunChanged::decode(&original.body)?;
        let (epoch, _) = meta::series(desk.tx)?;
        let actor = base_actor(self.doc.id, desk.own.device, epoch, self.rebuild);
        match self.new.answer(actor, &seen, &intent.key, &intent.answer) {
            Ok(made) => {
                body.change = made.change.into();
                let entry = reissue::again(desk, item, &original, body.encode(), self.rebuild, self.contact)?;
                intents::set_carrier(desk.tx, intent.id, &entry.hash(), &made.hash)?;
                sync_rows::set_seen(desk.tx, intent.id, &seen)?;
                self.carriers.push((intent.change, made.hash));
                Ok(())
            }
            Err(refusal) => {
                tracing::warn!(cause = %refusal, "an edit could not be made anew");
                self.refuse(desk, &intent, item, Code::UNSOUND_CHANGE)
            }
        }
    }

    /// What carries no edit any more: a restored server was offered it once more beside the one that was issued in its
    /// stead, and says now that its series is closed. That other one goes on; without any, a person has to know.
    fn give_up(&self, desk: &mut Desk<'_>, item: &Item) -> Result<(), Fault> {
        if !matches!(item.state, State::Captured | State::Held) {
            return Ok(());
        }
        let body = RunChanged::decode(&reissue::entry_of(desk, item)?.body)?;
        match self.intents.iter().find(|i| i.id == body.intent) {
            Some(carried) => outbox::set_state(desk.tx, item, State::Reissued, None, Some(&carried.entry))?,
            None => {
                outbox::set_state(desk.tx, item, State::Quarantined, Some(Code::CLOSED_EPOCH), None)?;
                *desk.tally.quarantined.entry(Code::CLOSED_EPOCH).or_default() += 1;
            }
        }
        desk.tally.progress = true;
        desk.show_item(item)
    }

    /// Another entry of the edit was stored: an earlier one, while a replay of it was on its way, or the replay, where a
    /// restored server was offered both. That one carries it now.
    fn hand_over(&mut self, desk: &mut Desk<'_>, intent: &Intent) -> Result<(), Fault> {
        if let Some((entry, change)) = self.stored.get(&intent.id) {
            intents::set_carrier(desk.tx, intent.id, entry, change)?;
            self.carriers.push((intent.change, *change));
        }
        Ok(())
    }

    fn refuse(&mut self, desk: &mut Desk<'_>, intent: &Intent, item: &Item, code: Code) -> Result<(), Fault> {
        self.refused.insert(intent.id, code);
        intents::set_state(desk.tx, intent.id, intents::State::Refused)?;
        if item.state != State::Quarantined {
            outbox::set_state(desk.tx, item, State::Quarantined, Some(code), None)?;
            *desk.tally.quarantined.entry(code).or_default() += 1;
        }
        Ok(())
    }

    /// What an author at `heads` saw, in terms of the new document: the changes that stayed, and of the own
    /// edits that were made anew, their new changes. (Without those, an author would clash with himself.)
    fn seen(&self, heads: &Heads) -> Heads {
        let kept = self.old.heads_without(heads, &self.gone);
        let fresh = self.carriers.iter().filter(|(old, _)| self.old.is_ancestor(old, heads)).map(|(_, new)| *new);
        let known = kept.iter().chain(fresh).filter(|hash| self.new.has(hash));
        self.new.heads_without(&Heads::new(known), &BTreeSet::new())
    }

    /// Writes the document as it is now.
    pub(super) fn finish(self, desk: &mut Desk<'_>) -> Result<(), Fault> {
        let id = self.doc.id;
        let doc = Doc { rebuild: self.rebuild, saved: self.new.save(), heads: self.new.heads(), taken: 0, ..self.doc };
        docs::put(desk.tx, &doc)?;
        desk.show_doc(id);
        Ok(())
    }
}
