//! Giving a person a role, ending one, moving them: forms that say what happens before it does.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{NaiveDate, NaiveTime};

use frontline_domain::permission::{Grant, Role};
use frontline_domain::{GrantId, PersonId, Scope};

use super::person::{self, Seen, choices, find, may_end};
use super::{frame, people_deeds as deeds};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Choice, GiveWrong, MovePage, Place, RoleEndPage};
use crate::console::zone::Zone;

/// Where a deed leads: to the person, or to the list where they are no longer theirs to see.
async fn back(console: &Arc<Console>, me: &Me, person: PersonId, done: &str) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), me.clone()).await?;
    let to = match find(&mut reading, &person.to_string()).await {
        Ok(_) => format!("/people/{person}?done={done}"),
        Err(Failure::Missing) => format!("/people?done={done}"),
        Err(other) => return Err(other),
    };
    Ok(Redirect::to(&to).into_response())
}

/// What was asked for, or that somebody was quicker.
async fn outcome(console: &Arc<Console>, me: &Me, person: PersonId, done: &str, result: Result<(), Failure>) -> Result<Response, Failure> {
    match result {
        Ok(()) => back(console, me, person, done).await,
        Err(Failure::Wrong) => back(console, me, person, "no").await,
        Err(other) => Err(other),
    }
}

/// A role by the name that forms and addresses give it.
pub fn role_named(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.name() == name)
}

/// `POST /people/{id}/give`.
pub async fn give(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let seen = find(&mut reading, &id).await?;
    let (_, places) = choices(&reading, "", "");
    if seen.person.withdrawn || places.is_empty() {
        return Err(Failure::Forbidden);
    }
    let (role, place) = (role_named(sent.fields.get("role")), sent.fields.get("place"));
    let scope = places.iter().any(|p| p.value == place).then(|| place.parse::<Scope>().ok()).flatten();
    let may = |role: &Role| scope.is_some_and(|scope| sent.me.may_give(*role, scope));
    let t = &sent.me.t.person;
    let wrong = GiveWrong { role: role.filter(may).is_none().then_some(t.wrong_role), place: scope.is_none().then_some(t.wrong_place) };
    let (Some(role), Some(scope)) = (role.filter(may), scope) else { return person::form(&mut reading, seen, None, wrong).await };
    drop(reading);
    let done = deeds::give(&console, &sent.me, seen.person.id, role, scope).await;
    outcome(&console, &sent.me, seen.person.id, "given", done).await
}

/// The role of an address, if it stands and they may end it.
fn standing<'s>(me: &Me, seen: &'s Seen, grant: &str) -> Result<&'s Grant, Failure> {
    let id: GrantId = grant.parse().map_err(|_| Failure::Missing)?;
    let found = seen.grants.iter().find(|g| g.id == id).ok_or(Failure::Missing)?;
    if may_end(me, found) { Ok(found) } else { Err(Failure::Forbidden) }
}

/// `GET /people/{id}/roles/{grant}`.
pub async fn ask(State(console): State<Arc<Console>>, me: Me, Path((id, grant)): Path<(String, String)>) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let seen = find(&mut reading, &id).await?;
    let found = standing(&reading.me, &seen, &grant)?.clone();
    confirm(&mut reading, &seen, &found, "", "", None).await
}

/// In whose time a role is ended: its site's.
fn zone(reading: &Reading, seen: &Seen, grant: &Grant) -> Zone {
    match grant.scope {
        Scope::Site(id) => reading.names.zone_at(id),
        _ => seen.zone(reading),
    }
}

async fn confirm(
    reading: &mut Reading,
    seen: &Seen,
    grant: &Grant,
    date: &str,
    time: &str,
    wrong: Option<&'static str>,
) -> Result<Response, Failure> {
    let (t, zone) = (reading.me.t, zone(reading, seen, grant));
    let words = [
        ("name", &*seen.person.name),
        ("role", t.roles.of(grant.role)),
        ("site", &reading.names.place(grant.scope).text),
        ("time", &zone.text(grant.from_ms)),
    ];
    let mut effects = vec![t.person.end_now, t.person.end_past];
    if seen.held().count() == 1 {
        effects.push(t.person.end_last);
    }
    effects.push(t.person.pushed);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = RoleEndPage {
        id: seen.person.id.to_string(),
        grant: grant.id.to_string(),
        name: seen.person.name.clone(),
        who: fill(t.person.end_who, &words),
        effects,
        since_help: fill(t.person.since_help, &[("zone", zone.name())]),
        date: date.to_owned(),
        time: time.to_owned(),
        wrong,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::People), Some(&zone)).await?,
    };
    Ok((status, page(&shown)).into_response())
}

/// Since when a role ends: now where nothing was typed, else an instant that has passed.
fn since(zone: &Zone, now_ms: i64, date: &str, time: &str) -> Option<i64> {
    if date.is_empty() && time.is_empty() {
        return Some(now_ms);
    }
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let time = if time.is_empty() { NaiveTime::MIN } else { NaiveTime::parse_from_str(time, "%H:%M").ok()? };
    zone.instant(date.and_time(time)).ok().filter(|ms| *ms <= now_ms)
}

/// `POST /people/{id}/roles/{grant}`.
pub async fn end(State(console): State<Arc<Console>>, Path((id, grant)): Path<(String, String)>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let seen = find(&mut reading, &id).await?;
    let found = standing(&sent.me, &seen, &grant)?.clone();
    let (date, time) = (sent.fields.get("date"), sent.fields.get("time"));
    let Some(since_ms) = since(&zone(&reading, &seen, &found), sent.me.now_ms, date, time) else {
        return confirm(&mut reading, &seen, &found, date, time, Some(sent.me.t.person.wrong_since)).await;
    };
    drop(reading);
    let done = deeds::end(&console, &sent.me, &found, since_ms).await;
    outcome(&console, &sent.me, seen.person.id, "ended", done).await
}

/// The sites that somebody can be moved from, and those that they can be moved to. All roles at the one must be
/// theirs to end, and to give at the other.
fn ways(reading: &Reading, seen: &Seen) -> (Vec<Scope>, Vec<Scope>) {
    let me = &reading.me;
    let at = |scope: &Scope| seen.held().filter(|g| g.scope == *scope).collect::<Vec<_>>();
    let mut from: Vec<Scope> = seen.held().map(|g| g.scope).filter(|s| *s != Scope::Org).collect();
    from.sort();
    from.dedup();
    from.retain(|scope| at(scope).iter().all(|g| may_end(me, g)));
    let may_take = |to: Scope| from.iter().any(|f| *f != to && at(f).iter().all(|g| me.may_give(g.role, to)));
    let to = reading.names.sites.values().filter(|s| !s.withdrawn).map(|s| Scope::Site(s.id)).filter(|to| may_take(*to)).collect();
    (from, to)
}

/// `GET /people/{id}/move`.
pub async fn whither(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let seen = find(&mut reading, &id).await?;
    move_form(&mut reading, &seen, "", "", None).await
}

async fn move_form(reading: &mut Reading, seen: &Seen, from: &str, to: &str, wrong: Option<&'static str>) -> Result<Response, Failure> {
    let (out_of, into) = ways(reading, seen);
    if out_of.is_empty() || seen.person.withdrawn {
        return Err(Failure::Forbidden);
    }
    let choose = |scopes: Vec<Scope>, chosen: &str| {
        let mut all: Vec<Choice> = scopes
            .iter()
            .map(|s| Choice { selected: s.to_string() == chosen, value: s.to_string(), label: reading.names.place(*s).text })
            .collect();
        all.sort_by(|a, b| a.label.cmp(&b.label));
        all
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = MovePage {
        id: seen.person.id.to_string(),
        name: seen.person.name.clone(),
        from: choose(out_of, from),
        to: choose(into, to),
        wrong,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::People), None).await?,
    };
    Ok((status, page(&shown)).into_response())
}

/// `POST /people/{id}/move`.
pub async fn move_on(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let seen = find(&mut reading, &id).await?;
    let (out_of, into) = ways(&reading, &seen);
    let (from, to) = (sent.fields.get("from"), sent.fields.get("to"));
    let among = |text: &str, all: &[Scope]| text.parse::<Scope>().ok().filter(|scope| all.contains(scope));
    let (Some(out), Some(inn)) = (among(from, &out_of), among(to, &into).filter(|inn| among(from, &out_of) != Some(*inn))) else {
        return move_form(&mut reading, &seen, from, to, Some(sent.me.t.person.wrong_move)).await;
    };
    drop(reading);
    let done = deeds::move_person(&console, &sent.me, seen.person.id, out, inn).await;
    outcome(&console, &sent.me, seen.person.id, "moved", done).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::strings::ENGLISH;

    #[test]
    fn a_role_ends_now_or_at_an_instant_that_has_passed() {
        let now = 1_778_601_900_000; // Tue 12 May 2026, 16:05 UTC
        let zone = Zone::new("Europe/London", now, &ENGLISH);
        assert_eq!(since(&zone, now, "", ""), Some(now));
        assert_eq!(since(&zone, now, "2026-05-12", "17:05"), Some(now));
        assert_eq!(since(&zone, now, "2026-05-12", ""), Some(now - (17 * 60 + 5) * 60_000), "from the beginning of the day");
        for (date, time) in [("2026-05-12", "17:06"), ("2026-05-13", ""), ("", "10:00"), ("yesterday", ""), ("2026-05-11", "25:00")] {
            assert_eq!(since(&zone, now, date, time), None, "{date} {time}");
        }
    }
}
