//! What was refused, the latest first: under its site, its reason and who offered it.

use frontline_domain::{DeviceId, EntryHash, OrgId, Scope};
use frontline_protocol::Code;

use super::{ANY, OPEN, RESOLVED, headings, sort};
use crate::store::{List, Quarantined, Result, WriteTx};

/// The facet of a reason, of entries that wait.
pub fn by_code(code: Code) -> String {
    format!("code-{}", code.0)
}
/// The facet of the device that offered it, of entries that wait.
pub fn by_device(device: DeviceId) -> String {
    format!("device-{device}")
}
/// What names an entry in quarantine: two devices may offer the same bytes.
pub fn key(offered_by: DeviceId, hash: &EntryHash) -> String {
    format!("{hash}/{offered_by}")
}

/// Keeps what was refused, or what became of it, and lists it.
pub async fn refused(tx: &mut dyn WriteTx, org: OrgId, one: &Quarantined) -> Result<()> {
    tx.put_quarantined(org, one).await?;
    // As it is kept: what came before stays as it was first refused.
    match tx.quarantined(org, one.offered_by, &one.hash).await? {
        Some(kept) => list(tx, org, &kept).await,
        None => Ok(()),
    }
}

pub(super) async fn list(tx: &mut dyn WriteTx, org: OrgId, one: &Quarantined) -> Result<()> {
    let site = one.scope.filter(|scope| matches!(scope, Scope::Site(_)));
    let mut places = vec![None];
    places.extend(site.map(Some));
    let facets = match one.resolved {
        None => vec![ANY.into(), OPEN.into(), by_code(one.code), by_device(one.offered_by)],
        Some(_) => vec![ANY.into(), RESOLVED.into()],
    };
    let sort = sort::latest(one.arrived_ms);
    let rows: Vec<_> = headings(&places, &facets).into_iter().map(|heading| (heading, sort.clone())).collect();
    tx.set_listed(org, List::Quarantine, &key(one.offered_by, &one.hash), &rows).await
}
