//! `/people/{id}`: one person, as far as the one who asks oversees where they work.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use frontline_domain::permission::{Act, Grant, Role};
use frontline_domain::record::Person;
use frontline_domain::{PersonId, Scope};

use super::people::state;
use super::{devices, frame, person_work as work};
use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::look::devices::shown as shown_device;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Choice, GiveForm, GiveWrong, Notice, PersonPage, Place, RoleRow, Step, UsedDevice};
use crate::console::zone::Zone;

/// What was done a moment ago.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// Somebody who exists for the person who asks, with the roles there that they may see, held now or before.
pub struct Seen {
    pub person: Person,
    pub grants: Vec<Grant>,
}

impl Seen {
    pub fn held(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(|g| g.until_ms.is_none())
    }
    /// In whose time things are said.
    pub fn zone(&self, reading: &Reading) -> Zone {
        reading.names.zone_of(self.held().chain(&self.grants).map(|g| g.scope))
    }
}

/// With the words that somebody typed as a page can show them.
pub fn shown(person: Person) -> Person {
    Person { name: calm(person.name), ..person }
}

/// The roles at places that the person who asks oversees, and those that are held everywhere.
pub fn overseen(me: &Me, mut grants: Vec<Grant>) -> Vec<Grant> {
    grants.retain(|g| g.scope == Scope::Org || me.may(Act::Oversee, g.scope));
    grants.sort_by_key(|g| (g.until_ms.is_some(), std::cmp::Reverse(g.until_ms), g.from_ms, g.id));
    grants
}

/// The person of an address. Who never had a role where the one who asks oversees does not exist for them.
pub async fn find(reading: &mut Reading, id: &str) -> Result<Seen, Failure> {
    if !reading.me.may_anywhere(Act::Oversee) {
        return Err(Failure::Forbidden);
    }
    let (org, id) = (reading.me.org, id.parse::<PersonId>().map_err(|_| Failure::Missing)?);
    reading.names.meet(&mut *reading.tx, &[id]).await?;
    let person = reading.names.people.get(&id).cloned().map(shown).ok_or(Failure::Missing)?;
    let grants = overseen(&reading.me, reading.tx.grants(org, id).await?);
    if grants.is_empty() && !reading.me.may(Act::Oversee, Scope::Org) {
        return Err(Failure::Missing);
    }
    Ok(Seen { person, grants })
}

pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let seen = find(&mut reading, &id).await?;
    let t = &reading.me.t.person;
    let notice = match done.done.as_str() {
        "added" => Some(("good", t.said_added)),
        "given" => Some(("good", t.said_given)),
        "ended" => Some(("good", t.said_ended)),
        "moved" => Some(("good", t.said_moved)),
        "no" => Some(("bad", t.said_no)),
        _ => None,
    };
    let notice = notice.map(|(tone, text)| Notice { tone, text: text.to_owned(), link: None });
    form(&mut reading, seen, notice, GiveWrong::default()).await
}

/// The page, with what was wrong with its form.
pub async fn form(reading: &mut Reading, seen: Seen, notice: Option<Notice>, wrong: GiveWrong) -> Result<Response, Failure> {
    let status = if wrong.role.is_some() || wrong.place.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (t, zone) = (reading.me.t, seen.zone(reading));
    let sign_in = if reading.me.may(Act::Administer, Scope::Org) {
        Some(reading.tx.user(reading.me.org, seen.person.id).await?.map(|user| calm(user.email)))
    } else {
        None
    };
    let devices = used(reading, seen.person.id).await?;
    let learning = work::Learning::of(reading, seen.person.id).await?;
    let (assigned, more) = work::assigned(reading, &seen, &zone, &learning).await?;
    let training = work::training(reading, seen.person.id, &zone, &learning).await?;
    let (me, names, person) = (&reading.me, &reading.names, &seen.person);
    let role = |g: &Grant| RoleRow {
        role: t.roles.of(g.role),
        place: names.place(g.scope),
        from: zone.stamp(g.from_ms),
        until: g.until_ms.map(|ms| zone.stamp(ms)),
        end: may_end(me, g).then(|| format!("/people/{}/roles/{}", person.id, g.id)),
    };
    let sites = seen.held().filter_map(|g| if let Scope::Site(id) = g.scope { names.site_for(me, Act::Enrol, id) } else { None });
    let mut codes: Vec<Step> = sites
        .map(|site| Step {
            href: format!("/sites/{}/enrol?person={}", site.id, person.id),
            words: fill(t.person.code_at, &[("site", &names.words(&site.name).text)]),
        })
        .collect();
    codes.dedup_by(|a, b| a.href == b.href);
    let give = (!person.withdrawn).then(|| choices(reading, "", "")).filter(|(roles, places)| !roles.is_empty() && !places.is_empty());
    let assign = seen.held().any(|g| me.may(Act::Assign, g.scope)).then(|| format!("/assign?to=person/{}", person.id));
    let shown = PersonPage {
        id: person.id.to_string(),
        name: person.name.clone(),
        slug: person.slug.to_string(),
        language: person.language.to_string(),
        zone: zone.sentence(),
        chip: state(t, person, seen.held().next().is_some()),
        sign_in,
        roles: seen.grants.iter().map(role).collect(),
        devices,
        codes: if person.withdrawn { Vec::new() } else { codes },
        assigned,
        more_assigned: more.then(|| t.counted(t.person.at_most, work::MOST as u64)),
        training,
        give: give.map(|(roles, places)| GiveForm { roles, places, wrong }),
        may_move: !person.withdrawn && seen.held().any(|g| g.scope != Scope::Org && may_end(me, g)),
        assign,
        notice,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::People), Some(&zone)).await?,
    };
    Ok((status, page(&shown)).into_response())
}

/// Whether they may end this role: one that stands, that they may give there, and that is not their own.
pub fn may_end(me: &Me, grant: &Grant) -> bool {
    grant.until_ms.is_none() && grant.person != me.person && me.may_give(grant.role, grant.scope)
}

/// The roles that the person who asks may give, and where they may give any.
pub fn choices(reading: &Reading, role: &str, place: &str) -> (Vec<Choice>, Vec<Choice>) {
    let (me, names, t) = (&reading.me, &reading.names, reading.me.t);
    let mut sites: Vec<_> = names.sites.values().filter(|s| !s.withdrawn).collect();
    sites.sort_by_key(|s| (names.words(&s.name).text, s.id));
    let scopes = sites.into_iter().map(|s| Scope::Site(s.id)).chain([Scope::Org]);
    let scopes: Vec<Scope> = scopes.filter(|scope| Role::ALL.iter().any(|role| me.may_give(*role, *scope))).collect();
    let roles = Role::ALL.into_iter().filter(|role| scopes.iter().any(|scope| me.may_give(*role, *scope)));
    let choice = |value: String, label: String, chosen: &str| Choice { selected: value == chosen, value, label };
    (
        roles.map(|r| choice(r.name().to_owned(), t.roles.of(r).to_owned(), role)).collect(),
        scopes.iter().map(|s| choice(s.to_string(), names.place(*s).text, place)).collect(),
    )
}

/// The devices on which somebody may write, of those that the person who asks oversees.
async fn used(reading: &mut Reading, person: PersonId) -> Result<Vec<UsedDevice>, Failure> {
    let (org, t) = (reading.me.org, reading.me.t);
    let mut rows = Vec::new();
    for one in reading.tx.certified_person(org, person).await? {
        if !reading.me.may(Act::Oversee, Scope::Site(one.site)) {
            continue;
        }
        let Some(row) = reading.tx.device(org, one.device).await?.map(shown_device) else { continue };
        let zone = reading.names.zone_at(one.site);
        let words = [("time", &*zone.text(one.at_ms)), ("site", &reading.names.site(one.site).text)];
        let enrolled = fill(t.people.certified, &words);
        rows.push(UsedDevice { id: row.id.to_string(), chip: devices::chip(t, &row), name: row.name, enrolled });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rows)
}
