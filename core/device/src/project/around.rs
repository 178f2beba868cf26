//! What is around a form on a phone: the site, who answers, the time, and what was answered the last time.

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::document::Run;
use frontline_domain::form::Plan;
use frontline_domain::form::expr::Value;
use frontline_domain::form::response::around::{About, Around};
use frontline_domain::record::{Asset, Person, Site};
use frontline_domain::{PersonId, Scope};

use crate::error::Fault;
use crate::store::runs::Place;
use crate::store::{Db, docs, records, runs};

/// For a run of `plan` at a site. Without a person nothing is known of whoever answers: rows of lists are for everybody.
pub(crate) fn around(
    db: &Db<'_>,
    plan: &Plan,
    place: &Place,
    person: Option<(PersonId, Vec<String>)>,
    now_ms: i64,
) -> Result<Around, Fault> {
    let site: Option<Site> = match place.scope {
        Scope::Site(id) => records::get(db, id.as_bytes())?,
        _ => None,
    };
    let mut around = Around::at(now_ms, site.as_ref().map_or("UTC", |s| s.zone.as_str()));
    if let Some(site) = site {
        around.site = About::site(&site);
    }
    let asset: Option<Asset> = match &place.asset {
        Some(slug) => records::get(db, slug.as_str().as_bytes())?,
        None => None,
    };
    if let Some(asset) = asset {
        around.asset = About::asset(&asset);
    }
    if let Some((person, roles)) = person {
        let record: Option<Person> = records::get(db, person.as_bytes())?;
        let known = record.map(|p| [("slug".to_owned(), p.slug.to_string()), ("language".to_owned(), p.language.to_string())]);
        around.person = About { attributes: known.into_iter().flatten().collect(), tags: Some(roles) };
    }
    if plan.asks_for_history() {
        around.last = last(db, plan, place)?;
    }
    Ok(around)
}

/// The run that was handed in before this one, of the same procedure at the same site and about the same asset, whichever
/// version of it; none where none is here.
pub(crate) fn before(db: &Db<'_>, place: &Place) -> Result<Option<Arc<Run>>, Fault> {
    let Some(before) = runs::before(db, place)? else { return Ok(None) };
    let doc = docs::get(db, before)?.filter(|doc| !doc.saved.is_empty());
    Ok(doc.map(|doc| docs::run(db, &doc)).transpose()?)
}

/// What that run has.
fn last(db: &Db<'_>, plan: &Plan, place: &Place) -> Result<BTreeMap<u32, (Value, i64)>, Fault> {
    let Some(run) = before(db, place)? else { return Ok(BTreeMap::new()) };
    let mut out = BTreeMap::new();
    // Of what repeats the last instance stands for all: expressions ask for one.
    for standing in run.standings() {
        let (Some(item), Some(value)) = (plan.number(&standing.key.item), standing.value()) else { continue };
        let at_ms = standing.answers.iter().map(|a| a.at_ms).max().unwrap_or(0);
        out.insert(item, (Value::from(value), at_ms));
    }
    Ok(out)
}
