//! Steps to be put into their right order; a screen shows them in another one first.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, slugs};
use super::{Answers, Control, Problem, rank};
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Order(pub Vec<Choice>);

impl Answers for Order {
    fn name(&self) -> &'static str {
        "order"
    }
    fn takes(&self) -> &'static str {
        "a list of all its choices, in their order"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Choices(Some(slugs(&self.0).cloned().collect()))
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        rank::read(&self.0, raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        rank::check(&self.0, value)
    }
    fn choices(&self) -> &[Choice] {
        &self.0
    }
    fn control(&self) -> Control {
        Control::Ranking
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        rank::report(&self.0, value, speech)
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Rank(self.0.len()))
    }
}
