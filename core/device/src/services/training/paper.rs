//! An attempt as a screen shows it. What is right is on it only once nothing can be gained by knowing: after
//! handing in, and only when the person has passed or has no attempt left.

use frontline_domain::form::item::{Choice, Control};
use frontline_domain::form::{Item, ItemKind};
use frontline_domain::quiz::{Graded, Quiz, Worth, grade};
use serde::Serialize;

use super::attempts::{Book, missing, read};
use super::{AttemptState, Training};
use crate::error::Error;
use crate::people::{self, Reader, Words};
use crate::project::Subject;
use crate::services::procedures::spoken::Spoken;
use crate::services::shown::{Answered, CaptureState};

/// An attempt, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptDetail {
    pub id: String,
    /// The module's name, and the version that the attempt stays with.
    pub module: String,
    pub release: String,
    pub title: Words,
    pub status: AttemptState,
    pub started_ms: i64,
    pub finished_ms: Option<i64>,
    /// In the order of this attempt.
    pub questions: Vec<QuestionDetail>,
    /// The first question without an answer: where to go on.
    pub next: Option<String>,
    pub missing: u32,
    pub mastery_score: u8,
    /// Attempts left at this version; none: as many as one likes.
    pub left: Option<u32>,
    /// What it was worth, once it is handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    #[serde(flatten)]
    pub state: Option<CaptureState>,
}

/// A question, or something to read before the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionDetail {
    pub item: String,
    pub kind: &'static str,
    /// What a shell draws for it.
    #[serde(skip)]
    pub control: Control,
    pub label: Words,
    pub help: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Of a number: its limits, and the digits behind the point at most.
    #[serde(skip)]
    pub min: Option<String>,
    #[serde(skip)]
    pub max: Option<String>,
    #[serde(skip)]
    pub decimals: Option<u8>,
    /// Of a sentence with gaps: how many it has.
    #[serde(skip)]
    pub gaps: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<QuizChoice>,
    /// Of pairs: what each is joined to one of the choices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<QuizChoice>,
    pub value: Option<Answered>,
    /// The same in words.
    #[serde(skip)]
    pub says: Option<String>,
    /// Points possible.
    pub of: u32,
    pub critical: bool,
    /// Once it is handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graded: Option<Worth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<Answered>,
    /// The same in words.
    #[serde(skip)]
    pub right_says: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Words>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuizChoice {
    pub slug: String,
    pub label: Words,
}

impl Training<'_> {
    /// One attempt of the current person, ready to be shown.
    pub fn attempt(&self, id: &str) -> Result<AttemptDetail, Error> {
        self.0.show(|db| {
            let (reader, me) = (Reader::of(self.0, db)?, people::current(db)?.person);
            let (row, release, quiz) = read(db, me, id)?;
            let (attempt, book) = (row.attempt, Book::of(db, me)?);
            let left = book.left(&attempt.module, &quiz);
            let graded = attempt.outcome.is_some().then(|| grade(&quiz, &attempt.answers));
            let tell = graded.is_some() && (book.standing(&release.slug).passed || left == Some(0));
            let screen = Screen {
                reader: &reader,
                quiz: &quiz,
                attempt: &attempt,
                graded: graded.as_ref(),
                tell,
                speech: &Spoken { db, reader: &reader },
            };
            let questions: Vec<QuestionDetail> = quiz.form.sections.iter().flat_map(|s| screen.section(s)).collect();
            let open = graded.is_none();
            let next = questions.iter().find(|q| open && q.kind != "note" && q.value.is_none()).map(|q| q.item.clone());
            Ok(AttemptDetail {
                id: attempt.id.to_string(),
                module: release.slug.to_string(),
                release: attempt.module.to_string(),
                title: reader.words(&release.title),
                status: if open { AttemptState::Open } else { AttemptState::Finished },
                started_ms: attempt.started_ms,
                finished_ms: attempt.outcome.map(|o| o.at_ms),
                next,
                missing: u32::try_from(missing(&quiz, &attempt).len()).unwrap_or(u32::MAX),
                questions,
                mastery_score: quiz.mastery_score,
                left,
                points: attempt.outcome.map(|o| o.points),
                of: attempt.outcome.map(|o| o.of),
                passed: attempt.outcome.map(|o| o.passed),
                state: CaptureState::about(db, &Subject::Attempt(me, attempt.id))?,
            })
        })
    }
}

struct Screen<'a> {
    reader: &'a Reader,
    quiz: &'a Quiz,
    attempt: &'a frontline_domain::quiz::Attempt,
    graded: Option<&'a Graded>,
    /// Whether what is right is told.
    tell: bool,
    speech: &'a Spoken<'a>,
}

impl Screen<'_> {
    fn section(&self, section: &frontline_domain::form::Section) -> Vec<QuestionDetail> {
        self.quiz.items_of(self.attempt.id, section).into_iter().map(|item| self.question(item)).collect()
    }

    fn question(&self, item: &Item) -> QuestionDetail {
        let graded = self.graded.and_then(|g| g.items.iter().find(|i| i.item == item.slug));
        let key = item.answer_key.as_ref().filter(|_| self.tell);
        let choice = |c: &Choice| QuizChoice { slug: c.slug.to_string(), label: self.reader.words(&c.label) };
        let number = item.kind.answers().numbers();
        QuestionDetail {
            item: item.slug.to_string(),
            kind: item.kind.name(),
            control: item.kind.answers().control(),
            label: self.reader.words(&item.label),
            help: item.help.as_ref().map(|h| self.reader.words(h)),
            unit: number.and_then(|rule| rule.unit.clone()),
            min: number.and_then(|rule| rule.min).map(|n| n.to_string()),
            max: number.and_then(|rule| rule.max).map(|n| n.to_string()),
            decimals: number.map(|rule| rule.decimals),
            gaps: if let ItemKind::FillIn(sentence) = &item.kind { sentence.gaps } else { 0 },
            choices: self.quiz.choices_of(self.attempt.id, item).into_iter().map(choice).collect(),
            rows: item.kind.answers().rows().iter().map(choice).collect(),
            says: self.attempt.answers.get(&item.slug).map(|value| item.report(value, self.speech)),
            value: self.attempt.answers.get(&item.slug).cloned().map(Answered),
            of: item.weight,
            critical: item.critical,
            graded: graded.map(|g| g.worth()),
            points: graded.map(|g| g.points),
            right_says: key.map(|k| item.report(&k.value, self.speech)),
            right: key.map(|k| Answered(k.value.clone())),
            why: key.and_then(|k| k.why.as_ref()).map(|why| self.reader.words(why)),
        }
    }
}
