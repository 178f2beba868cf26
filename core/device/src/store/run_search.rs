//! Runs that somebody looks for, a page at a time: in the order of the list, without an index of their words. What is
//! looked through are the rows' ids, status and four references: of ten thousand runs, some milliseconds
//! (`docs/performance.md`). A title, a site's name, an asset's and a person's stand once each, whatever refers to them; to index
//! them with every run would write them anew with every answer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use frontline_domain::document::RunState;
use frontline_domain::{DocId, PersonId, ReleaseHash, Scope, Slug};
use rusqlite::params;

use super::row::{id, scope, text_or_null};
use super::runs::{RunRow, code, get};
use super::{Db, StoreError};

/// What a run refers to, as far as a search looks at it.
#[derive(Debug, Clone)]
pub struct Refers {
    pub release: ReleaseHash,
    pub scope: Scope,
    pub started_by: PersonId,
    pub asset: Option<Slug>,
}

/// Up to `count` rows behind a place, the latest changed first, of those that `wanted` says yes to.
pub fn behind<E: From<StoreError>>(
    db: &Db<'_>,
    (at_ms, after): (i64, &[u8; 16]),
    status: Option<RunState>,
    count: u32,
    mut wanted: impl FnMut(&Refers) -> Result<bool, E>,
) -> Result<Vec<RunRow>, E> {
    let sql = "SELECT id, updated_ms, release, scope, started_by, asset FROM run
         WHERE updated_ms <= ?1 AND (updated_ms < ?1 OR id > ?2) AND (?3 IS NULL OR status = ?3)";
    let mut statement = db.conn.prepare_cached(sql).map_err(StoreError::from)?;
    let mut rows = statement.query(params![at_ms, after, status.map(code)]).map_err(StoreError::from)?;
    // The last of those that are on the page by now is on top: what lies behind it is not looked at any closer.
    let mut page: BinaryHeap<(Reverse<i64>, DocId)> = BinaryHeap::new();
    while let Some(r) = rows.next().map_err(StoreError::from)? {
        let at = (Reverse(r.get(1).map_err(StoreError::from)?), id(r, 0, DocId::from_slice).map_err(StoreError::from)?);
        let is_full = page.len() >= count as usize;
        if is_full && page.peek().is_some_and(|last| *last < at) {
            continue;
        }
        let refers = Refers {
            release: id(r, 2, ReleaseHash::from_slice).map_err(StoreError::from)?,
            scope: scope(r, 3).map_err(StoreError::from)?,
            started_by: id(r, 4, PersonId::from_slice).map_err(StoreError::from)?,
            asset: text_or_null(r, 5).map_err(StoreError::from)?,
        };
        if wanted(&refers)? {
            page.push(at);
            if is_full {
                page.pop();
            }
        }
    }
    let ids = page.into_sorted_vec().into_iter();
    Ok(ids.map(|(_, id)| get(db, id)).filter_map(Result::transpose).collect::<Result<_, StoreError>>()?)
}
