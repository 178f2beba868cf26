//! `/failures`: items of a procedure by how often they failed among the answers that they got.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::Days as More;
use serde::Deserialize;

use frontline_domain::Slug;
use frontline_domain::permission::Act;

use super::frame;
use super::runs::{Days, procedures, zone};
use crate::console::Console;
use crate::console::address::with;
use crate::console::errors::{Failure, show as page};
use crate::console::list::{Reading, filters, freshen};
use crate::console::look::library::procedure;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Bar, FailureRow, FailuresPage, Field, FieldKind, FiguresHead, Place, Words};
use crate::lists::heading;
use crate::lists::runs::{self, Items};
use crate::lists::walk::{Rows, merge};
use crate::store::{List, Walk};

const PATH: &str = "/failures";
/// Days that are looked at where nobody chose, today being the last.
const DEFAULT: u64 = 28;
/// Runs that are looked at, and read at once.
pub const MOST: usize = 50_000;
const CHUNK: usize = 1_000;

/// Of what, and when.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    site: String,
    procedure: String,
    from: String,
    until: String,
}

/// What was counted.
#[derive(Default)]
struct Counted {
    runs: u64,
    cut: bool,
    /// Of each item how often it was answered, and how often it failed.
    items: BTreeMap<Slug, (u64, u64)>,
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Query(mut asked): Query<Asked>) -> Result<Response, Failure> {
    if !me.may_anywhere(Act::Oversee) {
        return Err(Failure::Forbidden);
    }
    let behind = freshen(&console, &me).await?;
    let mut reading = Reading::begin(console, me).await?;
    let choice = procedures(&mut reading, "", &asked.procedure).await?;
    let choice = only(choice, &mut asked.procedure);
    let scopes = filters::scopes(&reading, Act::Oversee, &asked.site)?;
    if asked.from.is_empty() && asked.until.is_empty() {
        let today = scopes.iter().map(|scope| zone(&reading, *scope).today()).max().unwrap_or_default();
        asked.from = (today - More::new(DEFAULT - 1)).to_string();
    }
    let counted = count(&mut reading, &asked).await?;
    let labels = labels(&mut reading, &asked.procedure).await?;
    let t = reading.me.t;
    let f = &t.failures;
    let mut fields: Vec<Field> = filters::site(&reading, Act::Oversee, &asked.site).into_iter().collect();
    fields.push(choice);
    fields.push(Field { name: "from", label: t.runs.begun_from, kind: FieldKind::Date(asked.from.clone()) });
    fields.push(Field { name: "until", label: t.runs.begun_until, kind: FieldKind::Date(asked.until.clone()) });
    let some = filters::terms(&[("site", &asked.site), ("procedure", &asked.procedure)]);
    let ways = [("/runs", t.runs.list), ("/weeks", t.runs.by_week)];
    let head = FiguresHead {
        title: f.title,
        lead: f.lead,
        path: PATH,
        ways: ways.iter().map(|(path, words)| (with(path, some.iter().cloned()), (*words).to_owned())).collect(),
        fields,
        note: counted.cut.then(|| fill(f.cut, &[("n", &MOST.to_string())])).or_else(|| behind.then(|| t.lists.behind.to_owned())),
        empty: f.empty,
        empty_text: f.empty_text,
    };
    let rows = rows(&reading, &asked, &counted, &labels);
    let words = t.counted(f.counted, counted.runs);
    let frame = frame(&mut *reading.tx, &reading.me, Some(Place::Runs), None).await?;
    Ok(page(&FailuresPage { head, counted: words, rows, frame }))
}

/// One procedure has to be chosen: the first where none is.
fn only(field: Field, chosen: &mut String) -> Field {
    let FieldKind::Choice(options) = field.kind else { return field };
    let mut options: Vec<_> = options.into_iter().filter(|one| !one.value.is_empty()).collect();
    if chosen.is_empty()
        && let Some(first) = options.first_mut()
    {
        first.selected = true;
        chosen.clone_from(&first.value);
    }
    Field { kind: FieldKind::Choice(options), ..field }
}

async fn count(reading: &mut Reading, asked: &Asked) -> Result<Counted, Failure> {
    let mut counted = Counted::default();
    if asked.procedure.is_empty() {
        return Ok(counted);
    }
    let facet = runs::by_procedure(&asked.procedure.parse().map_err(|_| Failure::Wrong)?);
    let days = Days::read(&asked.from, &asked.until)?;
    let rows = |scope| Rows {
        org: reading.me.org,
        list: List::Runs,
        heading: heading(Some(scope), facet.clone()),
        within: runs::begun(days.at(&zone(reading, scope))),
    };
    let sources: Vec<Rows> = filters::scopes(reading, Act::Oversee, &asked.site)?.into_iter().map(rows).collect();
    let mut from = None;
    loop {
        let found = merge(&mut *reading.tx, &sources, &Walk { from: from.take(), back: false, most: CHUNK }).await?;
        tokio::task::yield_now().await;
        for (_, body) in &found {
            let row: Items = runs::part(body)?;
            if row.withdrawn {
                continue;
            }
            counted.runs += 1;
            for item in row.items {
                let one = counted.items.entry(item.item).or_default();
                one.0 += u64::from(item.answered);
                one.1 += u64::from(item.failed);
            }
        }
        counted.cut = counted.runs >= MOST as u64;
        from = found.into_iter().next_back().map(|(at, _)| at);
        if from.is_none() || counted.cut {
            return Ok(counted);
        }
    }
}

/// What the items are called in the version that is current.
async fn labels(reading: &mut Reading, slug: &str) -> Result<BTreeMap<Slug, Words>, Failure> {
    let published = reading.names.publications.iter().find(|p| p.kind == "procedure" && p.slug.as_str() == slug).map(|p| p.release);
    let release = match published {
        Some(hash) => reading.console.library.get(&mut *reading.tx, reading.me.org, hash).await?,
        None => None,
    };
    let form = release.as_deref().and_then(procedure).map(|p| &p.form);
    let named =
        |form: &frontline_domain::form::Form| form.items().map(|item| (item.slug.clone(), reading.names.words(&item.label))).collect();
    Ok(form.map_or_else(BTreeMap::new, named))
}

fn rows(reading: &Reading, asked: &Asked, counted: &Counted, labels: &BTreeMap<Slug, Words>) -> Vec<FailureRow> {
    let mut all: Vec<(&Slug, u64, u64)> = counted.items.iter().map(|(slug, (answered, failed))| (slug, *answered, *failed)).collect();
    all.sort_by_key(|(slug, answered, failed)| (Reverse(*failed), *answered, (*slug).clone()));
    let row = |(slug, answered, failed): (&Slug, u64, u64)| {
        let terms = [("site", asked.site.as_str()), ("procedure", &asked.procedure), ("from", &asked.from), ("until", &asked.until)];
        let terms = filters::terms(&[&terms[..], &[("item", slug.as_str())]].concat());
        let share = (failed * 100 + answered / 2).checked_div(answered).unwrap_or(0);
        FailureRow {
            label: labels.get(slug).cloned().unwrap_or_else(|| reading.names.plain(slug.as_str())),
            slug: slug.to_string(),
            failed,
            answered,
            share: fill(reading.me.t.failures.per_cent, &[("n", &share.to_string())]),
            bar: Bar::of(failed, answered),
            href: (failed > 0).then(|| with("/runs", terms.into_iter())),
        }
    };
    all.into_iter().map(row).collect()
}
