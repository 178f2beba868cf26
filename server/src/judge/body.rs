//! What a fact's body must hold beside its own shape: that what it refers to is there.

use frontline_domain::fact::{Fact, FactError, FeedbackGiven, InteractionClosed, LessonProgressed};
use frontline_domain::release::Content;
use frontline_domain::{DocId, EntryType, OrgId, Scope};
use frontline_protocol::{Code, Entry};

use super::{About, Bench, Found, Good, training};
use crate::store::Result;

/// Judges the body of a fact. A type without a body of this build is stored as it is.
pub(super) async fn fact(bench: &mut Bench<'_>, entry: &Entry) -> Result<Found> {
    let (org, scope) = (entry.header.org, entry.header.scope);
    let fact = match Fact::decode(entry.header.entry_type, &entry.body) {
        None => return Ok(Found::Good(Good::Plain)),
        Some(Err(FactError::Unreadable(_))) => return Ok(refused(Code::UNREADABLE)),
        Some(Err(FactError::OutOfRange { .. })) => return Ok(refused(Code::OUT_OF_RANGE)),
        Some(Ok(fact)) => fact,
    };
    // The one encoding, or two readers could disagree on what it says.
    if fact.encode() != entry.body {
        return Ok(refused(Code::NOT_CANONICAL));
    }
    match &fact {
        Fact::AttemptStarted(_) | Fact::QuestionAnswered(_) | Fact::AttemptFinished(_) => {
            Ok(match training::judge(bench, org, &fact).await? {
                Some(code) => refused(code),
                None => Found::Good(Good::Attempt(Box::new(fact))),
            })
        }
        Fact::RunSubmitted(seal) => of_its_place(bench, entry, seal.run, Good::About(seal.run)).await,
        Fact::SignedOff(seal) => of_its_place(bench, entry, seal.run, Good::Lock(seal.run, true)).await,
        Fact::Returned(returned) => of_its_place(bench, entry, returned.run, Good::Lock(returned.run, false)).await,
        _ => Ok(of_a_fact(bench, org, scope, &fact).await?.map_or(Found::Good(Good::Plain), refused)),
    }
}

/// What is said about a run is said where it is: whoever leads at another place neither locks it nor opens it.
async fn of_its_place(bench: &mut Bench<'_>, entry: &Entry, run: DocId, good: Good) -> Result<Found> {
    let row = bench.tx.doc(entry.header.org, run).await?;
    let is_elsewhere = row.is_some_and(|row| row.scope != entry.header.scope);
    Ok(if is_elsewhere { refused(Code::WRONG_SCOPE) } else { Found::Good(good) })
}

/// What is wrong with a fact that no document and no attempt has to do with.
pub(super) async fn of_a_fact(bench: &mut Bench<'_>, org: OrgId, scope: Scope, fact: &Fact) -> Result<Option<Code>> {
    match fact {
        Fact::FeedbackGiven(f) => feedback(bench, org, scope, f).await,
        Fact::InteractionClosed(c) => closed(bench, org, c).await,
        Fact::LessonProgressed(l) => progressed(bench, org, l).await,
        Fact::InteractionOpened(_)
        | Fact::InteractionPaused(_)
        | Fact::InteractionResumed(_)
        | Fact::InteractionVoided(_)
        | Fact::InteractionCustomer(_)
        | Fact::ClockJumped(_)
        | Fact::StorageSetAside(_)
        | Fact::BlobCaptured(_)
        | Fact::PersonOnDevice(_)
        | Fact::ActionOpened(_)
        | Fact::ActionChanged(_)
        | Fact::ActionReviewed(_)
        | Fact::ActionCommented(_)
        | Fact::AttemptStarted(_)
        | Fact::QuestionAnswered(_)
        | Fact::AttemptFinished(_)
        | Fact::RunSubmitted(_)
        | Fact::SignedOff(_)
        | Fact::Returned(_) => Ok(None),
    }
}

fn refused(code: Code) -> Found {
    Found::Refused { code, about: About::default() }
}

async fn feedback(bench: &mut Bench<'_>, org: OrgId, scope: Scope, f: &FeedbackGiven) -> Result<Option<Code>> {
    let content = bench.runs.content(bench.tx.as_read(), org, f.survey).await?;
    let Some(Content::Survey(survey)) = content.as_deref() else { return Ok(Some(Code::UNKNOWN_RELEASE)) };
    if f.reason.as_ref().is_some_and(|r| !survey.reasons.iter().any(|one| one.slug == *r)) {
        return Ok(Some(Code::OUT_OF_RANGE));
    }
    Ok(match bench.runs.touchpoint_site(bench.tx.as_read(), org, &f.touchpoint).await? {
        Some(site) if scope == Scope::Site(site) => None,
        Some(_) => Some(Code::WRONG_SCOPE),
        None => Some(Code::OUT_OF_RANGE),
    })
}

async fn closed(bench: &mut Bench<'_>, org: OrgId, c: &InteractionClosed) -> Result<Option<Code>> {
    let content = bench.runs.content(bench.tx.as_read(), org, c.tree).await?;
    let Some(Content::Reasons(tree)) = content.as_deref() else { return Ok(Some(Code::UNKNOWN_RELEASE)) };
    let outcome = tree.outcome(&c.outcome).is_some_and(|o| o.resolved == c.resolved && o.handled == c.handled);
    let channel = c.channel.as_ref().is_none_or(|slug| tree.has_channel(slug));
    Ok((!outcome || !channel || !tree.has_reason(&c.reason)).then_some(Code::OUT_OF_RANGE))
}

async fn progressed(bench: &mut Bench<'_>, org: OrgId, l: &LessonProgressed) -> Result<Option<Code>> {
    let content = bench.runs.content(bench.tx.as_read(), org, l.module).await?;
    let Some(Content::Module(module)) = content.as_deref() else { return Ok(Some(Code::UNKNOWN_RELEASE)) };
    let lesson = module.lessons.iter().find(|one| one.slug == l.lesson);
    Ok(lesson.is_none_or(|one| one.cards.len() != usize::from(l.of)).then_some(Code::OUT_OF_RANGE))
}

/// Whether the type is one that this module judges.
pub(super) fn is_change(one: EntryType) -> bool {
    one == EntryType::RUN_CHANGED
}
