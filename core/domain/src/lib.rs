//! What exists: people and sites, forms, documents, facts, releases, records, permissions, numbers.
//!
//! Pure: no clock, no IO, no SQL, no network, no randomness; whatever of those a rule needs is an argument.
//! That is what lets the device, the server and the simulator call the same rule and get the same answer.
//!
//! Where to start: [`entry_type`] lists everything that can travel; [`permission`] says who may write and
//! read it; [`fact`], [`document`], [`release`] and [`record`] are the four kinds of data; [`metrics`] folds
//! facts into numbers, and [`quiz`] grades.

pub mod action;
pub mod asset;
pub mod cbor;
pub mod clock;
pub mod customer;
pub mod document;
pub mod drawing;
pub mod entry_type;
pub mod env;
pub mod fact;
pub mod form;
pub mod ids;
pub mod media;
pub mod metrics;
pub mod near;
pub mod permission;
pub mod pin;
pub mod quiz;
pub mod record;
pub mod release;
pub mod scope;
pub mod slug;
pub mod text;
pub mod window;
pub mod zone;

pub use clock::Moment;
pub use entry_type::{EntryType, Kind, TypeSet};
pub use env::{Clock, Random, Reading};
pub use ids::*;
pub use scope::Scope;
pub use slug::Slug;
pub use text::{Dir, Lang, Text};
