//! Facts: immutable, from devices, each known by its entry and carrying a random id where later facts refer
//! to it. A mistake is put right by a later fact, never by an edit.
//!
//! Start at [`Fact`]; a new one is a struct here, a line in [`crate::entry_type`] and an arm below.

pub mod action;
mod blob;
mod device;
pub mod training;

use serde::{Deserialize, Serialize};

pub use action::{ActionChanged, ActionCommented, ActionOpened};
pub use blob::{BlobCaptured, BlobKind, BlobOf, Thumbnail, pictures, sounds};
pub use device::{ClockJumped, Noticed, OnDevice, PersonOnDevice, StorageSetAside};
pub use training::{AttemptFinished, AttemptStarted, LessonProgressed, QuestionAnswered};

use crate::cbor::{self, CborError};
use crate::customer::{MAX_SEALED, MAX_SEALED_COMMENT, Sealed};
use crate::permission::Role;
use crate::quiz::limits::QUESTIONS;
use crate::{AnswersHash, CaptureId, DocId, EntryType, ReleaseHash, Slug, TypeSet};

/// The facts that hold something sealed about a customer.
pub const ABOUT_CUSTOMERS: TypeSet = TypeSet::of(&[EntryType::FEEDBACK_GIVEN, EntryType::INTERACTION_CUSTOMER]);
/// Bytes of a comment at most.
pub const MAX_COMMENT: usize = 4_096;

/// A response to a survey at a touchpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackGiven {
    pub id: CaptureId,
    pub touchpoint: Slug,
    pub survey: ReleaseHash,
    /// 1 to 5.
    pub score: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Slug>,
    /// What the customer said in their own words: text about them, so it is sealed under a key of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Sealed>,
    /// Tapped by the customer at an unattended screen.
    #[serde(default)]
    pub kiosk: bool,
    /// Left out of every count.
    #[serde(default)]
    pub test: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionOpened {
    pub id: CaptureId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Slug>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Slug>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touchpoint: Option<Slug>,
}

/// What happened next to a contact: paused, resumed or voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionEvent {
    pub interaction: CaptureId,
}

/// Who a contact is with; the last one said stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionCustomer {
    pub interaction: CaptureId,
    /// A [`crate::customer::Customer`].
    pub customer: Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionClosed {
    pub interaction: CaptureId,
    /// The tree that `reason`, `outcome` and `channel` were chosen from.
    pub tree: ReleaseHash,
    pub reason: Slug,
    pub outcome: Slug,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Slug>,
    /// Copied from the tree's outcome, so that counting needs no release.
    pub resolved: bool,
    pub handled: bool,
}

/// A run was handed in over the answers that its author saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSealed {
    pub run: DocId,
    pub answers: AnswersHash,
}

/// A run was signed off over the answers that its author saw: [`crate::document::Covers`] says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOff {
    pub run: DocId,
    pub answers: AnswersHash,
    /// Which of the procedure's signers its author is; none where their app knew of one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl RunSealed {
    /// The same, signed off as one of the procedure's signers.
    pub fn signed(self, role: Option<Role>) -> SignedOff {
        SignedOff { run: self.run, answers: self.answers, role }
    }
}

/// A run was opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub run: DocId,
    pub reason: String,
}

/// Any fact that this build knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    FeedbackGiven(FeedbackGiven),
    InteractionOpened(InteractionOpened),
    InteractionPaused(InteractionEvent),
    InteractionResumed(InteractionEvent),
    InteractionClosed(InteractionClosed),
    InteractionVoided(InteractionEvent),
    InteractionCustomer(InteractionCustomer),
    LessonProgressed(LessonProgressed),
    AttemptStarted(AttemptStarted),
    QuestionAnswered(QuestionAnswered),
    AttemptFinished(AttemptFinished),
    RunSubmitted(RunSealed),
    SignedOff(SignedOff),
    Returned(Returned),
    ClockJumped(ClockJumped),
    StorageSetAside(StorageSetAside),
    BlobCaptured(BlobCaptured),
    PersonOnDevice(PersonOnDevice),
    ActionOpened(ActionOpened),
    ActionChanged(ActionChanged),
    ActionReviewed(ActionChanged),
    ActionCommented(ActionCommented),
}

/// Why a fact's body is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    #[error(transparent)]
    Unreadable(#[from] CborError),
    #[error("{field} is {rule}")]
    OutOfRange { field: &'static str, rule: &'static str },
}

macro_rules! facts {
    ($($variant:ident($body:ty) = $const:ident;)*) => {
        impl Fact {
            /// Its type.
            pub fn entry_type(&self) -> EntryType {
                match self { $(Self::$variant(_) => EntryType::$const,)* }
            }
            /// Its body's bytes.
            pub fn encode(&self) -> Vec<u8> {
                match self { $(Self::$variant(body) => cbor::encode(body),)* }
            }
            /// Reads a body; `None` for a type that is no fact of this build, which is carried raw.
            pub fn decode(one: EntryType, body: &[u8]) -> Option<Result<Fact, FactError>> {
                let fact = match one {
                    $(EntryType::$const => cbor::decode::<$body>(EntryType::$const.name().unwrap_or("a fact"), body).map(Fact::$variant),)*
                    _ => return None,
                };
                Some(fact.map_err(FactError::from).and_then(|f| f.check().map(|()| f)))
            }
        }
    };
}
facts! {
    FeedbackGiven(FeedbackGiven) = FEEDBACK_GIVEN;
    InteractionOpened(InteractionOpened) = INTERACTION_OPENED;
    InteractionPaused(InteractionEvent) = INTERACTION_PAUSED;
    InteractionResumed(InteractionEvent) = INTERACTION_RESUMED;
    InteractionClosed(InteractionClosed) = INTERACTION_CLOSED;
    InteractionVoided(InteractionEvent) = INTERACTION_VOIDED;
    InteractionCustomer(InteractionCustomer) = INTERACTION_CUSTOMER;
    LessonProgressed(LessonProgressed) = LESSON_PROGRESSED;
    AttemptStarted(AttemptStarted) = ATTEMPT_STARTED;
    QuestionAnswered(QuestionAnswered) = QUESTION_ANSWERED;
    AttemptFinished(AttemptFinished) = ATTEMPT_FINISHED;
    RunSubmitted(RunSealed) = RUN_SUBMITTED;
    SignedOff(SignedOff) = SIGNED_OFF;
    Returned(Returned) = RETURNED;
    ClockJumped(ClockJumped) = CLOCK_JUMPED;
    StorageSetAside(StorageSetAside) = STORAGE_SET_ASIDE;
    BlobCaptured(BlobCaptured) = BLOB_CAPTURED;
    PersonOnDevice(PersonOnDevice) = PERSON_ON_DEVICE;
    ActionOpened(ActionOpened) = ACTION_OPENED;
    ActionChanged(ActionChanged) = ACTION_CHANGED;
    ActionReviewed(ActionChanged) = ACTION_REVIEWED;
    ActionCommented(ActionCommented) = ACTION_COMMENTED;
}

impl Fact {
    /// What it holds about a customer, and the random id of what that belongs to.
    pub fn about_customer(&self) -> Option<(CaptureId, &Sealed)> {
        match self {
            Self::FeedbackGiven(f) => f.comment.as_ref().map(|sealed| (f.id, sealed)),
            Self::InteractionCustomer(c) => Some((c.interaction, &c.customer)),
            _ => None,
        }
    }
    /// The fact about an action.
    pub fn about_action(&self) -> Option<crate::action::Written<'_>> {
        use crate::action::Written;
        match self {
            Self::ActionOpened(one) => Some(Written::Opened(one)),
            Self::ActionChanged(one) => Some(Written::Changed(one)),
            Self::ActionReviewed(one) => Some(Written::Reviewed(one)),
            Self::ActionCommented(one) => Some(Written::Commented(one)),
            _ => None,
        }
    }
    /// What a body must keep whatever its author's build thought.
    pub fn check(&self) -> Result<(), FactError> {
        let out = |field, rule| Err(FactError::OutOfRange { field, rule });
        let unless = |broken: Option<(&'static str, &'static str)>| broken.map_or(Ok(()), |(field, rule)| out(field, rule));
        match self {
            Self::FeedbackGiven(f) if !(1..=5).contains(&f.score) => out("score", "not a whole number from 1 to 5"),
            Self::FeedbackGiven(f) if f.comment.as_ref().is_some_and(|c| c.bytes.len() > MAX_SEALED_COMMENT) => {
                out("comment", "longer than 4096 bytes")
            }
            Self::InteractionCustomer(c) if c.customer.bytes.len() > MAX_SEALED => out("customer", "longer than 5120 bytes"),
            Self::LessonProgressed(l) if l.card == 0 || l.card > l.of => out("card", "not one of the lesson's cards"),
            Self::AttemptFinished(f) if f.answers.len() > QUESTIONS => out("answers", "more than 100 questions"),
            Self::AttemptFinished(f) if f.points > f.of => out("points", "above the points possible"),
            Self::Returned(r) if r.reason.len() > MAX_COMMENT => out("reason", "longer than 4096 bytes"),
            Self::BlobCaptured(b) => unless(b.check()),
            Self::ActionOpened(a) => unless(a.broken()),
            Self::ActionChanged(a) => unless(a.broken(false)),
            Self::ActionReviewed(a) => unless(a.broken(true)),
            Self::ActionCommented(a) => unless(a.broken()),
            _ => Ok(()),
        }
    }
}
