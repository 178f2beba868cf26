//! A row per attempt at a quiz.

use frontline_domain::quiz::{Attempt, Outcome};
use frontline_domain::{CaptureId, PersonId, ReleaseHash, Scope, cbor};
use rusqlite::{Row, params};

use super::row::{id, scope};
use super::{Db, StoreError, Tx};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    pub person: PersonId,
    /// The site that it was begun for.
    pub scope: Scope,
    pub attempt: Attempt,
}

const COLUMNS: &str = "person, id, module, scope, started_ms, answers, finished_ms, points, of_points, passed";

/// Keeps a row.
pub fn put(tx: &Tx<'_>, one: &AttemptRow) -> Result<(), StoreError> {
    let (a, outcome) = (&one.attempt, one.attempt.outcome);
    tx.conn.prepare_cached("INSERT OR REPLACE INTO attempt VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
        one.person.as_bytes(),
        a.id.as_bytes(),
        a.module.as_bytes(),
        one.scope.to_string(),
        a.started_ms,
        cbor::encode(&a.answers),
        outcome.map(|o| o.at_ms),
        outcome.map(|o| o.points),
        outcome.map(|o| o.of),
        outcome.map(|o| o.passed),
    ])?;
    Ok(())
}

/// Takes a row away.
pub fn clear(tx: &Tx<'_>, person: PersonId, one: CaptureId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM attempt WHERE person = ?1 AND id = ?2")?.execute([person.as_bytes(), one.as_bytes()])?;
    Ok(())
}

/// A person's attempt.
pub fn get(db: &Db<'_>, person: PersonId, one: CaptureId) -> Result<Option<AttemptRow>, StoreError> {
    Ok(select(db, "WHERE person = ?1 AND id = ?2", [person.as_bytes(), one.as_bytes()])?.pop())
}

/// All attempts of a person, oldest first.
pub fn of(db: &Db<'_>, person: PersonId) -> Result<Vec<AttemptRow>, StoreError> {
    select(db, "WHERE person = ?1 ORDER BY started_ms, id", [person.as_bytes()])
}

fn select(db: &Db<'_>, rest: &str, args: impl rusqlite::Params) -> Result<Vec<AttemptRow>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM attempt {rest}"))?;
    let mut rows = statement.query(args)?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(attempt(r)?);
    }
    Ok(out)
}

fn attempt(r: &Row<'_>) -> Result<AttemptRow, StoreError> {
    let outcome = match (r.get(6)?, r.get(7)?, r.get(8)?, r.get(9)?) {
        (Some(at_ms), Some(points), Some(of), Some(passed)) => Some(Outcome { at_ms, points, of, passed }),
        _ => None,
    };
    Ok(AttemptRow {
        person: id(r, 0, PersonId::from_slice)?,
        scope: scope(r, 3)?,
        attempt: Attempt {
            id: id(r, 1, CaptureId::from_slice)?,
            module: id(r, 2, ReleaseHash::from_slice)?,
            started_ms: r.get(4)?,
            answers: cbor::decode("answers", r.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?)?,
            outcome,
        },
    })
}
