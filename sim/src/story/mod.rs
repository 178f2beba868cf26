//! Scenarios: named stories in a small language, played against the real device core and a real server on
//! loopback. `docs/scenarios.md` describes the language for somebody who has never seen the code.
//!
//! [`script`] reads a file, [`play`] plays it, [`expect`] compares, [`rename`] makes final states comparable.

mod content;
pub mod expect;
mod phone_steps;
pub mod play;
pub mod rename;
pub mod script;
mod server_verbs;

pub use play::{Outcome, play};
pub use script::Script;
