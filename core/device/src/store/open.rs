//! Opening the file: key, pragmas, migrations; and what to do with one that cannot be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use frontline_domain::env::Random;
// Links the one SQLite; its cipher takes the key as a pragma.
use frontline_protocol::Entry;
use frontline_protocol::sign::hex;
use frontline_sqlite as _;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use super::aside::{finish_moving, set_aside};
use super::disk::Disk;
use super::held::Held;
use super::{Db, StoreError, identity, keys, migrations, outbox, pending, wipe};
use crate::salvage::cipher::PAGE;
use crate::salvage::log::{self, Frame};
use crate::salvage::pages::Pages;

/// The database's name in the store's folder.
pub const FILE: &str = "store.db";
/// The key header's.
pub const KEYS: &str = "keys";

/// What an opened store consists of: the writer, the data key that readers need, and that it is open.
type Opened = (Connection, keys::Key, Held);

/// Opens or makes the store in `dir`.
pub(super) fn writer(dir: &Path, disk: &Disk, shell: &[u8; 32], random: &dyn Random) -> Result<Opened, StoreError> {
    fs::create_dir_all(dir)?;
    let held = Held::share(dir);
    let aside = |with_keys| if held.is_alone() { set_aside(dir, random, with_keys) } else { Err(StoreError::InUse) };
    wipe::finish(dir)?;
    finish_moving(dir)?;
    let (file, header) = (dir.join(FILE), dir.join(KEYS));
    let key = match keys::open(&header, shell)? {
        Some(key) => key,
        // Ciphertext whose key is gone is kept all the same: somebody may still have a copy of the header.
        None if file.exists() || dir.join(identity::FILE).exists() => return Err(aside(true)?),
        None => keys::create(&header, shell, random)?,
    };
    // SQLite would begin a new store in an empty file, take of a broken log what comes before the break, read zeros behind
    // the end of a file that was cut, and write an older log over a newer file: either way what was captured would be gone
    // without a word.
    let frames = || log::frames(&dir.join(format!("{FILE}-wal")));
    let is_damaged = |frames: &[Frame]| is_lost(dir, &file, &key) || log::is_broken(frames) || !log::fits(frames, pages_in(&file));
    let mut log = frames()?;
    if is_damaged(&log) {
        // Somebody who writes may have begun the log anew amid the reading.
        for _ in 0..20 {
            if held.is_alone() || !is_damaged(&log) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
            log = frames()?;
        }
        // Alone, it is read once more: what was read before may have been another's half of a log.
        log = frames()?;
        if is_damaged(&log) {
            return Err(aside(false)?);
        }
        held.with_others();
    }
    match connect_writer(&file, disk, &key) {
        // The header proved the key right: what cannot be read under it is damaged.
        Err(e) if e.is_damage() => Err(aside(false)?),
        Err(e) if e.is_unopened() => {
            may_write(dir, &file)?;
            Err(e)
        }
        Err(e) => Err(e),
        Ok(conn) if hides_captures(&conn, dir, &key, &log)? => {
            drop(conn);
            Err(aside(false)?)
        }
        Ok(conn) if is_suspect(dir) && !is_sound(&conn, dir, &key)? => {
            drop(conn);
            Err(aside(false)?)
        }
        Ok(conn) => {
            let _ = fs::remove_file(dir.join(SUSPECT));
            if log::has_leftover(&log) {
                begin_log_anew(&conn);
            }
            Ok((conn, key, held))
        }
    }
}

/// Whether appended captures do not read, or the log's end, which SQLite takes for the one commit that a loss of power
/// cut, holds captures of several: then what lies before them was spoiled. (A capture can be one page, so that a broken
/// stretch swallows many of them.) While what was taken over of an older store may be coming in, nothing is said: that is
/// one commit of many captures.
fn hides_captures(conn: &Connection, dir: &Path, key: &keys::Key, log: &[Frame]) -> Result<bool, StoreError> {
    let found = pending::all(&Db::over(conn)).and_then(|appended| {
        let is_asked = log::has_leftover(log) && super::aside::folders(dir)?.is_empty();
        if is_asked { commits_behind(conn, dir, key, &appended) } else { Ok(0) }
    });
    match found {
        Ok(commits) => Ok(commits > 1),
        Err(e) if e.is_damage() => Ok(true),
        Err(e) => Err(e),
    }
}

/// How many commits the captures are of that lie in the log behind what SQLite takes of it, and nowhere in the store.
/// What is captured at once is captured at one moment; what is issued anew keeps the moment of what it replaces.
fn commits_behind(conn: &Connection, dir: &Path, key: &keys::Key, appended: &[(i64, Entry)]) -> Result<usize, StoreError> {
    let mut behind = Pages::of(dir, key)?.left_over();
    appended.iter().for_each(|(_, entry)| drop(behind.remove(&entry.hash())));
    let mut moments = BTreeSet::new();
    for (hash, entry) in behind.iter().filter(|(_, entry)| entry.header.replaces.is_none()) {
        if !outbox::is_known(&Db::over(conn), hash)? {
            let at = &entry.header.moment;
            moments.insert((at.boot, at.mono_ms, at.wall_ms));
        }
    }
    Ok(moments.len())
}

/// The system's own word on why the file, or the log beside it, does not open for writing.
fn may_write(dir: &Path, file: &Path) -> Result<(), StoreError> {
    let probe = dir.join("probe");
    fs::File::create(&probe)?;
    fs::remove_file(&probe)?;
    if file.exists() {
        fs::OpenOptions::new().write(true).open(file)?;
    }
    Ok(())
}

/// Whether there is no store where there was one: the device was enrolled, and its file is gone or empty.
fn is_lost(dir: &Path, file: &Path, key: &keys::Key) -> bool {
    let is_empty = fs::metadata(file).map_or(true, |m| m.len() == 0);
    is_empty && identity::read(dir, key).is_some()
}

/// How many pages lie in it whole.
fn pages_in(file: &Path) -> u32 {
    fs::metadata(file).map_or(0, |m| u32::try_from(m.len() / PAGE as u64).unwrap_or(u32::MAX))
}

/// Stands beside a file in which damage was met.
pub(super) const SUSPECT: &str = "suspect";

/// Whether damage was met in it.
pub(super) fn is_suspect(dir: &Path) -> bool {
    dir.join(SUSPECT).exists()
}

/// Notes that the file is to be looked at whole when it is opened next: that reads all of it, which is too
/// slow for every opening.
pub(super) fn suspect(dir: &Path) {
    if let Err(e) = fs::write(dir.join(SUSPECT), b"") {
        tracing::error!(cause = %e, "a damaged store could not be noted");
    }
}

/// Whether all of it can be read, and every page is as it was written. That something else stands in the way
/// (another process, a file that the system keeps locked) is no damage: it is said, and nothing is moved.
fn is_sound(conn: &Connection, dir: &Path, key: &keys::Key) -> Result<bool, StoreError> {
    match conn.query_row("PRAGMA integrity_check(1)", [], |r| r.get::<_, String>(0)).map_err(StoreError::from) {
        Ok(word) if word == "ok" => Ok(Pages::of(dir, key)?.unsealed().is_empty()),
        Ok(_) => Ok(false),
        Err(e) if e.is_damage() => Ok(false),
        Err(e) => Err(e),
    }
}

/// Whether anything lies in the log beside the file.
pub(super) fn has_log(file: &Path) -> bool {
    fs::metadata(file.with_extension("db-wal")).is_ok_and(|log| log.len() > 0)
}

fn connect_writer(file: &Path, disk: &Disk, key: &keys::Key) -> Result<Connection, StoreError> {
    let had_log = has_log(file);
    let mut conn = disk.connect(file, OpenFlags::default())?;
    unlock(&conn, key)?;
    // A new file is made by way of a journal. If the power goes before the folder knows that the journal was deleted, it
    // is there again, and takes back what was written since: the whole store. EXTRA asks the folder, once.
    conn.pragma_update(None, "synchronous", "EXTRA")?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    // A capture that returned is on the disk. On Apple systems fsync alone does not reach it (sync.md 28);
    // elsewhere these two pragmas do nothing.
    conn.pragma_update(None, "synchronous", "FULL")?;
    // A key that was destroyed must not lie in a free page.
    conn.pragma_update(None, "secure_delete", "ON")?;
    conn.pragma_update(None, "fullfsync", "ON")?;
    conn.pragma_update(None, "checkpoint_fullfsync", "ON")?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    // 1 MiB of log, not SQLite's 4: on a phone that is nearly full the log is what fills it.
    conn.pragma_update(None, "wal_autocheckpoint", 256)?;
    // Ten thousand receipts touch some 6 MiB of pages in two tables and twice each: what does not fit is enciphered and
    // written out amid the commit, and read back. Taken only as it is needed, given back after a sync.
    conn.pragma_update(None, "cache_size", -16_384)?;
    conn.set_prepared_statement_cache_capacity(128);
    match migrations::run(&mut conn) {
        // A store that a later app wrote is left as it lies. Closing it takes the empty log away that opening it made;
        // one that was there before stays, since it may hold what is not in the file yet.
        Err(e @ StoreError::Newer { .. }) => {
            keep_log(&conn, had_log)?;
            Err(e)
        }
        Err(e) if e.is_refused_by_the_disk() => {
            annul(&conn);
            Err(e)
        }
        done => done.map(|()| conn),
    }
}

/// Writes over a commit that the disk refused to flush. It failed and was told so, and still it lies in the log, whole:
/// whoever opened the store next would take it as made, and build what is promised then on bytes that the system
/// believes to be on the disk and that are not. A commit of nothing is written where it began.
pub(super) fn annul(conn: &Connection) {
    let version = conn.pragma_query_value(None, "user_version", |r| r.get::<_, u32>(0));
    if let Err(e) = version.and_then(|version| conn.pragma_update(None, "user_version", version)) {
        tracing::error!(cause = %e, "the disk refuses what it is to keep");
    }
    begin_log_anew(conn);
}

/// Moves the log into the file, so that it is written from its start again, under another salt. What a commit that was
/// cut or annulled left behind the log's valid part is nobody's then; two such ends would be taken for damage. Where it
/// can't be done now, the next opening does it.
fn begin_log_anew(conn: &Connection) {
    if let Err(e) = conn.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())) {
        tracing::warn!(cause = %e, "the log goes on as it is");
    }
}

/// A further connection that can only read; in WAL it never waits for the writer.
pub(super) fn reader(dir: &Path, disk: &Disk, key: &keys::Key) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = disk.connect(&dir.join(FILE), flags)?;
    unlock(&conn, key)?;
    conn.pragma_update(None, "query_only", "ON")?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// Whether this is the key of the store in `dir`.
pub(super) fn opens(dir: &Path, key: &keys::Key) -> Result<bool, StoreError> {
    if identity::read(dir, key).is_some() {
        return Ok(true);
    }
    match reader(dir, &Disk::default(), key) {
        Ok(_) => Ok(true),
        Err(e) if e.is_damage() => Ok(false),
        Err(e) => Err(e),
    }
}

/// Whether the log stays as it is when this connection is the last one to close.
pub(super) fn keep_log(conn: &Connection, is_kept: bool) -> Result<(), StoreError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_kept)?;
    Ok(())
}

/// Gives the connection its key. `raw:` says that no passphrase is to be derived: an unlock must cost
/// microseconds, because a background sync opens the store often.
pub(super) fn unlock(conn: &Connection, key: &keys::Key) -> Result<(), StoreError> {
    conn.busy_timeout(Duration::from_secs(5))?;
    // The last connection that closes moves the log into the file and removes it. What may be damaged is to be
    // kept as it is: a store that is sound says so when it closes.
    keep_log(conn, true)?;
    // With STAT4 a statement is compiled anew whenever its bounds change; the plans here do not depend on them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let mut raw = Zeroizing::new(b"raw:".to_vec());
    raw.extend_from_slice(key.as_slice());
    let digits = Zeroizing::new(hex(&raw));
    let sql = Zeroizing::new(format!("PRAGMA hexkey = '{}'", digits.as_str()));
    conn.execute_batch(&sql)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}
