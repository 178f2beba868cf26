//! Facts of learning: how far somebody read, and their attempts at a quiz.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::form::Value;
use crate::{CaptureId, ReleaseHash, Slug};

/// How far somebody read: `card` of the `of` cards of a lesson, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonProgressed {
    pub module: ReleaseHash,
    pub lesson: Slug,
    pub card: u16,
    pub of: u16,
}

/// Somebody began an attempt at a module's quiz; it stays with this version of the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptStarted {
    pub id: CaptureId,
    pub module: ReleaseHash,
}

/// Somebody answered a question of an attempt, or changed their mind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAnswered {
    pub attempt: CaptureId,
    pub module: ReleaseHash,
    pub item: Slug,
    pub value: Value,
}

/// An attempt was handed in. It holds the answers that were graded, so that whoever judges it needs nothing
/// but the module; and what the device graded them as, so that a difference between two builds is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptFinished {
    pub attempt: CaptureId,
    pub module: ReleaseHash,
    pub answers: BTreeMap<Slug, Value>,
    pub points: u32,
    pub of: u32,
    pub passed: bool,
}
