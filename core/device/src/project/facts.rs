//! Feedback, contacts and progress: each folded from the facts about it, in order of arrival.

use frontline_domain::customer::Sealed;
use frontline_domain::fact::Fact;
use frontline_domain::metrics::interaction::{Step, contact};
use frontline_domain::{CaptureId, DeviceId, Moment, PersonId, ReleaseHash, Slug};

use super::Subject;
use crate::error::Fault;
use crate::store::customers::CustomerRow;
use crate::store::entries::Held;
use crate::store::feedback::FeedbackRow;
use crate::store::interactions::InteractionRow;
use crate::store::progress::ProgressRow;
use crate::store::{Tx, customers, entries, feedback, interactions, progress};

/// Everything readable about a subject.
pub(super) fn facts(tx: &Tx<'_>, subject: &Subject) -> Result<Vec<(Held, Fact)>, Fault> {
    let held = entries::about(tx, &subject.encode())?;
    let read = |h: Held| {
        let fact = Fact::decode(h.entry.header.entry_type, &h.entry.body)?.ok()?;
        Some((h, fact))
    };
    Ok(held.into_iter().filter_map(read).collect())
}

/// One response; the entry that carries it last, where it was issued again.
pub(super) fn feedback(tx: &Tx<'_>, id: CaptureId) -> Result<(), Fault> {
    feedback_of(tx, id, facts(tx, &Subject::Feedback(id))?)
}

/// The same of facts that were read.
pub(super) fn feedback_of(tx: &Tx<'_>, id: CaptureId, mut facts: Vec<(Held, Fact)>) -> Result<(), Fault> {
    let Some((held, Fact::FeedbackGiven(given))) = facts.pop() else {
        customers::clear(tx, id)?;
        return Ok(feedback::clear(tx, id.as_bytes())?);
    };
    customer(tx, id, held.entry.header.device, given.comment.as_ref())?;
    let header = &held.entry.header;
    let row = FeedbackRow {
        id,
        scope: header.scope,
        touchpoint: given.touchpoint,
        survey: given.survey,
        score: given.score,
        reason: given.reason,
        person: header.person,
        at_ms: header.moment.server_estimate(),
        entry: held.entry.hash(),
    };
    Ok(feedback::put(tx, &row)?)
}

/// What was said about the customer, sealed as it came.
fn customer(tx: &Tx<'_>, about: CaptureId, device: DeviceId, sealed: Option<&Sealed>) -> Result<(), Fault> {
    match sealed {
        Some(sealed) => Ok(customers::put(tx, &CustomerRow { about, device, sealed: sealed.clone() })?),
        None => Ok(customers::clear(tx, about)?),
    }
}

/// A contact, folded by the domain's one rule.
pub(super) fn interaction(tx: &Tx<'_>, id: CaptureId) -> Result<(), Fault> {
    interaction_of(tx, id, &facts(tx, &Subject::Interaction(id))?, false)
}

/// The same of facts that were read; `is_new`: there are no rows about it yet.
pub(super) fn interaction_of(tx: &Tx<'_>, id: CaptureId, facts: &[(Held, Fact)], is_new: bool) -> Result<(), Fault> {
    let (Some((first, _)), Some((last, _))) = (facts.first(), facts.last()) else {
        customers::clear(tx, id)?;
        return Ok(interactions::clear(tx, id.as_bytes())?);
    };
    let said = facts.iter().rev().find_map(|(h, f)| Some((h.entry.header.device, f.about_customer()?.1)));
    if said.is_some() || !is_new {
        customer(tx, id, said.map_or(last.entry.header.device, |(device, _)| device), said.map(|(_, sealed)| sealed))?;
    }
    let steps = facts.iter().filter_map(|(h, fact)| Some((step(fact)?, h.entry.header.moment)));
    let contact = contact(steps);
    let estimate = |m: &Moment| m.server_estimate();
    let row = InteractionRow {
        id,
        scope: first.entry.header.scope,
        status: contact.state,
        running: contact.running_since(),
        active_ms: contact.active_ms,
        reason: contact.reason,
        channel: contact.channel,
        touchpoint: contact.touchpoint,
        outcome: contact.outcome,
        person: first.entry.header.person,
        opened_ms: contact.opened.as_ref().map_or_else(|| estimate(&first.entry.header.moment), estimate),
        updated_ms: facts.iter().map(|(h, _)| estimate(&h.entry.header.moment)).max().unwrap_or_default(),
        entry: last.entry.hash(),
    };
    Ok(interactions::put(tx, &row)?)
}

fn step(fact: &Fact) -> Option<Step<'_>> {
    match fact {
        Fact::InteractionOpened(opened) => Some(Step::Opened(opened)),
        Fact::InteractionPaused(_) => Some(Step::Paused),
        Fact::InteractionResumed(_) => Some(Step::Resumed),
        Fact::InteractionClosed(closed) => Some(Step::Closed(closed)),
        Fact::InteractionVoided(_) => Some(Step::Voided),
        _ => None,
    }
}

/// Where a person left off in a lesson: the latest by their own word, and the furthest ever.
pub(super) fn progress(tx: &Tx<'_>, person: PersonId, module: &ReleaseHash, lesson: &Slug) -> Result<(), Fault> {
    let facts = facts(tx, &Subject::Progress(person, *module, lesson.clone()))?;
    let read = facts.iter().filter_map(|(h, fact)| match fact {
        Fact::LessonProgressed(p) => Some((h, p)),
        _ => None,
    });
    let latest = read.clone().max_by_key(|(h, _)| (h.entry.header.moment.server_estimate(), h.row));
    let Some((held, p)) = latest else {
        return Ok(progress::clear(tx, person, module, lesson)?);
    };
    let row = ProgressRow {
        person,
        module: *module,
        lesson: lesson.clone(),
        card: p.card,
        furthest: read.map(|(_, p)| p.card).max().unwrap_or(p.card),
        cards: p.of,
        at_ms: held.entry.header.moment.server_estimate(),
        entry: held.entry.hash(),
    };
    Ok(progress::put(tx, &row)?)
}
