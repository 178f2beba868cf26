//! A store in the layout of an older version of the app, for those who try how it is migrated.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::open::{FILE, KEYS};
use super::{Disk, StoreError, keys, migrations, open};

/// Writes the store in `dir`, which nobody may have open, as the app of this version would have: its rows, without
/// the tables and the columns that came since.
pub fn write_as_of(dir: &Path, shell: &[u8; 32], version: u32) -> Result<(), StoreError> {
    let key = keys::open(&dir.join(KEYS), shell)?.ok_or(StoreError::WrongKey)?;
    let now = open::reader(dir, &Disk::default(), &key)?;
    let fresh = dir.join("older.db");
    let mut old = Disk::default().connect(&fresh, OpenFlags::default())?;
    open::unlock(&old, &key)?;
    old.pragma_update(None, "journal_mode", "WAL")?;
    migrations::run_to(&mut old, version)?;
    open::keep_log(&old, false)?;
    let tx = old.transaction()?;
    for table in tables(&tx)? {
        let columns = columns(&tx, &table)?.join(", ");
        let mut rows = now.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let width = rows.column_count();
        let marks = vec!["?"; width].join(", ");
        let mut put = tx.prepare(&format!("INSERT INTO {table} ({columns}) VALUES ({marks})"))?;
        let mut rows = rows.query([])?;
        while let Some(r) = rows.next()? {
            let cells = (0..width).map(|i| r.get(i)).collect::<Result<Vec<Value>, _>>()?;
            put.execute(params_from_iter(cells))?;
        }
    }
    // Whoever updates the app finds that what is derived was derived in another way.
    tx.execute("DELETE FROM meta WHERE key = ?1", [super::meta::key::PROJECTION])?;
    tx.commit()?;
    drop((old, now));
    Ok(std::fs::rename(fresh, dir.join(FILE))?)
}

fn tables(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut names = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    Ok(names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

fn columns(conn: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut names = conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?;
    Ok(names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
}
