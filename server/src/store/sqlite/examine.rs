//! A whole file: copied as of one instant, and looked through before anybody relies on it.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use frontline_domain::{BlobHash, EntryHash, OrgId};
use frontline_protocol::{Mark, Tag};

use super::columns::{bytes, scope, unsigned};
use super::pieces::unpack;
use super::tx::{STANDING, standing};
use super::{open, schema};
use crate::store::{Result, Standing, StoreError};

/// What a sound file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Examined {
    pub standing: Standing,
    pub entries: u64,
    pub feeds: u64,
}

/// Copies the store at `from` to the new file `to`, as of one instant, without what was removed from it.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    let to = to.to_str().ok_or_else(|| StoreError::Failed("the path of the copy is not text".into()))?;
    open::connect(from, true)?.execute("VACUUM INTO ?1", [to])?;
    Ok(())
}

/// Looks through a file that nobody has open: that it is sound, of a schema that this build knows, that every
/// entry is what its hash says, and that every feed ends where its tags say.
pub fn examine(file: &Path) -> Result<Examined> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = schema::MIGRATIONS.last().map_or(0, |(number, _)| *number);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if found < schema::WITH_STANDING {
        return Err(StoreError::Corrupt("it is no server's database, or one that no backup was ever made of".into()));
    }
    let said: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(StoreError::Corrupt(said));
    }
    let standing = db.query_row(STANDING, [], standing)?;
    let (mut entries, mut feeds) = (0, 0);
    let mut heads = db.prepare("SELECT org, scope, number, tag FROM feed")?;
    let mut rows = heads.query([])?;
    while let Some(row) = rows.next()? {
        let of: (Vec<u8>, Vec<u8>) = (row.get("org")?, row.get("scope")?);
        let head = Mark { number: unsigned(row, "number")?, tag: Tag::from_bytes(bytes(row, "tag")?) };
        entries += feed(&db, &of, head)?;
        feeds += 1;
    }
    let count = |sql| db.query_row(sql, [], |row| unsigned(row, "n"));
    let in_pieces = count("SELECT coalesce(sum(entries), 0) AS n FROM piece")?;
    let all = count("SELECT count(*) AS n FROM entry")? + in_pieces;
    if in_pieces != count("SELECT coalesce(sum(entries), 0) AS n FROM piece_type")?
        || in_pieces != count("SELECT coalesce(sum(last - first + 1), 0) AS n FROM piece_series")?
    {
        return Err(StoreError::Corrupt("its pieces hold more or less than their indexes say".into()));
    }
    if all != entries {
        return Err(StoreError::Corrupt(format!("it has {all} entries, and its feeds {entries}")));
    }
    Ok(Examined { standing, entries, feeds })
}

/// Names the pictures that a file which nobody has open says are here whole, one after the other.
pub fn pictures_of<E: From<StoreError>>(
    file: &Path,
    mut each: impl FnMut(OrgId, BlobHash, u64) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let db = db.map_err(StoreError::from)?;
    let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(StoreError::from)?;
    if found < schema::WITH_PICTURES {
        return Ok(());
    }
    let mut here = db.prepare("SELECT org, blob, bytes FROM blob_here ORDER BY org, blob").map_err(StoreError::from)?;
    let mut rows = here.query([]).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        let one = |row: &rusqlite::Row<'_>| {
            Ok((OrgId::from_bytes(bytes(row, "org")?), BlobHash::from_bytes(bytes(row, "blob")?), unsigned(row, "bytes")?))
        };
        let (org, blob, length) = one(row).map_err(|e: rusqlite::Error| StoreError::from(e))?;
        each(org, blob, length)?;
    }
    Ok(())
}

fn wrong(at: u64, what: &str) -> StoreError {
    StoreError::Corrupt(format!("a feed {what} at its entry {at}"))
}

/// How far a feed was gone through, and the marks ahead.
struct Course {
    at: Mark,
    marks: BTreeMap<u64, Tag>,
}

impl Course {
    fn next(&mut self, number: u64, hash: [u8; 32], content: &[u8]) -> Result<()> {
        if number != self.at.number + 1 {
            return Err(wrong(number, "has a gap"));
        }
        if *blake3::hash(content).as_bytes() != hash {
            return Err(wrong(number, "is not what its hash says"));
        }
        self.at = Mark { number, tag: self.at.tag.then(number, &EntryHash::from_bytes(hash)) };
        if self.marks.remove(&number).is_some_and(|tag| tag != self.at.tag) {
            return Err(wrong(number, "has another tag than its mark"));
        }
        Ok(())
    }

    /// An entry that lies in a row of its own.
    fn row(&mut self, db: &Connection, (number, row): (u64, i64)) -> Result<()> {
        let mut one = db.prepare_cached("SELECT hash, bytes FROM entry WHERE rowid = ?1")?;
        let (hash, content): ([u8; 32], Vec<u8>) = one.query_row([row], |row| Ok((bytes(row, "hash")?, row.get("bytes")?)))?;
        self.next(number, hash, &content)
    }
}

/// Goes through a feed from its first entry to its end; how many there are.
fn feed(db: &Connection, of: &(Vec<u8>, Vec<u8>), head: Mark) -> Result<u64> {
    let mut marks = db.prepare_cached("SELECT number, tag FROM mark WHERE org = ?1 AND scope = ?2")?;
    let marks = marks.query_map((&of.0, &of.1), |row| Ok((unsigned(row, "number")?, Tag::from_bytes(bytes(row, "tag")?))))?;
    let mut course = Course { at: Mark::START, marks: marks.collect::<rusqlite::Result<_>>()? };
    // Numbers and rows from the index alone, so that sorting takes no more than those.
    let mut order = db.prepare_cached("SELECT number, rowid FROM entry WHERE org = ?1 AND scope = ?2 ORDER BY number")?;
    let order = order.query_map((&of.0, &of.1), |row| Ok((unsigned(row, "number")?, row.get::<_, i64>(1)?)))?;
    let mut loose = order.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().peekable();
    let mut pieces = db.prepare_cached("SELECT scope, committed_ms, body FROM piece WHERE org = ?1 AND scope = ?2 ORDER BY last")?;
    let mut pieces = pieces.query((&of.0, &of.1))?;
    while let Some(piece) = pieces.next()? {
        let (scope, body) = (scope(piece, "scope")?, piece.get::<_, Vec<u8>>("body")?);
        for entry in unpack(scope, piece.get("committed_ms")?, &body)? {
            while let Some(row) = loose.next_if(|(number, _)| *number < entry.number) {
                course.row(db, row)?;
            }
            course.next(entry.number, *entry.hash.as_bytes(), &entry.bytes)?;
        }
    }
    for row in loose {
        course.row(db, row)?;
    }
    if course.at != head || !course.marks.is_empty() {
        return Err(wrong(course.at.number, "ends elsewhere than it says"));
    }
    Ok(course.at.number)
}
