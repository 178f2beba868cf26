//! One tap of feedback, durable in the encrypted store, over one raw one-row commit of the same SQLite in the
//! same mode under a key. They take turns, so that all see the same disk. A log that grows costs the file system more
//! than one that is written over: the yardstick's is as long as the store's, and another one, with SQLite's default,
//! grows all the time.

use std::path::Path;
use std::time::Instant;

use frontline_device::services::feedback::FeedbackDraft;
use frontline_device::services::piece::Piece;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{Ground, figure, median};

const TAPS: usize = 400;
/// Before them: a log that was not written to its end yet grows with every commit.
const WARM: usize = 300;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut phone = ground.world.enrol("phone", "ana-pereira", "harbour").await?;
    phone.call(serde_json::json!({"do": "sync.now"})).await;
    let core = phone.core().ok_or("the phone is in this process")?;
    let yardstick = raw(&ground.folder.path().join("raw.db"), 256).map_err(|e| e.to_string())?;
    let growing = raw(&ground.folder.path().join("growing.db"), 1_000).map_err(|e| e.to_string())?;
    let tap = |i: usize| {
        let draft = FeedbackDraft { touchpoint: "harbour-front-desk".to_owned(), score: 1 + (i % 5) as i64, ..FeedbackDraft::default() };
        let start = Instant::now();
        core.feedback().give(draft).map_err(|e| e.to_string())?;
        Ok::<_, String>(micros(start))
    };
    let (mut taps, mut rows, mut others) = (Vec::with_capacity(TAPS), Vec::with_capacity(TAPS), Vec::with_capacity(TAPS));
    for i in 0..WARM + TAPS {
        rows.push(commit(&yardstick).map_err(|e| e.to_string())?);
        others.push(commit(&growing).map_err(|e| e.to_string())?);
        taps.push(tap(i)?);
    }
    for all in [&mut taps, &mut rows, &mut others] {
        all.drain(..WARM);
    }
    // What was appended is settled by whoever reads next: the price of a tap whose list is looked at after each.
    let (mut looked_at, mut both) = (Vec::with_capacity(TAPS), Vec::with_capacity(TAPS));
    let piece = Piece { count: Some(20), ..Piece::default() };
    for i in 0..TAPS {
        let tapped = tap(i)?;
        let start = Instant::now();
        let shown = core.feedback().list(&piece).map_err(|e| e.to_string())?;
        if shown.list.is_empty() {
            return Err("the list is empty".to_owned());
        }
        let looking = micros(start);
        looked_at.push(looking);
        both.push(tapped + looking);
    }
    out.insert("capture_mean_us".to_owned(), figure(taps.iter().sum::<f64>() / taps.len() as f64));
    out.insert("capture_then_list_us".to_owned(), figure(median(&mut both)));
    out.insert("capture_list_us".to_owned(), figure(median(&mut looked_at)));
    let (tap, row, other) = (median(&mut taps), median(&mut rows), median(&mut others));
    out.insert("capture_us".to_owned(), figure(tap));
    out.insert("capture_raw_commit_us".to_owned(), figure(row));
    out.insert("capture_ratio".to_owned(), figure(tap / row));
    out.insert("capture_over_growing_log".to_owned(), figure(tap / other));
    ground.world.stop().await;
    Ok(())
}

pub(super) fn micros(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e6
}

/// Microseconds of one.
pub(super) fn commit(conn: &Connection) -> rusqlite::Result<f64> {
    let start = Instant::now();
    conn.prepare_cached("INSERT INTO t (body) VALUES (randomblob(300))")?.execute([])?;
    Ok(micros(start))
}

/// A store of one table, whose log is moved into the file after so many pages.
pub(super) fn raw(path: &Path, pages: u32) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!("PRAGMA hexkey = '{}'", "7261773a".to_owned() + &"07".repeat(32)))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "secure_delete", "ON")?;
    conn.pragma_update(None, "wal_autocheckpoint", pages)?;
    conn.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")?;
    Ok(conn)
}
