//! `/runs/answers.csv`: a line for each answer that stands, of the runs that a filter finds.

use std::collections::BTreeMap;

use async_trait::async_trait;

use frontline_domain::document::{Answer, Standing};
use frontline_domain::form::Value;
use frontline_domain::{ReleaseHash, Slug};

use super::runs::{Item, Runs};
use crate::console::errors::Failure;
use crate::console::list::csv::{self, Cell};
use crate::console::list::{File, Reading};
use crate::console::look::sheet::Sheet;
use crate::console::strings::{Strings, fill};

pub const PATH: &str = "/runs/answers.csv";
/// Runs of one file at most: each is read whole, some milliseconds a run.
pub const MOST: usize = 5_000;
/// Versions of one procedure that are told apart at most, the newest.
const VERSIONS: usize = 1_000;

/// The file, with the versions of the procedures that it met.
#[derive(Default)]
pub struct Answers {
    versions: BTreeMap<Slug, BTreeMap<ReleaseHash, u64>>,
}

#[async_trait]
impl File for Answers {
    type List = Runs;
    const ROWS: usize = 20;
    const MOST: usize = MOST;

    fn name() -> String {
        "answers".to_owned()
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        let r = &t.runs;
        let of_run = [r.run, r.procedure, r.version, t.lists.site];
        let of_answer = [r.a_item, r.a_instance, r.a_label, r.a_value, r.a_raw, r.a_by, r.a_at];
        let about = [r.a_stands, r.a_settled, r.a_na, r.points, r.possible];
        of_run.into_iter().chain(of_answer).chain(about).chain([r.asset]).collect()
    }

    async fn lines(&mut self, _: &Runs, reading: &mut Reading, item: &Item, out: &mut String) -> Result<(), Failure> {
        let sheet = match Sheet::read(reading, item.row.doc).await {
            Ok(sheet) => sheet,
            // It went meanwhile.
            Err(Failure::Missing) => return Ok(()),
            Err(other) => return Err(other),
        };
        let version = self.version(reading, &item.row.procedure, item.row.release).await?;
        let run = [
            Cell::text(item.row.doc.to_string()),
            Cell::text(item.row.procedure.as_str()),
            Cell::number(version),
            Cell::text(reading.names.site(item.row.site).text),
        ];
        let asset = Cell::text(item.row.asset.as_ref().map_or_else(String::new, |slug| reading.names.asset(slug).text));
        for standing in sheet.standings() {
            // Equal answers that two people gave unseen are one answer: the first that was given.
            let most = if standing.is_clash() { usize::MAX } else { 1 };
            let mut answers: Vec<&Answer> = standing.answers.iter().collect();
            answers.sort_by_key(|answer| answer.at_ms);
            for answer in answers.into_iter().take(most) {
                let line = run.iter().cloned().chain(cells(reading, &sheet, &standing, answer));
                csv::cells(out, line.chain([asset.clone()]));
            }
        }
        Ok(())
    }

    fn cut(t: &'static Strings) -> String {
        fill(t.runs.a_cut, &[("n", &MOST.to_string())])
    }
}

impl Answers {
    /// Which version that is: the first is 1.
    async fn version(&mut self, reading: &mut Reading, slug: &Slug, release: ReleaseHash) -> Result<u64, Failure> {
        if !self.versions.contains_key(slug) {
            let all = reading.tx.versions(reading.me.org, "procedure", slug.as_str(), VERSIONS).await?;
            let count = all.len() as u64;
            self.versions.insert(slug.clone(), (0..).zip(&all).map(|(at, version)| (version.hash, count - at)).collect());
        }
        Ok(self.versions.get(slug).and_then(|all| all.get(&release)).copied().unwrap_or(0))
    }
}

fn cells(reading: &Reading, sheet: &Sheet, standing: &Standing, answer: &Answer) -> Vec<Cell> {
    let (t, shown, key) = (reading.me.t, sheet.shown(&reading.names), &standing.key);
    let yes = |is: bool| Cell::text(if is { t.run.yes } else { t.run.no });
    let (points, possible) = worth(sheet, standing, answer);
    let number = |points: Option<u32>| points.map_or(Cell::text(""), Cell::number);
    vec![
        Cell::text(key.item.as_str()),
        Cell::number(u32::from(key.instance) + 1),
        Cell::text(shown.label(&key.item).text),
        Cell::text(shown.words(&key.item, &answer.value)),
        raw(&answer.value),
        Cell::text(reading.names.person(answer.by)),
        Cell::text(sheet.zone.stamp(answer.at_ms).iso),
        Cell::text(if standing.is_clash() { t.runs.a_stands_clash } else { t.runs.a_stands_yes }),
        yes(answer.settles),
        yes(matches!(answer.value, Value::Na(_))),
        number(points),
        number(possible),
    ]
}

/// The points of an answer, and those that are possible: none where it has no points, does not apply, or counts for
/// nothing since its form does not ask for it, or since nobody knows yet which answer it is.
fn worth(sheet: &Sheet, standing: &Standing, answer: &Answer) -> (Option<u32>, Option<u32>) {
    let Some(at) = sheet.at(&standing.key) else { return (None, None) };
    let counts = sheet.filled.slot(at).is_some_and(|slot| slot.visible && !slot.given.is_na()) && !standing.is_clash();
    match sheet.filled.plan().item(at.item).filter(|item| counts && item.scores()) {
        Some(item) => (item.worth(&answer.value, item.weight), Some(item.weight)),
        None => (None, None),
    }
}

/// A value as programs read it.
fn raw(value: &Value) -> Cell {
    let slugs = |all: &[Slug]| Cell::text(all.iter().map(Slug::as_str).collect::<Vec<_>>().join(";"));
    match value {
        Value::Na(reason) => Cell::text(reason.clone().unwrap_or_default()),
        Value::Text(text) | Value::Date(text) | Value::Time(text) => Cell::text(text.as_str()),
        Value::Number(n) => Cell::number(n),
        Value::Bool(is) => Cell::text(is.to_string()),
        Value::Choice(slug) | Value::Asset(slug) => Cell::text(slug.as_str()),
        Value::Choices(all) | Value::Ranked(all) => slugs(all),
        Value::Cells(all) => Cell::text(all.iter().map(|(row, column)| format!("{row}={column}")).collect::<Vec<_>>().join(";")),
        Value::Texts(all) => Cell::text(all.join(";")),
        Value::Photos(all) | Value::Files(all) => Cell::text(all.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")),
        Value::Signature(blob) => Cell::text(blob.to_string()),
        Value::Spot { x, y } => Cell::text(format!("{x};{y}")),
        Value::Moment(ms) => Cell::number(ms),
        Value::Duration(seconds) => Cell::number(seconds),
        Value::Place { lat, lon, within_m, mock } => Cell::text(format!("{lat};{lon};{within_m}{}", if *mock { ";mock" } else { "" })),
        Value::Person(id) => Cell::text(id.to_string()),
        Value::Site(id) => Cell::text(id.to_string()),
        Value::Row(row) => Cell::text(row.slug.as_str()),
    }
}
