//! In the making.
/// In the making.
pub struct Made;
/// In the making.
pub struct Run;
