//! A large run opened; and one answer, durable, over one raw one-row commit of the same SQLite in the same mode under a
//! key, as [`super::super::capture`] has it. They take turns, so that both see the same disk.

use std::path::Path;
use std::time::Instant;

use frontline_device::Core;
use frontline_device::services::piece::Piece;
use serde_json::{Map, Value, json};

use super::super::capture::{commit, micros, raw};
use super::super::{figure, median, memory};
use super::{Floor, ITEMS, LARGE, answered, put};
use crate::time::StoryTime;

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
    let mean = answers.iter().sum::<f64>() / answers.len() as f64;
    put(out, "answer_us", &mut answers);
    let (answer, row) = (median(&mut answers), median(&mut rows));
    out.insert("answer_mean_us".to_owned(), figure(mean));
    out.insert("answer_raw_commit_us".to_owned(), figure(row));
    out.insert("answer_ratio".to_owned(), figure(answer / row));
    for (name, looks) in [("answer_screen", Looks::AtTheRun), ("answer_list", Looks::AtTheList)] {
        let mut both = looked(core, &floor.world.time, looks)?;
        let mean = both.iter().sum::<f64>() / both.len() as f64;
        out.insert(format!("{name}_us"), figure(median(&mut both)));
        out.insert(format!("{name}_mean_us"), figure(mean));
    }
    floor.world.stop().await;
    Ok(())
}

/// What somebody looks at after each answer.
#[derive(Clone, Copy)]
enum Looks {
    AtTheRun,
    AtTheList,
}

/// An answer and what is looked at behind it, in runs that are filled from nothing.
fn looked(core: &Core, time: &StoryTime, looks: Looks) -> Result<Vec<f64>, String> {
    let words = |e: frontline_device::Error| e.to_string();
    let mut out = Vec::with_capacity(RUNS * ITEMS);
    for n in 0..RUNS {
        // The latest is the first of the list.
        time.advance(1_000);
        let run = core.procedures().start("round").map_err(words)?;
        for item in 0..ITEMS {
            let start = Instant::now();
            answered(core, &run, item, n)?;
            let answered = match looks {
                Looks::AtTheRun => core.procedures().screen(&run).map_err(words)?.answered,
                Looks::AtTheList => {
                    let first = Piece { count: Some(20), ..Piece::default() };
                    core.procedures().list(&first).map_err(words)?.list.first().map_or(0, |row| row.answered)
                }
            };
            out.push(micros(start));
            if answered as usize != item + 1 {
                return Err(format!("{answered} items are answered, not {}", item + 1));
            }
        }
    }
    Ok(out)
}
