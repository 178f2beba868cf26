//! A row per corrective action.

use frontline_domain::action::{Priority, Status};
use frontline_domain::fact::action::Origin;
use frontline_domain::{CaptureId, DocId, PersonId, Scope};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{id, id_or_null, scope, text_or_null};
use super::{Db, StoreError, Tx};

/// One row. What stands in a clash is told as the domain does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    pub id: CaptureId,
    pub scope: Scope,
    pub title: String,
    pub status: Status,
    pub priority: Priority,
    pub owner: Option<PersonId>,
    pub due_ms: Option<i64>,
    pub clashes: u32,
    pub comments: u32,
    pub opened_by: PersonId,
    pub opened_ms: i64,
    pub changed_ms: i64,
    pub origin: Option<Origin>,
}

/// Which actions of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// Somebody has to do something still, or to look at it.
    #[default]
    Standing,
    /// The same, of one owner, and where something about it is in a clash.
    Of(PersonId),
    All,
}

const COLUMNS: &str = "id, scope, title, status, priority, owner, due_ms, clashes, comments, opened_by, opened_ms, changed_ms, run, procedure, item, instance";

/// Keeps a row.
pub fn put(tx: &Tx<'_>, one: &ActionRow) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO action VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    let origin = one.origin.as_ref();
    tx.conn.prepare_cached(sql)?.execute(params![
        one.id.as_bytes(),
        one.scope.to_string(),
        one.title,
        one.status as u8,
        one.priority as u8,
        one.owner.as_ref().map(PersonId::as_bytes),
        one.due_ms,
        one.clashes,
        one.comments,
        one.opened_by.as_bytes(),
        one.opened_ms,
        one.changed_ms,
        origin.map(|o| o.run.as_bytes()),
        origin.map(|o| o.procedure.as_str()),
        origin.map(|o| o.item.as_str()),
        origin.map(|o| o.instance),
    ])?;
    Ok(())
}

/// Takes a row away.
pub fn clear(tx: &Tx<'_>, one: CaptureId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM action WHERE id = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// One action.
pub fn get(db: &Db<'_>, one: CaptureId) -> Result<Option<ActionRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM action WHERE id = ?1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([one.as_bytes()], action).optional()?)
}

/// Up to `count` rows behind a place, the latest changed first.
pub fn behind(db: &Db<'_>, which: Which, at_ms: i64, after: &[u8; 16], count: u32) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM action WHERE (changed_ms < ?1 OR changed_ms = ?1 AND id > ?2)
         AND (?3 = 0 OR status <> ?4) AND (?5 IS NULL OR owner = ?5 OR clashes > 0) ORDER BY changed_ms DESC, id LIMIT ?6"
    );
    let (is_standing, owner) = match which {
        Which::Standing => (true, None),
        Which::Of(person) => (true, Some(person)),
        Which::All => (false, None),
    };
    let owner = owner.as_ref().map(PersonId::as_bytes);
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![at_ms, after, is_standing, Status::Verified as u8, owner, count], action)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those that are something to one person at `now_ms`: theirs and to be done, late ones, those that stand in a clash, and
/// those that somebody who leads has to look at.
pub fn pressing(db: &Db<'_>, owner: PersonId, now_ms: i64) -> Result<Vec<ActionRow>, StoreError> {
    let codes = |wanted: fn(Status) -> bool| {
        let list: Vec<String> = Status::ALL.into_iter().filter(|one| wanted(*one)).map(|one| (one as u8).to_string()).collect();
        list.join(", ")
    };
    let (to_do, to_review) = (codes(Status::is_to_do), codes(Status::is_to_review));
    let sql = format!(
        "SELECT {COLUMNS} FROM action WHERE clashes > 0 OR status IN ({to_review}) OR status IN ({to_do}) AND (owner = ?1 OR due_ms < ?2)"
    );
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![owner.as_bytes(), now_ms], action)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Up to `count` earlier actions about the same failure: the same item of the same procedure at the same place, whichever
/// version and run; the latest first.
pub fn same_failure(db: &Db<'_>, one: &ActionRow, count: u32) -> Result<Vec<ActionRow>, StoreError> {
    let Some(origin) = &one.origin else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {COLUMNS} FROM action WHERE scope = ?1 AND procedure = ?2 AND item = ?3 AND instance = ?4
         AND (opened_ms, id) < (?5, ?6) ORDER BY opened_ms DESC, id DESC LIMIT ?7"
    );
    let mut statement = db.conn.prepare_cached(&sql)?;
    let (procedure, item) = (origin.procedure.as_str(), origin.item.as_str());
    let values = params![one.scope.to_string(), procedure, item, origin.instance, one.opened_ms, one.id.as_bytes(), count];
    let rows = statement.query_map(values, action)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn action(r: &Row<'_>) -> rusqlite::Result<ActionRow> {
    let code = |at| -> rusqlite::Result<usize> { Ok(usize::from(r.get::<_, u8>(at)?)) };
    let wrong = |at| rusqlite::Error::IntegralValueOutOfRange(at, i64::MAX);
    let run = id_or_null(r, 12, DocId::from_slice)?;
    let origin = match (run, text_or_null(r, 13)?, text_or_null(r, 14)?) {
        (Some(run), Some(procedure), Some(item)) => Some(Origin { run, procedure, item, instance: r.get(15)? }),
        _ => None,
    };
    Ok(ActionRow {
        id: id(r, 0, CaptureId::from_slice)?,
        scope: scope(r, 1)?,
        title: r.get(2)?,
        status: *Status::ALL.get(code(3)?).ok_or_else(|| wrong(3))?,
        priority: *Priority::ALL.get(code(4)?).ok_or_else(|| wrong(4))?,
        owner: id_or_null(r, 5, PersonId::from_slice)?,
        due_ms: r.get(6)?,
        clashes: r.get(7)?,
        comments: r.get(8)?,
        opened_by: id(r, 9, PersonId::from_slice)?,
        opened_ms: r.get(10)?,
        changed_ms: r.get(11)?,
        origin,
    })
}
