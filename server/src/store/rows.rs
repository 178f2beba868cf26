//! What rows of lists show, worked out once and kept, and which are to be worked out anew. The one who stores a fact
//! only says that a row is stale: working it out may cost a whole run.

use async_trait::async_trait;

use frontline_domain::OrgId;

use super::{Heading, List, Result, Spot, Walk, Within};

/// A row that is no longer what it was worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    pub list: List,
    pub key: String,
    /// Tells one saying of it from a later one.
    pub mark: u64,
}

#[async_trait]
pub trait RowsRead {
    /// Rows of a list under a heading, in order, with what they show; one that has nothing to show is left out.
    async fn listed_rows(
        &mut self,
        org: OrgId,
        list: List,
        heading: &Heading,
        within: &Within,
        walk: &Walk<Spot>,
    ) -> Result<Vec<(Spot, Vec<u8>)>>;
    /// What one row shows.
    async fn listed_row(&mut self, org: OrgId, list: List, key: &str) -> Result<Option<Vec<u8>>>;
    /// Rows that are to be worked out, in no order that matters.
    async fn stale(&mut self, org: OrgId, most: usize) -> Result<Vec<Stale>>;
}

#[async_trait]
pub trait RowsWrite {
    /// Keeps what a row shows; none: it shows nothing any more.
    async fn put_listed_row(&mut self, org: OrgId, list: List, key: &str, body: Option<&[u8]>) -> Result<()>;
    /// Says that a row is to be worked out anew.
    async fn put_stale(&mut self, org: OrgId, list: List, key: &str) -> Result<()>;
    /// It is worked out, unless that was said again meanwhile.
    async fn remove_stale(&mut self, org: OrgId, stale: &Stale) -> Result<()>;
}
