//! Documents as they stand, one row each.

use std::sync::Arc;

use frontline_domain::document::{Heads, Refusal, Run};
use frontline_domain::{DocId, EntryType, ReleaseHash, Scope, Slug, cbor};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{id, scope, text_or_null};
use super::{Db, StoreError, Tx};

/// A document with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    pub id: DocId,
    pub entry_type: EntryType,
    pub scope: Scope,
    pub release: ReleaseHash,
    pub nonce: [u8; 16],
    /// How often it was rebuilt here after a refusal.
    pub rebuild: u32,
    /// As the document's module saves it.
    pub saved: Vec<u8>,
    pub heads: Heads,
    /// Its entries up to this row have been looked at: `saved` holds them, or they are set aside. 0: none has, or
    /// something among them changed.
    pub taken: i64,
    /// What it is about.
    pub asset: Option<Slug>,
}

/// Keeps a document as it stands.
pub fn put(tx: &Tx<'_>, doc: &Doc) -> Result<(), StoreError> {
    tx.conn.prepare_cached("INSERT OR REPLACE INTO doc VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
        doc.id.as_bytes(),
        doc.entry_type.0,
        doc.scope.to_string(),
        doc.release.as_bytes(),
        doc.nonce,
        doc.rebuild,
        doc.saved,
        cbor::encode(&doc.heads),
        doc.taken,
        doc.asset.as_ref().map(Slug::as_str),
    ])?;
    Ok(())
}

/// Drops a document: nothing of it is held any more, or it is about to be made anew.
pub fn clear(tx: &Tx<'_>, one: DocId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM doc WHERE id = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// All of a document's entries are to be looked at again: one that was left out counts after all.
pub fn look_again(tx: &Tx<'_>, one: DocId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE doc SET taken = 0 WHERE id = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// Drops the documents that a rebuild found nothing about.
pub fn clear_forgotten(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.conn.execute("DELETE FROM doc WHERE saved = x'' AND rebuild = 0", [])?;
    Ok(())
}

/// A document.
pub fn get(db: &Db<'_>, one: DocId) -> Result<Option<Doc>, StoreError> {
    let sql = "SELECT id, type, scope, release, nonce, rebuild, saved, heads, taken, asset FROM doc WHERE id = ?1";
    let row = db.conn.prepare_cached(sql)?.query_row([one.as_bytes()], doc).optional()?;
    row.map(|(mut doc, heads)| {
        doc.heads = cbor::decode("heads", &heads)?;
        Ok(doc)
    })
    .transpose()
}

/// What is known of a document without reading what was saved of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub scope: Scope,
    pub release: ReleaseHash,
    pub nonce: [u8; 16],
    pub rebuild: u32,
    pub heads: Heads,
    pub asset: Option<Slug>,
    /// Not where it waits for its procedure, or is about to be made anew.
    pub is_saved: bool,
}

/// The same of one document.
pub fn head(db: &Db<'_>, one: DocId) -> Result<Option<Head>, StoreError> {
    let sql = "SELECT scope, release, nonce, rebuild, asset, length(saved), heads FROM doc WHERE id = ?1";
    let read = |r: &Row<'_>| {
        let head = Head {
            scope: scope(r, 0)?,
            release: id(r, 1, ReleaseHash::from_slice)?,
            nonce: r.get(2)?,
            rebuild: r.get(3)?,
            heads: Heads::default(),
            asset: text_or_null(r, 4)?,
            is_saved: r.get::<_, i64>(5)? > 0,
        };
        Ok((head, r.get::<_, Vec<u8>>(6)?))
    };
    let row = db.conn.prepare_cached(sql)?.query_row([one.as_bytes()], read).optional()?;
    row.map(|(head, heads)| Ok(Head { heads: cbor::decode("heads", &heads)?, ..head })).transpose()
}

/// The run as it stands at these heads, where it is in memory: to be read.
pub fn in_memory(db: &Db<'_>, one: DocId, heads: &Heads) -> Option<Arc<Run>> {
    db.warm.and_then(|warm| warm.get(one, heads))
}

/// The same to be changed, by whoever has it alone then and gives it to [`keep`] once it is captured.
pub fn from_memory(db: &Db<'_>, one: DocId, heads: &Heads) -> Option<Arc<Run>> {
    db.warm.and_then(|warm| warm.take(one, heads))
}

/// The run that a document is, to be read; from memory, where it stands there as it was saved.
pub fn run(db: &Db<'_>, doc: &Doc) -> Result<Arc<Run>, Refusal> {
    if let Some(run) = db.warm.and_then(|warm| warm.get(doc.id, &doc.heads)) {
        return Ok(run);
    }
    let run = Arc::new(Run::load(doc.id, &doc.saved)?);
    keep(db, &run);
    Ok(run)
}

/// The same to be changed, by whoever has it alone then and gives it to [`keep`] once it is saved.
pub fn run_to_change(db: &Db<'_>, doc: &Doc) -> Result<Arc<Run>, Refusal> {
    match db.warm.and_then(|warm| warm.take(doc.id, &doc.heads)) {
        Some(run) => Ok(run),
        None => Ok(Arc::new(Run::load(doc.id, &doc.saved)?)),
    }
}

/// Keeps a run in memory as it was saved.
pub fn keep(db: &Db<'_>, run: &Arc<Run>) {
    if let Some(warm) = db.warm {
        warm.keep(run.clone());
    }
}

/// Makes every document but one unreadable: for a test that only that one is read.
#[cfg(test)]
pub(crate) fn spoil_all_but(tx: &Tx<'_>, one: DocId) -> Result<(), StoreError> {
    tx.conn.execute("UPDATE doc SET saved = x'00' WHERE id <> ?1", [one.as_bytes()])?;
    Ok(())
}

fn doc(r: &Row<'_>) -> rusqlite::Result<(Doc, Vec<u8>)> {
    let doc = Doc {
        id: id(r, 0, DocId::from_slice)?,
        entry_type: EntryType(r.get(1)?),
        scope: scope(r, 2)?,
        release: id(r, 3, ReleaseHash::from_slice)?,
        nonce: r.get(4)?,
        rebuild: r.get(5)?,
        saved: r.get(6)?,
        heads: Heads::default(),
        taken: r.get(8)?,
        asset: text_or_null(r, 9)?,
    };
    Ok((doc, r.get(7)?))
}
