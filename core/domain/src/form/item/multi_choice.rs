//! Any of a few listed answers.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, label, slugs};
use super::{Answers, Control, Problem, problem};
use crate::Slug;
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};

/// Of these any, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Several(pub Vec<Choice>);

impl Answers for Several {
    fn name(&self) -> &'static str {
        "multi-choice"
    }
    fn takes(&self) -> &'static str {
        "a list of its choices"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Choices(Some(slugs(&self.0).cloned().collect()))
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::List(list) = raw else { return None };
        if let Some(problem) = stray(&self.0, list) {
            return Some(Err(problem));
        }
        Some(Ok(Value::Choices(slugs(&self.0).filter(|s| list.iter().any(|t| t == s.as_str())).cloned().collect())))
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Choices(chosen) = value else { return None };
        let mut listed = slugs(&self.0);
        let is_in_order = chosen.iter().all(|s| listed.any(|l| l == s));
        Some(if is_in_order { Ok(()) } else { problem("choice", "choose among the listed answers, each once") })
    }
    fn scores(&self) -> bool {
        self.0.iter().any(|c| c.points.is_some())
    }
    fn points(&self, value: &Value, weight: u32) -> Option<u32> {
        let Value::Choices(chosen) = value else { return None };
        self.scores().then_some(())?;
        let all = self.0.iter().filter(|c| chosen.contains(&c.slug));
        Some(all.fold(0u32, |sum, c| sum.saturating_add(c.points.unwrap_or(0))).min(weight))
    }
    fn choices(&self) -> &[Choice] {
        &self.0
    }
    fn control(&self) -> Control {
        Control::Several
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Choices(chosen) => listed(&self.0, chosen, speech),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::AnyOf(self.0.len()))
    }
}

/// What is called no choice of these, without repeating what somebody typed.
pub(super) fn stray(choices: &[Choice], list: &[String]) -> Option<Problem> {
    let stray = list.iter().find(|t| !slugs(choices).any(|s| s.as_str() == *t))?;
    let message = format!("there is no such choice; one of the {} given is not listed ({} characters)", list.len(), stray.chars().count());
    Some(Problem { rule: "choice", message })
}

/// Listed answers by what they are called, in their order.
pub(super) fn listed(choices: &[Choice], slugs: &[Slug], speech: &dyn Speech) -> String {
    slugs.iter().map(|slug| label(choices, slug, speech)).collect::<Vec<_>>().join(", ")
}
