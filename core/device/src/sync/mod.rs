//! In the making.
pub mod backoff;
pub mod cursors;
pub mod engine;
pub mod marks;
pub mod report;
/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic { A }
