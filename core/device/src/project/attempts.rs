//! Attempts at quizzes: each folded by the domain's one rule from the facts of its person, in the order of the
//! feed. What the server refused is no part of it: an attempt whose handing in was refused is open again.

use frontline_domain::fact::Fact;
use frontline_domain::quiz::{Attempt, Step};
use frontline_domain::{CaptureId, EntryType, PersonId};

use super::Subject;
use crate::error::Fault;
use crate::store::Tx;
use crate::store::attempts::{self, AttemptRow};
use crate::store::entries::{self, Held};

/// Makes an attempt's row anew.
pub(super) fn attempt(tx: &Tx<'_>, person: PersonId, id: CaptureId) -> Result<(), Fault> {
    let subject = Subject::Attempt(person, id).encode();
    let mut held: Vec<Held> = Vec::new();
    for one in [EntryType::ATTEMPT_STARTED, EntryType::QUESTION_ANSWERED, EntryType::ATTEMPT_FINISHED] {
        held.extend(entries::standing(tx, &subject, one)?);
    }
    held.sort_by_key(|h| (h.place.map_or(u64::MAX, |p| p.number), h.row));
    let facts: Vec<(Fact, i64)> =
        held.iter().filter_map(|h| Some((Fact::decode(h.entry.header.entry_type, &h.entry.body)?.ok()?, h.at_ms()))).collect();
    let steps = facts.iter().filter_map(|(fact, at_ms)| Some((step(fact)?, *at_ms)));
    match (Attempt::of(steps), held.first()) {
        (Some(attempt), Some(first)) => Ok(attempts::put(tx, &AttemptRow { person, scope: first.entry.header.scope, attempt })?),
        _ => Ok(attempts::clear(tx, person, id)?),
    }
}

fn step(fact: &Fact) -> Option<Step<'_>> {
    match fact {
        Fact::AttemptStarted(f) => Some(Step::Started(f)),
        Fact::QuestionAnswered(f) => Some(Step::Answered(f)),
        Fact::AttemptFinished(f) => Some(Step::Finished(f)),
        _ => None,
    }
}
