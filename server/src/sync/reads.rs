//! What a device may carry: the scopes of the people who write on it, filtered by what they may read.

use std::collections::BTreeSet;

use frontline_domain::permission::{Grant, reads};
use frontline_domain::record::Site;
use frontline_domain::{DeviceId, OrgId, Scope, TypeSet};

use crate::records;
use crate::store::{ReadTx, Result};

/// The scopes of a device, each with its types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reads {
    pub scopes: Vec<(Scope, TypeSet)>,
    pub revoked: bool,
}

/// Reads the grants in the transaction that reads the pages (`sync.md` 8).
pub async fn of(tx: &mut dyn ReadTx, org: OrgId, device: DeviceId, now_ms: i64) -> Result<Reads> {
    let revoked = tx.device(org, device).await?.is_none_or(|row| row.revoked_ms.is_some());
    let mut grants: Vec<Grant> = Vec::new();
    let mut scopes = BTreeSet::from([Scope::Device(device)]);
    if !revoked {
        scopes.insert(Scope::Org);
        // Whoever signed out needs nothing more there; what they captured is judged all the same.
        for certified in tx.certified(org, device).await?.into_iter().filter(|c| !c.has_left()) {
            scopes.insert(Scope::Person(certified.person));
            grants.extend(tx.grants(org, certified.person).await?.into_iter().filter(|g| g.held_between(now_ms, now_ms)));
        }
        if grants.iter().any(|g| g.scope == Scope::Org) {
            let sites: Vec<Site> = records::all(tx, org).await?;
            scopes.extend(sites.iter().filter(|s| !s.withdrawn).map(|s| Scope::Site(s.id)));
        }
        scopes.extend(grants.iter().map(|g| g.scope));
    }
    let with_types = scopes.into_iter().map(|scope| (scope, reads(&grants, now_ms, scope)));
    Ok(Reads { scopes: with_types.filter(|(_, types)| !types.is_empty()).collect(), revoked })
}
