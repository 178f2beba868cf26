//! Every entry held, own and received, in the exact bytes of its author.

use frontline_domain::{EntryHash, EntryType, Incarnation, PersonId, Scope, TypeSet};
use frontline_protocol::{Entry, limits};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{bits, id, unbits};
use super::{Db, StoreError, Tx};

/// Where an entry stands in its scope's feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub incarnation: Incarnation,
    pub number: u64,
    /// The time that counts for permission and order, server time in ms.
    pub effective_ms: i64,
}

/// An entry with what is known about it here.
#[derive(Debug, Clone)]
pub struct Held {
    /// The order of arrival here.
    pub row: i64,
    pub entry: Entry,
    pub own: bool,
    pub place: Option<Place>,
    /// The server's feed vouches for it; own work counts as confirmed until the server says otherwise.
    pub confirmed: bool,
}

impl Held {
    /// When it happened, by the best that is known: the server's word, else the author's estimate.
    pub fn at_ms(&self) -> i64 {
        self.place.map_or_else(|| self.entry.header.moment.server_estimate(), |p| p.effective_ms)
    }
}

/// What became of an entry that was put: the same bytes twice are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    New,
    /// It was here, and stands elsewhere in its feed than was known: what is shown of it may go by that.
    Moved,
    Known,
}

/// Adds an entry; `subject` is what [`crate::project::subject`] says it is about. Gives its row.
pub fn put(tx: &Tx<'_>, entry: &Entry, subject: Option<&[u8]>, own: bool, place: Option<Place>) -> Result<(i64, Put), StoreError> {
    put_at(tx, None, entry, subject, own, place)
}

/// The same, into the row `at`, should it be given.
pub fn put_at(
    tx: &Tx<'_>,
    at: Option<i64>,
    entry: &Entry,
    subject: Option<&[u8]>,
    own: bool,
    place: Option<Place>,
) -> Result<(i64, Put), StoreError> {
    let h = &entry.header;
    let new = tx
        .conn
        .prepare_cached(
            "INSERT INTO entry (hash, device, epoch, seq, type, scope, person, subject, wall_ms, estimate_ms, own, \
             incarnation, number, effective_ms, confirmed, bytes, id) \
             VALUES (?1, x'', 0, 0, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10, 1, ?11, ?12) ON CONFLICT (hash) DO NOTHING",
        )?
        .execute(params![
            entry.hash().as_bytes(),
            h.entry_type.0,
            h.scope.to_string(),
            h.person.as_bytes(),
            subject,
            h.moment.server_estimate(),
            own,
            place.map(|p| bits(p.incarnation.0)),
            place.map(|p| bits(p.number)),
            place.map(|p| p.effective_ms),
            entry.bytes(),
            at,
        ])?
        == 1;
    if new {
        return Ok((tx.conn.last_insert_rowid(), Put::New));
    }
    let sql = "SELECT id, number, effective_ms FROM entry WHERE hash = ?1";
    let (row, number, effective_ms): (i64, Option<i64>, Option<i64>) =
        tx.conn.prepare_cached(sql)?.query_row([entry.hash().as_bytes()], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let Some(place) = place else { return Ok((row, Put::Known)) };
    set_place(tx, &entry.hash(), place)?;
    let is_same = number == Some(bits(place.number)) && effective_ms == Some(place.effective_ms);
    Ok((row, if is_same { Put::Known } else { Put::Moved }))
}

/// Notes where a received entry stands in its feed; it counts again.
fn set_place(tx: &Tx<'_>, hash: &EntryHash, place: Place) -> Result<(), StoreError> {
    tx.conn
        .prepare_cached("UPDATE entry SET incarnation = ?2, number = ?3, effective_ms = ?4, confirmed = 1 WHERE hash = ?1 AND own = 0")?
        .execute(params![hash.as_bytes(), bits(place.incarnation.0), bits(place.number), place.effective_ms])?;
    Ok(())
}

/// The received entries of `scope` that are of none of `types`: a withdrawn right takes them away.
pub fn beyond(db: &Db<'_>, scope: Scope, types: TypeSet) -> Result<Vec<Held>, StoreError> {
    let held = select(db, "WHERE entry.scope = ?1 AND own = 0 AND entry.number IS NOT NULL ORDER BY entry.id", params![scope.to_string()])?;
    Ok(held.into_iter().filter(|h| !types.contains(h.entry.header.entry_type)).collect())
}

/// The scopes that anything received belongs to.
pub fn received_scopes(db: &Db<'_>) -> Result<Vec<Scope>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT DISTINCT scope FROM entry WHERE own = 0 AND number IS NOT NULL ORDER BY scope")?;
    let rows = statement.query_map([], |r| super::row::scope(r, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Drops a received entry.
pub fn drop_received(tx: &Tx<'_>, hash: &EntryHash) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM entry WHERE hash = ?1 AND own = 0")?.execute([hash.as_bytes()])?;
    Ok(())
}

/// The entry with this hash.
pub fn by_hash(db: &Db<'_>, hash: &EntryHash) -> Result<Option<Held>, StoreError> {
    Ok(select(db, "WHERE entry.hash = ?1", [hash.as_bytes()])?.pop())
}

/// Whether anything about a subject is held.
pub fn is_any_about(db: &Db<'_>, subject: &[u8]) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE subject = ?1)";
    Ok(db.conn.prepare_cached(sql)?.query_row([subject], |r| r.get(0))?)
}

/// Whether anything received no longer counts, of this subject or at all.
pub fn is_any_unsure(db: &Db<'_>, subject: Option<&[u8]>) -> Result<bool, StoreError> {
    let of = if subject.is_some() { "AND subject = ?1" } else { "AND ?1 IS NULL" };
    let sql = format!("SELECT EXISTS (SELECT 1 FROM entry WHERE confirmed = 0 {of})");
    Ok(db.conn.prepare_cached(&sql)?.query_row([subject], |r| r.get(0))?)
}

/// Everything about a subject, in order of arrival here.
pub fn about(db: &Db<'_>, subject: &[u8]) -> Result<Vec<Held>, StoreError> {
    select(db, "WHERE subject = ?1 ORDER BY entry.id", [subject])
}

/// Those of one type about a subject, in order of arrival here, without own ones that were refused, or that
/// another entry stands for now.
pub fn standing(db: &Db<'_>, subject: &[u8], one: EntryType) -> Result<Vec<Held>, StoreError> {
    let rest = "WHERE subject = ?1 AND entry.type = ?2 AND coalesce(o.state, 0) NOT IN (3, 4, 5) ORDER BY entry.id";
    select(db, rest, params![subject, one.0])
}

/// The same of three types, asked for with each answer.
pub fn standing_of(db: &Db<'_>, subject: &[u8], types: [EntryType; 3]) -> Result<Vec<Held>, StoreError> {
    let rest = "WHERE subject = ?1 AND entry.type IN (?2, ?3, ?4) AND coalesce(o.state, 0) NOT IN (3, 4, 5) ORDER BY entry.id";
    let [a, b, c] = types.map(|one| one.0);
    select(db, rest, params![subject, a, b, c])
}

/// The same of every type.
pub fn standing_about(db: &Db<'_>, subject: &[u8]) -> Result<Vec<Held>, StoreError> {
    select(db, "WHERE subject = ?1 AND coalesce(o.state, 0) NOT IN (3, 4, 5) ORDER BY entry.id", [subject])
}

/// As [`standing`], of those that arrived after the row `after`.
pub fn standing_after(db: &Db<'_>, subject: &[u8], one: EntryType, after: i64) -> Result<Vec<Held>, StoreError> {
    let rest = "WHERE subject = ?1 AND entry.type = ?2 AND entry.id > ?3 AND coalesce(o.state, 0) NOT IN (3, 4, 5) ORDER BY entry.id";
    select(db, rest, params![subject, one.0, after])
}

/// The earliest and latest times that anything about a subject bears.
pub fn span(db: &Db<'_>, subject: &[u8]) -> Result<Span, StoreError> {
    let sql = "SELECT min(estimate_ms), max(estimate_ms) FROM entry WHERE subject = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([subject], |r| Ok(Span { from_ms: r.get(0)?, to_ms: r.get(1)? }))?)
}

/// What [`span`] tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from_ms: Option<i64>,
    pub to_ms: Option<i64>,
}

/// The person who wrote the earliest entry of a type about a subject.
pub fn first_author(db: &Db<'_>, subject: &[u8], one: EntryType) -> Result<Option<PersonId>, StoreError> {
    let sql = "SELECT person FROM entry WHERE subject = ?1 AND type = ?2 ORDER BY estimate_ms, hash LIMIT 1";
    let mut statement = db.conn.prepare_cached(sql)?;
    Ok(statement.query_row(params![subject, one.0], |r| id(r, 0, PersonId::from_slice)).optional()?)
}

/// Every subject there is, each once.
pub fn subjects(db: &Db<'_>) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT DISTINCT subject FROM entry WHERE subject IS NOT NULL")?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Up to `count` entries that arrived after the row `after`.
pub fn after(db: &Db<'_>, after: i64, count: u32) -> Result<Vec<Held>, StoreError> {
    select(db, "WHERE entry.id > ?1 ORDER BY entry.id LIMIT ?2", params![after, count])
}

/// Says anew what an entry is about: an update may know its type.
pub fn set_subject(tx: &Tx<'_>, row: i64, subject: Option<&[u8]>) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE entry SET subject = ?2 WHERE id = ?1")?.execute(params![row, subject])?;
    Ok(())
}

/// How many entries of a type are held; all types where none is named.
pub fn count(db: &Db<'_>, one: Option<EntryType>) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM entry WHERE ?1 IS NULL OR type = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([one.map(|t| t.0)], |r| r.get::<_, i64>(0).map(unbits))?)
}

fn select(db: &Db<'_>, rest: &str, args: impl rusqlite::Params) -> Result<Vec<Held>, StoreError> {
    // An own entry stands where its receipt says.
    let sql = format!(
        "SELECT entry.id, bytes, own, CASE own WHEN 0 THEN entry.incarnation ELSE r.incarnation END, \
         CASE own WHEN 0 THEN entry.number ELSE o.number END, \
         CASE own WHEN 0 THEN entry.effective_ms ELSE coalesce(o.effective_ms, o.said_ms) END, confirmed \
         FROM entry LEFT JOIN outbox o ON own = 1 AND o.id = entry.id LEFT JOIN receipt r ON r.id = o.receipt {rest}"
    );
    let mut statement = db.conn.prepare_cached(&sql)?;
    let mut rows = statement.query(args)?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(held(r)?);
    }
    Ok(out)
}

fn held(r: &Row<'_>) -> Result<Held, StoreError> {
    let place = match (r.get::<_, Option<i64>>(3)?, r.get::<_, Option<i64>>(4)?, r.get::<_, Option<i64>>(5)?) {
        (Some(incarnation), Some(number), Some(effective_ms)) => {
            Some(Place { incarnation: Incarnation(unbits(incarnation)), number: unbits(number), effective_ms })
        }
        _ => None,
    };
    let bytes = r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(Held {
        row: r.get(0)?,
        entry: Entry::read(bytes, limits::SERVER_ENTRY.max(limits::ENTRY))?,
        own: r.get(2)?,
        place,
        confirmed: r.get(6)?,
    })
}
