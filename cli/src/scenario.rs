//! `scenario`, `kills` and `bench`: what shows itself.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use frontline_content::words::count_of;
use frontline_sim::demo::sample_content;
use frontline_sim::{bench as benches, kills as killing, story};

use crate::args::{Bench, Kills, Scenario};
use crate::failure::{Done, Failure, print, say};
use crate::storm;

/// The bench that runs only where it is named.
const STORM: &str = "storm";

pub async fn run(it: Scenario) -> Done {
    let (files, driver, json, may_leave_out) = match it {
        Scenario::Run { files, driver, json, leave_out } => (files, driver, json, leave_out),
        Scenario::Fuzz(it) => return crate::fuzz::run(it),
        Scenario::Joint(it) => return crate::joint::run(it),
        Scenario::Evidence(it) => return crate::evidence::run(&it),
    };
    writable(json.as_deref())?;
    let (mut failed, mut left_out, mut states, mut steps) = (0, 0, Map::new(), 0);
    // All of them are read before the first is played.
    let mut scripts = Vec::new();
    for file in stories(files)? {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(&file).map_err(|e| Failure::failed(format!("{name}: {e}")))?;
        let script = story::Script::read(&text).map_err(|e| Failure::failed(format!("{name}: {e}")))?;
        scripts.push((name, script));
    }
    let played = scripts.len();
    for (name, script) in scripts {
        let mut outcome = story::play(&script, &sample_content(), driver.as_deref()).await;
        steps += script.steps.len();
        if let Some(why) = &outcome.left_out {
            left_out += 1;
            outcome.state = serde_json::json!({"left_out": why});
            print(&format!("left out  {}: {why}", script.name));
        } else if outcome.failures.is_empty() {
            print(&format!("ok      {} ({})", script.name, count_of(script.steps.len(), "step", "steps")));
        } else {
            failed += 1;
            print(&format!("FAILED  {} ({name})", script.name));
            outcome.failures.iter().for_each(|f| print(&format!("        {f}")));
            // Whoever counts stories from the file counts it as what it is.
            outcome.state["failed"] = Value::Bool(true);
        }
        states.insert(name, outcome.state);
    }
    if let Some(path) = json {
        write_json(&path, &Value::Object(states))?;
    }
    print(&format!("{}, {}", count_of(played, "scenario", "scenarios"), count_of(steps, "step", "steps")));
    if left_out > 0 {
        print(&format!(
            "{left_out} left out: this machine can't play them{}",
            if may_leave_out { "" } else { " (--leave-out asks for that)" }
        ));
    }
    print(&format!("{} passed, {failed} failed", played - failed - left_out));
    if failed == 0 && (left_out == 0 || may_leave_out) { Ok(()) } else { Err(Failure::said()) }
}

/// The files themselves, and of a folder all the stories in it, in the order of their names.
fn stories(named: Vec<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for path in named {
        if !path.is_dir() {
            all.push(path);
            continue;
        }
        let words = |e: std::io::Error| Failure::failed(format!("{}: {e}", path.display()));
        let within: Result<Vec<PathBuf>, _> = std::fs::read_dir(&path).map_err(words)?.map(|entry| entry.map(|e| e.path())).collect();
        let mut within: Vec<PathBuf> = within.map_err(words)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")).collect();
        if within.is_empty() {
            return Err(Failure::failed(format!("{} has no stories: files that end in .yaml", path.display())));
        }
        within.sort();
        all.append(&mut within);
    }
    Ok(all)
}

/// Says before the work that its figures can't be written, not after it.
pub fn writable(json: Option<&Path>) -> Done {
    let Some(path) = json else { return Ok(()) };
    let made = std::fs::OpenOptions::new().create(true).append(true).open(path);
    made.map(drop).map_err(|e| Failure::failed(format!("{} can't be written: {e}", path.display())))
}

/// Kills this very program, as other processes.
pub async fn kills(it: Kills) -> Done {
    writable(it.json.as_deref())?;
    let options = killing::Options { count: it.count, seed: it.seed, program: std::env::current_exe()?, content: sample_content() };
    let figures = killing::run(&options).await.map_err(Failure::failed)?;
    print(&figures.story());
    figures.problems.iter().for_each(|p| print(&format!("FAILED  {p}")));
    if let Some(path) = it.json {
        write_json(&path, &figures.json())?;
    }
    if figures.holds() { Ok(()) } else { Err(Failure::said()) }
}

pub async fn bench(it: Bench) -> Done {
    let known = |name: &str| name == STORM || benches::NAMES.contains(&name);
    if let Some(name) = it.names.iter().find(|n| !known(n)) {
        return Err(Failure::wrong_use(format!("there is no bench ‘{name}’; there are {} and {STORM}", benches::NAMES.join(", "))));
    }
    writable(it.json.as_deref())?;
    let (storms, names): (Vec<String>, Vec<String>) = it.names.into_iter().partition(|n| n == STORM);
    let (mut rows, mut holds) = (Map::new(), true);
    if storms.is_empty() || !names.is_empty() {
        rows = benches::run(&names, &sample_content(), &std::env::current_exe()?, |name| say!("measuring: {name} …"))
            .await
            .map_err(Failure::failed)?;
    }
    if !storms.is_empty() {
        let (more, held) = storm::run(it.storm).await?;
        rows.extend(more);
        holds = held;
    }
    for (name, value) in &rows {
        print(&format!("{name:28} {value}"));
    }
    if let Some(path) = it.json {
        write_json(&path, &Value::Object(rows))?;
    }
    if holds { Ok(()) } else { Err(Failure::said()) }
}

/// Writes a JSON file, readable for a person.
pub fn write_json(path: &Path, value: &Value) -> Done {
    let text = serde_json::to_string_pretty(value)?;
    std::fs::write(path, text + "\n").map_err(|e| Failure::failed(format!("{} can't be written: {e}", path.display())))
}
