//! `scenario evidence`: what was tried, as a table for `docs/reliability.md`, from the figures that `tests/run` left.
//! A page that is written by hand says what somebody remembers.

use std::cell::RefCell;
use std::path::Path;

use serde_json::Value;

use crate::args::Evidence;
use crate::failure::{Done, Failure, print};
use crate::when;

/// Between these two lines it is written anew.
const BEGIN: &str = "<!-- written by: frontline scenario evidence -->";
const END: &str = "<!-- until here -->";

/// One line of the table: what was tried, the file of its figures, the command that tries it again, and what they say.
struct Line {
    what: &'static str,
    file: &'static str,
    command: fn(&Figures) -> String,
    said: fn(&Figures) -> String,
}

const LINES: [Line; 8] = [
    Line { what: "stories", file: "scenarios.json", command: |_| "frontline scenario run tests/scenarios".into(), said: stories },
    Line {
        what: "the same, each phone a program",
        file: "scenarios-driven.json",
        command: |_| "frontline scenario run tests/scenarios --driver 'frontline device do --story'".into(),
        said: stories,
    },
    Line {
        what: "the simulator",
        file: "simulator.json",
        command: |it| format!("frontline scenario fuzz --seed {} --seeds {} --steps 400", it.f("first_seed"), it.f("seeds")),
        said: simulator,
    },
    Line {
        what: "processes killed",
        file: "kills.json",
        command: |it| format!("frontline kills --count {} --seed {}", it.f("kills"), it.f("seed")),
        said: kills,
    },
    Line {
        what: "the disk under the store",
        file: "faults.json",
        command: |it| format!("frontline faults --points {} --seed {}", it.f("points"), it.f("seed")),
        said: faults,
    },
    Line {
        what: "damaged stores",
        file: "damage.json",
        command: |it| format!("frontline damage --count {} --seed {}", it.f("stores"), it.f("seed")),
        said: damage,
    },
    Line {
        what: "a reconnect storm",
        file: "storm.json",
        command: |it| format!("frontline bench storm --devices {} --entries {}", it.f("storm_devices"), it.f("storm_entries_each")),
        said: storm,
    },
    Line { what: "the demo", file: "demo.json", command: |_| "frontline demo --exit --seed 7".into(), said: demo },
];

/// What a file holds, and which figures were asked for that it does not have.
struct Figures {
    all: Value,
    missing: RefCell<Vec<String>>,
}

impl Figures {
    /// A figure as it stands there.
    fn f(&self, name: &str) -> String {
        match &self.all[name] {
            Value::Null => {
                self.missing.borrow_mut().push(name.to_owned());
                String::new()
            }
            Value::Array(list) => list.len().to_string(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

pub fn run(it: &Evidence) -> Done {
    if it.commit.trim().is_empty() {
        return Err(Failure::wrong_use("--commit is empty: say what the figures are of"));
    }
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
        let all =
            serde_json::from_str(&read(&path)?).map_err(|e| Failure::failed(format!("{} does not hold figures: {e}", path.display())))?;
        let figures = Figures { all, missing: RefCell::default() };
        table.push_str(&format!("| {} | `{}` | {} |\n", line.what, (line.command)(&figures), (line.said)(&figures)));
        if let Some(name) = figures.missing.into_inner().first() {
            return Err(Failure::failed(format!("{} has no figure ‘{name}’; tests/run writes it anew", path.display())));
        }
    }
    Ok(table)
}

fn read(path: &Path) -> Result<String, Failure> {
    let hint = if path.extension().is_some_and(|is| is == "json") { "; tests/run writes it" } else { "" };
    std::fs::read_to_string(path).map_err(|e| Failure::failed(format!("{} can't be read: {e}{hint}", path.display())))
}

fn stories(figures: &Figures) -> String {
    let all = figures.all.as_object().cloned().unwrap_or_default();
    let left_out = all.values().filter(|state| state["left_out"].is_string()).count();
    let failed = all.values().filter(|state| state["failed"] == Value::Bool(true)).count();
    if all.is_empty() {
        figures.f("of any story");
    }
    format!("{} stories played, {failed} failed, {left_out} left out", all.len() - left_out)
}

fn simulator(it: &Figures) -> String {
    format!(
        "seeds from {}: {} of them, {} steps, {} failed; {} captured, {} acknowledged and looked for in the end; {} phones and {} servers killed, {} amid a write; {} restores of the server, {} clones, {} phones full; trace {}; {} s",
        it.f("first_seed"),
        it.f("seeds"),
        it.f("steps"),
        it.f("failed"),
        it.f("captured"),
        it.f("acknowledged"),
        it.f("phones_killed"),
        it.f("servers_killed"),
        it.f("torn"),
        it.f("servers_restored"),
        it.f("clones"),
        it.f("full"),
        it.f("trace"),
        it.f("seconds"),
    )
}

fn kills(it: &Figures) -> String {
    format!(
        "{} kills (seed {}): {} phones that captured, {} that synced, {} servers; {} acknowledged, {} lost; {} s",
        it.f("kills"),
        it.f("seed"),
        it.f("phones_capturing"),
        it.f("phones_syncing"),
        it.f("servers"),
        it.f("acknowledged"),
        it.f("lost"),
        it.f("seconds"),
    )
}

fn faults(it: &Figures) -> String {
    format!(
        "{} points of {} different ones (seed {}): {} ended whole, {} absent, {} in between, {} failed; {} s",
        it.f("points"),
        it.f("different_points"),
        it.f("seed"),
        it.f("whole"),
        it.f("absent"),
        it.f("between"),
        it.f("failed"),
        it.f("seconds"),
    )
}

fn damage(it: &Figures) -> String {
    format!(
        "{} stores: {} noticed when opened, {} by the check, {} opened as they were, and {} captures gone from those; of {} whole captures {} found again, of all {} unsent ones {}; {} failed",
        it.f("stores"),
        it.f("noticed_at_opening"),
        it.f("noticed_by_check"),
        it.f("opened_as_is"),
        it.f("gone_unnoticed"),
        it.f("whole"),
        it.f("whole_recovered"),
        it.f("unsent"),
        it.f("recovered"),
        it.f("failed"),
    )
}

fn storm(it: &Figures) -> String {
    format!(
        "{} phones with {} entries each: {} stored, {} exchanges broke off; {} s, the server at {} MiB",
        it.f("storm_devices"),
        it.f("storm_entries_each"),
        it.f("storm_stored"),
        it.f("storm_unanswered"),
        it.f("storm_drained_s"),
        it.f("storm_server_peak_mib"),
    )
}

fn demo(it: &Figures) -> String {
    format!(
        "{} phones: {} stored, {} lost, {} killed, {} restores; replicas agree: {}",
        it.f("devices"),
        it.f("stored"),
        it.f("lost"),
        it.f("kills"),
        it.f("restores"),
        it.f("replicas_agree"),
    )
}
