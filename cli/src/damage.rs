//! `damage`: stores whose files were spoiled.

use frontline_sim::damage::{self, Found, Options};
use frontline_sim::demo::sample_content;
use serde_json::json;

use crate::args::Damage;
use crate::failure::{Done, Failure, print};
use crate::scenario::{writable, write_json};

pub fn run(it: Damage) -> Done {
    writable(it.json.as_deref())?;
    let options = Options { count: it.count, seed: it.seed, content: sample_content() };
    let told = |one: &Found| {
        if !one.problems.is_empty() || one.whole_back < one.whole {
            let word = if one.problems.is_empty() { "LOST" } else { "FAILED" };
            print(&format!("{word}  {}: {} of {} whole captures are there", one.name, one.whole_back, one.whole));
            one.problems.iter().for_each(|problem| print(&format!("        {problem}")));
        }
    };
    // Its phones have a thread of their own: those of this program stand aside.
    let report = tokio::task::block_in_place(|| damage::run(&options, told)).map_err(Failure::failed)?;
    if let Some(path) = it.json {
        let mut figures = report.json();
        figures["seed"] = json!(it.seed);
        write_json(&path, &figures)?;
    }
    let t = report.total;
    print(&report.table());
    print(&format!(
        "{} stores, {} set aside and none deleted; {} opened as they were, {} captures gone from those without a word; {} of {} whole unsent captures are there (99 in 100 are asked for), and {} of {} in all; {} failed",
        t.stores,
        t.at_opening + t.at_check,
        t.unnoticed,
        t.unnoticed_gone,
        t.whole_back,
        t.whole,
        t.back,
        t.unsent,
        t.failed
    ));
    if report.holds() { Ok(()) } else { Err(Failure::said()) }
}
