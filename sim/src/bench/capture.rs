//! One tap of feedback, durable in the encrypted store, over one raw one-row commit of the same SQLite in the
//! same mode under a key. They take turns, so that all see the same disk. A log that grows costs the file system more
//! than one that is written over: the yardstick's is as long as the store's, and another one, with SQLite's default,
//! grows all the time.

use std::path::Path;
use std::time::Instant;

use frontline_device::services::feedback::FeedbackDraft;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{Ground, figure, median};

const TAPS: usize = 400;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut phone = ground.world.enrol("phone", "ana-pereira", "harbour").await?;
    phone.call(serde_json::json!({"do": "sync.now"})).await;
    let core = phone.core().ok_or("the phone is in this process")?;
    let yardstick = raw(&ground.folder.path().join("raw.db"), 256).map_err(|e| e.to_string())?;
    let growing = raw(&ground.folder.path().join("growing.db"), 1_000).map_err(|e| e.to_string())?;
    let (mut taps, mut rows, mut others) = (Vec::with_capacity(TAPS), Vec::with_capacity(TAPS), Vec::with_capacity(TAPS));
    for i in 0..TAPS {
        rows.push(commit(&yardstick).map_err(|e| e.to_string())?);
        others.push(commit(&growing).map_err(|e| e.to_string())?);
        let draft = FeedbackDraft { touchpoint: "harbour-front-desk".to_owned(), score: 1 + (i % 5) as i64, ..FeedbackDraft::default() };
        let start = Instant::now();
        core.feedback().give(draft).map_err(|e| e.to_string())?;
        taps.push(start.elapsed().as_secs_f64() * 1e6);
    }
    let (tap, row, other) = (median(&mut taps), median(&mut rows), median(&mut others));
    out.insert("capture_us".to_owned(), figure(tap));
    out.insert("capture_raw_commit_us".to_owned(), figure(row));
    out.insert("capture_ratio".to_owned(), figure(tap / row));
    out.insert("capture_over_growing_log".to_owned(), figure(tap / other));
    ground.world.stop().await;
    Ok(())
}

/// Microseconds of one.
fn commit(conn: &Connection) -> rusqlite::Result<f64> {
    let start = Instant::now();
    conn.prepare_cached("INSERT INTO t (body) VALUES (randomblob(300))")?.execute([])?;
    Ok(start.elapsed().as_secs_f64() * 1e6)
}

/// A store of one table, whose log is moved into the file after so many pages.
fn raw(path: &Path, pages: u32) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!("PRAGMA hexkey = '{}'", "7261773a".to_owned() + &"07".repeat(32)))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "secure_delete", "ON")?;
    conn.pragma_update(None, "wal_autocheckpoint", pages)?;
    conn.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")?;
    Ok(conn)
}
