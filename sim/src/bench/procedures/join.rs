//! Fifty edits that a colleague made offline, taken into a run of 40 items that is here with its own answers: what the
//! phone does beside waiting for the network, durable. And what such a run weighs when it is sent.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::super::{figure, median, memory};
use super::line::Line;
use super::{Floor, ITEMS, answered, put};

const EDITS: usize = 50;
const TIMES: usize = 31;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut floor = Floor::new(content).await?;
    let (mut ana, mut ben) =
        (floor.world.enrol("ana", "ana-pereira", "harbour").await?, floor.world.enrol("ben", "ben-okafor", "harbour").await?);
    let line = Arc::new(Line::new()?);
    ben.core().ok_or("the phone is in this process")?.use_transport(line.clone());
    for phone in [&mut ana, &mut ben] {
        phone.call(json!({"do": "sync.now"})).await;
    }
    let words = |e: frontline_device::Error| e.to_string();
    let (ana, ben) = (ana.core().ok_or("no core")?, ben.core().ok_or("no core")?);
    let before = memory::rss_kib();
    let (mut joins, mut idles, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..TIMES {
        let run = ana.procedures().start("round").map_err(words)?;
        for item in 0..ITEMS {
            answered(ana, &run, item, n)?;
        }
        sent.push(ana.sync_now().await.map_err(words)?.bytes_up as f64);
        ben.sync_now().await.map_err(words)?;
        // What both hold now, one goes on with offline: an answer each, and ten of them once more.
        for edit in 0..EDITS {
            answered(ana, &run, edit % ITEMS, n + 1 + edit / ITEMS)?;
        }
        floor.world.time.advance(60_000);
        ana.sync_now().await.map_err(words)?;
        line.waited();
        let start = Instant::now();
        let report = ben.sync_now().await.map_err(words)?;
        let took = start.elapsed().saturating_sub(line.waited());
        if report.done.received != EDITS as u64 {
            return Err(format!("{} of {EDITS} edits came", report.done.received));
        }
        joins.push(took.as_secs_f64() * 1e3);
        let start = Instant::now();
        ben.sync_now().await.map_err(words)?;
        idles.push(start.elapsed().saturating_sub(line.waited()).as_secs_f64() * 1e3);
    }
    put(out, "join_50_ms", &mut joins);
    out.insert("join_idle_ms".to_owned(), figure(median(&mut idles)));
    out.insert("join_rss_growth_kib".to_owned(), json!(memory::rss_kib().saturating_sub(before)));
    out.insert("run_40_b".to_owned(), figure(median(&mut sent)));
    floor.world.stop().await;
    Ok(())
}
