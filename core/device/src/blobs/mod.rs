//! Pictures: named by the hash of their bytes, kept as files beside the database, sent after all text.
//!
//! Start at [`files`]: each file is encrypted, and is on the disk before the row that names it commits.
//! [`sound`] takes a recording, [`drawing`] makes the small picture of a signature that was drawn.
//! [`clean`] takes out what a camera wrote into a file, [`picture`] looks at what a camera gave and makes the small one; [`attach`] is how a picture comes to belong
//! to an answer; [`send`] is how they reach the server, by the [`budget`] of a network, and [`fetch`] how a colleague's comes here; [`sweep`] is what is done with files that nothing names.
//! [`content`] brings what releases show, through a [`part`] that outlives a cut.

pub(crate) mod attach;
pub mod budget;
pub mod clean;
pub mod content;
pub mod drawing;
pub(crate) mod fetch;
pub mod files;
mod part;
pub mod picture;
pub mod send;
pub mod sound;
pub(crate) mod sweep;
mod tus;
