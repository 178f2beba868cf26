//! Reading a store that SQLite does not read any more: no table, no index and no schema is trusted, and one
//! bad page costs what lies on it, not the file.
//!
//! Where to start: [`dig`] finds what a folder that was set aside still holds. Below it: [`pages`] gives every
//! version of every page, from the file and from its log, deciphered by [`cipher`]; [`log`] walks the
//! write-ahead log, also past the place where SQLite stops; [`records`] reads the rows of a page and follows
//! long ones from page to page; [`frame`] is how unsent work describes itself (`sync.md` 29).
//!
//! The cipher is a stream: a bit that changed in a page changes that bit of its content and no other. So a page
//! whose seal is broken is read all the same, and each thing found in it proves itself by its own hash.

pub(crate) mod cipher;
pub mod dig;
pub mod frame;
pub(crate) mod log;
pub(crate) mod pages;
pub(crate) mod records;

pub use frame::find;
pub(crate) use frame::{frame, unframe};
