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
    ("doc", "id, type, scope, release, nonce, rebuild, heads"),
    ("run", "*"),
    ("run_waiting", "*"),
    ("feedback", "*"),
    ("interaction", "*"),
    ("progress", "*"),
    ("attempt", "*"),
    ("customer", "*"),
    ("blob", "*"),
];

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
