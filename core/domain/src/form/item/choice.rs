//! One of a few listed answers.

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};
use crate::{Slug, Text};

/// One listed answer, row or column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub slug: Slug,
    pub label: Text,
    /// What it scores; where no choice of an item says so, the item does not score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

impl Choice {
    /// One that says nothing about points.
    pub fn new(slug: Slug, label: Text) -> Self {
        Self { slug, label, points: None }
    }
}

/// Of these one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct One(pub Vec<Choice>);

impl Answers for One {
    fn name(&self) -> &'static str {
        "choice"
    }
    fn takes(&self) -> &'static str {
        "one of its choices"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Choice(Some(slugs(&self.0).cloned().collect()))
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        Some(match text.parse::<Slug>() {
            Ok(slug) => Ok(Value::Choice(slug)),
            Err(_) => problem("choice", "choose one of the listed answers"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Choice(slug) = value else { return None };
        let is_listed = slugs(&self.0).any(|one| one == slug);
        Some(if is_listed { Ok(()) } else { problem("choice", "choose one of the listed answers") })
    }
    fn scores(&self) -> bool {
        self.0.iter().any(|c| c.points.is_some())
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        let Value::Choice(slug) = value else { return None };
        self.scores().then_some(())?;
        let chosen = self.0.iter().find(|c| c.slug == *slug)?;
        Some(chosen.points.unwrap_or(0).min(weight))
    }
    fn choices(&self) -> &[Choice] {
        &self.0
    }
    fn control(&self) -> Control {
        Control::One
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Choice(slug) => label(&self.0, slug, speech),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::OneOf(self.0.len()))
    }
}

pub(super) fn slugs(choices: &[Choice]) -> impl Iterator<Item = &Slug> {
    choices.iter().map(|c| &c.slug)
}

/// What a listed answer is called.
pub(super) fn label(choices: &[Choice], slug: &Slug, speech: &dyn Speech) -> String {
    choices.iter().find(|c| c.slug == *slug).map_or_else(|| slug.to_string(), |c| speech.text(&c.label))
}
