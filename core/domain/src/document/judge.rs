//! In the making.
/// In the making.
pub struct Checked;
/// In the making.
pub enum Refusal {}
