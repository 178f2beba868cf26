//! The surface for the shells, through UniFFI: parse, delegate, convert. No rule, no SQL, no automerge here.
//!
//! Today it holds the root object and the error type only; services come with the shells.
#![allow(unsafe_code)]

mod error;
mod root;

pub use error::FrontlineError;
pub use root::Frontline;

uniffi::setup_scaffolding!();
