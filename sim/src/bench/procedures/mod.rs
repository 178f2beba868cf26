//! Runs: opened, answered, listed and searched, joined, sent. Each on a real device core with its encrypted store.
//!
//! | file | what |
//! |---|---|
//! | [`answer`] | a run of 200 answers opened; an answer, against a raw commit |
//! | [`list`] | ten thousand runs: a page, and a search |
//! | [`join`] | what a colleague answered offline, taken in; what a run weighs on the wire |
//! | [`line`] | the network, whose time is taken off |

mod answer;
mod join;
mod line;
mod list;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use frontline_device::Core;
use frontline_device::services::procedures::answer::AnswerDraft;
use frontline_domain::form::Raw;
use serde_json::{Map, Value};

use super::forms::{folder, procedure};
use super::{below, figure, median};
use crate::time::StoryTime;
use crate::world::World;

/// Items of the run that most rows are about, and of the large one.
const ITEMS: usize = 40;
const LARGE: usize = 200;

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    answer::run(content, out).await?;
    join::run(content, out).await?;
    list::run(content, out).await
}

/// A server with the sample company, and with the procedures `round` of 40 items and `large` of 200.
struct Floor {
    world: World,
    folder: tempfile::TempDir,
}

impl Floor {
    async fn new(content: &Path) -> Result<Floor, String> {
        let place = tempfile::tempdir().map_err(|e| e.to_string())?;
        let to = place.path().join("content");
        folder(content, &to, &procedure(ITEMS, 0))?;
        let mut large = String::new();
        let _ = write!(large, "{}", procedure(LARGE, 0).replacen("title: Round", "title: Large round", 1));
        fs::write(to.join("procedures/large.yaml"), large).map_err(|e| e.to_string())?;
        let bundle = frontline_content::check(&to).map_err(|f| f.first().map(ToString::to_string).unwrap_or_default())?;
        let time = StoryTime::starting(1_772_431_200_000);
        let world = World::open(&place.path().join("world"), Arc::clone(&time), 7, &bundle).await?;
        Ok(Floor { world, folder: place })
    }
}

/// The `n`th answer of its kind to the item `i`.
fn value(item: usize, n: usize) -> Raw {
    if item.is_multiple_of(2) { Raw::Number(((item + n) % 10).to_string()) } else { Raw::Bool(n.is_multiple_of(2)) }
}

fn answered(core: &Core, run: &str, item: usize, n: usize) -> Result<(), String> {
    let draft = AnswerDraft { run: run.to_owned(), item: format!("i{item}"), value: value(item, n), seen: None };
    core.procedures().answer(draft).map(drop).map_err(|e| e.to_string())
}

fn put(out: &mut Map<String, Value>, name: &str, times: &mut [f64]) {
    out.insert(name.to_owned(), figure(median(times)));
    out.insert(
        format!("{}_p99_{}", name.rsplit_once('_').map_or(name, |(n, _)| n), name.rsplit('_').next().unwrap_or("")),
        figure(below(times, 99)),
    );
}
