//! A list in pieces: a phone holds two thousand runs and shows twenty of them.
//!
//! A place in a list is the time that it is sorted by and the id of the row, not a count of rows: what arrives
//! meanwhile shifts nothing, and a row that left is not missed.

use frontline_protocol::sign::{hex, unhex};
use serde::Serialize;

use crate::error::Fault;

/// Rows of a piece at most, and where nobody said how many.
pub const MOST: u32 = 200;

/// Which piece of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// What the piece before gave as `next`; none for the first.
    pub after: Option<String>,
    /// How many rows at most; none and anything above [`MOST`]: that many.
    pub count: Option<u32>,
}

/// A piece of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pieced<T> {
    pub list: Vec<T>,
    /// To be given back as `after` for what comes next; none where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Where a piece begins: behind the row with this time and this id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub at_ms: i64,
    pub id: [u8; 16],
}

impl Spot {
    /// Before the first row of a list whose newest comes first.
    const START: Self = Self { at_ms: i64::MAX, id: [0; 16] };

    fn show(&self) -> String {
        format!("{}.{}", self.at_ms, hex(&self.id))
    }
    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at_ms: at.parse().ok()?, id: unhex(id)?.try_into().ok()? })
    }
}

impl Piece {
    /// Reads a piece of a list: `rows` gives so many rows behind a place, `spot` the place of one.
    pub(crate) fn of<R, T>(
        &self,
        rows: impl FnOnce(&Spot, u32) -> Result<Vec<R>, Fault>,
        spot: impl Fn(&R) -> Spot,
        show: impl FnMut(R) -> Result<T, Fault>,
    ) -> Result<Pieced<T>, Fault> {
        let from = match &self.after {
            Some(text) => Spot::read(text)
                .ok_or_else(|| Fault::invalid("after", "cursor", "give back what the piece before gave as `next`, as it was"))?,
            None => Spot::START,
        };
        let count = self.count.filter(|n| (1..=MOST).contains(n)).unwrap_or(MOST);
        let mut found = rows(&from, count + 1)?;
        let more = found.len() > count as usize;
        found.truncate(count as usize);
        let next = found.last().filter(|_| more).map(|row| spot(row).show());
        Ok(Pieced { list: found.into_iter().map(show).collect::<Result<_, _>>()?, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_was_shown_and_nothing_else_does() {
        let spot = Spot { at_ms: -5, id: [7; 16] };
        assert_eq!(Spot::read(&spot.show()), Some(spot));
        for wrong in ["", "5", "5.07", "x.07070707070707070707070707070707"] {
            assert_eq!(Spot::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pieces_follow_each_other_to_the_end() {
        let rows: Vec<i64> = (0..5).rev().collect();
        let read = |after: Option<String>| {
            let piece = Piece { after, count: Some(2) };
            let rows = |from: &Spot, count| Ok(rows.iter().copied().filter(|at| *at < from.at_ms).take(count as usize).collect());
            piece.of(rows, |at| Spot { at_ms: *at, id: [0; 16] }, Ok).map_err(|_| ()).expect("a piece")
        };
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let piece = read(after);
            assert!(piece.list.len() <= 2);
            all.extend(piece.list);
            after = piece.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all, rows);
    }
}
