//! Listed things by how much they matter, the most first.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, slugs};
use super::multi_choice::{listed, stray};
use super::{Answers, Control, Problem, problem};
use crate::Slug;
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rank(pub Vec<Choice>);

impl Answers for Rank {
    fn name(&self) -> &'static str {
        "rank"
    }
    fn takes(&self) -> &'static str {
        "a list of all its choices, in their order"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Choices(Some(slugs(&self.0).cloned().collect()))
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        read(&self.0, raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        check(&self.0, value)
    }
    fn choices(&self) -> &[Choice] {
        &self.0
    }
    fn control(&self) -> Control {
        Control::Ranking
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        report(&self.0, value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Rank(self.0.len()))
    }
}

/// All of these in somebody's order.
pub(super) fn read(choices: &[Choice], raw: &Raw) -> Option<Result<Value, Problem>> {
    let Raw::List(list) = raw else { return None };
    if let Some(problem) = stray(choices, list) {
        return Some(Err(problem));
    }
    Some(Ok(Value::Ranked(list.iter().filter_map(|t| t.parse::<Slug>().ok()).collect())))
}

pub(super) fn check(choices: &[Choice], value: &Value) -> Option<Result<(), Problem>> {
    let Value::Ranked(order) = value else { return None };
    // Nothing yet is how it is taken back.
    let is_whole = order.is_empty() || order.len() == choices.len() && slugs(choices).all(|slug| order.contains(slug));
    Some(if is_whole { Ok(()) } else { problem("order", format!("put all {} into an order, each once", choices.len())) })
}

pub(super) fn report(choices: &[Choice], value: &Value, speech: &dyn Speech) -> String {
    match value {
        Value::Ranked(order) => listed(choices, order, speech),
        other => speech.plain(other),
    }
}
