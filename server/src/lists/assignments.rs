//! Assignments, the latest due first: under their site, or the sites of the person.

use frontline_domain::record::Assignment;
use frontline_domain::{OrgId, PersonId, Scope};

use super::{ANY, STANDING, WITHDRAWN, heading, headings, people, sort};
use crate::records;
use crate::store::{List, Result, Walk, Within, WriteTx};

/// The facet under which a person's own assignments are found, at their place.
pub const OWN: &str = "own";

pub(super) async fn list(tx: &mut dyn WriteTx, org: OrgId, assignment: &Assignment) -> Result<()> {
    let mut places = vec![None];
    match assignment.to {
        Scope::Person(person) => places.extend(people::places(tx.as_read(), org, person).await?.into_keys().map(Some)),
        to => places.push(Some(to)),
    }
    let mut facets = vec![ANY.to_owned()];
    if assignment.withdrawn {
        facets.push(WITHDRAWN.into());
    } else {
        facets.extend([STANDING.into(), assignment.kind.clone()]);
    }
    let mut under = headings(&places, &facets);
    if let Scope::Person(_) = assignment.to {
        under.push(heading(Some(assignment.to), OWN));
    }
    let sort = sort::latest(assignment.due_ms);
    let rows: Vec<_> = under.into_iter().map(|one| (one, sort.clone())).collect();
    tx.set_listed(org, List::Assignments, &assignment.id.to_string(), &rows).await
}

/// Lists a person's assignments anew: they go where the person does.
pub(super) async fn list_of(tx: &mut dyn WriteTx, org: OrgId, person: PersonId) -> Result<()> {
    let own = heading(Some(Scope::Person(person)), OWN);
    let mut walk = Walk::first(200);
    loop {
        let spots = tx.listed(org, List::Assignments, &own, &Within::default(), &walk).await?;
        for spot in &spots {
            if let Some(assignment) = records::one::<Assignment>(tx.as_read(), org, &spot.key).await? {
                list(tx, org, &assignment).await?;
            }
        }
        match spots.into_iter().next_back() {
            Some(last) => walk.from = Some(last),
            None => return Ok(()),
        }
    }
}
