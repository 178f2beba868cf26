//! What runs on a phone: the encrypted store, the sync engine, the network, and the services that a shell
//! calls. It never needs the network to work.
//!
//! Layers within: [`store`] holds rows; [`system`] tells the time. What a person does goes through one write
//! path, in one transaction: fact or change, projections, queue; then it commits; then observers are told.

pub mod blobs;
mod capture;
mod clock;
#[cfg(feature = "codes")]
pub mod codes;
mod core;
mod customers;
mod error;
mod lease;
mod leave;
pub mod net;
pub mod observe;
pub mod people;
mod project;
mod recover;
pub mod salvage;
pub mod services;
mod settle;
pub mod store;
pub mod sync;
pub mod system;

pub use core::{Core, Options};
pub use error::{Error, Lock};
