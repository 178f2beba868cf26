//! Fields that several lists filter by, and the places that a person may see.

use frontline_domain::permission::Act;
use frontline_domain::{Scope, SiteId};

use super::Reading;
use crate::console::errors::Failure;
use crate::console::view::{Choice, Field, FieldKind};

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
