//! Fields that several lists filter by, and the places that a person may see.

use std::collections::BTreeSet;

use frontline_domain::permission::Act;
use frontline_domain::{PersonId, Scope, SiteId};

use super::Reading;
use crate::console::errors::Failure;
use crate::console::pages::person::overseen;
use crate::console::view::{Choice, Field, FieldKind};
use crate::lists::{ANY, heading};
use crate::store::{List as Lists, Walk, Within};

/// Letters of a typed filter at most.
const MAX_TYPED: usize = 100;

/// The places to look at: the chosen site, else all where the person may; none among them stands for the
/// whole organisation. A site that is not theirs does not exist.
pub fn places(reading: &Reading, act: Act, site: &str) -> Result<Vec<Option<Scope>>, Failure> {
    let me = &reading.me;
    if !site.is_empty() {
        let id: SiteId = site.parse().map_err(|_| Failure::Missing)?;
        reading.names.site_for(me, act, id).ok_or(Failure::Missing)?;
        return Ok(vec![Some(Scope::Site(id))]);
    }
    if me.may(act, Scope::Org) {
        return Ok(vec![None]);
    }
    Ok(reading.names.sites_for(me, act).into_iter().map(|s| Some(Scope::Site(s.id))).collect())
}

/// The same as sites: for what is stored by site, the whole organisation is all of them.
pub fn scopes(reading: &Reading, act: Act, site: &str) -> Result<Vec<Scope>, Failure> {
    let places = places(reading, act, site)?;
    if places == [None] {
        return Ok(reading.names.sites.keys().map(|id| Scope::Site(*id)).collect());
    }
    Ok(places.into_iter().flatten().collect())
}

/// A choice of the sites where the person may; left out where there is one.
pub fn site(reading: &Reading, act: Act, chosen: &str) -> Option<Field> {
    let t = reading.me.t;
    let sites = reading.names.sites_for(&reading.me, act);
    if sites.len() < 2 {
        return None;
    }
    let all = Choice { value: String::new(), label: t.lists.all_sites.to_owned(), selected: chosen.is_empty() };
    let each = sites.into_iter().map(|s| {
        let value = s.id.to_string();
        Choice { selected: value == chosen, value, label: reading.names.words(&s.name).text }
    });
    Some(Field { name: "site", label: t.lists.site, kind: FieldKind::Choice(std::iter::once(all).chain(each).collect()) })
}

/// A choice of one of a few, or all.
pub fn choice(name: &'static str, label: &'static str, all: &'static str, options: &[(&str, &str)], chosen: &str) -> Field {
    let all = Choice { value: String::new(), label: all.to_owned(), selected: chosen.is_empty() };
    let each =
        options.iter().map(|(value, label)| Choice { value: (*value).to_owned(), label: (*label).to_owned(), selected: *value == chosen });
    Field { name, label, kind: FieldKind::Choice(std::iter::once(all).chain(each).collect()) }
}

/// A choice of one of a few, where one always is.
pub fn of(options: &[(&str, &str)], (name, label): (&'static str, &'static str), chosen: &str) -> Field {
    let each =
        options.iter().map(|(value, label)| Choice { value: (*value).to_owned(), label: (*label).to_owned(), selected: *value == chosen });
    Field { name, label, kind: FieldKind::Choice(each.collect()) }
}

/// What was chosen, if it is one of these or nothing.
pub fn one_of<'a>(chosen: &'a str, options: &[&str]) -> Result<&'a str, Failure> {
    if chosen.is_empty() || options.contains(&chosen) { Ok(chosen) } else { Err(Failure::Wrong) }
}

/// A text to begin with.
pub fn begins(reading: &Reading, typed: &str) -> Field {
    Field { name: "q", label: reading.me.t.lists.begins, kind: FieldKind::Text(typed.to_owned()) }
}

/// What was typed, within its limit.
pub fn typed(text: &str) -> Result<&str, Failure> {
    let text = text.trim();
    if text.len() > MAX_TYPED || text.contains(char::is_control) { Err(Failure::Wrong) } else { Ok(text) }
}

/// The terms that say something.
pub fn terms(all: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    all.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(name, value)| (*name, value.trim().to_owned())).collect()
}

/// People that a field offers at most: of more, only who asks and who is chosen.
const MOST_PEOPLE: usize = 150;

/// A choice of somebody who works where the person may do this, or of one of `others`.
pub async fn person(
    reading: &mut Reading,
    (name, label): (&'static str, &'static str),
    act: Act,
    site: &str,
    others: &[(&str, &str)],
    chosen: &str,
) -> Result<Field, Failure> {
    let (org, me) = (reading.me.org, reading.me.person);
    let mut ids = BTreeSet::new();
    for scope in scopes(reading, act, site)? {
        let under = heading(Some(scope), ANY);
        let rows = reading.tx.listed(org, Lists::People, &under, &Within::default(), &Walk::first(MOST_PEOPLE)).await?;
        ids.extend(rows.iter().filter_map(|spot| spot.key.parse::<PersonId>().ok()));
        if ids.len() > MOST_PEOPLE {
            ids.clear();
            break;
        }
    }
    ids.remove(&me);
    if let Some(id) = chosen.parse::<PersonId>().ok().filter(|id| *id != me && !ids.contains(id)) {
        // As their own page: who never had a role where the one who asks oversees does not exist for them.
        reading.names.meet(&mut *reading.tx, &[id]).await?;
        let seen = reading.me.may(act, Scope::Org) || !overseen(&reading.me, reading.tx.grants(org, id).await?).is_empty();
        if !seen || !reading.names.people.contains_key(&id) {
            return Err(Failure::Missing);
        }
        ids.insert(id);
    }
    let ids: Vec<PersonId> = ids.into_iter().collect();
    reading.names.meet(&mut *reading.tx, &ids).await?;
    let mut people: Vec<(String, String)> = ids.iter().map(|id| (id.to_string(), reading.names.person(*id))).collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    let own = (me.to_string(), reading.me.t.actions.me.to_owned());
    let others = others.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned()));
    let all: Vec<(String, String)> = others.chain([own]).chain(people).collect();
    let options: Vec<(&str, &str)> = all.iter().map(|(value, label)| (value.as_str(), label.as_str())).collect();
    Ok(choice(name, label, reading.me.t.lists.all, &options, chosen))
}

/// Whether any of these holds what was typed, whatever the case.
pub fn contains<'a>(typed: &str, texts: impl IntoIterator<Item = &'a str>) -> bool {
    let wanted = typed.trim().to_lowercase();
    wanted.is_empty() || texts.into_iter().any(|text| text.to_lowercase().contains(&wanted))
}

/// A text to search for.
pub fn search(label: &'static str, typed: &str) -> Field {
    Field { name: "q", label, kind: FieldKind::Text(typed.to_owned()) }
}
