//! Corrective actions: opened from an answer or freely, changed by several people, looked at by who leads.

use std::sync::Arc;

use frontline_device::Core;
use frontline_device::services::actions as device;

use crate::FrontlineError;
use crate::page::PageAsked;
use crate::root::Shared;
use crate::words::Named;

mod records;
pub use records::{
    ActionAgain, ActionDetail, ActionFrom, ActionLine, ActionNext, ActionPage, ActionPriority, ActionRegister, ActionStatus, ActionSummary,
    ActionTold, ActionValue, Escalation, OwnerPage,
};

/// What is to be put right.
#[derive(uniffi::Object)]
pub struct Actions {
    pub(crate) shared: Arc<Shared>,
}

/// Which page of which actions.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionsAsked {
    pub which: WhichActions,
    pub page: PageAsked,
}

/// Which actions of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WhichActions {
    /// Somebody has to do something still, or to look at it.
    Standing,
    /// The same, of who is at the phone.
    Mine,
    All,
}

/// An action that begins.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionDraft {
    pub title: String,
    pub priority: ActionPriority,
    /// The id of somebody who works there.
    #[uniffi(default = None)]
    pub owner: Option<String>,
    /// Server time, ms.
    #[uniffi(default = None)]
    pub due_ms: Option<i64>,
    #[uniffi(default = None)]
    pub from: Option<ActionOrigin>,
}

/// The answer that an action comes from.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionOrigin {
    pub run: String,
    /// As the run's detail names it.
    pub item: String,
    /// The id of what its rule asks for: then it is one action on every phone that takes it up.
    #[uniffi(default = None)]
    pub demand: Option<String>,
}

/// Something that is done to an action.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionDeed {
    pub action: String,
    pub step: ActionStep,
    /// `seen` of that part of the screen, as it came; none: what this device holds now.
    #[uniffi(default = None)]
    pub seen: Option<Vec<String>>,
}

/// What is done to it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ActionStep {
    Title {
        text: String,
    },
    Priority {
        to: ActionPriority,
    },
    /// `person`: an id of [`Actions::owners`]; none: nobody.
    Owner {
        person: Option<String>,
    },
    Due {
        at_ms: Option<i64>,
    },
    Status {
        to: ActionStatus,
        reason: Option<String>,
    },
    /// Words, photos that were added before, or both.
    Comment {
        text: String,
        #[uniffi(default = [])]
        photos: Vec<String>,
    },
}

#[uniffi::export]
impl Actions {
    /// The actions that this device holds, the latest changed first.
    pub fn list(&self, asked: ActionsAsked) -> Result<ActionPage, FrontlineError> {
        let which = match asked.which {
            WhichActions::Standing => device::Asked::Standing,
            WhichActions::Mine => device::Asked::Mine,
            WhichActions::All => device::Asked::All,
        };
        self.shared.with(|core| {
            let found = core.actions().list(which, &asked.page.piece())?;
            Ok(ActionPage { items: found.list.into_iter().map(Into::into).collect(), next: found.next })
        })
    }

    /// One action, whole.
    pub fn action(&self, id: String) -> Result<ActionDetail, FrontlineError> {
        self.shared.with(|core| Ok(core.actions().detail(&id)?.into()))
    }

    /// Opens an action; gives its id. What a rule asks for and somebody took up already is given back as it is.
    pub fn open(&self, draft: ActionDraft) -> Result<String, FrontlineError> {
        let from = draft.from.map(|from| device::From { run: from.run, item: from.item, demand: from.demand });
        let ActionDraft { title, priority, owner, due_ms, .. } = draft;
        let draft = device::ActionDraft { title, priority: priority.into(), owner, due_ms, from };
        self.shared.with(|core| Ok(core.actions().open(draft)?))
    }

    /// Does something to it; durable when this returns. Gives the screen as it is then.
    pub fn act(&self, deed: ActionDeed) -> Result<ActionDetail, FrontlineError> {
        let ActionDeed { action, step, seen } = deed;
        self.shared.with(|core| {
            done(core, &action, step, seen)?;
            Ok(core.actions().detail(&action)?.into())
        })
    }

    /// Who works where the action is, by name; of none, at the person's own site.
    pub fn owners(&self, action: Option<String>, page: PageAsked) -> Result<OwnerPage, FrontlineError> {
        self.shared.with(|core| {
            let all = core.actions().owners(action.as_deref())?;
            let (items, next) = page.of(all, |one| &one.id)?;
            Ok(OwnerPage { items: items.into_iter().map(|one| Named { id: one.id, label: one.label.into() }).collect(), next })
        })
    }
}

fn done(core: &Core, action: &str, step: ActionStep, seen: Option<Vec<String>>) -> Result<(), FrontlineError> {
    let change = match step {
        ActionStep::Comment { text, photos } => return Ok(core.actions().comment(action, &text, &photos)?),
        ActionStep::Title { text } => device::Change::Title(text),
        ActionStep::Priority { to } => device::Change::Priority(to.into()),
        ActionStep::Owner { person } => device::Change::Owner(person),
        ActionStep::Due { at_ms } => device::Change::Due(at_ms),
        ActionStep::Status { to, reason } => device::Change::Status { to: to.into(), reason },
    };
    Ok(core.actions().change(device::ChangeDraft { action: action.to_owned(), change, seen })?)
}
