//! Training: what is assigned and due, lessons card by card, progress kept at the exact card, and the quiz.
//!
//! [`attempts`] begins, answers and hands in; [`paper`] is the screen of an attempt; [`reading`] is how far
//! somebody read.

pub mod attempts;
pub mod paper;
mod reading;

use std::collections::BTreeMap;

use frontline_domain::fact::{Fact, LessonProgressed};
use frontline_domain::record::Assignment;
use frontline_domain::release::{Card, Content, Lesson, Module, Release};
use frontline_domain::{EntryType, PersonId, ReleaseHash, Scope, Slug};
use serde::Serialize;

use self::attempts::Book;
use self::reading::Reading;
use super::shown;
use crate::capture::grants_of;
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::people::{self, Reader, Words};
use crate::store::progress::ProgressRow;
use crate::store::{Db, records};

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrainingSummary {
    /// The module's name.
    pub id: String,
    pub title: Words,
    pub assigned: bool,
    /// The earliest due time of what is assigned and not done, server time.
    pub due_ms: Option<i64>,
    pub overdue: bool,
    pub status: ModuleState,
    pub cards: u32,
    pub read: u32,
    pub minutes: Option<u16>,
    /// None where the module has no quiz.
    #[serde(flatten)]
    pub quiz: Option<QuizSummary>,
}

/// How far a person is with a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModuleState {
    New,
    Begun,
    Done,
}

/// How the person stands in a module's quiz, over all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuizSummary {
    pub questions: u32,
    pub mastery_score: u8,
    /// Those that count, finished or not; and those begun beyond what is allowed, which do not.
    pub attempts: u32,
    #[serde(skip_serializing_if = "is_nothing")]
    pub beyond: u32,
    /// At the version that is published now; none: as many as one likes.
    pub left: Option<u32>,
    pub best: Option<Best>,
    pub passed: bool,
    /// The attempt that is not handed in yet.
    pub open: Option<String>,
}

/// The best result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Best {
    pub points: u32,
    pub of: u32,
}

fn is_nothing(n: &u32) -> bool {
    *n == 0
}

/// A module, ready to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleDetail {
    pub id: String,
    pub release: String,
    pub title: Words,
    pub lessons: Vec<LessonDetail>,
    /// Where to go on: the lesson, and its card counted from 1.
    pub resume: (String, u16),
    pub quiz: Option<QuizSummary>,
    /// The person's attempts at it, at any version, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<AttemptSummary>,
}

/// Whether an attempt was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptState {
    Open,
    Finished,
}

/// An attempt, as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptSummary {
    pub id: String,
    pub started_ms: i64,
    pub status: AttemptState,
    pub points: Option<u32>,
    pub of: Option<u32>,
    pub passed: Option<bool>,
}

/// A lesson with its cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonDetail {
    pub slug: String,
    pub title: Words,
    pub cards: Vec<CardDetail>,
    /// Where one left off, counted from 1; 0: not begun.
    pub card: u16,
    /// The furthest ever read.
    pub furthest: u16,
}

/// A card in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardDetail {
    /// Markdown.
    Text(Words),
    Image {
        blob: String,
        alt: Words,
    },
    Takeaways(Vec<Words>),
    Flip {
        front: Words,
        back: Words,
    },
    Video {
        video: String,
        alt: Words,
        length_ms: u64,
    },
}

/// Training.
pub struct Training<'a>(&'a Inner);

impl Core {
    /// What is to be learned.
    pub fn training(&self) -> Training<'_> {
        Training(&self.inner)
    }
}

impl Training<'_> {
    /// Every module: first what is assigned, by due time, then the rest by name.
    pub fn list(&self) -> Result<Vec<TrainingSummary>, Error> {
        self.0.show(|db| {
            let (reader, me) = (Reader::of(self.0, db)?, people::current(db)?);
            let now = self.0.now(db)?.server_estimate();
            let due = due(db, "module", me.person, Scope::Site(me.site))?;
            let (reading, book) = (Reading::of(db, me.person)?, Book::of(db, me.person)?);
            let mut out = Vec::new();
            for (hash, release) in shown::all_published(db, "module")? {
                let Content::Module(module) = &release.content else { continue };
                let read = module.lessons.iter().filter_map(|l| reading.at(&hash, &release.slug, l)).map(|r| u32::from(r.furthest)).sum();
                let cards: u32 = module.lessons.iter().map(cards_of).map(u32::from).sum();
                let quiz = summary(&book, &hash, &release.slug, module);
                let (completed, passed) = (cards > 0 && read == cards, quiz.as_ref().is_some_and(|q| q.passed));
                let done = module.move_on.is_done(completed, passed);
                let due_ms = due.get(&release.slug).copied();
                out.push(TrainingSummary {
                    id: release.slug.to_string(),
                    title: reader.words(&release.title),
                    assigned: due_ms.is_some(),
                    due_ms,
                    overdue: !done && due_ms.is_some_and(|d| d < now),
                    status: if done && (completed || passed) {
                        ModuleState::Done
                    } else if read > 0 || quiz.as_ref().is_some_and(|q| q.attempts > 0) {
                        ModuleState::Begun
                    } else {
                        ModuleState::New
                    },
                    cards,
                    read,
                    minutes: module.minutes,
                    quiz,
                });
            }
            out.sort_by(|a, b| (!a.assigned, a.due_ms, &a.id).cmp(&(!b.assigned, b.due_ms, &b.id)));
            Ok(out)
        })
    }

    /// A module with its lessons, and where one left off.
    pub fn open(&self, module: &str) -> Result<ModuleDetail, Error> {
        self.0.show(|db| {
            let (hash, release, content) = find(db, module)?;
            let (reader, me) = (Reader::of(self.0, db)?, people::current(db)?);
            let (reading, book) = (Reading::of(db, me.person)?, Book::of(db, me.person)?);
            let at = |lesson: &Lesson| reading.at(&hash, &release.slug, lesson);
            let latest = content.lessons.iter().filter_map(at).max_by_key(|r| r.at_ms);
            let first = content.lessons.first().map(|l| (l.slug.to_string(), 1)).unwrap_or_default();
            Ok(ModuleDetail {
                id: release.slug.to_string(),
                release: hash.to_string(),
                title: reader.words(&release.title),
                resume: latest.map_or(first, |r| resume(&content, &r)),
                quiz: summary(&book, &hash, &release.slug, &content),
                attempts: book.at(&release.slug).map(row).collect(),
                lessons: content
                    .lessons
                    .iter()
                    .map(|lesson| LessonDetail {
                        slug: lesson.slug.to_string(),
                        title: reader.words(&lesson.title),
                        cards: lesson.cards.iter().map(|c| card(&reader, c)).collect(),
                        card: at(lesson).map_or(0, |r| r.card),
                        furthest: at(lesson).map_or(0, |r| r.furthest),
                    })
                    .collect(),
            })
        })
    }

    /// Keeps that the person is at this card, counted from 1.
    pub fn progress(&self, module: &str, lesson: &str, card: i64) -> Result<(), Error> {
        self.0.capture(|pen| {
            let (hash, _, content) = find(pen.tx, module)?;
            let lesson = shown::slug("lesson", lesson)?;
            let found = content.lessons.iter().find(|l| l.slug == lesson);
            let found = found.ok_or_else(|| Fault::invalid("lesson", "exists", "the module has no such lesson"))?;
            let of = cards_of(found);
            let card = u16::try_from(card).ok().filter(|c| (1..=of).contains(c));
            let card =
                card.ok_or_else(|| Fault::invalid("card", "range", format!("a card of this lesson is a whole number from 1 to {of}")))?;
            let scope = pen.site(EntryType::LESSON_PROGRESSED)?;
            pen.fact(scope, &Fact::LessonProgressed(LessonProgressed { module: hash, lesson, card, of }))?;
            Ok(())
        })
    }
}

fn summary(book: &Book, version: &ReleaseHash, slug: &Slug, module: &Module) -> Option<QuizSummary> {
    let quiz = module.quiz.as_ref()?;
    let standing = book.standing(slug);
    Some(QuizSummary {
        questions: u32::try_from(quiz.questions().count()).unwrap_or(u32::MAX),
        mastery_score: quiz.mastery_score,
        attempts: standing.attempts,
        beyond: standing.beyond,
        left: book.left(version, quiz),
        best: standing.best.map(|(points, of)| Best { points, of }),
        passed: standing.passed,
        open: book.open(slug).map(|id| id.to_string()),
    })
}

fn row(attempt: &frontline_domain::quiz::Attempt) -> AttemptSummary {
    AttemptSummary {
        id: attempt.id.to_string(),
        started_ms: attempt.started_ms,
        status: if attempt.outcome.is_some() { AttemptState::Finished } else { AttemptState::Open },
        points: attempt.outcome.map(|o| o.points),
        of: attempt.outcome.map(|o| o.of),
        passed: attempt.outcome.map(|o| o.passed),
    }
}

fn find(db: &Db<'_>, name: &str) -> Result<(ReleaseHash, Release, Module), Fault> {
    let slug = shown::slug("module", name)?;
    let (hash, release) = shown::published(db, "module", &slug)?;
    match &release.content {
        Content::Module(module) => Ok((hash, release.clone(), module.clone())),
        _ => Err(Fault::not_found(format!("module named {slug}"))),
    }
}

/// The card after the last one read, or the next lesson's first.
fn resume(module: &Module, row: &ProgressRow) -> (String, u16) {
    let at = module.lessons.iter().position(|l| l.slug == row.lesson);
    let next = at.and_then(|at| module.lessons.get(at + 1)).filter(|_| row.card >= row.cards);
    next.map_or_else(|| (row.lesson.to_string(), row.card), |l| (l.slug.to_string(), 1))
}

fn cards_of(lesson: &Lesson) -> u16 {
    u16::try_from(lesson.cards.len()).unwrap_or(u16::MAX)
}

fn card(reader: &Reader, card: &Card) -> CardDetail {
    match card {
        Card::Text(text) => CardDetail::Text(reader.words(text)),
        Card::Image { picture, alt } => CardDetail::Image { blob: picture.blob.to_string(), alt: reader.words(alt) },
        Card::Video { video, alt } => {
            CardDetail::Video { video: video.blob.to_string(), alt: reader.words(alt), length_ms: video.length_ms }
        }
        Card::Takeaways(list) => CardDetail::Takeaways(list.iter().map(|t| reader.words(t)).collect()),
        Card::Flip { front, back } => CardDetail::Flip { front: reader.words(front), back: reader.words(back) },
    }
}

/// What is assigned to a person or to a site of theirs, with the earliest due time.
pub(crate) fn due(db: &Db<'_>, kind: &str, person: PersonId, site: Scope) -> Result<BTreeMap<Slug, i64>, Fault> {
    let mut mine = vec![site, Scope::Person(person)];
    mine.extend(grants_of(db, person)?.into_iter().filter(|g| g.until_ms.is_none()).map(|g| g.scope));
    let mut out = BTreeMap::new();
    let all: Vec<Assignment> = records::all(db)?;
    for one in all.into_iter().filter(|a| a.kind == kind && !a.withdrawn && mine.contains(&a.to)) {
        let at = out.entry(one.slug).or_insert(one.due_ms);
        *at = one.due_ms.min(*at);
    }
    Ok(out)
}
