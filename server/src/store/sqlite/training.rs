//! Attempts at quizzes in SQLite.

use async_trait::async_trait;
use rusqlite::{Row, params};

use frontline_domain::quiz::{Attempt, Outcome};
use frontline_domain::{CaptureId, OrgId, PersonId, ReleaseHash};

use super::columns::{ScopeColumn, bytes, org, scope};
use super::tx::SqliteTx;
use crate::store::{AttemptRow, Result, TrainingRead, TrainingWrite};

const ATTEMPT: &str = "SELECT a.* FROM attempt a WHERE a.org = ?1";

fn attempt(row: &Row<'_>) -> rusqlite::Result<AttemptRow> {
    let outcome = match (row.get("finished_ms")?, row.get("points")?, row.get("of_points")?, row.get("passed")?) {
        (Some(at_ms), Some(points), Some(of), Some(passed)) => Some(Outcome { at_ms, points, of, passed }),
        _ => None,
    };
    Ok(AttemptRow {
        person: PersonId::from_bytes(bytes(row, "person")?),
        scope: scope(row, "scope")?,
        attempt: Attempt {
            id: CaptureId::from_bytes(bytes(row, "id")?),
            module: ReleaseHash::from_bytes(bytes(row, "module")?),
            started_ms: row.get("started_ms")?,
            answers: Default::default(),
            outcome,
        },
    })
}

#[async_trait]
impl TrainingRead for SqliteTx {
    async fn attempt(&mut self, o: OrgId, person: PersonId, id: CaptureId) -> Result<Option<AttemptRow>> {
        self.row(&format!("{ATTEMPT} AND a.person = ?2 AND a.id = ?3"), (org(&o), person.as_bytes(), id.as_bytes()), attempt)
    }
    async fn attempts_of(&mut self, o: OrgId, person: PersonId) -> Result<Vec<AttemptRow>> {
        self.rows(&format!("{ATTEMPT} AND a.person = ?2 ORDER BY a.started_ms, a.id"), (org(&o), person.as_bytes()), attempt)
    }
    async fn attempts(&mut self, o: OrgId, module: &str) -> Result<Vec<AttemptRow>> {
        let versions = "(SELECT hash FROM release WHERE org = ?1 AND kind = 'module' AND slug = ?2)";
        self.rows(&format!("{ATTEMPT} AND a.module IN {versions} ORDER BY a.person, a.started_ms, a.id"), (org(&o), module), attempt)
    }
    async fn open_attempts(&mut self, o: OrgId) -> Result<Vec<(PersonId, ReleaseHash)>> {
        let sql = "SELECT DISTINCT person, module FROM attempt WHERE org = ?1 AND finished_ms IS NULL ORDER BY person, module";
        self.rows(sql, [org(&o)], |row| Ok((PersonId::from_bytes(bytes(row, "person")?), ReleaseHash::from_bytes(bytes(row, "module")?))))
    }
}

#[async_trait]
impl TrainingWrite for SqliteTx {
    async fn put_attempt(&mut self, o: OrgId, row: &AttemptRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO attempt (org, person, id, scope, module, started_ms, finished_ms, points, of_points, passed)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let (a, outcome) = (&row.attempt, row.attempt.outcome);
        self.prepare_cached(sql)?.execute(params![
            org(&o),
            row.person.as_bytes(),
            a.id.as_bytes(),
            ScopeColumn(row.scope),
            a.module.as_bytes(),
            a.started_ms,
            outcome.map(|o| o.at_ms),
            outcome.map(|o| o.points),
            outcome.map(|o| o.of),
            outcome.map(|o| o.passed),
        ])?;
        Ok(())
    }
}
