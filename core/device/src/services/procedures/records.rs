//! People, sites and assets to choose from: those whose records this device holds, by name.

use frontline_domain::form::{ItemKind, Value};
use frontline_domain::record::{Person, Site};
use frontline_domain::release::list::words::{Sought, compared, sought, words};
use frontline_domain::{Scope, Text};

use super::assets;
use super::choices::{ChoicePage, ChoicesAsked, RowSummary};
use crate::error::Fault;
use crate::people::Reader;
use crate::store::{Db, records};

/// A page of them.
pub(super) fn page(
    db: &Db<'_>,
    reader: &Reader,
    kind: &ItemKind,
    scope: Scope,
    asked: &ChoicesAsked,
    count: usize,
) -> Result<ChoicePage, Fault> {
    let looked_for = sought(&asked.words);
    let mut rows = all(db, reader, kind, scope)?;
    rows.retain(|row| has_all(row, &looked_for));
    let from = match &asked.after {
        None => 0,
        Some(after) => {
            let changed = || Fault::invalid("after", "changed", "the list has changed since that page: begin at its first");
            1 + rows.iter().position(|row| row.id == *after).ok_or_else(changed)?
        }
    };
    let is_more = rows.len() > from + count;
    let rows: Vec<RowSummary> = rows.into_iter().skip(from).take(count).collect();
    let next = rows.last().filter(|_| is_more).map(|row| row.id.clone());
    Ok(ChoicePage { rows, next, ..ChoicePage::default() })
}

/// Those who work at a place, by name.
pub(in crate::services) fn of_people(db: &Db<'_>, reader: &Reader, scope: Scope) -> Result<Vec<RowSummary>, Fault> {
    all(db, reader, &ItemKind::Person, scope)
}

/// Refuses a person who does not work at the run's site, an asset that does not stand there, and a site that is none of the
/// organisation's, as far as this device knows.
pub(in crate::services) fn check(db: &Db<'_>, scope: Scope, field: &str, value: &Value) -> Result<(), Fault> {
    match value {
        Value::Person(id) if !people(db, scope)?.iter().any(|person| person.id == *id) => {
            Err(Fault::invalid(field, "person", "choose somebody who works at this site, from the list"))
        }
        Value::Site(id) if !sites(db)?.iter().any(|site| site.id == *id) => {
            Err(Fault::invalid(field, "site", "choose a site from the list"))
        }
        Value::Asset(slug) if !assets::at(db, scope)?.iter().any(|asset| asset.slug == *slug) => {
            Err(Fault::invalid(field, "asset", "choose one that stands at this site, from the list"))
        }
        _ => Ok(()),
    }
}

fn people(db: &Db<'_>, scope: Scope) -> Result<Vec<Person>, Fault> {
    let mut out = Vec::new();
    for person in records::of::<Person>(db, scope)? {
        // Who left the organisation may be known as that from another place.
        let newest: Option<Person> = records::get(db, person.id.as_bytes())?;
        out.extend(newest.filter(|person| !person.withdrawn));
    }
    Ok(out)
}

fn sites(db: &Db<'_>) -> Result<Vec<Site>, Fault> {
    let mut all: Vec<Site> = records::all(db)?;
    all.retain(|site| !site.withdrawn);
    Ok(all)
}

fn all(db: &Db<'_>, reader: &Reader, kind: &ItemKind, scope: Scope) -> Result<Vec<RowSummary>, Fault> {
    // Two people of one name are told apart by what their organisation calls them.
    let row = |id: String, label: &Text, slug: String| RowSummary { id, label: reader.words(label), says: vec![slug] };
    let mut rows: Vec<RowSummary> = match kind {
        ItemKind::Person => people(db, scope)?
            .into_iter()
            .map(|person| row(person.id.to_string(), &Text::plain(person.language, person.name), person.slug.to_string()))
            .collect(),
        ItemKind::Site => sites(db)?.into_iter().map(|site| row(site.id.to_string(), &site.name, site.slug.to_string())).collect(),
        ItemKind::Asset => {
            assets::at(db, scope)?.into_iter().map(|asset| row(asset.slug.to_string(), &asset.name, asset.slug.to_string())).collect()
        }
        _ => Vec::new(),
    };
    rows.sort_by_cached_key(|row| (compared(&row.label.text), row.id.clone()));
    Ok(rows)
}

fn has_all(row: &RowSummary, looked_for: &[Sought]) -> bool {
    let mut known = words(&row.label.text);
    row.says.iter().for_each(|says| known.extend(words(says)));
    looked_for.iter().all(|one| match one {
        Sought::Whole(word) => known.contains(word),
        Sought::Begin(word) => known.iter().any(|known| known.starts_with(word.as_str())),
    })
}
