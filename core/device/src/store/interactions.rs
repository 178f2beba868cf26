//! A row per contact with a customer.

use frontline_domain::metrics::interaction::ContactState;
use frontline_domain::{CaptureId, EntryHash, Moment, PersonId, Scope, Slug, cbor};
use rusqlite::{Row, params};

use super::row::{id, scope, text_or_null};
use super::{Db, StoreError, Tx};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionRow {
    pub id: CaptureId,
    pub scope: Scope,
    pub status: ContactState,
    pub reason: Option<Slug>,
    pub channel: Option<Slug>,
    pub touchpoint: Option<Slug>,
    pub outcome: Option<Slug>,
    pub person: PersonId,
    pub opened_ms: i64,
    /// Handling time up to `running`, ms.
    pub active_ms: u64,
    /// Since when the timer runs, if it does.
    pub running: Option<Moment>,
    pub updated_ms: i64,
    /// The latest entry about it.
    pub entry: EntryHash,
}

const COLUMNS: &str = "id, scope, status, reason, channel, touchpoint, outcome, person, opened_ms, active_ms, running, updated_ms, entry";

/// Keeps a row.
pub fn put(tx: &Tx<'_>, one: &InteractionRow) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO interaction VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?.execute(
        params![
            one.id.as_bytes(),
            one.scope.to_string(),
            code(one.status),
            one.reason.as_ref().map(Slug::as_str),
            one.channel.as_ref().map(Slug::as_str),
            one.touchpoint.as_ref().map(Slug::as_str),
            one.outcome.as_ref().map(Slug::as_str),
            one.person.as_bytes(),
            one.opened_ms,
            i64::try_from(one.active_ms).unwrap_or(i64::MAX),
            one.running.as_ref().map(cbor::encode),
            one.updated_ms,
            one.entry.as_bytes(),
        ],
    )?;
    Ok(())
}

/// Takes a row away.
pub fn clear(tx: &Tx<'_>, one: &[u8]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM interaction WHERE id = ?1")?.execute([one])?;
    Ok(())
}

/// One contact.
pub fn get(db: &Db<'_>, one: CaptureId) -> Result<Option<InteractionRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM interaction WHERE id = ?1");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([one.as_bytes()])?;
    rows.next()?.map(interaction).transpose()
}

/// Up to `count` rows behind a place, the latest first.
pub fn behind(db: &Db<'_>, at_ms: i64, after: &[u8; 16], count: u32) -> Result<Vec<InteractionRow>, StoreError> {
    let order = "WHERE opened_ms < ?1 OR opened_ms = ?1 AND id > ?2 ORDER BY opened_ms DESC, id LIMIT ?3";
    let mut statement = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM interaction {order}"))?;
    let mut rows = statement.query(params![at_ms, after, count])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(interaction(r)?);
    }
    Ok(out)
}

fn code(status: ContactState) -> u8 {
    match status {
        ContactState::Open => 0,
        ContactState::Paused => 1,
        ContactState::Closed => 2,
        ContactState::Voided => 3,
    }
}

fn interaction(r: &Row<'_>) -> Result<InteractionRow, StoreError> {
    let running = r.get_ref(10)?.as_blob_or_null().map_err(rusqlite::Error::from)?;
    Ok(InteractionRow {
        id: id(r, 0, CaptureId::from_slice)?,
        scope: scope(r, 1)?,
        status: match r.get::<_, u8>(2)? {
            0 => ContactState::Open,
            1 => ContactState::Paused,
            2 => ContactState::Closed,
            _ => ContactState::Voided,
        },
        reason: text_or_null(r, 3)?,
        channel: text_or_null(r, 4)?,
        touchpoint: text_or_null(r, 5)?,
        outcome: text_or_null(r, 6)?,
        person: id(r, 7, PersonId::from_slice)?,
        opened_ms: r.get(8)?,
        active_ms: r.get::<_, i64>(9)?.unsigned_abs(),
        running: running.map(|b| cbor::decode("a moment", b)).transpose()?,
        updated_ms: r.get(11)?,
        entry: id(r, 12, EntryHash::from_slice)?,
    })
}
