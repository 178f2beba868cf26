//! A store in the layout of an older version of the app, for those who try how it is migrated.

use std::collections::BTreeMap;
use std::path::Path;

use frontline_protocol::{Entry, limits};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::dump::{self, Rows};
use super::open::{FILE, KEYS};
use super::row::bits;
use super::{Db, Disk, StoreError, keys, migrations, open};

/// Tables as they were before they were laid out anew, each with the version that did so. A view of this connection
/// hides the table of its name.
const BEFORE: &[(u32, &str)] = &[
    (
        18,
        "CREATE TEMP VIEW blob AS SELECT b.id, b.hash, b.said, b.belongs_to AS run, b.scope, b.person, b.at_ms, b.own, b.entry FROM main.blob b;",
    ),
    (
        11,
        "CREATE TEMP VIEW outbox AS SELECT o.id, o.epoch, o.seq, o.hash, e.scope, o.state, o.code, r.incarnation, o.number,
           r.mark_number, r.mark_tag, r.committed_ms, CASE o.state WHEN 2 THEN coalesce(o.effective_ms, o.said_ms) END AS effective_ms,
           o.successor, coalesce(f.row, x'') AS row
         FROM main.outbox o JOIN main.entry e ON e.id = o.id LEFT JOIN main.receipt r ON r.id = o.receipt LEFT JOIN main.frame f ON f.id = o.id;
         CREATE TEMP VIEW entry AS SELECT e.id, e.hash, header(e.bytes, 'device') AS device, header(e.bytes, 'epoch') AS epoch,
           header(e.bytes, 'seq') AS seq, e.type, e.scope, e.person, e.subject, header(e.bytes, 'wall_ms') AS wall_ms, e.estimate_ms, e.own,
           CASE e.own WHEN 0 THEN e.incarnation ELSE r.incarnation END AS incarnation, CASE e.own WHEN 0 THEN e.number ELSE o.number END AS number,
           CASE WHEN e.own = 0 THEN e.effective_ms WHEN o.state = 2 THEN coalesce(o.effective_ms, o.said_ms) END AS effective_ms,
           e.confirmed, e.bytes
         FROM main.entry e LEFT JOIN main.outbox o ON o.id = e.id AND e.own = 1 LEFT JOIN main.receipt r ON r.id = o.receipt;",
    ),
];

/// Writes the store in `dir`, which nobody may have open, as the app of this version would have: its rows, without
/// the tables and the columns that came since.
pub fn write_as_of(dir: &Path, shell: &[u8; 32], version: u32) -> Result<(), StoreError> {
    let fresh = dir.join("older.db");
    let old = laid_out(dir, &fresh, shell, version)?;
    // Whoever updates the app finds that what is derived was derived in another way.
    old.execute("DELETE FROM meta WHERE key = ?1", [super::meta::key::PROJECTION])?;
    drop(old);
    Ok(std::fs::rename(fresh, dir.join(FILE))?)
}

/// What [`dump::kept`] tells of the store in `dir`, which nobody may have open, as it would lie there in the layout of
/// this version: what a migration brought over is what is told of the store before it.
pub fn kept_as_of(dir: &Path, shell: &[u8; 32], version: u32) -> Result<BTreeMap<String, Rows>, StoreError> {
    let fresh = dir.join("older.db");
    let out = dump::kept(&Db::over(&laid_out(dir, &fresh, shell, version)?));
    std::fs::remove_file(fresh)?;
    out
}

/// A new file with the rows of the store in `dir`, in the layout of this version.
fn laid_out(dir: &Path, fresh: &Path, shell: &[u8; 32], version: u32) -> Result<Connection, StoreError> {
    let key = keys::open(&dir.join(KEYS), shell)?.ok_or(StoreError::WrongKey)?;
    let now = open::reader(dir, &Disk::default(), &key)?;
    now.pragma_update(None, "query_only", "OFF")?;
    now.create_scalar_function("header", 2, FunctionFlags::SQLITE_DETERMINISTIC, header)?;
    for (_, views) in BEFORE.iter().filter(|(since, _)| version < *since) {
        now.execute_batch(views)?;
    }
    let mut old = Disk::default().connect(fresh, OpenFlags::default())?;
    open::unlock(&old, &key)?;
    old.pragma_update(None, "journal_mode", "WAL")?;
    migrations::run_to(&mut old, version)?;
    open::keep_log(&old, false)?;
    let tx = old.transaction()?;
    for table in tables(&tx)?.into_iter().filter(|table| !dump::is_index(table)) {
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
    tx.commit()?;
    Ok(old)
}

/// What an entry says of itself, out of its bytes: older layouts kept it beside them.
fn header(of: &rusqlite::functions::Context<'_>) -> rusqlite::Result<Value> {
    let bytes = of.get_raw(0).as_blob()?;
    let read = Entry::read(bytes, limits::SERVER_ENTRY).map_err(|e| rusqlite::Error::UserFunctionError(Box::new(e)))?;
    let header = &read.header;
    Ok(match of.get::<String>(1)?.as_str() {
        "device" => Value::Blob(header.device.as_bytes().to_vec()),
        "epoch" => Value::Integer(bits(header.epoch.0)),
        "seq" => Value::Integer(bits(header.seq)),
        _ => Value::Integer(header.moment.wall_ms),
    })
}

fn tables(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut names = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    Ok(names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

fn columns(conn: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut names = conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?;
    Ok(names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
}
