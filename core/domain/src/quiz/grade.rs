//! What answers are worth. Integers only: a percentage is for display.

use std::collections::BTreeMap;

use super::Quiz;
use crate::Slug;
use crate::form::{Value, key};

/// What an attempt is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    pub points: u32,
    /// Points possible.
    pub of: u32,
    /// The points reach the mastery score, and no critical question was failed.
    pub passed: bool,
    /// Every question in the order of the form.
    pub items: Vec<GradedItem>,
}

/// What one answer is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradedItem {
    pub item: Slug,
    pub points: u32,
    pub of: u32,
    pub answered: bool,
}

impl GradedItem {
    /// The same as people say it.
    pub fn worth(&self) -> Worth {
        match (self.answered, self.points) {
            (false, _) => Worth::Unanswered,
            (true, points) if points == self.of => Worth::Right,
            (true, 0) => Worth::Wrong,
            (true, _) => Worth::Partly,
        }
    }
}

/// What an answer of a quiz was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Worth {
    Right,
    Partly,
    Wrong,
    Unanswered,
}

/// Grades answers. Total: what is missing, or no answer to its question, is worth nothing.
///
/// - A choice, a boolean: all its points or none.
/// - A number: all its points within the tolerance, its ends included, or none.
/// - A multi-choice: its points × (right ones picked / right ones − wrong ones picked / wrong ones), never
///   below 0, rounded down to whole points. So ticking everything is worth as little as ticking nothing.
/// - An order: its points × steps in their right place / steps; pairs: × right pairs / pairs; gaps: × right gaps / gaps;
///   rounded down.
///
/// Passed is whoever has at least `mastery_score` per cent of the points and every critical question wholly
/// right.
pub fn grade(quiz: &Quiz, answers: &BTreeMap<Slug, Value>) -> Graded {
    let mut graded = Graded { points: 0, of: 0, passed: true, items: Vec::new() };
    for item in quiz.questions() {
        let answer = answers.get(&item.slug);
        let points = answer.map_or(0, |value| key::worth(item, value, item.weight));
        graded.points = graded.points.saturating_add(points);
        graded.of = graded.of.saturating_add(item.weight);
        graded.passed &= !item.critical || points == item.weight;
        graded.items.push(GradedItem { item: item.slug.clone(), points, of: item.weight, answered: answer.is_some() });
    }
    graded.passed &= u64::from(graded.points) * 100 >= u64::from(graded.of) * u64::from(quiz.mastery_score);
    graded
}
