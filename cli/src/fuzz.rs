//! `scenario fuzz`: random stories out of seeds.

use frontline_content::words::count_of;
use frontline_sim::demo::sample_content;
use frontline_sim::fuzz::{self, Figures, Lived, Options};
use serde_json::json;

use crate::args::Fuzz;
use crate::failure::{Done, Failure, print};
use crate::scenario::{writable, write_json};

#[allow(clippy::disallowed_methods, reason = "how long it took is told; what is lived has its own clock")]
pub fn run(it: Fuzz) -> Done {
    if std::env::var_os("FRONTLINE_LOG").is_some() {
        crate::serve::logs();
    }
    writable(it.json.as_deref())?;
    writable(it.log.as_deref())?;
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options {
        seed: it.seed,
        seeds: it.seeds,
        steps: it.steps,
        jobs: it.jobs.unwrap_or_else(cores).min(64),
        content: sample_content(),
        lines: it.log.is_some(),
    };
    // A world of its own has its own threads: those of this program stand aside.
    let began = std::time::Instant::now();
    let report = tokio::task::block_in_place(|| fuzz::run(&options, told)).map_err(Failure::failed)?;
    let seconds = began.elapsed().as_secs_f64().max(0.001);
    let steps_per_s = (report.figures.steps as f64 / seconds).round();
    if let Some(path) = it.log {
        let lines: String = report.lived.iter().flat_map(|one| one.lines.iter().map(|line| format!("{} {line}\n", one.seed))).collect();
        std::fs::write(&path, lines).map_err(|e| Failure::failed(format!("{} can't be written: {e}", path.display())))?;
    }
    if let Some(path) = it.json {
        let mut figures = report.json();
        figures["seconds"] = json!((seconds * 10.0).round() / 10.0);
        figures["steps_per_s"] = json!(steps_per_s);
        write_json(&path, &figures)?;
    }
    print(&story(&report.figures));
    let failed = report.failed().count();
    print(&format!(
        "{}, {}; {seconds:.1} s, {steps_per_s} steps/s; trace {}; {} held, {failed} failed",
        count_of(report.lived.len(), "seed", "seeds"),
        count_of(usize::try_from(report.figures.steps).unwrap_or(usize::MAX), "step", "steps"),
        report.trace(),
        report.lived.len() - failed
    ));
    if failed == 0 { Ok(()) } else { Err(Failure::said()) }
}

/// A seed that failed says how it is lived again.
fn told(one: &Lived) {
    if one.problems.is_empty() {
        return;
    }
    print(&format!("FAILED  frontline scenario fuzz --seed {} --steps {}", one.seed, one.figures.steps));
    one.problems.iter().for_each(|problem| print(&format!("        {problem}")));
}

fn story(f: &Figures) -> String {
    format!(
        "{} syncs in {} requests; {} cut or lost, {} twice, {} late; {} phones and {} servers killed, {} amid a write; \
         {} backups, {} restores of the server and {} of phones, {} clones, {} clocks set; {} phones full, {} times no room; {} changes of rights, {} let in, {} forgotten\n\
         {} captured; {} acknowledged and asked for in the end, {} more went with phones that were set back to before them; at the server {} stored, {} quarantined, {} waiting; at rest after {} rounds at most",
        f.syncs,
        f.requests,
        f.cuts,
        f.twice,
        f.late,
        f.phones_killed,
        f.servers_killed,
        f.torn,
        f.backups,
        f.servers_restored,
        f.phones_restored,
        f.clones,
        f.clock_jumps,
        f.full,
        f.no_room,
        f.rights,
        f.let_in,
        f.forgotten,
        f.captured,
        f.acknowledged,
        f.went_with_phones,
        f.stored,
        f.quarantined,
        f.held,
        f.rounds,
    )
}
