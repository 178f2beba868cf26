//! Which pages each unsent row lies on, by SQLite's own word (`dbstat`): for those who damage stores and want to know
//! what should still be found, without asking the code that finds it.

use std::collections::BTreeMap;
use std::path::Path;

use frontline_domain::EntryHash;

use super::row::id;
use super::{Db, Disk, StoreError, keys, open, pending};

/// The two places of one unsent thing: pages of its frame, and of its row in the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub hash: EntryHash,
    pub frame: Vec<u32>,
    pub entry: Vec<u32>,
}

/// Of everything in the store in `dir` that has no receipt, as it lies there: what was appended is not settled for it.
pub fn of_unsent(dir: &Path, shell: &[u8; 32]) -> Result<Vec<Places>, StoreError> {
    let key = keys::open(&dir.join(open::KEYS), shell)?.ok_or(StoreError::WrongKey)?;
    let conn = open::reader(dir, &Disk::default(), &key)?;
    told(&Db::over(&conn))
}

fn told(db: &Db<'_>) -> Result<Vec<Places>, StoreError> {
    let (frame, entry) = (pages(db, "frame")?, pages(db, "entry")?);
    let mut unsent = db.conn.prepare("SELECT id, hash FROM outbox WHERE state IN (0, 1) ORDER BY id")?;
    let rows = unsent.query_map([], |r| Ok((r.get::<_, i64>(0)?, id(r, 1, EntryHash::from_slice)?)))?;
    let of = |pages: &BTreeMap<i64, Vec<u32>>, row: &i64| pages.get(row).cloned().unwrap_or_default();
    let settled =
        rows.map(|r| r.map(|(row, hash)| Places { hash, frame: of(&frame, &row), entry: of(&entry, &row) }).map_err(StoreError::from));
    let appended = pending::all(db)?;
    let appended = appended.iter().map(|(row, entry)| Ok(Places { hash: entry.hash(), frame: of(&frame, row), entry: Vec::new() }));
    settled.chain(appended).collect()
}

/// The pages of every row of a table: its leaf, and those that a long row goes on in. Leaves come in the order of
/// their paths and hold the rows in the order of their ids; `/00a/01c+000002` is where the third page goes on of the
/// row 0x1c of the leaf `/00a/`.
fn pages(db: &Db<'_>, table: &str) -> Result<BTreeMap<i64, Vec<u32>>, StoreError> {
    let of_kind = |kind: &str| {
        let mut pages = db.conn.prepare("SELECT path, pageno, ncell FROM dbstat WHERE name = ?1 AND pagetype = ?2 ORDER BY path")?;
        let rows = pages.query_map([table, kind], |r| Ok((r.get::<_, String>(0)?, r.get::<_, u32>(1)?, r.get::<_, u32>(2)?)))?;
        rows.collect::<Result<Vec<_>, _>>()
    };
    let mut ids = db.conn.prepare(&format!("SELECT id FROM {table} ORDER BY id"))?;
    let mut ids = ids.query_map([], |r| r.get::<_, i64>(0))?;
    let (mut out, mut by_path) = (BTreeMap::<i64, Vec<u32>>::new(), BTreeMap::new());
    for (path, page, cells) in of_kind("leaf")? {
        for cell in 0..cells {
            let Some(row) = ids.next().transpose()? else { break };
            out.insert(row, vec![page]);
            by_path.insert(format!("{path}{cell:03x}"), row);
        }
    }
    for (path, page, _) in of_kind("overflow")? {
        let row = path.split_once('+').and_then(|(cell, _)| by_path.get(cell));
        if let Some(pages) = row.and_then(|row| out.get_mut(row)) {
            pages.push(page);
        }
    }
    Ok(out)
}
