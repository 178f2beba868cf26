//! The numbered migrations: frozen once released, never edited, all run in one IMMEDIATE transaction, so
//! that a power cut leaves the old schema or the new one.

use rusqlite::{Connection, TransactionBehavior};

use frontline_domain::Incarnation;

use crate::store::{Result, StoreError};

/// In order; the number is what `user_version` says after it.
pub(super) const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("migrations/0001_begin.sql")),
    (2, include_str!("migrations/0002_training.sql")),
    (3, include_str!("migrations/0003_lists.sql")),
    (4, include_str!("migrations/0004_customers.sql")),
    (5, include_str!("migrations/0005_backups.sql")),
    (6, include_str!("migrations/0006_saved_runs.sql")),
    (7, include_str!("migrations/0007_captures.sql")),
    (8, include_str!("migrations/0008_given_back.sql")),
    (9, include_str!("migrations/0009_blobs.sql")),
    (10, include_str!("migrations/0010_device_words.sql")),
    (11, include_str!("migrations/0011_pieces.sql")),
    (12, include_str!("migrations/0012_on_device.sql")),
    (13, include_str!("migrations/0013_rows.sql")),
    (14, include_str!("migrations/0014_assets.sql")),
    (15, include_str!("migrations/0015_drafts.sql")),
    (16, include_str!("migrations/0016_belongs.sql")),
    (17, include_str!("migrations/0017_media.sql")),
];

/// The first one whose files say how far they have come.
pub(super) const WITH_STANDING: i64 = 5;

/// The first one whose files know of pictures.
pub(super) const WITH_PICTURES: i64 = 9;

/// Brings the file up to date. A file of a newer build is refused untouched.
pub(super) fn migrate(connection: &mut Connection, incarnation: Incarnation, now_ms: i64) -> Result<()> {
    let known = MIGRATIONS.last().map_or(0, |(number, _)| *number);
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (number, sql) in MIGRATIONS.iter().filter(|(number, _)| *number > found) {
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", number)?;
    }
    tx.execute("INSERT OR IGNORE INTO meta (id, incarnation, created_ms) VALUES (1, ?1, ?2)", (incarnation.0.cast_signed(), now_ms))?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SqliteStore;
    use crate::system::SystemRandom;

    #[test]
    fn a_file_of_a_newer_build_is_refused_in_words_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("server.db");
        drop(SqliteStore::open(&path, &SystemRandom, 1).unwrap());
        let raw = Connection::open(&path).unwrap();
        raw.pragma_update(None, "user_version", 999).unwrap();
        drop(raw);
        let said = SqliteStore::open(&path, &SystemRandom, 1).err().unwrap();
        assert!(matches!(said, StoreError::Newer { found: 999, .. }));
        assert!(said.to_string().contains("newer version"));
    }

    #[test]
    fn opening_again_keeps_the_incarnation_and_the_numbers_ascend() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("server.db");
        let incarnation = |path| {
            let store = SqliteStore::open(path, &SystemRandom, 1).unwrap();
            drop(store);
            let raw = Connection::open(path).unwrap();
            raw.query_row("SELECT incarnation FROM meta", [], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(incarnation(&path), incarnation(&path));
        assert!(MIGRATIONS.iter().map(|(number, _)| number).eq((1..=MIGRATIONS.len() as i64).collect::<Vec<_>>().iter()));
    }
}
