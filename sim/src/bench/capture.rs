//! One tap of feedback, durable in the encrypted store, over one raw one-row commit of the same SQLite in the
//! same mode under a key. The two take turns, so that both see the same disk.

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
    let yardstick = raw(&ground.folder.path().join("raw.db")).map_err(|e| e.to_string())?;
    let (mut taps, mut rows) = (Vec::with_capacity(TAPS), Vec::with_capacity(TAPS));
    for i in 0..TAPS {
        let start = Instant::now();
        let mut insert = yardstick.prepare_cached("INSERT INTO t (body) VALUES (randomblob(300))").map_err(|e| e.to_string())?;
        insert.execute([]).map_err(|e| e.to_string())?;
        rows.push(start.elapsed().as_secs_f64() * 1e6);
        let draft = FeedbackDraft { touchpoint: "harbour-front-desk".to_owned(), score: 1 + (i % 5) as i64, ..FeedbackDraft::default() };
        let start = Instant::now();
        core.feedback().give(draft).map_err(|e| e.to_string())?;
        taps.push(start.elapsed().as_secs_f64() * 1e6);
    }
    let (tap, row) = (median(&mut taps), median(&mut rows));
    out.insert("capture_us".to_owned(), figure(tap));
    out.insert("capture_raw_commit_us".to_owned(), figure(row));
    out.insert("capture_ratio".to_owned(), figure(tap / row));
    ground.world.stop().await;
    Ok(())
}

fn raw(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!("PRAGMA hexkey = '{}'", "7261773a".to_owned() + &"07".repeat(32)))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "secure_delete", "ON")?;
    // A log that grows costs more than one that is written over.
    conn.pragma_update(None, "wal_autocheckpoint", 256)?;
    conn.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")?;
    Ok(conn)
}
