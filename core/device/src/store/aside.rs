//! What can still be read of a damaged file that was set aside.

use std::collections::BTreeSet;
use std::path::Path;

use frontline_domain::cbor;
use frontline_protocol::Entry;
use rusqlite::{Connection, OptionalExtension};

use super::{StoreError, meta, open};
use crate::salvage;

/// What was found.
#[derive(Default)]
pub struct Found {
    /// Unsent work, in the order that it was captured in.
    pub entries: Vec<Entry>,
    /// The seed of the device's key, where its page is whole.
    pub seed: Option<[u8; 32]>,
}

/// Reads the unsent rows from both ends towards the damage, through the table and through its index, and
/// takes each that describes itself.
pub fn unsent(kept: &Path, shell: &[u8; 32]) -> Result<Found, StoreError> {
    let conn = open::aside(kept, shell)?;
    let mut found = Found { seed: seed(&conn).ok().flatten(), ..Found::default() };
    let mut known = BTreeSet::new();
    for order in ["ORDER BY id", "ORDER BY id DESC", "INDEXED BY outbox_open WHERE state <> 2", "INDEXED BY outbox_seq WHERE epoch > -1"] {
        // An error ends this way in; the next one may come from behind it.
        let _ = walk(&conn, order, |entry| {
            if known.insert(entry.hash()) {
                found.entries.push(entry);
            }
        });
    }
    found.entries.sort_by_key(|e| (e.header.moment.server_estimate(), e.header.seq));
    Ok(found)
}

fn walk(conn: &Connection, order: &str, mut take: impl FnMut(Entry)) -> Result<(), StoreError> {
    let mut statement = conn.prepare(&format!("SELECT row FROM outbox {order}"))?;
    let mut rows = statement.query([])?;
    while let Some(r) = rows.next()? {
        let framed = r.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        salvage::find(framed).into_iter().for_each(&mut take);
    }
    Ok(())
}

fn seed(conn: &Connection) -> Result<Option<[u8; 32]>, StoreError> {
    let sql = "SELECT value FROM meta WHERE key = ?1";
    let bytes: Option<Vec<u8>> = conn.query_row(sql, [meta::key::SEED], |r| r.get(0)).optional()?;
    Ok(bytes.map(|b| cbor::decode::<serde_bytes::ByteArray<32>>("a seed", &b)).transpose()?.map(|s| s.into_array()))
}
