//! The edits of documents made on this device, apart from the changes that carry them: a refused change is
//! made anew from these (`sync.md` 21).

use std::collections::BTreeSet;

use frontline_domain::document::{Answer, AnswerKey, ChangeHash, Heads};
use frontline_domain::{CaptureId, DocId, EntryHash, cbor};
use rusqlite::{Row, params};

use super::row::{id, id_or_null, text};
use super::{Db, StoreError, Tx};

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    Made = 0,
    /// Refused, or built on one that was.
    Refused = 1,
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    pub id: CaptureId,
    pub doc: DocId,
    /// The order among the document's.
    pub place: i64,
    pub key: AnswerKey,
    pub answer: Answer,
    /// The heads that its author saw.
    pub seen: Heads,
    /// The edits made here that it replaced the value of.
    pub builds_on: Vec<CaptureId>,
    /// The entry that carries it now.
    pub entry: EntryHash,
    /// The change that carries it now.
    pub change: ChangeHash,
    pub state: State,
}

/// Keeps an edit; `place` is given here.
pub fn put(tx: &Tx<'_>, one: &Intent) -> Result<(), StoreError> {
    tx.conn
        .prepare_cached(
            "INSERT INTO intent VALUES (?1, ?2, (SELECT 1 + coalesce(max(place), 0) FROM intent WHERE doc = ?2), \
             ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            one.id.as_bytes(),
            one.doc.as_bytes(),
            one.key.item.as_str(),
            one.key.instance,
            cbor::encode(&one.answer),
            cbor::encode(&one.seen),
            cbor::encode(&one.builds_on),
            one.entry.as_bytes(),
            one.change,
            one.state as u8,
            one.key.evidence.map(|e| *e.as_bytes()),
        ])?;
    Ok(())
}

/// Notes that another entry and change carry the edit now.
pub fn set_carrier(tx: &Tx<'_>, one: CaptureId, entry: &EntryHash, change: &ChangeHash) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE intent SET entry = ?2, change = ?3 WHERE id = ?1")?.execute(params![
        one.as_bytes(),
        entry.as_bytes(),
        change
    ])?;
    Ok(())
}

/// Notes what became of the edit.
pub fn set_state(tx: &Tx<'_>, one: CaptureId, state: State) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE intent SET state = ?2 WHERE id = ?1")?.execute(params![one.as_bytes(), state as u8])?;
    Ok(())
}

/// The edits of a document made here, in order.
pub fn of(db: &Db<'_>, doc: DocId) -> Result<Vec<Intent>, StoreError> {
    select(db, "WHERE doc = ?1 ORDER BY place", doc.as_bytes().as_slice())
}

/// Their ids alone: asked for with each answer.
pub fn ids(db: &Db<'_>, doc: DocId) -> Result<BTreeSet<CaptureId>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT id FROM intent WHERE doc = ?1")?;
    let mut rows = statement.query([doc.as_bytes().as_slice()])?;
    let mut out = BTreeSet::new();
    while let Some(r) = rows.next()? {
        out.insert(id(r, 0, CaptureId::from_slice)?);
    }
    Ok(out)
}

/// The edit that an entry carries.
pub fn by_entry(db: &Db<'_>, entry: &EntryHash) -> Result<Option<Intent>, StoreError> {
    Ok(select(db, "WHERE entry = ?1", entry.as_bytes().as_slice())?.pop())
}

fn select(db: &Db<'_>, rest: &str, arg: &[u8]) -> Result<Vec<Intent>, StoreError> {
    let sql = format!("SELECT id, doc, place, item, instance, answer, seen, builds_on, entry, change, state, evidence FROM intent {rest}");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([arg])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(intent(r)?);
    }
    Ok(out)
}

fn intent(r: &Row<'_>) -> Result<Intent, StoreError> {
    let blob = |i| r.get_ref(i)?.as_blob().map_err(rusqlite::Error::from);
    Ok(Intent {
        id: id(r, 0, CaptureId::from_slice)?,
        doc: id(r, 1, DocId::from_slice)?,
        place: r.get(2)?,
        key: AnswerKey { item: text(r, 3)?, instance: r.get(4)?, evidence: id_or_null(r, 11, CaptureId::from_slice)? },
        answer: cbor::decode("an answer", blob(5)?)?,
        seen: cbor::decode("heads", blob(6)?)?,
        builds_on: cbor::decode("edits", blob(7)?)?,
        entry: id(r, 8, EntryHash::from_slice)?,
        change: r.get(9)?,
        state: if r.get::<_, u8>(10)? == 0 { State::Made } else { State::Refused },
    })
}
