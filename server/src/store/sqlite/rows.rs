//! What rows of lists show, in SQLite.

use async_trait::async_trait;

use frontline_domain::OrgId;

use super::columns::{org, unsigned};
use super::lists::{bounds, limit, list_of, number, place, spot_row};
use super::tx::SqliteTx;
use crate::store::rows::{RowsRead, RowsWrite, Stale};
use crate::store::{Heading, List, Result, Spot, Walk, Within};

#[async_trait]
impl RowsRead for SqliteTx {
    async fn listed_rows(
        &mut self,
        o: OrgId,
        list: List,
        heading: &Heading,
        within: &Within,
        walk: &Walk<Spot>,
    ) -> Result<Vec<(Spot, Vec<u8>)>> {
        let (low, high) = bounds(within, walk);
        let order = if walk.back { "ORDER BY l.sort DESC, l.key DESC" } else { "ORDER BY l.sort, l.key" };
        // The limit is of the index alone: a row is looked up for what is given and for nothing else.
        let sql = format!(
            "SELECT l.sort AS sort, l.key AS key, r.body AS body FROM listing l
             CROSS JOIN listed_row r ON r.org = l.org AND r.list = l.list AND r.key = l.key
             WHERE l.org = ?1 AND l.list = ?2 AND l.place = ?3 AND l.facet = ?4
             AND (l.sort, l.key) > (?5, ?6) AND (l.sort, l.key) < (?7, ?8) {order} LIMIT ?9"
        );
        let of = (org(&o), number(list), place(heading), &heading.facet);
        let params = (of.0, of.1, of.2, of.3, low.sort, low.key, high.sort, high.key, limit(walk.most));
        self.rows(&sql, params, |row| Ok((spot_row(row)?, row.get("body")?)))
    }

    async fn listed_row(&mut self, o: OrgId, list: List, key: &str) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT body FROM listed_row WHERE org = ?1 AND list = ?2 AND key = ?3";
        self.row(sql, (org(&o), number(list), key), |row| row.get("body"))
    }

    async fn stale(&mut self, o: OrgId, most: usize) -> Result<Vec<Stale>> {
        let sql = "SELECT list, key, mark FROM stale_row WHERE org = ?1 ORDER BY list, key LIMIT ?2";
        self.rows(sql, (org(&o), limit(most)), |row| {
            Ok(Stale { list: list_of(row, "list")?, key: row.get("key")?, mark: unsigned(row, "mark")? })
        })
    }
}

#[async_trait]
impl RowsWrite for SqliteTx {
    async fn put_listed_row(&mut self, o: OrgId, list: List, key: &str, body: Option<&[u8]>) -> Result<()> {
        match body {
            Some(body) => self.run(
                "INSERT INTO listed_row (org, list, key, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (org, list, key) DO UPDATE SET body = excluded.body",
                (org(&o), number(list), key, body),
            ),
            None => self.run("DELETE FROM listed_row WHERE org = ?1 AND list = ?2 AND key = ?3", (org(&o), number(list), key)),
        }
    }

    async fn put_stale(&mut self, o: OrgId, list: List, key: &str) -> Result<()> {
        let sql = "INSERT INTO stale_row (org, list, key, mark) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (org, list, key) DO UPDATE SET mark = mark + 1";
        self.run(sql, (org(&o), number(list), key))
    }

    async fn remove_stale(&mut self, o: OrgId, stale: &Stale) -> Result<()> {
        let sql = "DELETE FROM stale_row WHERE org = ?1 AND list = ?2 AND key = ?3 AND mark = ?4";
        self.run(sql, (org(&o), number(stale.list), &stale.key, stale.mark.cast_signed()))
    }
}
