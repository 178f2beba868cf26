//! Rows as the sync engine asks for them, beside what the other files here offer to everybody.

use frontline_domain::document::Heads;
use frontline_domain::{CaptureId, DocId, Incarnation, Scope, TypeSet, cbor};
use frontline_protocol::sync::Cursor;
use rusqlite::params;

use super::outbox::{self, Item, State, UNSENT};
use super::row::{bits, scope};
use super::{Db, StoreError, Tx, cursors};

/// How many own entries wait to be offered.
pub fn unsent(db: &Db<'_>) -> Result<u64, StoreError> {
    let sql = format!("SELECT count(*) FROM outbox WHERE {UNSENT}");
    Ok(db.conn.prepare_cached(&sql)?.query_row([], |r| r.get::<_, i64>(0))?.unsigned_abs())
}

/// The first entry that waits to be offered.
pub fn first_unsent(db: &Db<'_>) -> Result<Option<Item>, StoreError> {
    let sql = format!("SELECT min(id) FROM outbox WHERE {UNSENT}");
    let row = db.conn.prepare_cached(&sql)?.query_row([], |r| r.get::<_, Option<i64>>(0))?;
    row.map_or(Ok(None), |row| outbox::by_row(db, row))
}

/// What has no verdict that stands: on this device alone, or held. In the order of its numbering.
pub fn without_receipt(db: &Db<'_>) -> Result<Vec<Item>, StoreError> {
    let mut all = outbox::in_state(db, State::Captured)?;
    all.extend(outbox::in_state(db, State::Held)?);
    all.sort_by_key(|item| item.row);
    Ok(all)
}

/// The scopes in which a receipt rests on another life of the server than `now`.
pub fn scopes_of_older_receipts(db: &Db<'_>, now: Incarnation) -> Result<Vec<Scope>, StoreError> {
    let sql = "SELECT DISTINCT r.scope FROM outbox o JOIN receipt r ON r.id = o.receipt WHERE o.state = 2 AND r.incarnation <> ?1 ORDER BY r.scope";
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows = statement.query_map([bits(now.0)], |r| scope(r, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was received of these types of `scope` above `number` no longer counts until it is fed again.
pub fn unconfirm(tx: &Tx<'_>, of: Scope, types: TypeSet, number: u64) -> Result<(), StoreError> {
    let sql = format!("UPDATE entry SET confirmed = 0 WHERE scope = ?1 AND number > ?2 AND own = 0 AND {}", among(types));
    tx.conn.execute(&sql, params![of.to_string(), bits(number)])?;
    Ok(())
}

/// The feeds of two lives of the server agree up to `number`: what was received in `was` up to there counts in
/// `now`, too; what is of any other life, or came later, no longer counts until it is fed again.
pub fn carry_over(tx: &Tx<'_>, of: Scope, types: TypeSet, number: u64, was: Incarnation, now: Incarnation) -> Result<(), StoreError> {
    let these = format!("scope = ?1 AND number IS NOT NULL AND own = 0 AND {}", among(types));
    let good = format!("UPDATE entry SET incarnation = ?4 WHERE {these} AND incarnation = ?3 AND number <= ?2 AND confirmed = 1");
    let bad = format!("UPDATE entry SET confirmed = 0 WHERE {these} AND incarnation <> ?2");
    tx.conn.execute(&good, params![of.to_string(), bits(number), bits(was.0), bits(now.0)])?;
    tx.conn.execute(&bad, params![of.to_string(), bits(now.0)])?;
    Ok(())
}

/// Each of these reads every entry that is held, which is rare: so all types at once.
fn among(types: TypeSet) -> String {
    let types: Vec<String> = types.iter().map(|one| one.0.to_string()).collect();
    format!("type IN ({})", types.join(", "))
}

/// Puts the cursors of a scope, with their older marks, in the place of those before.
pub fn set_cursors(tx: &Tx<'_>, of: Scope, all: &[Cursor]) -> Result<(), StoreError> {
    for old in cursors::all(tx)?.into_iter().filter(|c| c.scope == of) {
        if !all.iter().any(|c| c.types == old.types) {
            cursors::remove(tx, of, old.types)?;
        }
    }
    for one in all {
        cursors::put(tx, one)?;
        cursors::set_history(tx, of, one.types, &one.older)?;
    }
    Ok(())
}

/// The cursors of a scope, with their older marks.
pub fn cursors_of(db: &Db<'_>, of: Scope) -> Result<Vec<Cursor>, StoreError> {
    let mut all = cursors::all(db)?;
    all.retain(|c| c.scope == of);
    for one in &mut all {
        one.older = cursors::history(db, of, one.types)?;
    }
    Ok(all)
}

/// Says anew at which heads an edit is to be understood: those that its author saw have been rebuilt.
pub fn set_seen(tx: &Tx<'_>, one: CaptureId, seen: &Heads) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE intent SET seen = ?2 WHERE id = ?1")?.execute(params![one.as_bytes(), cbor::encode(seen)])?;
    Ok(())
}

/// Whether a document carries edits of this device that the server has no receipt out for.
pub fn is_edited(db: &Db<'_>, one: DocId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM intent JOIN entry ON entry.hash = intent.entry JOIN outbox ON outbox.id = entry.id \
               WHERE intent.doc = ?1 AND outbox.state IN (0, 1))";
    Ok(db.conn.prepare_cached(sql)?.query_row([one.as_bytes()], |r| r.get(0))?)
}
