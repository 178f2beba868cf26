//! From a folder of files, which lives in git, to what the server publishes.
//!
//! Where to start: [`Bundle`] is what a folder says; [`diff`](diff::diff) tells what a push would change.
//! All of it is pure but for the one module that reads the folder.

pub mod bundle;
pub mod diff;

pub use bundle::{Assignee, Assignment, Bundle, Due, Fingerprint, Grant, Item, Organisation, Part, Person, Site, Touchpoint};
pub use diff::{Change, Plan, Published, What, diff};
