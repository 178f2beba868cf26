//! Push and pull of interactions over loopback HTTP, and the exchange when nothing is new. The yardstick is
//! the same bytes written to a file and flushed, and sent over a loopback socket: what disk and network cost.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{Ground, figure};
use crate::phone::Phone;

/// Facts: half of them open a contact, half close it.
const FACTS: usize = 2_000;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut author = ground.world.enrol("author", "ana-pereira", "harbour").await?;
    let mut reader = ground.world.enrol("reader", "ben-okafor", "harbour").await?;
    ask(&mut author, json!({"do": "sync.now"})).await?;
    ask(&mut reader, json!({"do": "sync.now"})).await?;
    for _ in 0..FACTS / 2 {
        let opened = ask(&mut author, json!({"do": "interactions.open", "reason": "refund", "channel": "in-person"})).await?;
        ask(&mut author, json!({"do": "interactions.close", "id": opened["id"], "reason": "refund", "outcome": "solved"})).await?;
    }
    let start = Instant::now();
    let pushed = ask(&mut author, json!({"do": "sync.now"})).await?;
    let push_s = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let pulled = ask(&mut reader, json!({"do": "sync.now"})).await?;
    let pull_s = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let idle = ask(&mut author, json!({"do": "sync.now"})).await?;
    let idle_s = start.elapsed().as_secs_f64();

    let per_fact = |said: &Value, field: &str| figure(said[field].as_f64().unwrap_or(0.0) / FACTS as f64);
    out.insert("facts".to_owned(), json!(FACTS));
    out.insert("push_s".to_owned(), figure(push_s));
    out.insert("push_per_s".to_owned(), json!((FACTS as f64 / push_s).round()));
    out.insert("push_stored".to_owned(), pushed["stored"].clone());
    out.insert("wire_up_b_per_fact".to_owned(), per_fact(&pushed, "bytes_up"));
    out.insert("pull_s".to_owned(), figure(pull_s));
    out.insert("pull_per_s".to_owned(), json!((FACTS as f64 / pull_s).round()));
    out.insert("pull_received".to_owned(), pulled["received"].clone());
    out.insert("wire_down_b_per_fact".to_owned(), per_fact(&pulled, "bytes_down"));
    let bytes = usize::try_from(pushed["bytes_up"].as_u64().unwrap_or(0)).unwrap_or(0);
    let floor = flushed_write(&ground.folder.path().join("floor"), bytes).map_err(|e| e.to_string())?;
    out.insert("push_over_flushed_write".to_owned(), figure(push_s / floor));
    out.insert("idle_ms".to_owned(), figure(idle_s * 1e3));
    out.insert("idle_round_trips".to_owned(), idle["round_trips"].clone());
    out.insert("idle_body_b".to_owned(), json!(idle["bytes_up"].as_u64().unwrap_or(0) + idle["bytes_down"].as_u64().unwrap_or(0)));
    ground.world.stop().await;
    Ok(())
}

async fn ask(phone: &mut Phone, line: Value) -> Result<Value, String> {
    let said = phone.call(line).await;
    if said["ok"] == json!(true) { Ok(said) } else { Err(said["message"].as_str().unwrap_or("no answer").to_owned()) }
}

/// Seconds to write so many bytes to a file and flush it to the disk.
fn flushed_write(path: &Path, bytes: usize) -> std::io::Result<f64> {
    let start = Instant::now();
    let mut file = std::fs::File::create(path)?;
    file.write_all(&vec![7; bytes])?;
    file.sync_all()?;
    Ok(start.elapsed().as_secs_f64())
}
