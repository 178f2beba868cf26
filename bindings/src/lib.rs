//! The surface for the shells, through UniFFI: parse, delegate, convert. No rule, no SQL, no automerge here.
//!
//! Start at [`root`]: [`Frontline`] is opened with a folder, what only the platform has ([`platform`]) and hands out
//! one service per capability. In goes a `Draft`, out comes a `Summary` (a row of a list) or a `Detail` (a whole
//! screen). Local calls are synchronous and short; what waits for the network is async, runs on threads of this crate
//! ([`runtime`]) and ends when its caller no longer waits. [`news`] tells what changed. Every call passes [`guard`]: a
//! panic inside is an error of this one call, and [`log`] tells the platform what its reference stands for. `docs/ffi.md`
//! is made from this code.
#![allow(unsafe_code)]

pub mod actions;
pub mod answer;
#[cfg(feature = "stories")]
pub mod cost;
pub mod error;
pub mod feedback;
mod guard;
pub mod interactions;
mod log;
pub mod media;
pub mod news;
pub mod page;
pub mod people;
pub mod platform;
pub mod procedures;
pub mod root;
mod runtime;
#[cfg(feature = "stories")]
pub mod story;
pub mod sync;
pub mod today;
pub mod training;
pub mod words;

pub use error::FrontlineError;
pub use platform::{NetworkKind, Platform, PlatformError};
pub use root::Frontline;

uniffi::setup_scaffolding!();
