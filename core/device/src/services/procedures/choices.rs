//! Rows of lists to choose from: a page at a time, by what was answered before and by what somebody types.

use frontline_domain::form::item::Lookup;
use frontline_domain::form::response::{At, Response};
use frontline_domain::form::speech::{Phrase, said};
use frontline_domain::form::value::Row;
use frontline_domain::form::{Item, ItemKind, Value};
use frontline_domain::release::List;
use frontline_domain::release::list::words::sought;
use frontline_domain::{ReleaseHash, Slug, Text};
use serde::Serialize;

use super::answer::key;
use super::{Opened, Procedures, open, records};
use crate::error::{Error, Fault};
use crate::people::{Reader, Words};
use crate::project::lists::of;
use crate::store::Db;
use crate::store::lists::{Listed, Span, page, parts, row, shown};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChoicesAsked {
    pub run: String,
    /// As for an answer: `article`, `article/2`.
    pub item: String,
    /// What somebody typed, in any script; empty: all.
    pub words: String,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Rows at most, up to [`MOST`]; 0: as many as a screen shows.
    pub count: u16,
}

/// Rows of a page at most.
pub const MOST: u16 = 200;
const USUAL: u16 = 50;

/// A page of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChoicePage {
    pub rows: Vec<RowSummary>,
    /// Where the next page goes on; none behind the last row.
    pub next: Option<String>,
    /// The item that is to be answered first: what it is answered with decides which rows there are.
    pub first: Option<Words>,
    /// Why there is nothing to choose from, in words.
    pub why_not: Option<String>,
    /// The list has not come yet: it does with the next sync.
    pub to_come: bool,
}

/// A row to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowSummary {
    /// What an answer names it by.
    pub id: String,
    pub label: Words,
    /// What its columns say, in the list's order; without those that it was chosen by, which all say the same.
    pub says: Vec<String>,
}

impl Procedures<'_> {
    /// A page of what can be answered to an item that takes a row of a list, a person, a site or an asset.
    pub fn choices(&self, asked: &ChoicesAsked) -> Result<ChoicePage, Error> {
        self.0.show(|db| {
            let opened = open(db, &asked.run)?;
            let (item, at) = place(&opened, &asked.item)?;
            let reader = Reader::of(self.0, db)?;
            let count = usize::from(if asked.count == 0 { USUAL } else { asked.count.min(MOST) });
            if matches!(item.kind, ItemKind::Person | ItemKind::Site | ItemKind::Asset) {
                return records::page(db, &reader, &item.kind, opened.scope, asked, count);
            }
            let lookup = item.lookup().ok_or_else(|| Fault::invalid("item", "kind", "this item takes no row of a list"))?;
            let filled = opened.as_it_stands(db, self.0.now(db)?.server_estimate())?;
            let Some(by) = filled.chosen_by(at) else {
                let first = waits_for(&filled, at).map(|label| reader.words(label));
                let label = first.as_ref().map_or("", |words| words.text.as_str());
                let why_not = Some(said(reader.language().as_str(), &Phrase::First(label)));
                return Ok(ChoicePage { first, why_not, ..ChoicePage::default() });
            };
            let Some(list) = here(db, &lookup.list)? else { return Ok(ChoicePage { to_come: true, ..ChoicePage::default() }) };
            let after = asked.after.as_ref().map(|text| list.row_of(text)).transpose()?;
            let columns = list.columns(lookup, &by);
            // One more than is shown says whether there is a next page.
            let rows = page(db, &list.spans, &sought(&asked.words), &columns, after, count + 1)?;
            let mut rows =
                rows.ok_or_else(|| Fault::invalid("after", "changed", "the list has changed since that page: begin at its first"))?;
            let is_more = rows.len() > count;
            rows.truncate(count);
            let next = rows.last().filter(|_| is_more).map(|row| format!("{}:{}", list.version(), row.id));
            let summary = |row: Listed| RowSummary {
                id: row.slug.to_string(),
                label: reader.words(&row.label),
                says: row
                    .values
                    .into_iter()
                    .filter(|(name, value)| !value.is_empty() && !columns.iter().any(|(column, _)| *column == name))
                    .map(|(_, value)| value)
                    .collect(),
            };
            Ok(ChoicePage { rows: rows.into_iter().map(summary).collect(), next, ..ChoicePage::default() })
        })
    }
}

/// The answer that a row is, by its name: what it says, as it says it now.
pub(super) fn chosen(db: &Db<'_>, opened: &Opened, now_ms: i64, name: &str, slug: &Slug) -> Result<Value, Fault> {
    let (item, at) = place(opened, name)?;
    let Some(lookup) = item.lookup() else { return Err(Fault::not_found("list of this item")) };
    let filled = opened.as_it_stands(db, now_ms)?;
    let Some(by) = filled.chosen_by(at) else {
        let words = match waits_for(&filled, at).map(Text::source_text) {
            Some(first) => format!("answer ‘{first}’ first: it decides which rows there are to choose from"),
            None => "there is nothing to choose from here: what its rows are chosen by is not known".to_owned(),
        };
        return Err(Fault::invalid(name, "first", words));
    };
    let to_come = || Fault::invalid(name, "list", "the list to choose from has not come to this device yet; sync, and try again");
    let list = here(db, &lookup.list)?.ok_or_else(to_come)?;
    let fits = |row: &Listed| list.columns(lookup, &by).iter().all(|(column, wanted)| row.value(column) == *wanted);
    let found = row(db, &list.spans, slug)?.filter(fits);
    let found =
        found.ok_or_else(|| Fault::invalid(name, "row", "choose a row of the list, by its name, that goes with the answers before"))?;
    Ok(Value::Row(Box::new(Row { slug: found.slug, label: found.label, by })))
}

fn waits_for(filled: &Response, at: At) -> Option<&Text> {
    filled.waits_for(at).and_then(|item| filled.plan().item(item)).map(|item| &item.label)
}

fn place<'a>(opened: &'a Opened, name: &str) -> Result<(&'a Item, At), Fault> {
    let (key, item) = key(&opened.plan, name)?;
    let number = opened.plan.number(&key.item).ok_or_else(|| Fault::not_found("item of this name"))?;
    Ok((item, At { item: number, instance: key.instance }))
}

/// The version of a list that is here.
struct Here {
    release: ReleaseHash,
    list: List,
    /// Its rows, in its order.
    spans: Vec<Span>,
}

/// None before it has come.
fn here(db: &Db<'_>, list: &Slug) -> Result<Option<Here>, Fault> {
    let Some(release) = shown(db, list)? else { return Ok(None) };
    let Some(list) = of(db, &release)? else { return Ok(None) };
    let all = parts(db)?;
    let spans = list.parts.iter().filter_map(|part| all.get(part).copied()).collect();
    Ok(Some(Here { release, list, spans }))
}

impl Here {
    /// What rows have to say. A column that the list no longer has restricts nothing: an open run can be finished.
    fn columns<'a>(&self, lookup: &'a Lookup, by: &'a [String]) -> Vec<(&'a Slug, &'a str)> {
        let all = lookup.filters.iter().map(|f| &f.column).zip(by.iter().map(String::as_str));
        all.filter(|(column, _)| self.list.columns.contains(column)).collect()
    }
    fn version(&self) -> String {
        self.release.to_string().chars().take(16).collect()
    }
    /// The row that a page ended with, by its `next`. Of another version of the list rows have other numbers.
    fn row_of(&self, next: &str) -> Result<i64, Fault> {
        let wrong = || Fault::invalid("after", "next", "give ‘next’ of the page before, as it was");
        let (version, row) = next.split_once(':').ok_or_else(wrong)?;
        if version != self.version() {
            return Err(Fault::invalid("after", "changed", "the list has changed since that page: begin at its first"));
        }
        row.parse().map_err(|_| wrong())
    }
}
