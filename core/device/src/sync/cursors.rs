//! What a page does to the cursors of its scope (`sync.md` 6 and 8). Pure: the store loads a scope's cursors,
//! asks here, and writes them back in the transaction that stores the page's rows.
//!
//! The cursors of a scope never share a type. One that was scanned under fewer types than the device may
//! read now is joined by a second one for the added types, which begins at the start of the feed; where the
//! two stand at the same mark they become one.

use frontline_domain::{Incarnation, TypeSet};
use frontline_protocol::Mark;
use frontline_protocol::sync::{Cursor, Page};

use super::marks::thin;

/// One cursor of a scope, as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub types: TypeSet,
    pub incarnation: Incarnation,
    pub at: Mark,
    /// Where this cursor stood before, thinned, highest first. Not the scope's: a place that another cursor
    /// read up to says nothing about what this one read.
    pub older: Vec<Mark>,
}

/// All cursors of one scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(pub Vec<Place>);

/// What taking a page in means for the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// The page belongs to no cursor as it stands now: it was applied before, or answers an older question.
    /// Nothing of it may be stored.
    Stale,
    /// A new cursor, for added types.
    Begun,
    /// The cursor went on from where it stood.
    On { was: Incarnation },
    /// The feed turned out to agree only up to `to`, which is below where the cursor stood: receipts and
    /// received entries above are to be doubted first.
    Back { was: Incarnation, to: Mark },
}

impl Places {
    /// Lets go of types that may no longer be read. Before the pages of an answer: they were scanned under
    /// what was left.
    pub fn narrow(&mut self, allowed: TypeSet) {
        for place in &mut self.0 {
            place.types = place.types.intersection(allowed);
        }
        self.0.retain(|place| !place.types.is_empty());
    }

    /// Takes in `page`, the answer to a request that stated `asked`, where the device may read `allowed`.
    pub fn take(&mut self, page: &Page, asked: &[Cursor], allowed: TypeSet, incarnation: Incarnation) -> Moved {
        if page.types.is_empty() || page.to.number < page.from.number {
            return Moved::Stale;
        }
        let Some(place) = self.0.iter_mut().find(|p| p.types == page.types) else {
            let is_new = self.0.iter().all(|p| p.types.intersection(page.types).is_empty());
            if !is_new || page.from != Mark::START {
                return Moved::Stale;
            }
            self.0.push(Place { types: page.types, incarnation, at: page.to, older: older([Mark::START], page.to) });
            return Moved::Begun;
        };
        // Only a page that was asked for from where the cursor still stands: applied a second time, it would
        // look like a feed that was set back.
        let stated = |c: &Cursor| c.scope == page.scope && c.types.intersection(allowed) == place.types && c.at == place.at;
        if !asked.iter().any(stated) {
            return Moved::Stale;
        }
        let moved = if page.from == place.at {
            Moved::On { was: place.incarnation }
        } else if page.from.number < place.at.number {
            place.older.retain(|m| m.number < page.from.number);
            Moved::Back { was: place.incarnation, to: page.from }
        } else {
            return Moved::Stale;
        };
        place.older = older(place.older.iter().copied().chain([page.from]), page.to);
        (place.incarnation, place.at) = (incarnation, page.to);
        moved
    }

    /// Joins cursors that met. After all pages of an answer, not between them: the second page would no
    /// longer find its cursor.
    pub fn join(&mut self) {
        let mut kept: Vec<Place> = Vec::new();
        for place in std::mem::take(&mut self.0) {
            match kept.iter_mut().find(|k| k.at == place.at && k.incarnation == place.incarnation) {
                // They agree where they stand, so they agree on all before it.
                Some(met) => {
                    met.types = met.types.union(place.types);
                    met.older = older(met.older.iter().chain(&place.older).copied(), met.at);
                }
                None => kept.push(place),
            }
        }
        self.0 = kept;
    }
}

fn older(marks: impl IntoIterator<Item = Mark>, at: Mark) -> Vec<Mark> {
    let mut kept = thin(marks.into_iter().filter(|m| m.number < at.number).chain([at]));
    kept.retain(|m| *m != at);
    kept
}

#[cfg(test)]
#[path = "cursors_tests.rs"]
mod tests;
