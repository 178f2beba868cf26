//! Facts about quizzes. An attempt is graded here again, by the domain's one function, from the answers that
//! its fact holds: what the device said that it is worth must be the same, or the fact is set aside for a person
//! to see. It never becomes a figure that two builds disagree about.

use frontline_domain::fact::{AttemptFinished, Fact, QuestionAnswered};
use frontline_domain::quiz::{Attempt, Quiz, Step, grade, is_question};
use frontline_domain::release::Content;
use frontline_domain::{OrgId, ReleaseHash};
use frontline_protocol::{Code, Entry};

use super::Bench;
use crate::store::{AttemptRow, Result};

/// Judges a fact about an attempt; any other is none of this file's.
pub(super) async fn judge(bench: &mut Bench<'_>, org: OrgId, fact: &Fact) -> Result<Option<Code>> {
    let Some(step) = step(fact) else { return Ok(None) };
    let (_, module) = step.of();
    let Some(content) = module_of(bench, org, module).await? else { return Ok(Some(Code::UNKNOWN_RELEASE)) };
    let Content::Module(frontline_domain::release::Module { quiz: Some(quiz), .. }) = content.as_ref() else {
        return Ok(Some(Code::UNKNOWN_RELEASE));
    };
    Ok(match step {
        Step::Started(_) => None,
        Step::Answered(f) => answered(quiz, f),
        Step::Finished(f) => finished(quiz, f),
    })
}

async fn module_of(bench: &mut Bench<'_>, org: OrgId, module: ReleaseHash) -> Result<Option<std::sync::Arc<Content>>> {
    bench.runs.content(bench.tx.as_read(), org, module).await
}

fn answered(quiz: &Quiz, f: &QuestionAnswered) -> Option<Code> {
    let item = quiz.form.item(&f.item).filter(|item| is_question(item));
    item.is_none_or(|item| item.check(&f.value).is_err()).then_some(Code::NOT_AN_ANSWER)
}

fn finished(quiz: &Quiz, f: &AttemptFinished) -> Option<Code> {
    let is_answer = |(slug, value)| quiz.form.item(slug).is_some_and(|item| is_question(item) && item.check(value).is_ok());
    if !f.answers.iter().all(is_answer) {
        return Some(Code::NOT_AN_ANSWER);
    }
    let graded = grade(quiz, &f.answers);
    ((graded.points, graded.of, graded.passed) != (f.points, f.of, f.passed)).then_some(Code::GRADED_OTHERWISE)
}

/// Keeps the attempt's row as the fact leaves it; called when the fact is stored.
pub(super) async fn keep(bench: &mut Bench<'_>, entry: &Entry, fact: &Fact, effective_ms: i64) -> Result<()> {
    let Some(step) = step(fact) else { return Ok(()) };
    let (org, person) = (entry.header.org, entry.header.person);
    let known = bench.tx.attempt(org, person, step.of().0).await?;
    let fresh = || AttemptRow { person, scope: entry.header.scope, attempt: Attempt::begun(&step, effective_ms) };
    let mut row = known.clone().unwrap_or_else(fresh);
    row.attempt.take(&step, effective_ms);
    row.attempt.answers.clear();
    if known.as_ref() != Some(&row) {
        bench.tx.put_attempt(org, &row).await?;
    }
    Ok(())
}

fn step(fact: &Fact) -> Option<Step<'_>> {
    match fact {
        Fact::AttemptStarted(f) => Some(Step::Started(f)),
        Fact::QuestionAnswered(f) => Some(Step::Answered(f)),
        Fact::AttemptFinished(f) => Some(Step::Finished(f)),
        _ => None,
    }
}
