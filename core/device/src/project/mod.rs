//! From entries to the rows that lists read: one way, for what is captured here, for what is received, and
//! for a rebuild. Each entry is about a [`Subject`]; [`refresh`] makes a subject's rows anew from everything
//! held about it, so that order and repetition change nothing.
//!
//! An entry of a type that this build does not know has no subject: it is kept raw, and [`rebuild`] after an
//! update finds out what it is about ([`VERSION`]).

mod actions;
pub(crate) mod ahead;
pub(crate) mod around;
mod attempts;
mod blobs;
mod facts;
pub(crate) mod lists;
pub(crate) mod plans;
mod rebuild;
mod records;
mod run;

use frontline_domain::document::{Run, RunChanged};
use frontline_domain::fact::Fact;
use frontline_domain::release::Release;
use frontline_domain::{CaptureId, DocId, EntryType, PersonId, ReleaseHash, Slug, cbor};
use frontline_protocol::Entry;
use serde::{Deserialize, Serialize};

use crate::error::Fault;
use crate::observe::{Topic, Touched};
use crate::store::entries::Held;
use crate::store::pending::Appended;
use crate::store::{StoreError, Tx, entries};

pub(crate) use actions::{facts as facts_of_action, said as said_of_action};
pub(crate) use ahead::settle as settle_run;
pub(crate) use around::before;
pub(crate) use rebuild::{after_an_update, rebuild};
#[cfg(test)]
pub(crate) use run::counted;
pub(crate) use run::{Tally, demanded_ahead, said, seals, withdrawn};

/// Goes up with every change of what is projected: the store is rebuilt when it is opened. 8: recordings, drawings, photos of
/// actions and withdrawals of open runs, that came while the app did not know them.
pub(crate) const VERSION: u32 = 8;

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Subject {
    /// First in order: what the others refer to.
    #[serde(rename = "l")]
    Release(ReleaseHash),
    #[serde(rename = "c")]
    Record(EntryType, serde_bytes::ByteBuf),
    #[serde(rename = "f")]
    Feedback(CaptureId),
    #[serde(rename = "i")]
    Interaction(CaptureId),
    #[serde(rename = "p")]
    Progress(PersonId, ReleaseHash, Slug),
    #[serde(rename = "a")]
    Attempt(PersonId, CaptureId),
    #[serde(rename = "b")]
    Blob(CaptureId),
    #[serde(rename = "r")]
    Run(DocId),
    #[serde(rename = "t")]
    Action(CaptureId),
}

impl Subject {
    pub(crate) fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }
}

/// What an entry is about; none for a type that this build does not know, and for a body that is not what
/// its type says.
pub(crate) fn subject(entry: &Entry) -> Option<Subject> {
    read(entry).0
}

/// The same, and the fact, where it is one.
pub(crate) fn read(entry: &Entry) -> (Option<Subject>, Option<Fact>) {
    let (one, body) = (entry.header.entry_type, entry.body.as_slice());
    match one {
        EntryType::RUN_CHANGED => return (RunChanged::decode(body).ok().map(|c| Subject::Run(c.run)), None),
        EntryType::RELEASE => return (Some(Subject::Release(Release::hash_of(body))), None),
        _ => {}
    }
    if let Some(Ok(fact)) = Fact::decode(one, body) {
        return (of_fact(entry, &fact), Some(fact));
    }
    (records::id_of(one, body).map(|id| Subject::Record(one, id.into())), None)
}

fn of_fact(entry: &Entry, fact: &Fact) -> Option<Subject> {
    Some(match fact {
        Fact::FeedbackGiven(f) => Subject::Feedback(f.id),
        Fact::InteractionOpened(i) => Subject::Interaction(i.id),
        Fact::InteractionPaused(i) | Fact::InteractionResumed(i) | Fact::InteractionVoided(i) => Subject::Interaction(i.interaction),
        Fact::InteractionClosed(i) => Subject::Interaction(i.interaction),
        Fact::InteractionCustomer(i) => Subject::Interaction(i.interaction),
        Fact::LessonProgressed(p) => Subject::Progress(entry.header.person, p.module, p.lesson.clone()),
        Fact::AttemptStarted(a) => Subject::Attempt(entry.header.person, a.id),
        Fact::QuestionAnswered(a) => Subject::Attempt(entry.header.person, a.attempt),
        Fact::AttemptFinished(a) => Subject::Attempt(entry.header.person, a.attempt),
        Fact::RunSubmitted(s) => Subject::Run(s.run),
        Fact::SignedOff(s) => Subject::Run(s.run),
        Fact::Returned(r) => Subject::Run(r.run),
        Fact::BlobCaptured(b) => Subject::Blob(b.id),
        Fact::ActionOpened(a) => Subject::Action(a.action(entry.header.scope)),
        Fact::ActionChanged(a) | Fact::ActionReviewed(a) => Subject::Action(a.action),
        Fact::ActionCommented(a) => Subject::Action(a.action),
        // About the device itself: kept and sent, shown in no list here.
        Fact::ClockJumped(_) | Fact::StorageSetAside(_) | Fact::PersonOnDevice(_) => return None,
    })
}

/// Puts an own entry in, into the row `at` should it be given, and projects it; gives its row. `run` is the run that
/// the entry's change is already part of.
pub(crate) fn put_own(tx: &Tx<'_>, at: Option<i64>, entry: &Entry, run: Option<&Run>, touched: &mut Touched) -> Result<i64, Fault> {
    let about = subject(entry);
    let (row, _) = entries::put_at(tx, at, entry, about.as_ref().map(Subject::encode).as_deref(), true, None)?;
    match (&about, run) {
        (Some(Subject::Run(id)), Some(run)) => run::refresh(tx, *id, Some(run::Whole { run, since: row }), touched)?,
        (Some(about), _) => refresh(tx, about, touched)?,
        (None, _) => {}
    }
    Ok(row)
}

/// Puts an appended change of a run in, into its row; the run is projected once, with all of them ([`settle_run`]).
pub(crate) fn put_appended(tx: &Tx<'_>, one: &Appended) -> Result<(), StoreError> {
    entries::put_at(tx, Some(one.row), &one.entry, Some(&Subject::Run(one.body.run).encode()), true, None).map(drop)
}

/// Makes the rows of a subject that is new here, from all that is held about it, in order of arrival. The same as
/// [`refresh`], without reading it back.
pub(crate) fn begin(tx: &Tx<'_>, about: &Subject, facts: Vec<(Held, Fact)>, touched: &mut Touched) -> Result<(), Fault> {
    let tell = |touched| tell(about, touched);
    match about {
        Subject::Feedback(id) => facts::feedback_of(tx, *id, facts).inspect(|()| tell(touched)),
        Subject::Interaction(id) => facts::interaction_of(tx, *id, &facts, true).inspect(|()| tell(touched)),
        other => refresh(tx, other, touched),
    }
}

/// Tells the observers that the rows of a subject changed. (What else changes with a record, a picture or a run is told
/// where it is known.)
pub(crate) fn tell(about: &Subject, touched: &mut Touched) {
    match about {
        Subject::Feedback(id) => touched.add(Topic::Feedback, id.to_string()),
        Subject::Interaction(id) => touched.add(Topic::Interactions, id.to_string()),
        Subject::Progress(_, module, _) => touched.add(Topic::Training, module.to_string()),
        Subject::Attempt(_, id) => touched.add(Topic::Training, id.to_string()),
        Subject::Action(id) => touched.add(Topic::Actions, id.to_string()),
        Subject::Release(_) | Subject::Record(..) | Subject::Blob(_) | Subject::Run(_) => {}
    }
}

/// Makes a subject's rows anew from everything that is held about it.
pub(crate) fn refresh(tx: &Tx<'_>, about: &Subject, touched: &mut Touched) -> Result<(), Fault> {
    tell(about, touched);
    match about {
        Subject::Release(hash) => records::release(tx, hash, touched),
        Subject::Record(one, id) => records::record(tx, *one, id, touched),
        Subject::Feedback(id) => facts::feedback(tx, *id),
        Subject::Interaction(id) => facts::interaction(tx, *id),
        Subject::Progress(person, module, lesson) => facts::progress(tx, *person, module, lesson),
        Subject::Attempt(person, id) => attempts::attempt(tx, *person, *id),
        Subject::Blob(id) => blobs::blob(tx, *id, touched),
        Subject::Run(id) => run::refresh(tx, *id, None, touched),
        Subject::Action(id) => actions::refresh(tx, *id),
    }
}
