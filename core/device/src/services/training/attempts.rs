//! Attempts at a module's quiz: begun, answered question by question, handed in. Each answer is durable when
//! its call returns, so that an attempt goes on at the exact question after the app was killed.

use std::collections::BTreeMap;

use frontline_domain::fact::{AttemptFinished, AttemptStarted, Fact, QuestionAnswered};
use frontline_domain::form::Raw;
use frontline_domain::quiz::{Attempt, Quiz, Standing, grade, is_question, is_short, limits, standing};
use frontline_domain::release::{Content, Release};
use frontline_domain::{CaptureId, EntryType, PersonId, ReleaseHash, Scope, Slug};
use serde::Serialize;

use super::{Training, find};
use crate::capture::Pen;
use crate::error::{Error, Fault};
use crate::services::shown;
use crate::store::attempts::{self, AttemptRow};
use crate::store::{Db, releases};

/// An answer to one question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizAnswerDraft {
    pub attempt: String,
    pub item: String,
    pub value: Raw,
}

/// What an attempt was worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuizResult {
    pub points: u32,
    pub of: u32,
    pub passed: bool,
    /// Attempts that are left at the version that is published now; none: as many as one likes.
    pub left: Option<u32>,
}

impl Training<'_> {
    /// Begins an attempt at the quiz of a module, or goes on with the one that is open, whatever was published
    /// since; gives its id.
    pub fn quiz_start(&self, module: &str) -> Result<String, Error> {
        self.0.capture(|pen| {
            let slug = shown::slug("module", module)?;
            let book = Book::of(pen.tx, pen.me.person)?;
            if let Some(open) = book.open(&slug) {
                return Ok(open.to_string());
            }
            let (hash, _, content) = find(pen.tx, module)?;
            let quiz = content.quiz.ok_or_else(|| Fault::invalid("module", "no-quiz", "this module has no quiz"))?;
            if book.left(&hash, &quiz) == Some(0) {
                let n = quiz.attempts.unwrap_or_default();
                let message = format!("all {n} attempts at this quiz were used; ask whoever leads you");
                return Err(Fault::invalid("module", "attempts", message));
            }
            let id = pen.id();
            let scope = pen.site(EntryType::ATTEMPT_STARTED)?;
            pen.fact(scope, &Fact::AttemptStarted(AttemptStarted { id, module: hash }))?;
            Ok(id.to_string())
        })
    }

    /// Answers a question, or answers it anew.
    pub fn quiz_answer(&self, draft: QuizAnswerDraft) -> Result<(), Error> {
        self.0.capture(|pen| {
            let (row, quiz) = open(pen, &draft.attempt)?;
            let item = shown::slug("item", &draft.item)?;
            let found = quiz.form.item(&item).filter(|i| is_question(i));
            let question = found.ok_or_else(|| Fault::invalid("item", "exists", format!("the quiz has no question named {item}")))?;
            let value = question.read(draft.value).map_err(|p| Fault::answer(&draft.item, p))?;
            if !is_short(&value) {
                return Err(Fault::invalid(&draft.item, "length", format!("at most {} bytes in a gap", limits::GAP)));
            }
            let scope = place(pen, &row, EntryType::QUESTION_ANSWERED)?;
            let Attempt { id, module, .. } = row.attempt;
            pen.fact(scope, &Fact::QuestionAnswered(QuestionAnswered { attempt: id, module, item, value }))?;
            pen.hand_in(&format!("question/{id}/{}", draft.item))?;
            Ok(())
        })
    }

    /// Hands an attempt in: every question is answered by then. It is graded here, at once; the server grades
    /// it again.
    pub fn quiz_submit(&self, attempt: &str) -> Result<QuizResult, Error> {
        self.0.capture(|pen| {
            let (row, quiz) = open(pen, attempt)?;
            let missing = missing(&quiz, &row.attempt);
            if !missing.is_empty() {
                let message = format!("these questions need an answer first: {}", missing.join(", "));
                return Err(Fault::invalid("attempt", "required", message));
            }
            let graded = grade(&quiz, &row.attempt.answers);
            let scope = place(pen, &row, EntryType::ATTEMPT_FINISHED)?;
            let AttemptRow { attempt: Attempt { id, module, answers, .. }, .. } = row;
            let fact = AttemptFinished { attempt: id, module, answers, points: graded.points, of: graded.of, passed: graded.passed };
            pen.fact(scope, &Fact::AttemptFinished(fact))?;
            let left = Book::of(pen.tx, pen.me.person)?.left(&module, &quiz);
            Ok(QuizResult { points: graded.points, of: graded.of, passed: graded.passed, left })
        })
    }
}

/// The person's attempt, not handed in yet, and its quiz.
fn open(pen: &Pen<'_>, attempt: &str) -> Result<(AttemptRow, Quiz), Fault> {
    let (row, _, quiz) = read(pen.tx, pen.me.person, attempt)?;
    if row.attempt.outcome.is_some() {
        return Err(Fault::invalid("attempt", "finished", "this attempt was handed in; begin another one"));
    }
    Ok((row, quiz))
}

/// An attempt of this person, with the version of the module that it belongs to.
pub(super) fn read(db: &Db<'_>, person: PersonId, attempt: &str) -> Result<(AttemptRow, Release, Quiz), Fault> {
    let missing = || Fault::not_found("attempt with this id");
    let id: CaptureId = shown::id("attempt", attempt)?;
    let row = attempts::get(db, person, id)?.ok_or_else(missing)?;
    let release = releases::get(db, &row.attempt.module)?.ok_or_else(missing)?;
    let quiz = quiz_of(&release).cloned().ok_or_else(missing)?;
    Ok((row, release, quiz))
}

fn quiz_of(release: &Release) -> Option<&Quiz> {
    match &release.content {
        Content::Module(module) => module.quiz.as_ref(),
        _ => None,
    }
}

/// The questions without an answer, in the order of the form.
pub(super) fn missing(quiz: &Quiz, attempt: &Attempt) -> Vec<String> {
    quiz.questions().filter(|q| !attempt.answers.contains_key(&q.slug)).map(|q| q.slug.to_string()).collect()
}

/// Where the attempt goes on: the site that it was begun for, or, once the person moved, where they may write.
fn place(pen: &Pen<'_>, row: &AttemptRow, one: EntryType) -> Result<Scope, Fault> {
    if pen.may_write(one, row.scope) { Ok(row.scope) } else { pen.site(one) }
}

/// Every attempt of one person, with the versions that they belong to.
pub(super) struct Book {
    attempts: Vec<Attempt>,
    versions: BTreeMap<ReleaseHash, (Slug, Option<u8>)>,
}

impl Book {
    pub(super) fn of(db: &Db<'_>, person: PersonId) -> Result<Self, Fault> {
        let attempts: Vec<Attempt> = attempts::of(db, person)?.into_iter().map(|row| row.attempt).collect();
        let mut versions = BTreeMap::new();
        for attempt in &attempts {
            if !versions.contains_key(&attempt.module)
                && let Some(release) = releases::get(db, &attempt.module)?
            {
                let allowed = quiz_of(&release).and_then(|q| q.attempts);
                versions.insert(attempt.module, (release.slug, allowed));
            }
        }
        Ok(Self { attempts, versions })
    }

    /// The person's attempts at a module, at any version, oldest first.
    pub(super) fn at<'b>(&'b self, module: &'b Slug) -> impl Iterator<Item = &'b Attempt> {
        self.attempts.iter().filter(move |a| self.versions.get(&a.module).is_some_and(|(slug, _)| slug == module))
    }
    /// The attempt that is not handed in yet, if there is one: the one begun last.
    pub(super) fn open(&self, module: &Slug) -> Option<CaptureId> {
        self.at(module).filter(|a| a.outcome.is_none()).last().map(|a| a.id)
    }
    pub(super) fn standing(&self, module: &Slug) -> Standing {
        standing(self.at(module), |version| self.versions.get(version).and_then(|(_, allowed)| *allowed))
    }
    /// Attempts left at one version.
    pub(super) fn left(&self, version: &ReleaseHash, quiz: &Quiz) -> Option<u32> {
        let used = self.attempts.iter().filter(|a| a.module == *version).count();
        quiz.attempts.map(|allowed| u32::from(allowed).saturating_sub(u32::try_from(used).unwrap_or(u32::MAX)))
    }
}
