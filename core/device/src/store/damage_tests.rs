//! What the opening of a store makes of files that are not as they were left.

use super::*;
use crate::system::SystemRandom;

/// Found by 2,000 damaged stores: where a log says how long the file is, SQLite opens one whose tail was cut off, reads
/// zeros there, and its own check finds nothing where it does not look at them.
#[test]
fn a_tail_that_is_cut_off_beside_a_log_is_noticed_though_sqlite_sees_nothing() {
    let (dir, left) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    for sql in ["CREATE TABLE much (bytes); INSERT INTO much VALUES (zeroblob(100000))", "DROP TABLE much"] {
        store.write(|tx| Ok::<_, StoreError>(tx.conn.execute_batch(sql)?)).unwrap();
    }
    drop(store);
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"later")).unwrap();
    assert_eq!(store.broken_pages().unwrap(), [] as [u32; 0]);
    // The app is killed: the log lies beside the file.
    for name in [FILE, "store.db-wal", "keys"] {
        std::fs::copy(dir.path().join(name), left.path().join(name)).unwrap();
    }
    let open = || Store::open(left.path(), &[1; 32], &SystemRandom);
    let cut = || {
        let file = std::fs::OpenOptions::new().write(true).open(left.path().join(FILE)).unwrap();
        let pages = u32::try_from(file.metadata().unwrap().len() / 4096).unwrap();
        file.set_len(u64::from(pages - 3) * 4096).unwrap();
        pages
    };
    let store = open().unwrap();
    // While it is open: the check says so.
    let pages = cut();
    assert_eq!(store.read(dump::unsound).unwrap(), [] as [&str; 0], "SQLite itself sees it: this test shows nothing");
    assert_eq!(store.broken_pages().unwrap(), [pages - 2, pages - 1, pages]);
    store.suspect();
    drop(store);
    // The log with the length lies beside it still.
    assert!(std::fs::metadata(left.path().join("store.db-wal")).unwrap().len() > 0);
    std::fs::remove_file(left.path().join(open::SUSPECT)).unwrap();
    assert!(matches!(open(), Err(StoreError::Corrupt { .. })));
}

/// Found by two processes: one that looked while the other wrote took its log for broken, and moved it away.
#[test]
fn a_store_that_somebody_has_open_is_moved_by_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let open = || Store::open(dir.path(), &[1; 32], &SystemRandom);
    drop(open().unwrap());
    let store = open().unwrap();
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ana")).unwrap();
    let beside = open().expect("a sound one can be opened twice");
    let path = dir.path().join(FILE);
    let length = std::fs::metadata(&path).unwrap().len();
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length - 4096).unwrap();
    for _ in 0..2 {
        assert!(matches!(open(), Err(StoreError::InUse)));
    }
    drop(beside);
    assert!(matches!(open(), Err(StoreError::InUse)), "the first still has it");
    // It is left as a kill leaves it.
    store.suspect();
    drop(store);
    assert!(matches!(open(), Err(StoreError::Corrupt { .. })));
    open().expect("a new one began");
}

/// Found by files of different days put together: SQLite would have written the older log over the newer file.
#[test]
fn an_older_log_beside_a_newer_file_is_noticed_and_nothing_of_either_is_lost() {
    let (dir, left) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ana")).unwrap();
    std::fs::copy(dir.path().join("store.db-wal"), left.path().join("store.db-wal")).unwrap();
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"x".repeat(100_000))).unwrap();
    drop(store);
    for name in [FILE, "keys"] {
        std::fs::copy(dir.path().join(name), left.path().join(name)).unwrap();
    }
    let Err(StoreError::Corrupt { kept_at }) = Store::open(left.path(), &[1; 32], &SystemRandom) else {
        panic!("the older log was taken for the file's");
    };
    for (name, of) in [(FILE, dir.path()), ("store.db-wal", kept_at.as_path())] {
        assert_eq!(std::fs::read(kept_at.join(name)).unwrap(), std::fs::read(of.join(name)).unwrap(), "{name}");
    }
}

#[test]
fn what_lies_behind_the_end_of_a_sound_file_is_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap());
    let path = dir.path().join(FILE);
    let bytes = [std::fs::read(&path).unwrap(), vec![0x55; 3 * 4096]].concat();
    std::fs::write(&path, bytes).unwrap();
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    assert_eq!((store.read(dump::unsound).unwrap(), store.broken_pages().unwrap()), (vec![], vec![]));
}
