//! A shift lead's phone that holds two thousand runs: the first piece of its list, and opening one of them. Lists
//! come from rows; what is open is all that is loaded.

use std::path::Path;
use std::time::Instant;

use frontline_device::services::piece::Piece;
use serde_json::{Map, Value, json};

use super::{Ground, figure, median, memory};

const RUNS: usize = 2_000;
const TIMES: usize = 21;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut ana = ground.world.enrol("ana", "ana-pereira", "harbour").await?;
    let mut ben = ground.world.enrol("ben", "ben-okafor", "harbour").await?;
    ana.call(json!({"do": "sync.now"})).await;
    ben.call(json!({"do": "sync.now"})).await;
    for _ in 0..RUNS {
        let run = ana.call(json!({"do": "procedures.start", "procedure": "fridge-log"})).await;
        ana.call(json!({"do": "procedures.answer", "run": run["id"], "item": "milk-fridge", "value": 4})).await;
    }
    ana.call(json!({"do": "sync.now"})).await;
    let start = Instant::now();
    let pulled = ben.call(json!({"do": "sync.now"})).await;
    let pull_s = start.elapsed().as_secs_f64();
    let core = ben.core().ok_or("the phone is in this process")?;
    let before = memory::rss_kib();
    let (mut lists, mut opens) = (Vec::with_capacity(TIMES), Vec::with_capacity(TIMES));
    for n in 0..TIMES {
        let start = Instant::now();
        let piece = core.procedures().list(&Piece { after: None, count: Some(20) }).map_err(|e| e.to_string())?;
        lists.push(start.elapsed().as_secs_f64() * 1e3);
        let id = &piece.list.get(n % piece.list.len().max(1)).ok_or("the list is empty")?.id;
        let start = Instant::now();
        core.procedures().detail(id).map_err(|e| e.to_string())?;
        opens.push(start.elapsed().as_secs_f64() * 1e3);
    }
    out.insert("runs_held".to_owned(), pulled["received"].clone());
    out.insert("runs_pull_s".to_owned(), figure(pull_s));
    out.insert("runs_list_ms".to_owned(), figure(median(&mut lists)));
    out.insert("runs_open_ms".to_owned(), figure(median(&mut opens)));
    out.insert("runs_rss_growth_kib".to_owned(), json!(memory::rss_kib().saturating_sub(before)));
    ground.world.stop().await;
    Ok(())
}
