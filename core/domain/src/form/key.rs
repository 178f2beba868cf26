//! What the right answer to a question is.

use serde::{Deserialize, Serialize};

use super::{Decimal, Value};
use crate::Text;

/// The key of a question. Travels with its release, so that a phone grades without a network; no screen shows
/// it before the attempt is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The right answer; of a multi-choice every right choice, in the order of the form.
    pub value: Value,
    /// Of a number: how far from `value` an answer may lie and still be right, not negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Decimal>,
    /// Why it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
}
