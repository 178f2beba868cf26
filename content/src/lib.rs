//! From a folder of files, which lives in git, to what the server publishes.
//!
//! Where to start: [`check`](check::check) reads a folder and gives a [`Bundle`], or every [`Finding`] at
//! once; [`diff`](diff::diff) tells what a push would change. All of it is pure but for [`folder`], which
//! reads the disk. `docs/content.md` is the author's side.

pub mod bundle;
pub mod check;
pub mod diff;
pub mod finding;
pub mod folder;
pub mod limits;
mod read;
mod rows;
pub mod words;
mod yaml;

pub use bundle::{Asset, Assignee, Assignment, Bundle, Due, Fingerprint, Grant, Item, Organisation, Part, Person, Site, Touchpoint};
pub use check::check;
pub use diff::{Change, Plan, Published, Stage, What, diff, lines, media_lines, procedure_lines};
pub use finding::Finding;
pub use read::kind::names as kinds;
pub use rows::rows_changed;
