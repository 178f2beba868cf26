//! A disk that fails on purpose: a VFS of SQLite's that lies below the cipher, so that what it tears and loses is
//! what a real disk would have, ciphertext. It is behind the feature `fault-vfs` and never in a shell.
//!
//! Where to start: [`Disk`] is one such disk. It is armed with a [`Plan`] (which [`Fault`], at which operation),
//! and after a loss of power [`Disk::lose_power`] leaves the files as the disk would have kept them. [`plan`] says what
//! strikes when, [`image`] what of a file is durable and [`room`] how much a folder may hold, all without a line of
//! `unsafe`; [`state`] joins them; [`vfs`] and [`file`] are the glue to SQLite.
//!
//! The files are real ones and everything that is written goes through to them, so that whoever reads them past
//! SQLite sees the same. What would be left of them is kept beside them, in memory, once the disk was begun
//! ([`Disk::begin`]); one that was not can be full, and loses no power.

mod file;
mod image;
mod plan;
mod room;
mod state;
mod vfs;

pub use plan::{Fault, Plan};
pub use state::Watcher;
pub use vfs::Disk;
