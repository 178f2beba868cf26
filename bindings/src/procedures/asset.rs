//! What runs are about.

use frontline_device::services::procedures::assets as device;

use super::lists::{ProcedureSummary, RunSummary};
use crate::words::{Named, Words};

/// An asset: a fridge, an oven, a lift.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AssetDetail {
    pub id: String,
    pub label: Words,
    pub site: Named,
    /// What is done about it.
    pub procedures: Vec<ProcedureSummary>,
    /// Its runs that are open here, the latest changed first.
    pub runs: Vec<RunSummary>,
}

impl From<device::AssetDetail> for AssetDetail {
    fn from(a: device::AssetDetail) -> Self {
        Self {
            id: a.id,
            label: a.label.into(),
            site: Named { id: a.site, label: a.place.into() },
            procedures: a.procedures.into_iter().map(Into::into).collect(),
            runs: a.runs.into_iter().map(Into::into).collect(),
        }
    }
}
