//! Lists: filtered by the address, walked a page at a time, saved as a file.
//!
//! Start at [`List`]: what one list says of itself; each is a file in [`super::pages`]. [`show`] is the page
//! of any of them, [`export`] its file; [`paged`] finds a page and the ways on from it, [`filters`] has the
//! fields that several share, [`csv`] writes cells that no spreadsheet takes for formulas.

pub mod csv;
mod cursor;
mod export;
pub mod filters;
mod paged;
mod show;

use std::sync::Arc;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;

use frontline_domain::permission::Act;

use super::Console;
use super::errors::Failure;
use super::look::names::Names;
use super::session::Me;
use super::strings::Strings;
use super::view::{Field, Notice, Place, Row};
use crate::lists::walk::Source;
use crate::lists::work_off;
use crate::store::ReadTx;

pub use export::{File, export, file};
pub use show::show;

/// Rows of a page.
pub const PAGE: usize = 50;
/// Rows that are looked through for one page at most, where a filter has no index: then the reader is asked
/// whether to go on.
const LOOK: usize = 1_000;
/// The same where all that a filter asks stands in the row itself.
pub const LOOK_IN_ROWS: usize = 10_000;
/// Rows that are brought up to date before somebody looks at their list, and how long they wait for that at most.
const STALE: usize = 2_000;
const WAIT_MS: i64 = 1_500;

/// What a request reads with: one view of the store, who asks, and names as they become known.
pub struct Reading {
    pub tx: Box<dyn ReadTx>,
    pub console: Arc<Console>,
    pub me: Me,
    pub names: Names,
}

impl Reading {
    pub async fn begin(console: Arc<Console>, me: Me) -> Result<Self, Failure> {
        let mut tx = console.store.read().await?;
        let names = Names::without_people(&mut *tx, &me).await?;
        Ok(Self { tx, console, me, names })
    }
}

/// Brings rows up to date that were changed: what a phone has just sent is in the list. Whether there were too many.
pub async fn freshen(console: &Console, me: &Me) -> Result<bool, Failure> {
    let begun_ms = console.now_ms();
    work_off(&*console.store, me.org, STALE, || console.now_ms() - begun_ms > WAIT_MS).await?;
    Ok(!console.store.read().await?.stale(me.org, 1).await?.is_empty())
}

/// What stands in a list's head and in its place where it is empty.
pub struct Texts {
    pub title: &'static str,
    pub lead: &'static str,
    pub empty: &'static str,
    pub empty_text: &'static str,
}

/// One list; the value is its filter, as the address has it.
#[async_trait]
pub trait List: DeserializeOwned + Clone + Send + Sync + 'static {
    /// Of the page; its file has `.csv` behind.
    const PATH: &'static str;
    const PLACE: Place;
    /// What a person must be allowed somewhere, to see any of it.
    const ACT: Act;
    /// Rows that are looked through for one page at most, where a filter has no index.
    const LOOK: usize = LOOK;
    type Source: Source<At: Serialize + DeserializeOwned, Row: Send> + Send;
    /// A row with all that is shown of it.
    type Item: Send + Sync;

    /// Whether it is theirs to look at.
    fn is_for(me: &Me) -> bool {
        me.may_anywhere(Self::ACT)
    }
    /// What is done before anything is read; whether rows are behind all the same.
    async fn prepare(_: &Console, _: &Me) -> Result<bool, Failure> {
        Ok(false)
    }
    fn texts(t: &'static Strings) -> Texts;
    /// The filter as the address has it; empty ones are left out.
    fn terms(&self) -> Vec<(&'static str, String)>;
    /// The fields to filter by.
    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure>;
    /// What the rows are read from; refuses a filter that is not understood, and a place that is not theirs.
    fn sources(&self, reading: &Reading) -> Result<Vec<Self::Source>, Failure>;
    /// The row, unless the filter leaves it out.
    async fn item(&self, reading: &mut Reading, row: RowOf<Self>) -> Result<Option<Self::Item>, Failure>;
    /// As many as a row has cells.
    fn columns(t: &'static Strings) -> Vec<&'static str>;
    fn row(&self, reading: &Reading, item: &Self::Item) -> Row;
    /// The columns of the file.
    fn file_columns(t: &'static Strings) -> Vec<&'static str>;
    fn file_cells(&self, reading: &Reading, item: &Self::Item) -> Vec<String>;
    /// What was done a moment ago, where the address says so.
    fn notice(&self, _: &Reading) -> Option<Notice> {
        None
    }
    /// By which rules its rows are told, folded away: a heading and the rules.
    fn rules(_: &Reading) -> Option<(&'static str, Vec<String>)> {
        None
    }
    /// Other ways to look at the same, and other files of it: addresses and words.
    fn ways(&self, _: &Reading) -> Vec<(String, String)> {
        Vec::new()
    }
    /// Where something new is made, and its words.
    fn action(_: &Reading) -> Option<(String, &'static str)> {
        None
    }
}

/// A place and what is there.
pub type RowOf<L> = (<<L as List>::Source as Source>::At, <<L as List>::Source as Source>::Row);
