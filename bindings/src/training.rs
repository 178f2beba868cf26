//! Training: modules, their lessons card by card, and the quiz.

use std::sync::Arc;

use frontline_device::services::training::attempts::QuizAnswerDraft as Draft;

use crate::FrontlineError;
use crate::answer::Given;
use crate::page::PageAsked;
use crate::root::Shared;

mod attempt;
mod records;
pub use attempt::{AttemptDetail, Grade, QuestionDetail};
pub use records::{AttemptSummary, CardDetail, LessonDetail, ModuleDetail, ModulePage, ModuleStatus, ModuleSummary, QuizStanding};

/// What is to be learned.
#[derive(uniffi::Object)]
pub struct Training {
    pub(crate) shared: Arc<Shared>,
}

/// An answer to one question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuizAnswerDraft {
    pub attempt: String,
    pub item: String,
    pub value: Given,
}

#[uniffi::export]
impl Training {
    /// Every module: first what is assigned, by due time, then the rest by name.
    pub fn list(&self, page: PageAsked) -> Result<ModulePage, FrontlineError> {
        self.shared.with(|core| {
            let (items, next) = page.of(core.training().list()?, |m| &m.id)?;
            Ok(ModulePage { items: items.into_iter().map(Into::into).collect(), next })
        })
    }

    /// A module with its lessons, and where one left off.
    pub fn module(&self, id: String) -> Result<ModuleDetail, FrontlineError> {
        self.shared.with(|core| Ok(core.training().open(&id)?.into()))
    }

    /// Keeps that the person is at this card, counted from 1.
    pub fn progress(&self, module: String, lesson: String, card: u16) -> Result<(), FrontlineError> {
        self.shared.with(|core| Ok(core.training().progress(&module, &lesson, card.into())?))
    }

    /// Begins an attempt at the quiz of a module, or goes on with the one that is open.
    pub fn start_quiz(&self, module: String) -> Result<AttemptDetail, FrontlineError> {
        self.shared.with(|core| {
            let id = core.training().quiz_start(&module)?;
            Ok(core.training().attempt(&id)?.into())
        })
    }

    /// One attempt of the current person.
    pub fn attempt(&self, id: String) -> Result<AttemptDetail, FrontlineError> {
        self.shared.with(|core| Ok(core.training().attempt(&id)?.into()))
    }

    /// Answers a question, or answers it anew; durable when this returns. Gives the screen as it is then.
    pub fn answer(&self, draft: QuizAnswerDraft) -> Result<AttemptDetail, FrontlineError> {
        self.shared.with(|core| {
            let id = draft.attempt.clone();
            core.training().quiz_answer(Draft { attempt: draft.attempt, item: draft.item, value: draft.value.raw()? })?;
            Ok(core.training().attempt(&id)?.into())
        })
    }

    /// Hands an attempt in; it is graded at once.
    pub fn submit(&self, attempt: String) -> Result<AttemptDetail, FrontlineError> {
        self.shared.with(|core| {
            core.training().quiz_submit(&attempt)?;
            Ok(core.training().attempt(&attempt)?.into())
        })
    }
}
