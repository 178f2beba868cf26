//! Opening a store that holds work, to its first list; the yardstick is opening a new, empty one.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{Ground, figure, median, memory};
use crate::phone::folder;
use crate::time::{Seeded, StoryClock};
use crate::verbs::Handset;

const FACTS: usize = 1_000;
const TIMES: usize = 9;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut phone = ground.world.enrol("phone", "ana-pereira", "harbour").await?;
    phone.call(json!({"do": "sync.now"})).await;
    for i in 0..FACTS {
        phone.call(json!({"do": "feedback.give", "touchpoint": "harbour-front-desk", "score": 1 + i % 5})).await;
    }
    phone.close().await;
    let dir = folder(ground.folder.path(), "phone");
    let (mut full, mut fresh) = (Vec::new(), Vec::new());
    let before = memory::rss_kib();
    for i in 0..TIMES {
        full.push(open(&ground, &dir).await?);
        fresh.push(open(&ground, &ground.folder.path().join(format!("fresh-{i}"))).await?);
    }
    let (full, fresh) = (median(&mut full), median(&mut fresh));
    out.insert("open_small_ms".to_owned(), figure(full));
    out.insert("open_empty_ms".to_owned(), figure(fresh));
    out.insert("open_ratio".to_owned(), figure(full / fresh));
    out.insert("open_rss_growth_kib".to_owned(), json!(memory::rss_kib().saturating_sub(before)));
    ground.world.stop().await;
    Ok(())
}

/// Milliseconds from nothing to the first list.
async fn open(ground: &Ground, dir: &Path) -> Result<f64, String> {
    let clock = StoryClock::new(Arc::clone(&ground.world.time), 1);
    let start = Instant::now();
    let mut handset = Handset::open(dir, clock, Seeded::new(3)).map_err(|e| e.to_string())?;
    handset.call(&json!({"do": "device.list", "topic": "runs"})).await;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}
