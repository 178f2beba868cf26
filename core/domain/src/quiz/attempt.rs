//! An attempt from its facts, and how somebody stands from their attempts: one rule for a phone's lists, the
//! server's table and the console.

use std::collections::BTreeMap;

use crate::fact::{AttemptFinished, AttemptStarted, QuestionAnswered};
use crate::form::Value;
use crate::{CaptureId, ReleaseHash, Slug};

/// A fact about an attempt.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    Started(&'a AttemptStarted),
    Answered(&'a QuestionAnswered),
    Finished(&'a AttemptFinished),
}

impl Step<'_> {
    /// Which attempt, and the version of the module that it says.
    pub fn of(&self) -> (CaptureId, ReleaseHash) {
        match self {
            Self::Started(f) => (f.id, f.module),
            Self::Answered(f) => (f.attempt, f.module),
            Self::Finished(f) => (f.attempt, f.module),
        }
    }
}

/// One person's attempt at one version of a module's quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: CaptureId,
    /// The version that it was begun with. What claims another one is no part of it.
    pub module: ReleaseHash,
    /// Server time, ms.
    pub started_ms: i64,
    /// The latest answer to each question; once it is handed in, those that were graded.
    pub answers: BTreeMap<Slug, Value>,
    pub outcome: Option<Outcome>,
}

/// What came of an attempt that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub at_ms: i64,
    pub points: u32,
    pub of: u32,
    pub passed: bool,
}

impl Attempt {
    /// Of the facts of one person about one attempt, in the order of the feed, each with its server time.
    pub fn of<'a>(steps: impl IntoIterator<Item = (Step<'a>, i64)>) -> Option<Attempt> {
        let mut attempt: Option<Attempt> = None;
        for (step, at_ms) in steps {
            attempt.get_or_insert_with(|| Attempt::begun(&step, at_ms)).take(&step, at_ms);
        }
        attempt
    }

    /// As the first that is known of it says.
    pub fn begun(first: &Step<'_>, at_ms: i64) -> Attempt {
        let (id, module) = first.of();
        Attempt { id, module, started_ms: at_ms, answers: BTreeMap::new(), outcome: None }
    }

    /// Takes in what happened next. It is handed in once: what comes after that changes nothing.
    pub fn take(&mut self, step: &Step<'_>, at_ms: i64) {
        if step.of() != (self.id, self.module) || self.outcome.is_some() {
            return;
        }
        match step {
            Step::Started(_) => self.started_ms = self.started_ms.min(at_ms),
            Step::Answered(f) => drop(self.answers.insert(f.item.clone(), f.value.clone())),
            Step::Finished(f) => {
                self.answers = f.answers.clone();
                self.outcome = Some(Outcome { at_ms, points: f.points, of: f.of, passed: f.passed });
            }
        }
    }
}

/// How somebody stands in the quiz of a module, over all its versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Attempts that count, finished or not.
    pub attempts: u32,
    /// Those begun beyond what was allowed, on several phones that did not know of each other: shown, not
    /// counted.
    pub beyond: u32,
    /// The best of those handed in: points, and points possible.
    pub best: Option<(u32, u32)>,
    /// What was passed stays passed, whatever is published later.
    pub passed: bool,
}

/// Folds a person's attempts at one module, in any order. `allowed` says how many a version allows: the first
/// that were begun count, by server time.
pub fn standing<'a>(attempts: impl IntoIterator<Item = &'a Attempt>, allowed: impl Fn(&ReleaseHash) -> Option<u8>) -> Standing {
    let mut by_version: BTreeMap<ReleaseHash, Vec<&Attempt>> = BTreeMap::new();
    for attempt in attempts {
        by_version.entry(attempt.module).or_default().push(attempt);
    }
    let mut all = Standing::default();
    for (module, mut list) in by_version {
        list.sort_by_key(|a| (a.started_ms, a.id));
        let most = allowed(&module).map_or(list.len(), usize::from).min(list.len());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        all.attempts = all.attempts.saturating_add(count(most));
        all.beyond = all.beyond.saturating_add(count(list.len() - most));
        for outcome in list.iter().take(most).filter_map(|a| a.outcome) {
            all.passed |= outcome.passed;
            let better =
                all.best.is_none_or(|(points, of)| u64::from(outcome.points) * u64::from(of) > u64::from(points) * u64::from(outcome.of));
            if better {
                all.best = Some((outcome.points, outcome.of));
            }
        }
    }
    all
}
