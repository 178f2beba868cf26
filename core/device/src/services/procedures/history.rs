//! Who answered what and when, and what was said about the run.

pub use frontline_domain::document::Doubt;
use frontline_domain::document::pace::{Clocks, of_history};
use frontline_domain::document::{self, Pace, RunChanged};
use frontline_domain::fact::Fact;
use frontline_domain::form::Value;
use frontline_domain::form::speech::{Phrase, Speech};
use frontline_domain::{DocId, EntryType};
use serde::Serialize;

use super::spoken::Spoken;
use super::{Procedures, open};
use crate::error::{Error, Fault};
use crate::people::{self, Reader};
use crate::project::{self, Subject};
use crate::services::shown::Answered;
use crate::store::{Db, entries};

/// One line of a run's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryLine {
    pub at_ms: i64,
    pub by: String,
    pub what: HistoryWhat,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Answered>,
    /// The same in words; none where the answer was taken back.
    #[serde(skip)]
    pub says: Option<String>,
    /// Of an answer: nobody has replaced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands: Option<bool>,
    /// Of a return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Of an answer: milliseconds since the same person's answer before, on the same device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
    /// Of an answer: what about it is hard to believe. Nothing was refused for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// Of an answer: an instrument gave it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub measured: bool,
    /// It was done after open runs of its version were withdrawn, by somebody who had not heard of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub after_withdrawal: bool,
}

/// What a line of a history tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HistoryWhat {
    Answered,
    /// An answer that ends a clash.
    Settled,
    /// A photo or a recording beside an answer.
    Attached,
    /// A note beside an answer; taking it back is detaching it, too.
    Noted,
    Detached,
    Submitted,
    SignedOff,
    Returned,
}

impl Procedures<'_> {
    /// Everything that happened to a run, in order of time as its authors knew it; what builds on another
    /// comes after it.
    pub fn history(&self, run: &str) -> Result<Vec<HistoryLine>, Error> {
        self.0.show(|db| {
            let opened = open(db, run)?;
            let reader = Reader::of(self.0, db)?;
            let spoken = Spoken { db, reader: &reader };
            let mut out = Vec::new();
            let history = opened.run.history();
            let paces = paces(db, opened.id, &history)?;
            let withdrawn = project::withdrawn(db, &opened.release)?;
            let is_after = |at_ms: i64| withdrawn.as_ref().is_some_and(|one| one.is_before(at_ms));
            let after = |says: String, at_ms: i64| if is_after(at_ms) { spoken.say(&Phrase::AfterWithdrawal(&says)) } else { says };
            for (line, pace) in history.into_iter().zip(paces) {
                let key = line.key;
                let item = if key.instance == 0 { key.item.to_string() } else { format!("{}/{}", key.item, key.instance) };
                let of = opened.plan.number(&key.item).and_then(|number| opened.plan.item(number));
                let note = match (&line.answer.value, key.evidence) {
                    (Value::Text(text), Some(_)) if !text.is_empty() => Some(spoken.say(&Phrase::Noted(text))),
                    _ => None,
                };
                let says = of.filter(|_| key.evidence.is_none() && !line.answer.value.is_empty());
                let says = note.clone().or_else(|| says.map(|item| item.report(&line.answer.value, &spoken)));
                out.push(HistoryLine {
                    says: says.map(|says| after(says, line.answer.at_ms)),
                    after_withdrawal: is_after(line.answer.at_ms),
                    at_ms: line.answer.at_ms,
                    by: people::name(db, line.answer.by)?,
                    what: match key.evidence {
                        Some(_) if note.is_some() => HistoryWhat::Noted,
                        Some(_) if line.answer.value.blobs().is_empty() => HistoryWhat::Detached,
                        Some(_) => HistoryWhat::Attached,
                        None if line.answer.settles => HistoryWhat::Settled,
                        None => HistoryWhat::Answered,
                    },
                    item: Some(item),
                    value: Some(Answered(line.answer.value)),
                    stands: Some(line.stands),
                    reason: None,
                    took_ms: pace.took_ms,
                    doubts: pace.doubts,
                    measured: line.answer.measured,
                });
            }
            for (held, fact) in project::seals(db, opened.id)? {
                let (what, reason) = match fact {
                    Fact::RunSubmitted(_) => (HistoryWhat::Submitted, None),
                    Fact::SignedOff(_) => (HistoryWhat::SignedOff, None),
                    Fact::Returned(r) => (HistoryWhat::Returned, Some(r.reason)),
                    _ => continue,
                };
                let at_ms = held.entry.header.moment.server_estimate();
                let by = people::name(db, held.entry.header.person)?;
                out.push(HistoryLine {
                    at_ms,
                    by,
                    what,
                    item: None,
                    value: None,
                    says: None,
                    stands: None,
                    reason,
                    took_ms: None,
                    doubts: vec![],
                    measured: false,
                    after_withdrawal: is_after(at_ms),
                });
            }
            // Stable: what the document says comes before another keeps its place at the same time.
            out.sort_by_key(|line| line.at_ms);
            Ok(out)
        })
    }
}

/// How long each took. What is no longer here but in the document itself has no time.
fn paces(db: &Db<'_>, run: DocId, history: &[document::HistoryLine]) -> Result<Vec<Pace>, Fault> {
    let mut made = Clocks::new();
    for held in entries::standing(db, &Subject::Run(run).encode(), EntryType::RUN_CHANGED)? {
        let header = &held.entry.header;
        made.extend(RunChanged::decode(&held.entry.body).ok().map(|body| (body.intent, (header.device, header.moment))));
    }
    Ok(of_history(history, &made))
}
