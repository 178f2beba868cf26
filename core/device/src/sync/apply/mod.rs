//! Applying an answer, piece by piece; each piece is one transaction.
//!
//! | file | what |
//! |---|---|
//! | [`judge`] | verdicts, and what they ask for: a rebuilt document, a new epoch, an edit made anew |
//! | [`stretch`] | receipts of many at once |
//! | [`redo`] | a document without what was refused, the rest of its edits replayed |
//! | [`reissue`] | an entry under a new number |
//! | [`remake`] | an edit that was let in after all |
//! | [`renamed`] | what this life of the server has under another name |
//! | [`rights`] | what may be carried; what may not is dropped |
//! | [`page`] | rows of a feed and their cursor |
//! | [`finish`] | the contact |

mod finish;
mod judge;
mod page;
mod redo;
mod reissue;
mod remake;
mod renamed;
mod rights;
mod stretch;

use std::collections::BTreeMap;

use frontline_domain::document::RunChanged;
use frontline_domain::env::Random;
use frontline_domain::fact::Fact;
use frontline_domain::{DocId, EntryType, Epoch};
use frontline_protocol::Entry;

use super::engine::{Applied, Work};
use super::report::Tally;
use crate::error::Fault;
use crate::observe::Topic;
use crate::project::{self, Subject};
use crate::store::entries::{self, Held, Place, Put};
use crate::store::meta::{self, Identity};
use crate::store::outbox::Item;
use crate::store::{Tx, customers, docs, intents, sync_rows};

/// Does one piece of work in the transaction.
pub(super) fn apply(tx: &Tx<'_>, random: &dyn Random, work: &Work) -> Result<Applied, Fault> {
    let mut desk = Desk { tx, random, own: meta::identity(tx)?, tally: Tally::default(), subjects: BTreeMap::new() };
    match work {
        Work::Nonce(nonce) => meta::heard_nonce(tx, nonce)?,
        Work::Judge { judged, stretches, epoch_closed } => judge::judge(&mut desk, judged, stretches, *epoch_closed)?,
        Work::Rights(reads, incarnation) => rights::rights(&mut desk, reads, *incarnation)?,
        Work::Page { page, asked, allowed, incarnation, time_ms } => {
            page::page(&mut desk, page, asked, *allowed, (*incarnation, *time_ms))?
        }
        Work::Finish(answer) => finish::finish(&mut desk, answer)?,
    }
    desk.close()
}

/// What every piece works with. What is to be shown anew is gathered, and projected once at the end: a page
/// may hold two hundred changes of one run.
struct Desk<'a> {
    tx: &'a Tx<'a>,
    random: &'a dyn Random,
    own: Identity,
    tally: Tally,
    /// Each with all the facts about it, where it is new here with this piece; else they are read back.
    subjects: BTreeMap<Subject, Option<Vec<(Held, Fact)>>>,
}

impl Desk<'_> {
    /// Puts an entry in. Gives its row, and whether it is new here.
    fn keep(&mut self, entry: &Entry, own: bool, place: Option<Place>) -> Result<(i64, Put), Fault> {
        self.keep_about(entry, project::subject(entry).as_ref(), own, place)
    }

    /// The same for what is known to be about this.
    fn keep_about(&mut self, entry: &Entry, about: Option<&Subject>, own: bool, place: Option<Place>) -> Result<(i64, Put), Fault> {
        let (row, put) = entries::put(self.tx, entry, about.map(Subject::encode).as_deref(), own, place)?;
        let is_known = entry.header.entry_type.kind().is_some() && entry.header.entry_type != EntryType::VERDICT;
        // What devices tell of themselves is sound, and shown nowhere on a phone.
        let is_sound = || matches!(Fact::decode(entry.header.entry_type, &entry.body), Some(Ok(_)));
        if put == Put::New && is_known && about.is_none() && !is_sound() {
            tracing::warn!(entry_type = %entry.header.entry_type, "an entry is kept, but shown nowhere: its body is not what its type says");
            *self.tally.set_aside.entry(entry.header.entry_type).or_default() += 1;
        }
        Ok((row, put))
    }

    /// What this entry is about is to be shown anew.
    fn show_entry(&mut self, entry: &Entry) -> Result<(), Fault> {
        if let Some(about) = project::subject(entry) {
            self.subjects.insert(about, None);
        }
        Ok(())
    }

    /// Puts a received fact in. All facts about something that is new here with this piece need not be read back to
    /// be shown.
    fn keep_fact(&mut self, entry: &Entry, about: &Subject, fact: Fact, place: Place) -> Result<Put, Fault> {
        let is_known = match self.subjects.get(about) {
            Some(facts) => facts.is_none(),
            None => entries::is_any_about(self.tx, &about.encode())?,
        };
        let (row, put) = self.keep_about(entry, Some(about), false, Some(place))?;
        if put == Put::New {
            let held = Held { row, entry: entry.clone(), own: false, place: Some(place), confirmed: true };
            if let Some(facts) = self.subjects.entry(about.clone()).or_insert_with(|| (!is_known).then(Vec::new)) {
                facts.push((held, fact));
            }
        }
        Ok(put)
    }

    /// The state of an own entry changed.
    fn show_item(&mut self, item: &Item) -> Result<(), Fault> {
        self.tally.touched.add(Topic::Sync, item.hash.to_string());
        match entries::by_hash(self.tx, &item.hash)? {
            Some(held) => self.show_entry(&held.entry),
            None => Ok(()),
        }
    }

    fn show_doc(&mut self, doc: DocId) {
        self.subjects.insert(Subject::Run(doc), None);
    }

    /// A received entry is no longer here.
    fn forget_entry(&mut self, entry: &Entry) -> Result<(), Fault> {
        // The saved document holds what was dropped: it is made anew from what stays.
        if let Some(Subject::Run(id)) = project::subject(entry)
            && entry.header.entry_type == EntryType::RUN_CHANGED
            && let Some(doc) = docs::get(self.tx, id)?.filter(|d| !d.saved.is_empty())
        {
            docs::put(self.tx, &docs::Doc { saved: Vec::new(), taken: 0, ..doc })?;
        }
        self.show_entry(entry)
    }

    /// Something that was left out here counts after all.
    fn let_in(&mut self, item: &Item) -> Result<(), Fault> {
        if let Some(intent) = intents::by_entry(self.tx, &item.hash)? {
            intents::set_state(self.tx, intent.id, intents::State::Made)?;
        }
        // Its change is left out of the run also where another entry carries the edit by now: it gave way to that one.
        if let Some(doc) = self.doc_of(&reissue::entry_of(self, item)?)? {
            docs::look_again(self.tx, doc)?;
        }
        self.show_item(item)
    }

    /// A series that was never used.
    fn random_epoch(&self, but: Epoch) -> Epoch {
        loop {
            let fresh = Epoch(self.random.next_u64());
            if fresh != but {
                return fresh;
            }
        }
    }

    /// The document that an own entry changes, if it changes one.
    fn doc_of(&self, entry: &Entry) -> Result<Option<DocId>, Fault> {
        if entry.header.entry_type != EntryType::RUN_CHANGED {
            return Ok(None);
        }
        Ok(Some(RunChanged::decode(&entry.body)?.run))
    }

    /// Shows anew what changed so far.
    fn project(&mut self) -> Result<(), Fault> {
        for (about, facts) in std::mem::take(&mut self.subjects) {
            match facts {
                Some(facts) => project::begin(self.tx, &about, facts, &mut self.tally.touched)?,
                None => project::refresh(self.tx, &about, &mut self.tally.touched)?,
            }
        }
        Ok(())
    }

    fn close(mut self) -> Result<Applied, Fault> {
        self.project()?;
        if self.tally.dropped > 0 {
            // What may no longer be read here must not open here either.
            customers::sweep(self.tx, self.own.device)?;
        }
        Ok(Applied { unsent: sync_rows::unsent(self.tx)?, tally: self.tally })
    }
}
