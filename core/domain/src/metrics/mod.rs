//! Numbers folded from facts. Each file says its definition, and its tests hold the published vectors.
//!
//! Rules for all: responses count the same in any order and any number of times (dedupe by id, test ones
//! dropped), the events of one contact in their author's order; counts are integers and are summed, never percentages; rounding is
//! half away from zero and only for display; nothing over nothing is "no data", not 0.
//!
//! Where to start: [`Share`] is what most of them are; [`csat`] is the first; [`interaction`] folds one
//! contact and [`handling`] many; [`completeness`] says whether a number is final.

pub mod ces;
pub mod completeness;
pub mod csat;
pub mod csat4;
pub mod experience;
pub mod handling;
pub mod interaction;
pub mod nps;
pub mod share;

pub use ces::Ces2;
pub use completeness::{Completeness, DeviceRow, completeness};
pub use csat::{Csat, Response, csat};
pub use csat4::Csat4;
pub use experience::{Experience, Weights};
pub use handling::{HandlingTime, handling_time};
pub use interaction::{CAP_MS, Contact, ContactState, Step, contact};
pub use nps::Nps;
pub use share::{Share, Shown};

/// A score that the metric's scale does not have. It is not counted, anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a {metric} score is a whole number from {low} to {high}")]
pub struct OutOfScale {
    pub metric: &'static str,
    pub low: u8,
    pub high: u8,
}

pub(crate) fn in_scale(metric: &'static str, low: u8, high: u8, score: u8) -> Result<u8, OutOfScale> {
    if (low..=high).contains(&score) { Ok(score) } else { Err(OutOfScale { metric, low, high }) }
}
