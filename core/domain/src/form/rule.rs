//! What follows from answers: *when* an expression holds, *then* something is asked for, told or shown.

use serde::{Deserialize, Serialize};

use super::Expr;
use crate::permission::Role;
use crate::{Slug, Text};

/// A rule of an item. In a section that repeats it is one of each instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub when: Expr,
    pub then: Vec<Then>,
}

/// What follows where a rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// Somebody has to put something right.
    Action(ActionRule),
    /// So many photos beside the item's answer at least.
    Evidence(u8),
    /// A note beside the item's answer.
    Note,
    Notify(Notice),
    /// Items that are there only where a rule shows them.
    Show(Vec<Slug>),
    /// None of its section's points count.
    FailSection,
    /// Nothing is asked after this item: of its own instance, and in the sections behind its own.
    EndRun(Text),
}

/// What is to be put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRule {
    pub title: Text,
    /// From when it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_hours: Option<u16>,
}

/// Who is told what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Those with this role at the run's site.
    pub role: Role,
    pub when: NotifyWhen,
    pub message: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotifyWhen {
    /// With the answer.
    Now,
    /// Once the run is handed in.
    Submission,
}
