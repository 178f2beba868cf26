//! A page from several headings, sites or feeds at once, in one order: each is read a few rows at a time, so
//! that what is read follows the page, not the list.

use std::cmp::Ordering;
use std::collections::VecDeque;

use async_trait::async_trait;

use frontline_domain::{DocId, EntryType, OrgId, Scope};

use crate::store::{Between, DocRow, Heading, List, ReadTx, Result, Spot, Stored, Walk, Within};

/// One of several that a page is read from. `At` is a place, in the order of the list.
#[async_trait]
pub trait Source: Sync {
    type At: Ord + Clone + Send + Sync;
    type Row: Send;
    /// Rows after a place, or before it.
    async fn read(&self, tx: &mut dyn ReadTx, walk: &Walk<Self::At>) -> Result<Vec<(Self::At, Self::Row)>>;
}

struct Buffer<S: Source> {
    rows: VecDeque<(S::At, S::Row)>,
    from: Option<S::At>,
    ended: bool,
}

/// The next rows of all sources together; what several of them give at the same place is one row.
pub async fn merge<S: Source>(tx: &mut dyn ReadTx, sources: &[S], walk: &Walk<S::At>) -> Result<Vec<(S::At, S::Row)>> {
    if let [one] = sources {
        return one.read(tx, walk).await;
    }
    let chunk = (walk.most / sources.len().max(1) + 4).min(walk.most);
    let mut buffers: Vec<Buffer<S>> =
        sources.iter().map(|_| Buffer { rows: VecDeque::new(), from: walk.from.clone(), ended: false }).collect();
    let mut out: Vec<(S::At, S::Row)> = Vec::with_capacity(walk.most);
    while out.len() < walk.most {
        for (source, buffer) in sources.iter().zip(&mut buffers) {
            if buffer.rows.is_empty() && !buffer.ended {
                let rows = source.read(tx, &Walk { from: buffer.from.clone(), back: walk.back, most: chunk }).await?;
                buffer.ended = rows.len() < chunk;
                buffer.from = rows.last().map(|(at, _)| at.clone()).or(buffer.from.take());
                buffer.rows = rows.into();
            }
        }
        let heads = buffers.iter().enumerate().filter_map(|(n, b)| b.rows.front().map(|(at, _)| (at, n)));
        let next = if walk.back { heads.max_by_key(|(at, _)| *at) } else { heads.min_by_key(|(at, _)| *at) };
        let Some(n) = next.map(|(_, n)| n) else { break };
        if let Some(row) = buffers[n].rows.pop_front()
            && out.last().is_none_or(|(at, _)| *at != row.0)
        {
            out.push(row);
        }
    }
    Ok(out)
}

/// Rows of a list under one heading.
pub struct Under {
    pub org: OrgId,
    pub list: List,
    pub heading: Heading,
    pub within: Within,
}

#[async_trait]
impl Source for Under {
    type At = Spot;
    type Row = ();
    async fn read(&self, tx: &mut dyn ReadTx, walk: &Walk<Spot>) -> Result<Vec<(Spot, ())>> {
        let spots = tx.listed(self.org, self.list, &self.heading, &self.within, walk).await?;
        Ok(spots.into_iter().map(|spot| (spot, ())).collect())
    }
}

/// Rows of a list under one heading, with what they show.
pub struct Rows {
    pub org: OrgId,
    pub list: List,
    pub heading: Heading,
    pub within: Within,
}

#[async_trait]
impl Source for Rows {
    type At = Spot;
    type Row = Vec<u8>;
    async fn read(&self, tx: &mut dyn ReadTx, walk: &Walk<Spot>) -> Result<Vec<(Spot, Vec<u8>)>> {
        tx.listed_rows(self.org, self.list, &self.heading, &self.within, walk).await
    }
}

/// A place among what is ordered by time, the latest first; where two happened at once, by what tells them
/// apart.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Moment<K> {
    pub ms: i64,
    pub key: K,
}

impl<K: Ord> Ord for Moment<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.ms, &other.key).cmp(&(self.ms, &self.key))
    }
}
impl<K: Ord> PartialOrd for Moment<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Facts of one type at one place.
pub struct Facts {
    pub org: OrgId,
    pub scope: Scope,
    pub entry_type: EntryType,
    pub between: Between,
}

/// Within a scope a fact is told by its number, among scopes by both.
pub type FactAt = Moment<(Scope, u64)>;

#[async_trait]
impl Source for Facts {
    type At = FactAt;
    type Row = Stored;
    async fn read(&self, tx: &mut dyn ReadTx, walk: &Walk<FactAt>) -> Result<Vec<(FactAt, Stored)>> {
        // What happened at the same instant at another scope lies wholly on one side of the place.
        let from = walk.from.as_ref().map(|at| match self.scope.cmp(&at.key.0) {
            Ordering::Equal => (at.ms, at.key.1),
            Ordering::Less => (at.ms, i64::MAX.cast_unsigned()),
            Ordering::Greater => (at.ms, 0),
        });
        let walk = Walk { from, back: walk.back, most: walk.most };
        let rows = tx.facts_by_time(self.org, self.scope, self.entry_type, self.between, &walk).await?;
        Ok(rows.into_iter().map(|row| (Moment { ms: row.effective_ms, key: (row.scope, row.number) }, row)).collect())
    }
}

/// The documents of one place, the latest changed first.
pub struct Docs {
    pub org: OrgId,
    pub scope: Scope,
    pub between: Between,
}

#[async_trait]
impl Source for Docs {
    type At = Moment<DocId>;
    type Row = DocRow;
    async fn read(&self, tx: &mut dyn ReadTx, walk: &Walk<Moment<DocId>>) -> Result<Vec<(Moment<DocId>, DocRow)>> {
        let from = walk.from.as_ref().map(|at| (at.ms, at.key));
        let walk = Walk { from, back: walk.back, most: walk.most };
        let rows = tx.docs_by_change(self.org, self.scope, self.between, &walk).await?;
        Ok(rows.into_iter().map(|row| (Moment { ms: row.changed_ms, key: row.doc }, row)).collect())
    }
}
