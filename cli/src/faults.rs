//! `faults`: a phone's store on a disk that fails at any operation.

use std::sync::atomic::{AtomicUsize, Ordering};

use frontline_sim::demo::sample_content;
use frontline_sim::faults::{self, Ended, Options};
use serde_json::json;

use crate::args::Faults;
use crate::failure::{Done, Failure, print};
use crate::scenario::{writable, write_json};

/// So many failed points are told one by one.
const TOLD: usize = 30;

#[allow(clippy::disallowed_methods, reason = "how long it took is told")]
pub fn run(it: Faults) -> Done {
    writable(it.json.as_deref())?;
    let jobs = it.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).min(64);
    let options = Options { points: it.points, seed: it.seed, jobs, only: it.only.unwrap_or_default(), content: sample_content() };
    let (began, failed) = (std::time::Instant::now(), AtomicUsize::new(0));
    let told = |one: &Ended| {
        if !one.problems.is_empty() && failed.fetch_add(1, Ordering::SeqCst) < TOLD {
            print(&format!("FAILED  {}", one.name));
            one.problems.iter().for_each(|problem| print(&format!("        {problem}")));
        }
    };
    // Its phones have threads of their own: those of this program stand aside.
    let report = tokio::task::block_in_place(|| faults::run(&options, told)).map_err(Failure::failed)?;
    let seconds = began.elapsed().as_secs_f64();
    if let Some(path) = it.json {
        let mut figures = report.json();
        figures["seed"] = json!(it.seed);
        figures["seconds"] = json!((seconds * 10.0).round() / 10.0);
        write_json(&path, &figures)?;
    }
    let total = report.total;
    print(&report.table());
    print(&format!(
        "of each: whole + absent (+ in between, of what commits more than once)\n\
         {} points of {} different ones, {seconds:.1} s: {} ended whole, {} absent, {} in between; {} failed",
        total.points, report.all, total.whole, total.absent, total.between, total.failed
    ));
    if report.holds() { Ok(()) } else { Err(Failure::said()) }
}
