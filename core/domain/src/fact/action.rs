//! What people write about a corrective action (ADR 24). Each says under a random id of its own what it sets and which
//! ids it saw set before: what nobody saw replaced stands, and two that did not see each other are a clash.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::action::{Priority, Status};
use crate::{BlobHash, CaptureId, DemandId, DocId, PersonId, Scope, Slug};

/// Bytes of a title at most.
pub const MAX_TITLE: usize = 400;
/// Ids that one change can say it saw: more were never in a clash with each other.
pub const MAX_SAW: usize = 32;
/// Photos beside one comment at most.
pub const MAX_PHOTOS: usize = 10;

/// The answer that an action came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub run: DocId,
    /// The run's procedure and the item in it: by these the same failure is found again, whatever version it was of.
    pub procedure: Slug,
    pub item: Slug,
    /// Which repetition of a repeated section; 0 where there is none.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub instance: u16,
}

fn is_nothing(n: &u16) -> bool {
    *n == 0
}

/// An action begins. Two phones that take up what the same rule asks for write two of these about one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionOpened {
    pub id: CaptureId,
    /// What a rule asks for, where it was taken up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand: Option<DemandId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    pub title: String,
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Server time, ms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_ms: Option<i64>,
}

/// What a change sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sets {
    Title(String),
    Priority(Priority),
    Owner(Option<PersonId>),
    /// Server time, ms.
    Due(Option<i64>),
    /// From the state that its author saw, with why.
    Status {
        from: Status,
        to: Status,
        reason: Option<String>,
    },
}

/// One thing about an action becomes another. As `action-changed` by whoever works there, as `action-reviewed` by who
/// leads: only they verify and reject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionChanged {
    pub id: CaptureId,
    pub action: CaptureId,
    pub sets: Sets,
    /// What stood before, as its author saw it: ids of openings and changes.
    pub saw: Vec<CaptureId>,
}

/// Words and photos beside an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionCommented {
    pub id: CaptureId,
    pub action: CaptureId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<BlobHash>,
}

/// The field that breaks a rule, and the rule.
type Broken = Option<(&'static str, &'static str)>;

fn title(text: &str) -> Broken {
    (text.trim().is_empty() || text.len() > MAX_TITLE).then_some(("title", "empty or longer than 400 bytes"))
}

/// What the id of an action is derived for.
const ACTION: &str = "frontline 2026 action";

impl ActionOpened {
    /// What later facts refer to, of an opening that was written for this place: 16 bytes of BLAKE3 of the place and of
    /// the demand, or of `id` where somebody thought of it. The place is part of it, or whoever works at another could open
    /// an action of their own under the same id.
    pub fn action(&self, scope: Scope) -> CaptureId {
        self.demand.as_ref().map_or_else(|| named(scope, *b"i", self.id.as_bytes()), |demand| Self::of_demand(scope, demand))
    }
    /// The action that takes up what a rule asks for at a place.
    pub fn of_demand(scope: Scope, demand: &DemandId) -> CaptureId {
        named(scope, *b"d", demand.as_bytes())
    }
    pub(super) fn broken(&self) -> Broken {
        title(&self.title)
    }
}

fn named(scope: Scope, kind: [u8; 1], of: &[u8; 16]) -> CaptureId {
    let mut hash = blake3::Hasher::new_derive_key(ACTION);
    hash.update(scope.to_string().as_bytes());
    hash.update(&kind);
    hash.update(of);
    let mut id = [0; 16];
    hash.finalize_xof().fill(&mut id);
    CaptureId::from_bytes(id)
}

impl ActionChanged {
    /// `is_review`: it says that it is of one who leads.
    pub(super) fn broken(&self, is_review: bool) -> Broken {
        let distinct: BTreeSet<&CaptureId> = self.saw.iter().collect();
        if distinct.is_empty() || distinct.len() < self.saw.len() || self.saw.len() > MAX_SAW {
            return Some(("saw", "not 1 to 32 ids, each once"));
        }
        match &self.sets {
            Sets::Title(text) => title(text),
            Sets::Status { from, to, reason } => {
                let is_long = reason.as_ref().is_some_and(|words| words.len() > super::MAX_COMMENT);
                let needs = to.wants_reason() && reason.as_ref().is_none_or(|words| words.trim().is_empty());
                // Whoever chooses between two states that stand in a clash keeps one of them.
                let is_choice = from == to && self.saw.len() > 1;
                match if is_choice { Some(to.chosen()) } else { from.step(*to) } {
                    _ if is_long => Some(("reason", "longer than 4096 bytes")),
                    _ if needs => Some(("reason", "missing")),
                    Some(step) if !step.is_review || is_review => None,
                    Some(_) => Some(("status", "for one who leads to set")),
                    None => Some(("status", "not one that follows from the one before")),
                }
            }
            Sets::Priority(_) | Sets::Owner(_) | Sets::Due(_) => None,
        }
    }
}

impl ActionCommented {
    pub(super) fn broken(&self) -> Broken {
        if self.text.trim().is_empty() && self.photos.is_empty() {
            return Some(("text", "empty"));
        }
        if self.text.len() > super::MAX_COMMENT {
            return Some(("text", "longer than 4096 bytes"));
        }
        (self.photos.len() > MAX_PHOTOS).then_some(("photos", "more than 10"))
    }
}
