//! Modules as lists and screens show them.

use frontline_device::services::training::{self as device, AttemptState, ModuleState};

use crate::words::Words;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ModuleSummary {
    pub id: String,
    pub title: Words,
    pub assigned: bool,
    /// The earliest due time of what is assigned and not done, server time, ms.
    pub due_ms: Option<i64>,
    pub overdue: bool,
    pub status: ModuleStatus,
    pub cards: u32,
    pub read: u32,
    pub minutes: Option<u16>,
    pub quiz: Option<QuizStanding>,
}

/// How far somebody is with a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ModuleStatus {
    New,
    Begun,
    Done,
}

/// How the person stands in a module's quiz, over all its versions.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuizStanding {
    pub questions: u32,
    /// Percent of the points.
    pub mastery_score: u8,
    pub attempts: u32,
    /// Those begun beyond what is allowed, which do not count.
    pub beyond: u32,
    /// Attempts left; none: as many as one likes.
    pub left: Option<u32>,
    pub best_points: Option<u32>,
    pub best_of: Option<u32>,
    pub passed: bool,
    /// The attempt that is not handed in yet.
    pub open: Option<String>,
    /// Whether an attempt can be begun or gone on with.
    pub can_start: bool,
}

/// A page of modules.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ModulePage {
    pub items: Vec<ModuleSummary>,
    pub next: Option<String>,
}

/// A module, ready to be read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ModuleDetail {
    pub id: String,
    /// The version that is read.
    pub release: String,
    pub title: Words,
    pub lessons: Vec<LessonDetail>,
    /// Where to go on: the lesson, and its card counted from 1.
    pub resume_lesson: String,
    pub resume_card: u16,
    pub quiz: Option<QuizStanding>,
    /// The person's attempts at it, oldest first.
    pub attempts: Vec<AttemptSummary>,
}

/// A lesson with its cards.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LessonDetail {
    pub id: String,
    pub title: Words,
    pub cards: Vec<CardDetail>,
    /// Where one left off, counted from 1; 0: not begun.
    pub card: u16,
    /// The furthest ever read.
    pub furthest: u16,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum CardDetail {
    /// Markdown.
    Text {
        text: Words,
    },
    Image {
        picture: String,
        alt: Words,
    },
    Takeaways {
        list: Vec<Words>,
    },
    /// Two sides.
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

/// An attempt, as a row.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AttemptSummary {
    pub id: String,
    pub started_ms: i64,
    pub finished: bool,
    pub points: Option<u32>,
    pub of: Option<u32>,
    pub passed: Option<bool>,
}

impl From<device::TrainingSummary> for ModuleSummary {
    fn from(m: device::TrainingSummary) -> Self {
        Self {
            id: m.id,
            title: m.title.into(),
            assigned: m.assigned,
            due_ms: m.due_ms,
            overdue: m.overdue,
            status: match m.status {
                ModuleState::Done => ModuleStatus::Done,
                ModuleState::Begun => ModuleStatus::Begun,
                ModuleState::New => ModuleStatus::New,
            },
            cards: m.cards,
            read: m.read,
            minutes: m.minutes,
            quiz: m.quiz.map(Into::into),
        }
    }
}

impl From<device::QuizSummary> for QuizStanding {
    fn from(q: device::QuizSummary) -> Self {
        Self {
            can_start: q.open.is_some() || q.left != Some(0),
            questions: q.questions,
            mastery_score: q.mastery_score,
            attempts: q.attempts,
            beyond: q.beyond,
            left: q.left,
            best_points: q.best.map(|b| b.points),
            best_of: q.best.map(|b| b.of),
            passed: q.passed,
            open: q.open,
        }
    }
}

impl From<device::ModuleDetail> for ModuleDetail {
    fn from(m: device::ModuleDetail) -> Self {
        let (resume_lesson, resume_card) = m.resume;
        Self {
            id: m.id,
            release: m.release,
            title: m.title.into(),
            lessons: m.lessons.into_iter().map(Into::into).collect(),
            resume_lesson,
            resume_card,
            quiz: m.quiz.map(Into::into),
            attempts: m.attempts.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<device::LessonDetail> for LessonDetail {
    fn from(l: device::LessonDetail) -> Self {
        let cards = l.cards.into_iter().map(Into::into).collect();
        Self { id: l.slug, title: l.title.into(), cards, card: l.card, furthest: l.furthest }
    }
}

impl From<device::CardDetail> for CardDetail {
    fn from(card: device::CardDetail) -> Self {
        match card {
            device::CardDetail::Text(text) => Self::Text { text: text.into() },
            device::CardDetail::Image { blob, alt } => Self::Image { picture: blob, alt: alt.into() },
            device::CardDetail::Takeaways(list) => Self::Takeaways { list: list.into_iter().map(Into::into).collect() },
            device::CardDetail::Flip { front, back } => Self::Flip { front: front.into(), back: back.into() },
            device::CardDetail::Video { video, alt, length_ms } => Self::Video { video, alt: alt.into(), length_ms },
        }
    }
}

impl From<device::AttemptSummary> for AttemptSummary {
    fn from(a: device::AttemptSummary) -> Self {
        let finished = a.status == AttemptState::Finished;
        Self { id: a.id, started_ms: a.started_ms, finished, points: a.points, of: a.of, passed: a.passed }
    }
}
