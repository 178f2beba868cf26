//! An attempt at a quiz as its screen shows it.

use frontline_device::services::training::{AttemptState, paper as device};
use frontline_domain::quiz::Worth;

use crate::answer::Answer;
use crate::procedures::{Control, control};
use crate::sync::CaptureState;
use crate::words::{Named, Words};

/// An attempt, whole. What is right is on it only once nothing can be gained by knowing.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct AttemptDetail {
    pub id: String,
    pub module: String,
    pub release: String,
    pub title: Words,
    pub finished: bool,
    pub started_ms: i64,
    pub finished_ms: Option<i64>,
    /// In the order of this attempt.
    pub questions: Vec<QuestionDetail>,
    /// The first question without an answer: where to go on.
    pub next: Option<String>,
    pub missing: u32,
    pub can_submit: bool,
    pub mastery_score: u8,
    /// Attempts left at this version; none: as many as one likes.
    pub left: Option<u32>,
    /// What it was worth, once it is handed in.
    pub points: Option<u32>,
    pub of: Option<u32>,
    pub passed: Option<bool>,
    pub state: Option<CaptureState>,
}

/// A question, or something to read before the next one.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct QuestionDetail {
    pub item: String,
    /// The kind that its author gave it.
    pub kind: String,
    pub control: Control,
    pub label: Words,
    pub help: Option<Words>,
    pub unit: Option<String>,
    /// Of a number: digits with a point, and how many behind it at most.
    pub min: Option<String>,
    pub max: Option<String>,
    pub decimals: Option<u8>,
    /// Of a sentence with gaps: how many it has.
    pub gaps: u8,
    pub choices: Vec<Named>,
    /// Of pairs: what each is joined to one of the choices.
    pub rows: Vec<Named>,
    pub answer: Option<Answer>,
    /// The same in words.
    pub says: Option<String>,
    /// Points possible.
    pub of: u32,
    pub critical: bool,
    /// Once it is handed in.
    pub graded: Option<Grade>,
    pub points: Option<u32>,
    pub right: Option<Answer>,
    /// The same in words.
    pub right_says: Option<String>,
    pub why: Option<Words>,
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Grade {
    Right,
    Partly,
    Wrong,
}

impl From<device::AttemptDetail> for AttemptDetail {
    fn from(a: device::AttemptDetail) -> Self {
        let finished = a.status == AttemptState::Finished;
        Self {
            can_submit: !finished && a.missing == 0,
            id: a.id,
            module: a.module,
            release: a.release,
            title: a.title.into(),
            finished,
            started_ms: a.started_ms,
            finished_ms: a.finished_ms,
            questions: a.questions.into_iter().map(Into::into).collect(),
            next: a.next,
            missing: a.missing,
            mastery_score: a.mastery_score,
            left: a.left,
            points: a.points,
            of: a.of,
            passed: a.passed,
            state: a.state.map(Into::into),
        }
    }
}

impl From<device::QuestionDetail> for QuestionDetail {
    fn from(q: device::QuestionDetail) -> Self {
        let named = |all: Vec<device::QuizChoice>| all.into_iter().map(|c| Named { id: c.slug, label: c.label.into() }).collect();
        Self {
            item: q.item,
            kind: q.kind.to_owned(),
            control: control(q.control),
            label: q.label.into(),
            help: q.help.map(Into::into),
            unit: q.unit,
            min: q.min,
            max: q.max,
            decimals: q.decimals,
            gaps: q.gaps,
            choices: named(q.choices),
            rows: named(q.rows),
            answer: q.value.map(Into::into),
            says: q.says,
            of: q.of,
            critical: q.critical,
            graded: q.graded.map(|word| match word {
                Worth::Right => Grade::Right,
                Worth::Partly => Grade::Partly,
                Worth::Wrong | Worth::Unanswered => Grade::Wrong,
            }),
            points: q.points,
            right: q.right.map(Into::into),
            right_says: q.right_says,
            why: q.why.map(Into::into),
        }
    }
}
