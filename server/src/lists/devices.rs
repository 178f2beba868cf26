//! Devices, by name: under the site where somebody was enrolled on them last.

use frontline_domain::{DeviceId, OrgId, Scope, SiteId};

use super::{ANY, IN_USE, LOST, REVOKED, headings, sort};
use crate::store::{Certified, DeviceRow, List, Result, WriteTx};

/// Where a device is: where somebody was enrolled on it last.
pub fn place_of(certified: &[Certified], row: &DeviceRow) -> SiteId {
    certified.iter().max_by_key(|c| (c.at_ms, c.site)).map_or(row.site, |c| c.site)
}

/// The facet of its state.
pub fn facet(row: &DeviceRow) -> &'static str {
    match (row.revoked_ms, row.lost) {
        (None, _) => IN_USE,
        (Some(_), true) => LOST,
        (Some(_), false) => REVOKED,
    }
}

pub(super) async fn list(tx: &mut dyn WriteTx, org: OrgId, id: DeviceId) -> Result<()> {
    let Some(row) = tx.device(org, id).await? else { return Ok(()) };
    let site = place_of(&tx.certified(org, id).await?, &row);
    let under = headings(&[None, Some(Scope::Site(site))], &[ANY.into(), facet(&row).into()]);
    let sort = sort::name(&row.name);
    let rows: Vec<_> = under.into_iter().map(|one| (one, sort.clone())).collect();
    tx.set_listed(org, List::Devices, &id.to_string(), &rows).await
}
