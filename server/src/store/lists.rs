//! Lists as the console walks them: a page at a time, in one order, from a place on. Nothing here reads a
//! whole table, and everything it finds by an index that begins with the organisation.
//!
//! Rows of [`List`]s are kept under headings, written by [`crate::lists`] from what they are about; facts and
//! runs are walked where they are stored.

use std::fmt;

use async_trait::async_trait;

use frontline_domain::{DeviceId, DocId, EntryType, OrgId, PersonId, ReleaseHash, Scope};

use super::{DocRow, Held, Result, Stored};

/// A list whose rows are kept under headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    People,
    Devices,
    Assignments,
    Quarantine,
    Content,
    /// Their rows are worked out afterwards: [`super::rows`].
    Actions,
    Runs,
}

impl List {
    pub const ALL: [Self; 7] = [Self::People, Self::Devices, Self::Assignments, Self::Quarantine, Self::Content, Self::Actions, Self::Runs];
}

/// What a row is found under: where it belongs (none: the whole organisation) and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heading {
    pub place: Option<Scope>,
    /// A short word such as `any` or `lost`.
    pub facet: String,
}

/// A row's place in the order of its list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Spot {
    /// Compared byte by byte; made by [`crate::lists::sort`].
    #[serde(with = "serde_bytes")]
    pub sort: Vec<u8>,
    /// What names the row: a record's key, an id.
    pub key: String,
}

/// The part of a list between two values of its order: not before `least`, and before `below`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Within {
    pub least: Vec<u8>,
    pub below: Option<Vec<u8>>,
}

/// A stretch of time, server ms: from an instant until before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    pub from_ms: i64,
    pub until_ms: i64,
}

impl Between {
    pub const ALWAYS: Self = Self { from_ms: i64::MIN, until_ms: i64::MAX };
}

/// Rows after a place, or going back before it; the place itself is not given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk<P> {
    /// None: from the beginning, or going back from the end.
    pub from: Option<P>,
    /// Against the order of the list: the rows come in that direction.
    pub back: bool,
    pub most: usize,
}

impl<P> Walk<P> {
    /// The first rows.
    pub fn first(most: usize) -> Self {
        Self { from: None, back: false, most }
    }
    pub fn after(from: P, most: usize) -> Self {
        Self { from: Some(from), back: false, most }
    }
}

/// A version of a release, without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    pub hash: ReleaseHash,
    /// Its number in the organisation's feed.
    pub number: u64,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::People => "people",
            Self::Devices => "devices",
            Self::Assignments => "assignments",
            Self::Quarantine => "quarantine",
            Self::Content => "content",
            Self::Actions => "actions",
            Self::Runs => "runs",
        })
    }
}

#[async_trait]
pub trait ListsRead {
    /// Rows of a list under a heading, in order.
    async fn listed(&mut self, org: OrgId, list: List, heading: &Heading, within: &Within, walk: &Walk<Spot>) -> Result<Vec<Spot>>;
    /// How many there are, counted up to `most`.
    async fn count_listed(&mut self, org: OrgId, list: List, heading: &Heading, within: &Within, most: usize) -> Result<u64>;
    /// Every heading that a row is under, in order.
    async fn headings(&mut self, org: OrgId, list: List, key: &str) -> Result<Vec<(Heading, Vec<u8>)>>;
    /// Facts of one type that is listed by time (feedback, opened contacts), latest first; a place is
    /// (effective time, number).
    async fn facts_by_time(
        &mut self,
        org: OrgId,
        scope: Scope,
        entry_type: EntryType,
        between: Between,
        walk: &Walk<(i64, u64)>,
    ) -> Result<Vec<Stored>>;
    /// What later facts said of a run or a contact, in order of their numbers.
    async fn said_about(&mut self, org: OrgId, about: &[u8; 16], most: usize) -> Result<Vec<Stored>>;
    /// The latest word of a device about itself, of the types for which that is kept: its clock was set, its
    /// store was set aside.
    async fn said_of_itself(&mut self, org: OrgId, device: DeviceId, entry_type: EntryType) -> Result<Option<Stored>>;
    /// What somebody reported of their training, latest first.
    async fn training_of(&mut self, org: OrgId, person: PersonId, most: usize) -> Result<Vec<Stored>>;
    /// The documents of a scope, latest changed first; a place is (time of the last change, document).
    async fn docs_by_change(&mut self, org: OrgId, scope: Scope, between: Between, walk: &Walk<(i64, DocId)>) -> Result<Vec<DocRow>>;
    /// Documents made with a release, latest changed first.
    async fn docs_of_release(&mut self, org: OrgId, release: ReleaseHash, most: usize) -> Result<Vec<DocRow>>;
    /// The versions of a release, newest first.
    async fn versions(&mut self, org: OrgId, kind: &str, slug: &str, most: usize) -> Result<Vec<Version>>;
    /// What waits of a device's, in order of its numbers.
    async fn held_of(&mut self, org: OrgId, device: DeviceId, most: usize) -> Result<Vec<Held>>;
    /// By which rules the headings were written; 0: none yet.
    async fn lists_version(&mut self) -> Result<u32>;
}

#[async_trait]
pub trait ListsWrite {
    /// Puts a row under these headings, each with its place in the order, and under no others.
    async fn set_listed(&mut self, org: OrgId, list: List, key: &str, headings: &[(Heading, Vec<u8>)]) -> Result<()>;
    /// Notes that a stored fact is about a run or a contact.
    async fn put_about(&mut self, org: OrgId, about: &[u8; 16], scope: Scope, entry_type: EntryType, number: u64) -> Result<()>;
    async fn set_lists_version(&mut self, version: u32) -> Result<()>;
}
