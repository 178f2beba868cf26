//! The projections as a whole: emptied for a rebuild, and written out to be compared.

use std::collections::BTreeMap;

use frontline_protocol::sign::hex;
use rusqlite::types::ValueRef;

use super::{Db, StoreError, Tx};

/// Each with the columns that a rebuild must bring back. The saved bytes of a document are left out: the
/// same changes in another order are saved as other bytes with the same heads.
const PROJECTIONS: &[(&str, &str)] = &[
    ("record", "*"),
    ("release", "*"),
    ("media", "*"),
    ("doc", "id, type, scope, release, nonce, rebuild, heads"),
    ("run", "*"),
    ("run_waiting", "*"),
    ("demand", "*"),
    ("feedback", "*"),
    ("interaction", "*"),
    ("action", "*"),
    ("progress", "*"),
    ("attempt", "*"),
    ("customer", "*"),
    ("blob", "*"),
];

/// What the tables are called that find rows of lists, those that FTS5 makes for itself among them: made of releases, by
/// nobody compared.
#[cfg(any(test, feature = "stories"))]
const INDEX: &str = "list_";

/// Whether a table is no more than an index over what others hold.
#[cfg(any(test, feature = "stories"))]
pub(super) fn is_index(table: &str) -> bool {
    table.starts_with(INDEX)
}

/// Empties the projections. Documents keep their rows: how often one was rebuilt is nowhere else.
pub fn empty(tx: &Tx<'_>) -> Result<(), StoreError> {
    for (table, _) in PROJECTIONS.iter().filter(|(table, _)| *table != "doc") {
        tx.conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    tx.conn.execute("UPDATE doc SET saved = x'', taken = 0", [])?;
    Ok(())
}

/// Every row of every projection, as text, sorted.
pub fn projections(db: &Db<'_>) -> Result<BTreeMap<&'static str, Vec<String>>, StoreError> {
    let mut out = BTreeMap::new();
    for (table, columns) in PROJECTIONS {
        let mut statement = db.conn.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        let mut lines = Vec::new();
        while let Some(r) = rows.next()? {
            let cells: Result<Vec<String>, rusqlite::Error> = (0..width).map(|i| r.get_ref(i).map(cell)).collect();
            lines.push(cells?.join("|"));
        }
        lines.sort();
        out.insert(*table, lines);
    }
    Ok(out)
}

/// Every cell of every table, text as it is and bytes in hexadecimal: to look for what must not be there.
pub fn everything(db: &Db<'_>) -> Result<String, StoreError> {
    let mut statement = db.conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let tables: Vec<String> = statement.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut out = String::new();
    for table in tables {
        let mut statement = db.conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(r) = rows.next()? {
            for i in 0..width {
                out.push_str(&cell(r.get_ref(i)?));
                out.push('\n');
            }
        }
    }
    Ok(out)
}

/// What the rows of a table hold: each as its columns' names with their cells, sorted.
#[cfg(any(test, feature = "stories"))]
pub type Rows = Vec<BTreeMap<String, String>>;

/// Every row of every table that a rebuild does not make: what a migration has to bring over.
#[cfg(any(test, feature = "stories"))]
pub fn kept(db: &Db<'_>) -> Result<BTreeMap<String, Rows>, StoreError> {
    let mut names = db.conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names: Vec<String> = names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut out = BTreeMap::new();
    for table in names.into_iter().filter(|name| !is_index(name) && !PROJECTIONS.iter().any(|(of, _)| of == name)) {
        let mut statement = db.conn.prepare(&format!("SELECT * FROM {table}"))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut lines = Rows::new();
        while let Some(r) = rows.next()? {
            let cells = columns.iter().enumerate().map(|(i, name)| Ok((name.clone(), cell(r.get_ref(i)?))));
            lines.push(cells.collect::<Result<_, rusqlite::Error>>()?);
        }
        lines.sort();
        out.insert(table, lines);
    }
    Ok(out)
}

/// How the tables and indexes are laid out, as SQLite keeps it.
#[cfg(feature = "stories")]
pub fn schema(db: &Db<'_>) -> Result<Vec<String>, StoreError> {
    let mut statement = db.conn.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What SQLite finds wrong with the file; empty where it is sound.
pub fn unsound(db: &Db<'_>) -> Result<Vec<String>, StoreError> {
    let mut statement = db.conn.prepare("PRAGMA integrity_check(20)")?;
    let lines: Vec<String> = statement.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(lines.into_iter().filter(|l| l != "ok").collect())
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => x.to_string(),
        ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
        ValueRef::Blob(b) => hex(b),
    }
}

/// Every value of every row of every table, as bytes: what somebody sees who has the store's key.
#[cfg(test)]
pub(crate) fn values(db: &Db<'_>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let mut names = db.conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names: Vec<String> = names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut out = Vec::new();
    for name in names {
        let mut rows = db.conn.prepare(&format!("SELECT * FROM {name}"))?;
        let columns = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(r) = rows.next()? {
            for at in 0..columns {
                use rusqlite::types::ValueRef;
                let bytes = match r.get_ref(at)? {
                    ValueRef::Null => continue,
                    ValueRef::Integer(n) => n.to_be_bytes().to_vec(),
                    ValueRef::Real(x) => x.to_be_bytes().to_vec(),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
                };
                out.push((name.clone(), bytes));
            }
        }
    }
    Ok(out)
}
