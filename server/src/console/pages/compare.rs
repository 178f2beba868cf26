//! `/compare?a=…&b=…`: two runs of one procedure beside each other, also of two of its versions.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use frontline_domain::document::{AnswerKey, Standing};
use frontline_domain::permission::Act;
use frontline_domain::{DocId, Slug};

use super::frame;
use super::runs::{chips, title};
use crate::console::Console;
use crate::console::address::with;
use crate::console::errors::{Failure, show as page};
use crate::console::list::{Reading, filters, freshen};
use crate::console::look::names::Names;
use crate::console::look::sheet::Sheet;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Choice, ComparePage, CompareRow, Field, FieldKind, Place, RunHead, SideView, Tab, TwoRuns};
use crate::lists::heading;
use crate::lists::runs::{self, RunRow};
use crate::lists::walk::{Rows, merge};
use crate::store::{List, Walk, Within};

/// Other runs that are offered, the latest begun.
const OFFERED: usize = 50;

/// Which two, and what of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    a: String,
    b: String,
    show: String,
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let first: DocId = asked.a.parse().map_err(|_| Failure::Missing)?;
    let all = filters::one_of(&asked.show, &["all"])? == "all";
    freshen(&console, &me).await?;
    let mut reading = Reading::begin(console, me).await?;
    let one = Sheet::read(&mut reading, first).await?;
    let row = row(&mut reading, first).await?;
    let frame_of = frame(&mut *reading.tx, &reading.me, Some(Place::Runs), Some(&one.zone)).await?;
    let (mut two, mut choose) = (None, None);
    if asked.b.is_empty() {
        choose = Some((first.to_string(), others(&mut reading, &row).await?));
    } else {
        let second: DocId = asked.b.parse().map_err(|_| Failure::Missing)?;
        let other = Sheet::read(&mut reading, second).await?;
        let other_row = self::row(&mut reading, second).await?;
        // Only what asks for the same can be compared.
        if other_row.procedure != row.procedure {
            return Err(Failure::Wrong);
        }
        two = Some(beside(&reading, [(&one, &row), (&other, &other_row)], all));
    }
    Ok(page(&ComparePage { title: title(&mut reading, &row).await?, back: format!("/runs/{first}"), two, choose, frame: frame_of }))
}

async fn row(reading: &mut Reading, doc: DocId) -> Result<RunRow, Failure> {
    let found = reading.tx.listed_row(reading.me.org, List::Runs, &runs::key(doc)).await?;
    Ok(RunRow::decode(&found.ok_or(Failure::Missing)?)?)
}

/// The latest other runs of the procedure at sites that the person oversees.
async fn others(reading: &mut Reading, row: &RunRow) -> Result<Field, Failure> {
    let of = runs::by_procedure(&row.procedure);
    let rows = |scope| Rows { org: reading.me.org, list: List::Runs, heading: heading(Some(scope), of.clone()), within: Within::default() };
    let sources: Vec<Rows> = filters::scopes(reading, Act::Oversee, "")?.into_iter().map(rows).collect();
    let mut options = Vec::new();
    for (_, body) in merge(&mut *reading.tx, &sources, &Walk::first(OFFERED + 1)).await? {
        let one = RunRow::decode(&body)?;
        if one.doc == row.doc {
            continue;
        }
        reading.names.meet(&mut *reading.tx, &[one.began_by]).await?;
        let names = &reading.names;
        let words = [("name", &*names.person(one.began_by)), ("time", &names.zone_at(one.site).text(one.began_ms))];
        let label = format!("{} · {}", names.site(one.site).text, fill(reading.me.t.runs.set_by, &words));
        options.push(Choice { value: one.doc.to_string(), label, selected: false });
    }
    options.truncate(OFFERED);
    Ok(Field { name: "b", label: reading.me.t.compare.other, kind: FieldKind::Choice(options) })
}

fn beside(reading: &Reading, two: [(&Sheet, &RunRow); 2], all: bool) -> TwoRuns {
    let (t, names) = (reading.me.t, &reading.names);
    let standings = two.map(|(sheet, _)| sheet.standings());
    let mut rows: Vec<CompareRow> = keys(two.map(|(sheet, _)| sheet), &standings)
        .into_iter()
        .map(|key| {
            let of = |n: usize| standings[n].iter().find(|s: &&Standing| s.key == key);
            let says = |n: usize| side(names, two[n].0, &key, of(n));
            // In the words of the later version, where both have the item.
            let has = two.iter().rev().find(|(sheet, _)| sheet.at(&key).is_some());
            let label = has.map_or_else(|| names.plain(key.item.as_str()), |(sheet, _)| label(names, sheet, &key));
            CompareRow { label, differs: values(of(0)) != values(of(1)), sides: [says(0), says(1)] }
        })
        .collect();
    let differ = rows.iter().filter(|row| row.differs).count() as u64;
    rows.retain(|row| all || row.differs);
    let (a, b) = (two[0].1.doc.to_string(), two[1].1.doc.to_string());
    let tab = |label, show: &str, current| {
        let terms = filters::terms(&[("a", &a), ("b", &b), ("show", show)]);
        Tab { href: with("/compare", terms.into_iter()), label, current }
    };
    let head = |(sheet, row): (&Sheet, &RunRow)| RunHead {
        href: format!("/runs/{}", row.doc),
        site: names.site(row.site),
        began: sheet.zone.stamp(row.began_ms),
        zone: sheet.zone.name().to_owned(),
        chips: chips(t, row),
        score: sheet.shown(names).score(),
    };
    TwoRuns {
        runs: two.map(head),
        tabs: vec![tab(t.compare.differences, "", !all), tab(t.compare.everything, "all", all)],
        differ: t.counted(t.compare.differ, differ),
        all,
        versions: two[0].1.release != two[1].1.release,
        rows,
    }
}

/// What either of them has: every item that asks in the order of the later run's form, then what only the other has.
fn keys(sheets: [&Sheet; 2], standings: &[Vec<Standing>; 2]) -> Vec<AnswerKey> {
    let mut keys: Vec<AnswerKey> = Vec::new();
    for sheet in sheets.into_iter().rev() {
        let plan = sheet.filled.plan();
        let visible = sheet.filled.all().filter(|at| sheet.filled.slot(*at).is_some_and(|slot| slot.visible));
        let slug = |at: frontline_domain::form::response::At| -> Option<(Slug, u16)> {
            let item = plan.item(at.item).filter(|item| item.kind.answers().asks())?;
            Some((item.slug.clone(), at.instance))
        };
        let there = visible.filter_map(slug).map(|(slug, instance)| AnswerKey::of(slug, instance));
        for key in there {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    for standing in standings.iter().flatten() {
        if !keys.contains(&standing.key) {
            keys.push(standing.key.clone());
        }
    }
    keys
}

/// What is said, whoever said it and when.
fn values(standing: Option<&Standing>) -> Vec<Vec<u8>> {
    let answers = standing.map_or(&[][..], |s| &s.answers);
    let mut all: Vec<Vec<u8>> = answers.iter().map(|answer| frontline_domain::cbor::encode(&answer.value)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn label(names: &Names, sheet: &Sheet, key: &AnswerKey) -> crate::console::view::Words {
    let shown = sheet.shown(names);
    shown.form.item(&key.item).map_or_else(|| names.plain(key.item.as_str()), |item| shown.named(item, key.instance))
}

fn side(names: &Names, sheet: &Sheet, key: &AnswerKey, standing: Option<&Standing>) -> SideView {
    let (t, shown) = (names.t, sheet.shown(names));
    let Some(standing) = standing else {
        let there = sheet.filled.plan().number(&key.item).is_some();
        return SideView { value: if there { t.compare.nothing } else { t.compare.not_there }.to_owned(), by: None, clash: false };
    };
    let clash = standing.is_clash();
    let mut answers: Vec<_> = standing.answers.iter().collect();
    answers.sort_by_key(|answer| answer.at_ms);
    answers.truncate(if clash { usize::MAX } else { 1 });
    let words: Vec<String> = answers.iter().map(|answer| shown.words(&key.item, &answer.value)).collect();
    let by = answers.first().filter(|_| !clash).map(|answer| (names.person(answer.by), sheet.zone.stamp(answer.at_ms)));
    SideView { value: words.join(" / "), by, clash }
}
