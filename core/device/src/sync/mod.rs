//! How a device and its server come to agree: what was captured goes up, what others did comes down.
//!
//! Where to start: [`engine`] is the course of a sync as a state machine without IO; `drive` runs it against
//! the store and the network; `gather` makes a message of what the store holds; `apply` takes an answer in,
//! piece by piece; [`work`] is what travels between them. [`cursors`] and [`marks`] are the rules of reading feeds, pure; [`backoff`] those of
//! waiting; [`report`] says what was done; [`blocked`] is what is kept when the server turns the device away;
//! `enrol` comes before all of it, and [`recover`] before that on a phone that lost the store's key, `give` after a
//! server was restored; `fetch` brings a run back that has left.
//!
//! No step here depends on the order of another device's steps, and any of them may be cut: what was
//! committed stays, what was not is asked for again.

mod api;
mod apply;
pub mod backoff;
pub mod blocked;
pub mod cursors;
pub(crate) mod drive;
pub mod engine;
pub(crate) mod enrol;
mod fetch;
pub(crate) mod gather;
mod give;
pub mod marks;
pub mod recover;
pub mod report;
pub mod work;

pub use blocked::Blocked;
pub use engine::Settings;
pub use report::{Ended, Report, Tally};

#[cfg(test)]
mod tests;
