//! People, by name: under their roles, where they hold them.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::permission::Role;
use frontline_domain::record::Person;
use frontline_domain::{OrgId, PersonId, Scope};

use super::{ANY, ROLELESS, WITHDRAWN, heading, headings, sort};
use crate::store::{List, ReadTx, Result, WriteTx};

/// A role as a facet: `role-manager`.
pub fn facet(role: Role) -> String {
    format!("role-{}", role.name())
}

/// The scopes in which somebody holds roles now, with those.
pub async fn places(tx: &mut dyn ReadTx, org: OrgId, person: PersonId) -> Result<BTreeMap<Scope, BTreeSet<Role>>> {
    let mut places: BTreeMap<Scope, BTreeSet<Role>> = BTreeMap::new();
    for grant in tx.grants(org, person).await?.into_iter().filter(|g| g.until_ms.is_none()) {
        places.entry(grant.scope).or_default().insert(grant.role);
    }
    Ok(places)
}

pub(super) async fn list(tx: &mut dyn WriteTx, org: OrgId, person: &Person) -> Result<()> {
    let mut under = Vec::new();
    if person.withdrawn {
        under.extend(headings(&[None], &[ANY.into(), WITHDRAWN.into()]));
    } else {
        let held = places(tx.as_read(), org, person.id).await?;
        let all: BTreeSet<Role> = held.values().flatten().copied().collect();
        under.push(heading(None, ANY));
        under.extend(all.iter().map(|role| heading(None, facet(*role))));
        if all.is_empty() {
            under.push(heading(None, ROLELESS));
        }
        for (scope, roles) in &held {
            under.push(heading(Some(*scope), ANY));
            under.extend(roles.iter().map(|role| heading(Some(*scope), facet(*role))));
        }
    }
    let sort = sort::name(&person.name);
    let rows: Vec<_> = under.into_iter().map(|one| (one, sort.clone())).collect();
    tx.set_listed(org, List::People, &person.id.to_string(), &rows).await
}
