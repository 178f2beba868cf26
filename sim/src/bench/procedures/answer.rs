//! A large run opened; and one answer, durable, over one raw one-row commit of the same SQLite in the same mode under a
//! key, as [`super::super::capture`] has it. They take turns, so that both see the same disk.

use std::path::Path;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::super::capture::{commit, micros, raw};
use super::super::{figure, median, memory};
use super::{Floor, ITEMS, LARGE, answered, put};

const OPENED: usize = 101;
/// Runs whose answers are measured, and those before them that fill the logs.
const RUNS: usize = 15;
const WARM: usize = 8;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut floor = Floor::new(content).await?;
    let mut phone = floor.world.enrol("phone", "ana-pereira", "harbour").await?;
    phone.call(json!({"do": "sync.now"})).await;
    let core = phone.core().ok_or("the phone is in this process")?;
    let words = |e: frontline_device::Error| e.to_string();

    let large = core.procedures().start("large").map_err(words)?;
    for item in 0..LARGE {
        answered(core, &large, item, 0)?;
    }
    let before = memory::rss_kib();
    let (mut opens, mut screens) = (Vec::with_capacity(OPENED), Vec::with_capacity(OPENED));
    for _ in 0..OPENED {
        let start = Instant::now();
        let detail = core.procedures().detail(&large).map_err(words)?;
        opens.push(micros(start) / 1e3);
        if detail.answered != u32::try_from(LARGE).unwrap_or(0) {
            return Err(format!("{} of {LARGE} items are answered", detail.answered));
        }
        let start = Instant::now();
        core.procedures().screen(&large).map_err(words)?;
        screens.push(micros(start) / 1e3);
    }
    let growth = memory::rss_kib().saturating_sub(before);
    put(out, "run_open_ms", &mut opens);
    put(out, "run_screen_ms", &mut screens);
    out.insert("run_open_rss_growth_kib".to_owned(), json!(growth));

    let yardstick = raw(&floor.folder.path().join("raw.db"), 256).map_err(|e| e.to_string())?;
    let (mut answers, mut rows) = (Vec::new(), Vec::new());
    for n in 0..WARM + RUNS {
        let run = core.procedures().start("round").map_err(words)?;
        for item in 0..ITEMS {
            rows.push(commit(&yardstick).map_err(|e| e.to_string())?);
            let start = Instant::now();
            answered(core, &run, item, n)?;
            answers.push(micros(start));
        }
    }
    for all in [&mut answers, &mut rows] {
        all.drain(..WARM * ITEMS);
    }
    put(out, "answer_us", &mut answers);
    let (answer, row) = (median(&mut answers), median(&mut rows));
    out.insert("answer_raw_commit_us".to_owned(), figure(row));
    out.insert("answer_ratio".to_owned(), figure(answer / row));
    floor.world.stop().await;
    Ok(())
}
