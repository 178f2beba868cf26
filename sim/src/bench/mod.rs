//! Figures, each against a yardstick in the same run: these machines are noisy, and an absolute time alone
//! proves nothing. Nothing here fails on time.
//!
//! [`run`] gives one flat map of names to figures; a row lies in its own file. `docs/performance.md` says what
//! each means and what was measured.

#![allow(clippy::disallowed_methods, reason = "a bench measures real time; nothing it measures is a rule")]

mod capture;
mod choices;
mod ffi;
mod forms;
mod memory;
mod open;
mod pin;
mod procedures;
mod runs;
pub mod storm;
mod wire;

use std::path::Path;

use frontline_content::words::count_of;
use serde_json::{Map, Value, json};

use crate::time::StoryTime;
use crate::world::World;

/// The rows that there are.
pub const NAMES: &[&str] = &["capture", "wire", "growth", "ingest", "held", "open", "runs", "procedures", "pin", "forms", "ffi"];

/// What a bench stands on: a server with the sample company, in a temporary folder.
pub(crate) struct Ground {
    pub world: World,
    pub folder: tempfile::TempDir,
}

impl Ground {
    pub(crate) async fn new(content: &Path) -> Result<Ground, String> {
        let bundle =
            frontline_content::check(content).map_err(|f| format!("the content has {}", count_of(f.len(), "problem", "problems")))?;
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let world = World::open(folder.path(), StoryTime::starting(1_772_431_200_000), 7, &bundle).await?;
        Ok(Ground { world, folder })
    }
}

/// Runs the rows that are named; all where none is. `program` is what serves, as a process of its own; `begins` is told
/// of each part as it begins.
pub async fn run(names: &[String], content: &Path, program: &Path, begins: impl Fn(&str)) -> Result<Map<String, Value>, String> {
    let wanted = |name: &str| {
        let is = names.is_empty() || names.iter().any(|n| n == name);
        if is {
            begins(name);
        }
        is
    };
    let mut out = Map::new();
    // First: what its forms take in memory is seen only where no other row has left room behind.
    if wanted("forms") {
        forms::run(content, &mut out)?;
    }
    if wanted("capture") {
        capture::run(content, &mut out).await?;
    }
    let given = wire::Given { content, program };
    if wanted("wire") {
        wire::run(&given, &mut out).await?;
    }
    if wanted("ingest") {
        wire::ingest::run(&given, &mut out).await?;
    }
    if wanted("held") {
        wire::held::run(&given, &mut out).await?;
    }
    if wanted("growth") {
        wire::growth(&given, &mut out).await?;
    }
    if wanted("runs") {
        runs::run(content, &mut out).await?;
    }
    if wanted("procedures") {
        procedures::run(content, &mut out).await?;
    }
    if wanted("open") {
        open::run(content, &mut out).await?;
    }
    if wanted("pin") {
        pin::run(content, &mut out).await?;
    }
    if wanted("ffi") {
        ffi::run(&given, &mut out).await?;
    }
    out.insert("peak_rss_mib".to_owned(), json!(memory::peak_rss_mib()));
    // Last: an author's machine holds a list whole, and here it is the same process.
    if wanted("forms") {
        choices::run(content, &mut out).await?;
    }
    Ok(out)
}

/// Leaves the store of a phone that is shut under `name` in the folder that `FRONTLINE_BENCH_KEEP` names, for whoever
/// measures the same store from another language.
pub(crate) fn leave(dir: &Path, name: &str) -> Result<(), String> {
    std::env::var_os("FRONTLINE_BENCH_KEEP").map_or(Ok(()), |place| forms::folder(dir, &Path::new(&place).join(name), ""))
}

/// The content of `from` in the new folder `to`, with this procedure as `round` in it.
pub(crate) fn with_procedure(from: &Path, to: &Path, procedure: &str) -> Result<(), String> {
    forms::folder(from, to, procedure)
}

/// Three digits behind the point are more than the noise leaves.
pub(crate) fn figure(x: f64) -> Value {
    json!((x * 1_000.0).round() / 1_000.0)
}

/// The middle one.
pub(crate) fn median(times: &mut [f64]) -> f64 {
    below(times, 50)
}

/// The one that so many of a hundred are below.
pub(crate) fn below(times: &mut [f64], percent: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * percent / 100).copied().unwrap_or(0.0)
}
