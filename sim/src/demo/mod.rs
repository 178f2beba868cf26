//! Two days of a whole company, lived by real device cores against a real server over real HTTP.
//!
//! [`run`] tells the story in three acts: the company is set up, the days pass with shared checklists and
//! outages, everybody comes back online. [`mishaps`] is what goes wrong on the way: phones are killed, one is set
//! back to an old backup, a person moves. [`shift`] is what one phone does in a quarter of an hour; [`figures`]
//! counts everything afterwards from the stores, never from what the story remembers.

#![allow(clippy::disallowed_methods, reason = "the demo takes the real time of each sync; the story itself has its own clock")]

pub mod answers;
pub mod figures;
mod mishaps;
mod rounds;
pub(crate) mod shift;
mod stage;

pub use figures::Figures;
pub use stage::{Options, run, sample_content};
