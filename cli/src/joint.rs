//! `scenario joint`: five people fill one run at once.

use std::time::Instant;

use frontline_content::words::count_of;
use frontline_sim::demo::sample_content;
use frontline_sim::joint::{self, Figures, Options, Report};
use serde_json::json;

use crate::args_proof::Joint;
use crate::failure::{Done, Failure, print};
use crate::scenario::{writable, write_json};

#[allow(clippy::disallowed_methods, reason = "how long it took is told; what is lived has its own clock")]
pub fn run(it: Joint) -> Done {
    if it.runs + it.cores == 0 {
        return Err(Failure::wrong_use("say with --runs or --cores how many".to_owned()));
    }
    writable(it.json.as_deref())?;
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = it.jobs.unwrap_or_else(cores).min(64);
    let options = Options { seed: it.seed, runs: it.runs, cores: it.cores, jobs, content: sample_content() };
    let mut rows = json!({});
    let mut failed = 0;
    let kinds: [(&str, Kind); 2] = [("documents", joint::documents), ("phones", joint::cores)];
    for (name, live) in kinds {
        let began = Instant::now();
        // A world of its own has its own threads: those of this program stand aside.
        let report = tokio::task::block_in_place(|| live(&options)).map_err(Failure::failed)?;
        let seconds = began.elapsed().as_secs_f64();
        if report.lived.is_empty() {
            continue;
        }
        failed += told(name, &report, seconds);
        rows[name] = report.figures.json();
        rows[name]["runs"] = json!(report.lived.len());
        rows[name]["seconds"] = json!((seconds * 10.0).round() / 10.0);
        rows[name]["failed"] = json!(report.failed().map(|one| one.seed).collect::<Vec<_>>());
    }
    if let Some(path) = it.json {
        rows["first_seed"] = json!(it.seed);
        write_json(&path, &rows)?;
    }
    if failed == 0 { Ok(()) } else { Err(Failure::said()) }
}

type Kind = fn(&Options) -> Result<Report, String>;

/// Says what happened; gives how many failed.
fn told(name: &str, report: &Report, seconds: f64) -> usize {
    for one in report.failed() {
        let kind = if name == "documents" { "--runs 1" } else { "--runs 0 --cores 1" };
        print(&format!("FAILED  frontline scenario joint {kind} --seed {}", one.seed));
        one.problems.iter().for_each(|problem| print(&format!("        {problem}")));
    }
    print(&story(name, &report.figures));
    let (runs, failed) = (report.lived.len(), report.failed().count());
    print(&format!(
        "{name}: {}, {}, {}, {seconds:.1} s; {} held, {failed} failed",
        count_of(runs, "run", "runs"),
        counted(report.figures.edits, "edit", "edits"),
        counted(report.figures.clashes, "clash stood", "clashes stood"),
        runs - failed
    ));
    failed
}

fn counted(n: u64, one: &str, many: &str) -> String {
    count_of(usize::try_from(n).unwrap_or(usize::MAX), one, many)
}

fn story(name: &str, f: &Figures) -> String {
    format!(
        "{name}: {} edits, {} on screens that showed an older state, {} taken back, {} to repeats, {} photos, {} notes, {} clashes settled; \
         handed in {} times, signed {}, given back {}, {} answers met a signed run, {} of signers, {} not asked of whoever tried; \
         {} signed by all, {} lapsed\n\
         {name}: {} messages, {} lost, {} twice, {} late, {} steps or syncs without a network, {} changes waited at the server; \
         at the end {} clashes of {} values stood, {} answers to what is not there",
        f.edits,
        f.on_old_screens,
        f.taken_back,
        f.repeats,
        f.photos,
        f.notes,
        f.settled,
        f.submitted,
        f.signed_off,
        f.returned,
        f.locked,
        f.of_signers,
        f.not_asked,
        f.signed_by_all,
        f.lapsed,
        f.messages,
        f.lost,
        f.twice,
        f.late,
        f.alone,
        f.waited,
        f.clashes,
        f.clash_values,
        f.hidden,
    )
}
