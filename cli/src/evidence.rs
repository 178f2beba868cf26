//! `scenario evidence`: what was tried, as a table for `docs/reliability.md`, from the figures that `tests/run` left.
//! A page that is written by hand says what somebody remembers.

use std::path::Path;

use serde_json::Value;

use crate::args::Evidence;
use crate::failure::{Done, Failure, print};
use crate::when;

/// Between these two lines it is written anew.
const BEGIN: &str = "<!-- written by: frontline scenario evidence -->";
const END: &str = "<!-- until here -->";

/// One line of the table: what was tried, the command, the file of its figures, and what they say.
struct Line {
    what: &'static str,
    command: &'static str,
    file: &'static str,
    said: fn(&Value) -> String,
}

const LINES: [Line; 8] = [
    Line { what: "stories", command: "frontline scenario run", file: "scenarios.json", said: stories },
    Line { what: "the same, each phone a program", command: "… --driver", file: "scenarios-driven.json", said: stories },
    Line { what: "the simulator", command: "frontline scenario fuzz", file: "simulator.json", said: simulator },
    Line { what: "processes killed", command: "frontline kills", file: "kills.json", said: kills },
    Line { what: "the disk under the store", command: "frontline faults", file: "faults.json", said: faults },
    Line { what: "damaged stores", command: "frontline damage", file: "damage.json", said: damage },
    Line { what: "a reconnect storm", command: "frontline bench storm", file: "storm.json", said: storm },
    Line { what: "the demo", command: "frontline demo", file: "demo.json", said: demo },
];

pub fn run(it: &Evidence) -> Done {
    let table = table(&it.from, &it.commit)?;
    let Some(into) = &it.into else {
        print(table.trim_end());
        return Ok(());
    };
    let page = read(into)?;
    let said = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = said else {
        return Err(Failure::failed(format!("{} has no place for it: a line ‘{BEGIN}’, and below it ‘{END}’", into.display())));
    };
    std::fs::write(into, format!("{before}{BEGIN}\n{table}{END}{after}"))
        .map_err(|e| Failure::failed(format!("{} can't be written: {e}", into.display())))
}

fn table(from: &Path, commit: &str) -> Result<String, Failure> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let day = when::iso(when::now_ms());
    let day = day.split('T').next().unwrap_or_default();
    let mut table = format!(
        "Commit {commit}, {day}, {} with {cores} cores:\n\n| what | command | what it printed |\n|---|---|---|\n",
        std::env::consts::OS
    );
    for line in &LINES {
        let path = from.join(line.file);
        let figures: Value =
            serde_json::from_str(&read(&path)?).map_err(|e| Failure::failed(format!("{} does not hold figures: {e}", path.display())))?;
        table.push_str(&format!("| {} | `{}` | {} |\n", line.what, line.command, (line.said)(&figures)));
    }
    Ok(table)
}

fn read(path: &Path) -> Result<String, Failure> {
    let hint = if path.extension().is_some_and(|is| is == "json") { "; tests/run writes it" } else { "" };
    std::fs::read_to_string(path).map_err(|e| Failure::failed(format!("{} can't be read: {e}{hint}", path.display())))
}

/// A figure as it stands there; a question mark where it is missing, which nobody takes for a zero.
fn f(figures: &Value, name: &str) -> String {
    match &figures[name] {
        Value::Null => "?".to_owned(),
        Value::Array(list) => list.len().to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn stories(figures: &Value) -> String {
    format!("{} stories", figures.as_object().map_or(0, serde_json::Map::len))
}

fn simulator(it: &Value) -> String {
    format!(
        "seeds from {}: {} of them, {} steps, {} failed; {} captured, {} acknowledged; {} phones and {} servers killed, {} amid a write; {} restores of the server, {} clones, {} phones full; trace {}; {} s",
        f(it, "first_seed"),
        f(it, "seeds"),
        f(it, "steps"),
        f(it, "failed"),
        f(it, "captured"),
        f(it, "acknowledged"),
        f(it, "phones_killed"),
        f(it, "servers_killed"),
        f(it, "torn"),
        f(it, "servers_restored"),
        f(it, "clones"),
        f(it, "full"),
        f(it, "trace"),
        f(it, "seconds"),
    )
}

fn kills(it: &Value) -> String {
    format!(
        "{} kills (seed {}): {} phones that captured, {} that synced, {} servers; {} acknowledged, {} lost; {} s",
        f(it, "kills"),
        f(it, "seed"),
        f(it, "phones_capturing"),
        f(it, "phones_syncing"),
        f(it, "servers"),
        f(it, "acknowledged"),
        f(it, "lost"),
        f(it, "seconds"),
    )
}

fn faults(it: &Value) -> String {
    format!(
        "{} points of {} different ones (seed {}): {} ended whole, {} absent, {} in between, {} failed; {} s",
        f(it, "points"),
        f(it, "different_points"),
        f(it, "seed"),
        f(it, "whole"),
        f(it, "absent"),
        f(it, "between"),
        f(it, "failed"),
        f(it, "seconds"),
    )
}

fn damage(it: &Value) -> String {
    format!(
        "{} stores: {} noticed when opened, {} by the check, {} needed nothing; of {} whole captures {} found again, of all {} unsent ones {}; {} failed",
        f(it, "stores"),
        f(it, "noticed_at_opening"),
        f(it, "noticed_by_check"),
        f(it, "harmless"),
        f(it, "whole"),
        f(it, "whole_recovered"),
        f(it, "unsent"),
        f(it, "recovered"),
        f(it, "failed"),
    )
}

fn storm(it: &Value) -> String {
    format!(
        "{} phones with {} entries each: {} stored, {} exchanges broke off; {} s, the server at {} MiB",
        f(it, "storm_devices"),
        f(it, "storm_entries_each"),
        f(it, "storm_stored"),
        f(it, "storm_unanswered"),
        f(it, "storm_drained_s"),
        f(it, "storm_server_peak_mib"),
    )
}

fn demo(it: &Value) -> String {
    format!(
        "{} phones: {} stored, {} lost, {} killed, {} restores; replicas agree: {}",
        f(it, "devices"),
        f(it, "stored"),
        f(it, "lost"),
        f(it, "kills"),
        f(it, "restores"),
        f(it, "replicas_agree"),
    )
}
