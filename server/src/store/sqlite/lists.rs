//! Lists in SQLite. Each statement is answered by one index, from the place where the walk stands.

use async_trait::async_trait;
use rusqlite::Row;

use frontline_domain::{DeviceId, DocId, EntryType, OrgId, PersonId, ReleaseHash, Scope};

use super::columns::{ScopeColumn, bytes, org, scope, scope_bytes, unsigned};
use super::feed::{ENTRY, stored};
use super::judging::{DOC, HELD, doc_row, held_row};
use super::pieces;
use super::tx::SqliteTx;
use crate::store::{Between, DocRow, Heading, Held, List, ListsRead, ListsWrite, Result, Spot, Stored, Version, Walk, Within};

pub(super) fn number(list: List) -> u8 {
    match list {
        List::People => 1,
        List::Devices => 2,
        List::Assignments => 3,
        List::Quarantine => 4,
        List::Content => 5,
        List::Actions => 6,
        List::Runs => 7,
    }
}

/// The list that a column names.
pub(super) fn list_of(row: &Row<'_>, column: &str) -> rusqlite::Result<List> {
    let found: u8 = row.get(column)?;
    let known = List::ALL.into_iter().find(|list| number(*list) == found);
    known.ok_or_else(|| rusqlite::Error::IntegralValueOutOfRange(0, found.into()))
}

/// A heading's place as a column: empty for the whole organisation.
pub(super) fn place(heading: &Heading) -> Vec<u8> {
    heading.place.map_or_else(Vec::new, scope_bytes)
}

fn heading_row(row: &Row<'_>) -> rusqlite::Result<(Heading, Vec<u8>)> {
    let bytes: Vec<u8> = row.get("place")?;
    let place = if bytes.is_empty() { None } else { Some(scope(row, "place")?) };
    Ok((Heading { place, facet: row.get("facet")? }, row.get("sort")?))
}

pub(super) fn spot_row(row: &Row<'_>) -> rusqlite::Result<Spot> {
    Ok(Spot { sort: row.get("sort")?, key: row.get("key")? })
}

/// Above every value of an order.
const END: [u8; 64] = [0xff; 64];

/// Where a walk begins and ends, both outside of it: keys are never empty, so that the empty one lies before
/// all of its value.
pub(super) fn bounds(within: &Within, walk: &Walk<Spot>) -> (Spot, Spot) {
    let mut low = Spot { sort: within.least.clone(), key: String::new() };
    let mut high = Spot { sort: within.below.clone().unwrap_or_else(|| END.to_vec()), key: String::new() };
    match &walk.from {
        Some(from) if walk.back => high = high.min(from.clone()),
        Some(from) => low = low.max(from.clone()),
        None => {}
    }
    (low, high)
}

pub(super) fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

#[async_trait]
impl ListsRead for SqliteTx {
    async fn listed(&mut self, o: OrgId, list: List, heading: &Heading, within: &Within, walk: &Walk<Spot>) -> Result<Vec<Spot>> {
        let (low, high) = bounds(within, walk);
        let sql = if walk.back {
            "SELECT sort, key FROM listing WHERE org = ?1 AND list = ?2 AND place = ?3 AND facet = ?4
             AND (sort, key) > (?5, ?6) AND (sort, key) < (?7, ?8) ORDER BY sort DESC, key DESC LIMIT ?9"
        } else {
            "SELECT sort, key FROM listing WHERE org = ?1 AND list = ?2 AND place = ?3 AND facet = ?4
             AND (sort, key) > (?5, ?6) AND (sort, key) < (?7, ?8) ORDER BY sort, key LIMIT ?9"
        };
        let of = (org(&o), number(list), place(heading), &heading.facet);
        self.rows(sql, (of.0, of.1, of.2, of.3, low.sort, low.key, high.sort, high.key, limit(walk.most)), spot_row)
    }

    async fn count_listed(&mut self, o: OrgId, list: List, heading: &Heading, within: &Within, most: usize) -> Result<u64> {
        let (low, high) = bounds(within, &Walk::first(most));
        let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM listing WHERE org = ?1 AND list = ?2 AND place = ?3 AND facet = ?4
             AND (sort, key) > (?5, ?6) AND (sort, key) < (?7, ?8) LIMIT ?9)";
        let params = (org(&o), number(list), place(heading), &heading.facet, low.sort, low.key, high.sort, high.key, limit(most));
        Ok(self.row(sql, params, |row| unsigned(row, "n"))?.unwrap_or(0))
    }

    async fn headings(&mut self, o: OrgId, list: List, key: &str) -> Result<Vec<(Heading, Vec<u8>)>> {
        let sql = "SELECT place, facet, sort FROM listing WHERE org = ?1 AND list = ?2 AND key = ?3 ORDER BY place, facet, sort";
        self.rows(sql, (org(&o), number(list), key), heading_row)
    }

    async fn facts_by_time(
        &mut self,
        o: OrgId,
        s: Scope,
        entry_type: EntryType,
        between: Between,
        walk: &Walk<(i64, u64)>,
    ) -> Result<Vec<Stored>> {
        // The literal list of types is what lets the partial index answer.
        let of = "WHERE org = ?1 AND scope = ?2 AND type = ?3 AND type IN (32, 40)
                  AND (effective_ms, number) > (?4, ?5) AND (effective_ms, number) < (?6, ?7)";
        let order = if walk.back { "ORDER BY effective_ms, number" } else { "ORDER BY effective_ms DESC, number DESC" };
        let ((low_ms, low), (high_ms, high)) = times(between, walk, 0);
        let params = (org(&o), ScopeColumn(s), entry_type.0, low_ms, low.cast_signed(), high_ms, high.cast_signed(), limit(walk.most));
        let rows = self.rows(&format!("{ENTRY} {of} {order} LIMIT ?8"), params, stored)?;
        let span = pieces::Span { low: (low_ms, low), high: (high_ms, high), back: walk.back, most: walk.most };
        pieces::by_time(self, o, s, entry_type, &span, rows)
    }

    async fn said_about(&mut self, o: OrgId, about: &[u8; 16], most: usize) -> Result<Vec<Stored>> {
        let sql = "SELECT scope, type, number FROM about WHERE org = ?1 AND about = ?2 ORDER BY scope, number LIMIT ?3";
        let places = self.rows(sql, (org(&o), &about[..], limit(most)), |row| {
            Ok((scope(row, "scope")?, EntryType(row.get("type")?), unsigned(row, "number")?))
        })?;
        let mut all = Vec::with_capacity(places.len());
        for (s, entry_type, at) in places {
            all.extend(self.entry_at(o, s, entry_type, at)?);
        }
        Ok(all)
    }

    async fn said_of_itself(&mut self, o: OrgId, device: DeviceId, entry_type: EntryType) -> Result<Option<Stored>> {
        // The literal list of types is what lets the partial index answer.
        let of = "WHERE org = ?1 AND device = ?2 AND type = ?3 AND type IN (56, 57, 107) ORDER BY effective_ms DESC LIMIT 1";
        self.row(&format!("{ENTRY} {of}"), (org(&o), device.as_bytes(), entry_type.0), stored)
    }

    async fn training_of(&mut self, o: OrgId, person: PersonId, most: usize) -> Result<Vec<Stored>> {
        let sql = format!("{ENTRY} WHERE org = ?1 AND person = ?2 AND type IN (1, 4) ORDER BY effective_ms DESC LIMIT ?3");
        self.rows(&sql, (org(&o), person.as_bytes(), limit(most)), stored)
    }

    async fn docs_by_change(&mut self, o: OrgId, s: Scope, between: Between, walk: &Walk<(i64, DocId)>) -> Result<Vec<DocRow>> {
        let first = DocId::from_bytes([0; 16]);
        let ((low_ms, low), (high_ms, high)) = times(between, walk, first);
        let order = if walk.back { "ORDER BY changed_ms, doc" } else { "ORDER BY changed_ms DESC, doc DESC" };
        let of = "AND scope = ?2 AND (changed_ms, doc) > (?3, ?4) AND (changed_ms, doc) < (?5, ?6)";
        let params = (org(&o), ScopeColumn(s), low_ms, low.as_bytes(), high_ms, high.as_bytes(), limit(walk.most));
        self.rows(&format!("{DOC} {of} {order} LIMIT ?7"), params, doc_row)
    }

    async fn docs_of_release(&mut self, o: OrgId, release: ReleaseHash, most: usize) -> Result<Vec<DocRow>> {
        let sql = format!("{DOC} AND release = ?2 ORDER BY changed_ms DESC LIMIT ?3");
        self.rows(&sql, (org(&o), release.as_bytes(), limit(most)), doc_row)
    }

    async fn versions(&mut self, o: OrgId, kind: &str, slug: &str, most: usize) -> Result<Vec<Version>> {
        let sql = "SELECT hash, number FROM release WHERE org = ?1 AND kind = ?2 AND slug = ?3 ORDER BY number DESC LIMIT ?4";
        self.rows(sql, (org(&o), kind, slug, limit(most)), |row| {
            Ok(Version { hash: ReleaseHash::from_bytes(bytes(row, "hash")?), number: unsigned(row, "number")? })
        })
    }

    async fn held_of(&mut self, o: OrgId, device: DeviceId, most: usize) -> Result<Vec<Held>> {
        self.rows(&format!("{HELD} AND device = ?2 ORDER BY epoch, seq LIMIT ?3"), (org(&o), device.as_bytes(), limit(most)), held_row)
    }

    async fn lists_version(&mut self) -> Result<u32> {
        Ok(self.row("SELECT lists FROM meta", [], |row| row.get("lists"))?.unwrap_or(0))
    }
}

/// Where a walk back in time begins and ends, both outside of it. `first` lies before all of an instant.
fn times<K: Copy + Ord>(between: Between, walk: &Walk<(i64, K)>, first: K) -> ((i64, K), (i64, K)) {
    let (mut low, mut high) = ((between.from_ms, first), (between.until_ms, first));
    match walk.from {
        Some(from) if walk.back => low = low.max(from),
        Some(from) => high = high.min(from),
        None => {}
    }
    (low, high)
}

#[async_trait]
impl ListsWrite for SqliteTx {
    async fn set_listed(&mut self, o: OrgId, list: List, key: &str, headings: &[(Heading, Vec<u8>)]) -> Result<()> {
        let before = self.headings(o, list, key).await?;
        let gone = "DELETE FROM listing WHERE org = ?1 AND list = ?2 AND place = ?3 AND facet = ?4 AND sort = ?5 AND key = ?6";
        for (heading, sort) in before.iter().filter(|one| !headings.contains(one)) {
            self.run(gone, (org(&o), number(list), place(heading), &heading.facet, sort, key))?;
        }
        let put = "INSERT OR IGNORE INTO listing (org, list, place, facet, sort, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        for (heading, sort) in headings.iter().filter(|one| !before.contains(one)) {
            self.run(put, (org(&o), number(list), place(heading), &heading.facet, sort, key))?;
        }
        Ok(())
    }

    async fn put_about(&mut self, o: OrgId, about: &[u8; 16], s: Scope, entry_type: EntryType, at: u64) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO about (org, about, scope, number, type) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, (org(&o), &about[..], ScopeColumn(s), at.cast_signed(), entry_type.0))
    }

    async fn set_lists_version(&mut self, version: u32) -> Result<()> {
        self.run("UPDATE meta SET lists = ?1", [version])
    }
}
