//! `/people`: everybody with a role where the person who asks oversees, by name.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::permission::{Act, Grant, Role};
use frontline_domain::record::Person;
use frontline_domain::{PersonId, Scope};

use super::person::{overseen, shown};
use crate::console::errors::Failure;
use crate::console::list::{List, Reading, RowOf, Texts, filters};
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Cell, Chip, Field, Line, Notice, Place, Row, Words};
use crate::lists::walk::Under;
use crate::lists::{ANY, ROLELESS, WITHDRAWN, heading, role_facet, sort};
use crate::records;
use crate::store::{List as Lists, Within};

/// Roles of one person that a row shows.
const MOST_ROLES: usize = 4;

/// The filter; and what was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct People {
    site: String,
    role: String,
    state: String,
    q: String,
    done: String,
}

/// Somebody with what the person who asks may see of them.
pub struct Item {
    person: Person,
    /// Held now.
    grants: Vec<Grant>,
    devices: u64,
}

impl People {
    fn role(&self) -> Result<Option<Role>, Failure> {
        if self.role.is_empty() {
            return Ok(None);
        }
        Role::ALL.into_iter().find(|role| role.name() == self.role).map(Some).ok_or(Failure::Wrong)
    }
}

/// A person's state in a word; none where there is nothing to say.
pub fn state(t: &Strings, person: &Person, holds: bool) -> Option<Chip> {
    match (person.withdrawn, holds) {
        (true, _) => Some(Chip::new("", t.people.withdrawn)),
        (false, false) => Some(Chip::new("warn", t.people.roleless)),
        (false, true) => None,
    }
}

/// A role with its place, in words.
fn role_at(reading: &Reading, grant: &Grant) -> String {
    let t = reading.me.t;
    fill(t.people.role_at, &[("role", t.roles.of(grant.role)), ("site", &reading.names.place(grant.scope).text)])
}

#[async_trait]
impl List for People {
    const PATH: &'static str = "/people";
    const PLACE: Place = Place::People;
    const ACT: Act = Act::Oversee;
    type Source = Under;
    type Item = Item;

    fn texts(t: &'static Strings) -> Texts {
        let p = &t.people;
        Texts { title: p.title, lead: p.lead, empty: p.empty, empty_text: p.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[("site", &self.site), ("role", &self.role), ("state", &self.state), ("q", &self.q)])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let t = reading.me.t;
        let roles: Vec<(&str, &str)> = Role::ALL.iter().map(|role| (role.name(), t.roles.of(*role))).collect();
        let mut fields = vec![filters::begins(reading, &self.q)];
        fields.extend(filters::site(reading, Act::Oversee, &self.site));
        fields.push(filters::choice("role", t.people.role, t.lists.all, &roles, &self.role));
        // Who has no role is at no site: seen by those alone who see the whole organisation.
        if reading.me.may(Act::Oversee, Scope::Org) {
            let states = [(ROLELESS, t.people.roleless), (WITHDRAWN, t.people.withdrawn)];
            fields.push(filters::choice("state", t.lists.state, t.lists.all, &states, &self.state));
        }
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Under>, Failure> {
        let state = filters::one_of(&self.state, &[ROLELESS, WITHDRAWN])?;
        let facet = match self.role()? {
            _ if !state.is_empty() => state.to_owned(),
            Some(role) => role_facet(role),
            None => ANY.to_owned(),
        };
        let begins = sort::beginning(filters::typed(&self.q)?);
        let within = Within { below: sort::after(&begins), least: begins };
        let mut places = filters::places(reading, Act::Oversee, &self.site)?;
        // A role that is held everywhere is held at each site.
        if !places.is_empty() && places != [None] {
            places.push(Some(Scope::Org));
        }
        let under =
            |place| Under { org: reading.me.org, list: Lists::People, heading: heading(place, facet.clone()), within: within.clone() };
        Ok(places.into_iter().map(under).collect())
    }

    async fn item(&self, reading: &mut Reading, (spot, ()): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let org = reading.me.org;
        let found = records::one::<Person>(&mut *reading.tx, org, &spot.key).await?;
        let Some(person) = found.map(shown) else { return Ok(None) };
        if !person.name.to_lowercase().starts_with(&self.q.trim().to_lowercase()) {
            return Ok(None);
        }
        let mut grants = overseen(&reading.me, reading.tx.grants(org, person.id).await?);
        grants.retain(|g| g.until_ms.is_none());
        if self.role()?.is_some_and(|role| grants.iter().all(|g| g.role != role)) {
            return Ok(None);
        }
        let devices = devices(reading, person.id).await?;
        Ok(Some(Item { person, grants, devices }))
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        vec![t.people.name, t.people.roles, t.people.devices, t.people.language]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, person) = (reading.me.t, &item.person);
        let words = Words::plain(t, person.name.clone());
        let mut first = vec![Line::Link { href: format!("/people/{}", person.id), words }, Line::Quiet(person.slug.to_string())];
        first.extend(state(t, person, !item.grants.is_empty()).map(|chip| Line::Chips(vec![chip])));
        let mut roles: Vec<Line> = item.grants.iter().take(MOST_ROLES).map(|g| Line::Text(role_at(reading, g))).collect();
        if item.grants.len() > MOST_ROLES {
            roles.push(Line::Quiet(format!("+{}", item.grants.len() - MOST_ROLES)));
        }
        Row {
            cells: vec![
                Cell::new(first),
                Cell::new(roles),
                Cell::text(item.devices.to_string()),
                Cell::new(vec![Line::Text(person.language.to_string())]),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let p = &t.people;
        vec![p.name, p.slug, t.lists.state, p.roles, p.devices, p.language]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, person) = (reading.me.t, &item.person);
        let roles: Vec<String> = item.grants.iter().map(|g| role_at(reading, g)).collect();
        vec![
            person.name.clone(),
            person.slug.to_string(),
            state(t, person, !item.grants.is_empty()).map_or_else(|| t.people.active.to_owned(), |chip| chip.text),
            roles.join("; "),
            item.devices.to_string(),
            person.language.to_string(),
        ]
    }

    fn notice(&self, reading: &Reading) -> Option<Notice> {
        let text = match self.done.as_str() {
            "ended" => reading.me.t.person.said_ended,
            "moved" => reading.me.t.person.said_moved,
            _ => return None,
        };
        Some(Notice { tone: "good", text: text.to_owned(), link: None })
    }

    fn action(reading: &Reading) -> Option<(String, &'static str)> {
        gives_anywhere(&reading.me).then(|| ("/people/new".to_owned(), reading.me.t.person.add))
    }
}

/// Whether they may give any role anywhere: who may, adds people.
pub fn gives_anywhere(me: &Me) -> bool {
    let held = me.grants.iter().filter(|g| g.held_between(me.now_ms, me.now_ms));
    held.into_iter().any(|g| Role::ALL.into_iter().any(|role| me.may_give(role, g.scope)))
}

/// On how many devices somebody may write, of those where the person who asks oversees.
async fn devices(reading: &mut Reading, person: PersonId) -> Result<u64, Failure> {
    let certified = reading.tx.certified_person(reading.me.org, person).await?;
    let seen: BTreeSet<_> = certified.iter().filter(|c| reading.me.may(Act::Oversee, Scope::Site(c.site))).map(|c| c.device).collect();
    Ok(seen.len() as u64)
}
