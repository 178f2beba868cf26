//! Pictures: the files that are here, and what was said about pictures.

use frontline_domain::fact::{BlobCaptured, BlobOf, Thumbnail, pictures};
use frontline_domain::{BlobHash, CaptureId, DocId, EntryHash, Incarnation, PersonId, Scope, cbor};
use rusqlite::{OptionalExtension, Row, params};

use super::row::{bits, id, id_or_null, scope, unbits};
use super::{Db, StoreError, Tx};

/// A file that is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub blob: BlobHash,
    pub bytes: u64,
    pub media: String,
    pub width: u32,
    pub height: u32,
    pub live: bool,
    /// It is itself the small one of another.
    pub small: bool,
    /// Of what is seen, and whole.
    pub thumbnail: Option<Thumbnail>,
    pub added_ms: i64,
    /// Of what is heard.
    pub length_ms: Option<u32>,
}

impl FileRow {
    /// What was said to be whole, where its file is here.
    pub fn whole(said: &BlobCaptured, added_ms: i64) -> Self {
        Self {
            blob: said.blob,
            bytes: said.bytes,
            media: said.media.clone(),
            width: said.width,
            height: said.height,
            live: said.live,
            small: false,
            thumbnail: said.thumbnail,
            added_ms,
            length_ms: said.length_ms,
        }
    }
    /// Its small one, where it has one.
    pub fn small(&self) -> Option<Self> {
        let Thumbnail { blob, bytes } = self.thumbnail?;
        let media = pictures::MEDIA[0].to_owned();
        Some(Self { blob, bytes, media, small: true, thumbnail: None, length_ms: None, ..self.clone() })
    }
}

/// What was said about a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub said: BlobCaptured,
    pub scope: Scope,
    pub person: PersonId,
    pub at_ms: i64,
    pub own: bool,
    pub entry: EntryHash,
}

/// What waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    pub count: u64,
    pub bytes: u64,
}

/// Keeps a file's row; one that is there stays as it is.
pub fn put_file(tx: &Tx<'_>, one: &FileRow) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO blob_file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL, 0, ?11)";
    tx.conn.prepare_cached(sql)?.execute(params![
        one.blob.as_bytes(),
        bits(one.bytes),
        one.small,
        one.media,
        one.width,
        one.height,
        one.live,
        one.thumbnail.map(|t| *t.blob.as_bytes()),
        one.thumbnail.map(|t| bits(t.bytes)),
        one.added_ms,
        one.length_ms,
    ])?;
    Ok(())
}

/// Whole ones that were added before a time, and that nothing says anything about: nothing ever did, or the server
/// has them.
const UNUSED: &str = "FROM blob_file AS f WHERE small = 0 AND added_ms < ?1 AND (named = 0 OR sent_to IS NOT NULL) \
                      AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.hash = f.hash)";

/// How many files there are, and how many of them nothing has used since before then.
pub fn counts(db: &Db<'_>, before_ms: i64) -> Result<(u64, u64), StoreError> {
    let sql = format!("SELECT (SELECT count(*) FROM blob_file), (SELECT count(*) {UNUSED})");
    Ok(db.conn.prepare_cached(&sql)?.query_row([before_ms], |r| Ok((unbits(r.get(0)?), unbits(r.get(1)?))))?)
}

/// Takes the rows of those away, with those of their small ones.
pub fn remove_unused(tx: &Tx<'_>, before_ms: i64) -> Result<(), StoreError> {
    let small = format!("DELETE FROM blob_file WHERE small = 1 AND hash IN (SELECT thumbnail {UNUSED})");
    let whole = format!("DELETE FROM blob_file WHERE hash IN (SELECT hash {UNUSED})");
    for sql in [small, whole] {
        tx.conn.prepare_cached(&sql)?.execute([before_ms])?;
    }
    Ok(())
}

const FILE: &str = "SELECT hash, bytes, media, width, height, live, thumbnail, thumbnail_bytes, added_ms, small, length_ms FROM blob_file";

/// The row of a file.
pub fn file(db: &Db<'_>, blob: &BlobHash) -> Result<Option<FileRow>, StoreError> {
    let sql = format!("{FILE} WHERE hash = ?1");
    Ok(db.conn.prepare_cached(&sql)?.query_row([blob.as_bytes()], file_row).optional()?)
}

/// Every file, the oldest first.
pub fn files(db: &Db<'_>) -> Result<Vec<FileRow>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("{FILE} ORDER BY added_ms, hash"))?;
    let rows = statement.query_map([], file_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn file_row(r: &Row<'_>) -> rusqlite::Result<FileRow> {
    let thumbnail = id_or_null(r, 6, BlobHash::from_slice)?.zip(r.get::<_, Option<i64>>(7)?);
    Ok(FileRow {
        blob: id(r, 0, BlobHash::from_slice)?,
        bytes: unbits(r.get(1)?),
        media: r.get(2)?,
        width: r.get(3)?,
        height: r.get(4)?,
        live: r.get(5)?,
        thumbnail: thumbnail.map(|(blob, bytes)| Thumbnail { blob, bytes: unbits(bytes) }),
        added_ms: r.get(8)?,
        small: r.get(9)?,
        length_ms: r.get(10)?,
    })
}

/// Pictures of which something captured here said what they are for, and that this life of the server does not
/// have: the small ones, then the others, each by age. The first is what is sent next.
const UNSENT: &str = "FROM blob_file AS f WHERE (sent_to IS NULL OR sent_to <> ?1) AND (named = 1 OR hash IN \
                      (SELECT thumbnail FROM blob_file WHERE named = 1))";

/// What waits, in the order in which it is sent.
pub fn unsent(db: &Db<'_>, server: Incarnation) -> Result<Vec<(BlobHash, u64)>, StoreError> {
    let sql = format!("SELECT hash, bytes {UNSENT} ORDER BY small DESC, added_ms, hash");
    let mut statement = db.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([bits(server.0)], |r| Ok((id(r, 0, BlobHash::from_slice)?, unbits(r.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How much of it there is.
pub fn waiting(db: &Db<'_>, server: Incarnation) -> Result<Waiting, StoreError> {
    let sql = format!("SELECT count(*), coalesce(sum(bytes), 0) {UNSENT}");
    let mut statement = db.conn.prepare_cached(&sql)?;
    Ok(statement.query_row([bits(server.0)], |r| Ok(Waiting { count: unbits(r.get(0)?), bytes: unbits(r.get(1)?) }))?)
}

/// Something captured here says what the picture is for.
pub fn set_named(tx: &Tx<'_>, blob: &BlobHash) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE blob_file SET named = 1 WHERE hash = ?1")?.execute([blob.as_bytes()])?;
    Ok(())
}

/// Whether this life of the server said that it has the picture whole.
pub fn is_sent(db: &Db<'_>, blob: &BlobHash, server: Incarnation) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM blob_file WHERE hash = ?1 AND sent_to = ?2";
    Ok(db.conn.prepare_cached(sql)?.query_row(params![blob.as_bytes(), bits(server.0)], |_| Ok(())).optional()?.is_some())
}

/// This life of the server has it whole.
pub fn set_sent(tx: &Tx<'_>, blob: &BlobHash, server: Incarnation) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE blob_file SET sent_to = ?2 WHERE hash = ?1")?.execute(params![blob.as_bytes(), bits(server.0)])?;
    Ok(())
}

/// Keeps what was said about a picture.
pub fn put(tx: &Tx<'_>, one: &Named) -> Result<(), StoreError> {
    let s = &one.said;
    if one.own {
        set_named(tx, &s.blob)?;
    }
    tx.conn.prepare_cached("INSERT OR REPLACE INTO blob VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(params![
        s.id.as_bytes(),
        s.blob.as_bytes(),
        cbor::encode(s),
        s.of.id(),
        one.scope.to_string(),
        one.person.as_bytes(),
        one.at_ms,
        one.own,
        one.entry.as_bytes(),
    ])?;
    Ok(())
}

/// Takes it away. A file that it named stays until it is at the server.
pub fn clear(tx: &Tx<'_>, one: CaptureId) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM blob WHERE id = ?1")?.execute([one.as_bytes()])?;
    Ok(())
}

/// What was said about a picture, the earliest first.
pub fn named(db: &Db<'_>, blob: &BlobHash) -> Result<Vec<Named>, StoreError> {
    select(db, "WHERE hash = ?1 ORDER BY at_ms, id", blob.as_bytes().as_slice())
}

/// What was said about what belongs to a run, the earliest first.
pub fn of_run(db: &Db<'_>, run: DocId) -> Result<Vec<Named>, StoreError> {
    let mut all = select(db, "WHERE belongs_to = ?1 ORDER BY at_ms, id", run.as_bytes().as_slice())?;
    all.retain(|one| matches!(one.said.of, BlobOf::Answer { .. }));
    Ok(all)
}

/// What was said about what belongs to an action, the earliest first.
pub fn of_action(db: &Db<'_>, action: CaptureId) -> Result<Vec<Named>, StoreError> {
    let mut all = select(db, "WHERE belongs_to = ?1 ORDER BY at_ms, id", action.as_bytes().as_slice())?;
    all.retain(|one| one.said.of == BlobOf::Action(action));
    Ok(all)
}

/// All that was said here.
pub fn own(db: &Db<'_>) -> Result<Vec<Named>, StoreError> {
    select(db, "WHERE own = ?1 ORDER BY at_ms, id", 1)
}

fn select(db: &Db<'_>, rest: &str, arg: impl rusqlite::ToSql) -> Result<Vec<Named>, StoreError> {
    let mut statement = db.conn.prepare_cached(&format!("SELECT said, scope, person, at_ms, own, entry FROM blob {rest}"))?;
    let mut rows = statement.query([arg])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(Named {
            said: cbor::decode("a picture", r.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?,
            scope: scope(r, 1)?,
            person: id(r, 2, PersonId::from_slice)?,
            at_ms: r.get(3)?,
            own: r.get(4)?,
            entry: id(r, 5, EntryHash::from_slice)?,
        });
    }
    Ok(out)
}
