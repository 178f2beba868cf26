//! The lists of the console: under which headings each row is found, kept up with what it is about.
//!
//! Start at [`relist`], which the pen calls for every record that it writes, and [`refused`], which the judge
//! calls for what it refuses. [`rebuild`] makes everything again; the two must agree, and a test compares
//! them. [`stale`] works out rows of [`actions`] and [`runs`] afterwards. [`sort`] makes the bytes that rows are ordered by, [`walk`] reads a page from several headings at
//! once. Nothing here decides who may see a row: whoever walks names the places that they oversee.

mod about;
pub mod actions;
mod assignments;
mod content;
mod devices;
mod people;
mod quarantine;
mod rebuild;
pub mod runs;
pub mod sort;
pub mod stale;
#[cfg(test)]
mod tests;
pub mod walk;

use frontline_domain::record::{Assignment, GrantRecord, Person, Publication, RunsWithdrawn};
use frontline_domain::release::DRAFT;
use frontline_domain::{DeviceId, EntryType, OrgId, Scope};

use crate::records;
use crate::store::{Heading, Result, WriteTx};

pub use about::{about_what, note};
pub use assignments::OWN;
pub use devices::{facet as device_facet, place_of};
pub use people::{facet as role_facet, places as places_of};
pub use quarantine::{by_code, by_device, key as quarantine_key, refused};
pub use rebuild::{catch_up, rebuild};
pub use stale::work_off;

/// The facet that every row of a list is under.
pub const ANY: &str = "any";
/// People without a role.
pub const ROLELESS: &str = "roleless";
/// People, assignments and content that were withdrawn.
pub const WITHDRAWN: &str = "withdrawn";
/// Assignments that stand.
pub const STANDING: &str = "standing";
/// Runs and actions that people set differently without seeing each other.
pub const CLASH: &str = "clash";
/// Content that is current.
pub const PUBLISHED: &str = "published";
/// Devices.
pub const IN_USE: &str = "in-use";
pub const LOST: &str = "lost";
pub const REVOKED: &str = "revoked";
/// Quarantined entries that wait for a person, and those that something became of.
pub const OPEN: &str = "open";
pub const RESOLVED: &str = "resolved";

/// A heading at a place; none: the whole organisation.
pub fn heading(place: Option<Scope>, facet: impl Into<String>) -> Heading {
    Heading { place, facet: facet.into() }
}

/// Every combination of places and facets.
fn headings(places: &[Option<Scope>], facets: &[String]) -> Vec<Heading> {
    places.iter().flat_map(|place| facets.iter().map(|facet| heading(*place, facet.clone()))).collect()
}

/// Lists anew what a record is about, after it was written.
pub async fn relist(tx: &mut dyn WriteTx, org: OrgId, entry_type: EntryType, key: &str) -> Result<()> {
    match entry_type {
        EntryType::PERSON => {
            let Some(person) = records::one::<Person>(tx.as_read(), org, key).await? else { return Ok(()) };
            people::list(tx, org, &person).await
        }
        EntryType::GRANT => {
            let Some(grant) = records::one::<GrantRecord>(tx.as_read(), org, key).await? else { return Ok(()) };
            let found = records::one::<Person>(tx.as_read(), org, &grant.person.to_string()).await?;
            let Some(person) = found else { return Ok(()) };
            people::list(tx, org, &person).await?;
            assignments::list_of(tx, org, person.id).await
        }
        EntryType::DEVICE | EntryType::CERTIFICATE => {
            let id = key.split('/').next().and_then(|id| id.parse::<DeviceId>().ok());
            match id {
                Some(id) => devices::list(tx, org, id).await,
                None => Ok(()),
            }
        }
        EntryType::ASSIGNMENT => {
            let Some(assignment) = records::one::<Assignment>(tx.as_read(), org, key).await? else { return Ok(()) };
            assignments::list(tx, org, &assignment).await
        }
        EntryType::RUNS_WITHDRAWN => {
            let Some(one) = records::one::<RunsWithdrawn>(tx.as_read(), org, key).await? else { return Ok(()) };
            // All versions: one that can be begun again is named no longer.
            let versions = tx.versions(org, "procedure", one.procedure.as_str(), RunsWithdrawn::VERSIONS).await?;
            runs::note_unfinished(tx, org, &versions.iter().map(|one| one.hash).collect::<Vec<_>>()).await
        }
        EntryType::PUBLICATION => {
            let Some(publication) = records::one::<Publication>(tx.as_read(), org, key).await? else { return Ok(()) };
            // A draft that somebody tries is not published.
            match publication.kind.as_str() {
                DRAFT => Ok(()),
                _ => content::list(tx, org, &publication).await,
            }
        }
        _ => Ok(()),
    }
}

/// Lists a device anew, where no record of it changed.
pub async fn device(tx: &mut dyn WriteTx, org: OrgId, id: DeviceId) -> Result<()> {
    devices::list(tx, org, id).await
}
