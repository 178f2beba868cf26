//! Corrective actions: what is to be put right, by whom, until when, and how far it is.
//!
//! [`Status`] is the state machine, [`fold`] makes an action of the facts about it, in whatever order they came,
//! [`escalation`] says who is to look at one that is late. The device and the server call the same.

mod escalation;
mod fold;
#[cfg(test)]
mod fold_tests;

use serde::{Deserialize, Serialize};

pub use escalation::{Escalation, escalated, escalation, patience};
pub use fold::{Action, Held, Register, Value, Written, fold};

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody works on it.
    Open,
    InProgress,
    /// Whoever did it says so.
    Done,
    /// One who leads looked, and it is not put right.
    Rejected,
    /// Whoever has it can't do it, and says why.
    CannotDo,
    /// One who leads looked, and it is put right.
    Verified,
}

/// A step of the state machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// For one who leads.
    pub is_review: bool,
}

impl Status {
    pub const ALL: [Self; 6] = [Self::Open, Self::InProgress, Self::Done, Self::Rejected, Self::CannotDo, Self::Verified];

    /// As JSON and the store name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::CannotDo => "cannot-do",
            Self::Verified => "verified",
        }
    }
    /// The status with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
    /// The step from here to there, if there is one.
    pub fn step(self, to: Self) -> Option<Step> {
        use Status::{CannotDo, Done, InProgress, Open, Rejected, Verified};
        let is_review = match (self, to) {
            (Open, InProgress | Done | CannotDo)
            | (InProgress, Open | Done | CannotDo)
            | (Done | CannotDo, InProgress)
            | (Rejected, InProgress | Done | CannotDo) => false,
            (Done, Verified | Rejected) | (CannotDo | Verified, Rejected) => true,
            _ => return None,
        };
        Some(Step { is_review })
    }
    /// The step that choosing it among several that stand is.
    pub fn chosen(self) -> Step {
        Step { is_review: matches!(self, Self::Verified | Self::Rejected) }
    }
    /// Whether who sets it says why.
    pub fn wants_reason(self) -> bool {
        matches!(self, Self::Rejected | Self::CannotDo)
    }
    /// Whether somebody at the place has to do something still.
    pub fn is_to_do(self) -> bool {
        matches!(self, Self::Open | Self::InProgress | Self::Rejected)
    }
    /// Whether one who leads has to look at it.
    pub fn is_to_review(self) -> bool {
        matches!(self, Self::Done | Self::CannotDo)
    }
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_left_and_only_who_leads_verifies_or_rejects() {
        for from in Status::ALL {
            assert!(Status::ALL.iter().any(|to| from.step(*to).is_some()), "{from:?}");
            assert_eq!(from.step(from), None);
            for to in Status::ALL {
                let is_judged = matches!(to, Status::Verified | Status::Rejected);
                assert!(from.step(to).is_none_or(|step| step.is_review == is_judged), "{from:?} {to:?}");
            }
            assert_eq!(Status::by_name(from.name()), Some(from));
        }
        assert_eq!(Status::Open.step(Status::Verified), None);
    }
}
