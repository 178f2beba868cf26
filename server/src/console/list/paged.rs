//! One page of a list, and the ways on from it.

use serde::Deserialize;

use super::{List, PAGE, Reading, cursor};
use crate::console::errors::Failure;
use crate::lists::walk::{Source, merge};
use crate::store::Walk;

type At<L> = <<L as List>::Source as Source>::At;

/// Which page, as the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Turn {
    #[serde(default)]
    after: String,
    #[serde(default)]
    before: String,
}

/// Rows of a list in the order of the walk.
pub struct Slice<L: List> {
    pub rows: Vec<(At<L>, L::Item)>,
    /// The place up to which was looked, where that was the end of patience and not of the list.
    pub stopped: Option<At<L>>,
    pub looked: usize,
}

/// A page.
pub struct Paged<L: List> {
    pub items: Vec<L::Item>,
    /// What the address of the page before and of the one after has: `before=…`, `after=…`.
    pub previous: Option<(&'static str, String)>,
    pub next: Option<(&'static str, String)>,
    /// So many rows were looked through, and the filter left most out.
    pub partial: Option<u64>,
    pub is_first: bool,
}

/// Reads up to `walk.most` rows that the filter keeps, looking through [`List::LOOK`] at most.
pub async fn read<L: List>(list: &L, reading: &mut Reading, walk: Walk<At<L>>) -> Result<Slice<L>, Failure> {
    let sources = list.sources(reading)?;
    let (mut rows, mut looked, mut from) = (Vec::new(), 0, walk.from);
    loop {
        let most = walk.most - rows.len();
        let found = merge(&mut *reading.tx, &sources, &Walk { from: from.clone(), back: walk.back, most }).await?;
        let ended = found.len() < most;
        looked += found.len();
        for (at, row) in found {
            from = Some(at.clone());
            if let Some(item) = list.item(reading, (at.clone(), row)).await? {
                rows.push((at, item));
            }
        }
        if ended || rows.len() >= walk.most {
            return Ok(Slice { rows, stopped: None, looked });
        }
        if looked >= L::LOOK {
            return Ok(Slice { rows, stopped: from, looked });
        }
    }
}

/// The page that the address names. Going back so far that the list begins shows its first page.
pub async fn page<L: List>(list: &L, reading: &mut Reading, turn: &Turn) -> Result<Paged<L>, Failure> {
    if !turn.before.is_empty() {
        let from: At<L> = cursor::read(&turn.before)?;
        let mut slice = read(list, reading, Walk { from: Some(from), back: true, most: PAGE + 1 }).await?;
        let more = slice.rows.len() > PAGE;
        slice.rows.truncate(PAGE);
        if more || slice.stopped.is_some() {
            let earlier = if more { slice.rows.last().map(|(at, _)| cursor::write(at)) } else { slice.stopped.as_ref().map(cursor::write) };
            let later = slice.rows.first().map(|(at, _)| cursor::write(at)).or(slice.stopped.as_ref().map(cursor::write));
            slice.rows.reverse();
            return Ok(Paged {
                items: slice.rows.into_iter().map(|(_, item)| item).collect(),
                previous: earlier.map(|at| ("before", at)),
                next: later.map(|at| ("after", at)),
                partial: (!more).then_some(slice.looked as u64),
                is_first: false,
            });
        }
    }
    let from: Option<At<L>> = match (&turn.before, turn.after.as_str()) {
        (_, "") => None,
        (before, after) if before.is_empty() => Some(cursor::read(after)?),
        _ => None,
    };
    let is_first = from.is_none();
    let mut slice = read(list, reading, Walk { from, back: false, most: PAGE + 1 }).await?;
    let more = slice.rows.len() > PAGE;
    slice.rows.truncate(PAGE);
    let next = if more { slice.rows.last().map(|(at, _)| cursor::write(at)) } else { slice.stopped.as_ref().map(cursor::write) };
    let previous = if is_first { None } else { slice.rows.first().map(|(at, _)| ("before", cursor::write(at))) };
    Ok(Paged {
        items: slice.rows.into_iter().map(|(_, item)| item).collect(),
        previous,
        next: next.map(|at| ("after", at)),
        partial: (!more && slice.stopped.is_some()).then_some(slice.looked as u64),
        is_first,
    })
}
