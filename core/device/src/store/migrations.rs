//! Numbered and frozen: each is run once, all that are missing in one IMMEDIATE transaction, so that the
//! file is of the old version or of the new one, never between.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

const ALL: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
    include_str!("migrations/0011.sql"),
    include_str!("migrations/0012.sql"),
    include_str!("migrations/0013.sql"),
    include_str!("migrations/0014.sql"),
    include_str!("migrations/0015.sql"),
    include_str!("migrations/0016.sql"),
    include_str!("migrations/0017.sql"),
    include_str!("migrations/0018.sql"),
    include_str!("migrations/0019.sql"),
    include_str!("migrations/0020.sql"),
];

/// The version that this build writes.
pub(super) const BUILD: u32 = ALL.len() as u32;

pub(super) fn run(conn: &mut Connection) -> Result<(), StoreError> {
    run_to(conn, BUILD)
}

/// As the app of version `build` does it.
pub(super) fn run_to(conn: &mut Connection, build: u32) -> Result<(), StoreError> {
    let version = |conn: &Connection| conn.pragma_query_value(None, "user_version", |r| r.get::<_, u32>(0));
    if version(conn)? == build {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let file = version(&tx)?;
    if file > build {
        return Err(StoreError::Newer { file, build });
    }
    for sql in &ALL[file as usize..build as usize] {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "user_version", build)?;
    tx.commit()?;
    Ok(())
}
