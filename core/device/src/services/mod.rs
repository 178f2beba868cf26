//! What a shell calls: one service per capability, one operation family a file. In goes a `Draft`, out comes
//! a `Summary` (a row of a list) or a `Detail` (a whole screen, every decision taken). Calls are local and
//! short; only a sync waits for the network, and it is not here.

pub mod actions;
pub mod contact_form;
pub mod drafts;
pub mod feedback;
pub mod interactions;
pub mod leave;
pub mod media;
mod parcel;
pub mod piece;
pub mod procedures;
pub mod set_aside;
pub mod shown;
pub mod sync_centre;
pub mod today;
pub mod touchpoints;
pub mod training;
mod upkeep;

pub(crate) use parcel::proven;
pub use parcel::{Exported, salvage};
pub use upkeep::CheckReport;

#[cfg(test)]
mod tests;
