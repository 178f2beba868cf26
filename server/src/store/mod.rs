//! The server's store, as traits that know nothing of SQL: made for a second implementation.
//!
//! Start at [`Store`]: it hands out transactions. What a transaction can be asked lies by family in
//! [`feed`] (entries, numbers, marks), [`customers`] (their keys), [`records`] (organisations, records, releases, grants), [`devices`]
//! (devices, epochs, codes), [`judging`] (held, quarantined, replaced, documents, locks), [`given`]
//! (what came back after a restore and was not taken), [`training`] (attempts), [`blobs`] (what is known of pictures), [`media`] (those of content), [`access`] (users, sessions, tokens), [`lists`] (a page of something, from a place on) and [`rows`] (what a row of it shows). The
//! rules live outside, written once over these traits; the methods only keep
//! and find. `org` comes first in every key; what is found by a secret alone (a code, a session, a token)
//! names its organisation in its row. [`sqlite`] is the implementation; `contract` is the suite that any
//! implementation has to pass.

pub mod access;
pub mod blobs;
#[cfg(test)]
mod contract;
pub mod customers;
pub mod devices;
pub mod feed;
pub mod given;
pub mod judging;
pub mod lists;
pub mod media;
pub mod records;
pub mod rows;
pub mod sqlite;
pub mod training;

use async_trait::async_trait;

use frontline_domain::Incarnation;

pub use access::{AccessRead, AccessWrite, Session, Token, User};
pub use blobs::{BlobsRead, BlobsWrite};
pub use customers::{CustomersRead, CustomersWrite};
pub use devices::{Certified, Code, Contact, DeviceRow, DevicesRead, DevicesWrite, Ended, EpochRow};
pub use feed::{Counts, FeedRead, FeedWrite, Head, Scan, Skip, Stored};
pub use given::{GivenAside, GivenRead, GivenWrite};
pub use judging::{DocRow, Held, JudgingRead, JudgingWrite, LockFact, Quarantined, Resolution, SavedDoc};
pub use lists::{Between, Heading, List, ListsRead, ListsWrite, Spot, Version, Walk, Within};
pub use media::{MediaRead, MediaWrite};
pub use records::{DraftRow, OrgRow, PublishedRow, RecordRow, RecordsRead, RecordsWrite, ReleaseRow};
pub use rows::{RowsRead, RowsWrite, Stale};
pub use sqlite::{Examined, Lock, Serving, SqliteStore, examine, pictures_of};
pub use training::{AttemptRow, TrainingRead, TrainingWrite};

/// Why the store could not do it. Holds no content.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "the store was written by a newer version of the server (its schema is {found}, this build knows {known}); run the newer version"
    )]
    Newer { found: i64, known: i64 },
    #[error("the disk that holds the store is full; make room, nothing was taken")]
    Full,
    #[error("the store may not be written to; give the user that runs this program write access to the data folder and every file in it")]
    ReadOnly,
    #[error("the store is locked by another program for too long; try again")]
    Busy,
    #[error("the store's file is damaged: {0}")]
    Corrupt(String),
    #[error("the store failed: {0}")]
    Failed(String),
}

/// How far a store has come, to be compared with what the ledger says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub incarnation: Incarnation,
    /// How many transactions were ever committed.
    pub commits: u64,
    /// The last line of the ledger that is carried out.
    pub ledger: u64,
    /// The latest time of a commit, ms.
    pub latest_ms: i64,
    /// By what the server's key is known, once one opened the store.
    pub key: Option<[u8; 16]>,
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// A store: the only door to the server's data.
#[async_trait]
pub trait Store: Send + Sync {
    /// A view of one instant; waits for no writer.
    async fn read(&self) -> Result<Box<dyn ReadTx>>;
    /// The one write transaction of this moment; dropping it without [`WriteTx::commit`] undoes it.
    async fn write(&self) -> Result<Box<dyn WriteTx>>;
    /// A measure of all that readers read so far, in the store's own steps: shows when a page begins to cost
    /// more than its rows.
    fn work(&self) -> u64;
    /// Writes all of it, as of one instant, to a new or empty file; readers and writers go on meanwhile.
    async fn copy_to(&self, file: &std::path::Path) -> Result<()>;
    /// Leaves nothing behind of what was removed, as far as readers allow it at the moment; else it goes when the
    /// log is used again.
    async fn scrub(&self) -> Result<()>;
}

/// What can be read in a transaction.
#[async_trait]
pub trait ReadTx:
    FeedRead
    + RecordsRead
    + DevicesRead
    + CustomersRead
    + JudgingRead
    + GivenRead
    + AccessRead
    + TrainingRead
    + ListsRead
    + RowsRead
    + BlobsRead
    + MediaRead
    + Send
{
    /// The random number of this life of the store (`sync.md` 6).
    async fn incarnation(&mut self) -> Result<Incarnation>;
    /// How far the store has come.
    async fn standing(&mut self) -> Result<Standing>;
}

/// What can be written in a transaction; everything it wrote is read back in it.
#[async_trait]
pub trait WriteTx:
    ReadTx
    + FeedWrite
    + RecordsWrite
    + DevicesWrite
    + CustomersWrite
    + JudgingWrite
    + GivenWrite
    + AccessWrite
    + TrainingWrite
    + ListsWrite
    + RowsWrite
    + BlobsWrite
    + MediaWrite
{
    /// After a restore: another life, so that receipts of the lost one are known as such.
    async fn set_incarnation(&mut self, incarnation: Incarnation) -> Result<()>;
    /// Every order of the ledger up to this line is carried out.
    async fn set_ledger(&mut self, line: u64) -> Result<()>;
    /// Something is committed at this time; what is committed later is never earlier.
    async fn note_time(&mut self, now_ms: i64) -> Result<()>;
    /// Which server's key this store belongs to.
    async fn set_key_proof(&mut self, proof: &[u8; 16]) -> Result<()>;
    /// Marks a point to go back to: one entry's failure must not undo its neighbours. They don't nest.
    async fn savepoint(&mut self) -> Result<()>;
    /// Undoes what was written since the savepoint and forgets it.
    async fn rollback_to_savepoint(&mut self) -> Result<()>;
    /// Forgets the savepoint, keeping what was written.
    async fn release_savepoint(&mut self) -> Result<()>;
    /// Makes everything durable; nothing was acknowledged before this returned.
    async fn commit(self: Box<Self>) -> Result<()>;
    /// This transaction as one that only reads.
    fn as_read(&mut self) -> &mut dyn ReadTx;
}
