//! `/runs/figures.csv`: a line for each run that a filter finds, with the figures that somebody reckons with.

use async_trait::async_trait;

use frontline_domain::Scope;

use super::runs::{Item, Runs, state};
use crate::console::errors::Failure;
use crate::console::list::csv::{self, Cell};
use crate::console::list::{File, Reading};
use crate::console::strings::Strings;
use crate::lists::{actions, heading};
use crate::store::{List, Walk, Within};

pub const PATH: &str = "/runs/figures.csv";
/// Actions of one run that are counted at most.
const MOST: usize = 1_000;

/// The file.
#[derive(Default)]
pub struct Figures;

#[async_trait]
impl File for Figures {
    type List = Runs;
    const ROWS: usize = 200;

    fn name() -> String {
        "figures".to_owned()
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        let r = &t.runs;
        let of_run = [r.run, r.procedure, t.content.slug, t.lists.site, r.state, r.begun, r.begun_by, r.sealed];
        let counts = [r.asked, r.answered, r.missing_head, r.clashes, r.failures];
        let worth = [r.points, r.possible, r.share, r.result];
        let how = [r.minutes, r.doubts, r.actions_all, r.actions_open];
        of_run.into_iter().chain(counts).chain(worth).chain(how).collect()
    }

    async fn lines(&mut self, _: &Runs, reading: &mut Reading, item: &Item, out: &mut String) -> Result<(), Failure> {
        let (t, row) = (reading.me.t, &item.row);
        let under = heading(Some(Scope::Site(row.site)), actions::by_run(row.doc));
        let mut count = [0, 0];
        for (count, within) in count.iter_mut().zip([Within::default(), actions::to_do()]) {
            *count = reading.tx.listed(reading.me.org, List::Actions, &under, &within, &Walk::first(MOST)).await?.len();
        }
        let iso = |ms| item.zone.stamp(ms).iso;
        let share = (row.possible > 0).then(|| row.points.saturating_mul(100) / row.possible);
        let cells = [
            Cell::text(row.doc.to_string()),
            Cell::text(item.title.text.as_str()),
            Cell::text(row.procedure.as_str()),
            Cell::text(reading.names.site(row.site).text),
            Cell::text(state(t, &row.state)),
            Cell::text(iso(row.began_ms)),
            Cell::text(reading.names.person(row.began_by)),
            Cell::text(row.submitted_ms.map_or_else(String::new, iso)),
            Cell::number(row.asked),
            Cell::number(row.answered),
            Cell::number(row.missing),
            Cell::number(row.clashes),
            Cell::number(row.failures()),
            Cell::number(row.points),
            Cell::number(row.possible),
            share.map_or(Cell::text(""), Cell::number),
            Cell::text(row.passed.map_or("", |passed| if passed { t.runs.passed } else { t.runs.failed })),
            // Tenths: a run of a minute and a half is neither of one nor of two.
            Cell::number(format!("{}.{}", row.took_ms / 60_000, row.took_ms % 60_000 / 6_000)),
            Cell::number(row.doubts),
            Cell::number(count[0]),
            Cell::number(count[1]),
        ];
        csv::cells(out, cells);
        Ok(())
    }
}
