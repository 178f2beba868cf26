//! `/devices/{id}`: one device, and what can be done with it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use frontline_domain::fact::{Fact, OnDevice, PersonOnDevice};
use frontline_domain::permission::Act;
use frontline_domain::{DeviceId, EntryType, PersonId, Scope};

use super::devices::{Item, chip, scope, unsent};
use super::quarantine::kind_words;
use super::{allowed, deeds, frame};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::look::facts::{self, Found};
use crate::console::look::names::Names;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{DevicePage, DeviceWrong, HeldRow, Notice, Person, Place};

/// Held entries that are listed at most.
const MOST_HELD: usize = 20;

/// What was done a moment ago.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let item = find(&mut reading, Act::Oversee, &id).await?;
    let t = &reading.me.t.devices;
    let notice = match done.done.as_str() {
        "renamed" => Some(("good", t.renamed)),
        "lost" => Some(("good", t.said_lost)),
        "revoked" => Some(("good", t.said_revoked)),
        "found" => Some(("good", t.said_found)),
        "unlocked" => Some(("good", t.said_unlocked)),
        "no" => Some(("bad", t.said_no)),
        _ => None,
    };
    let notice = notice.map(|(tone, text)| Notice { tone, text: text.to_owned(), link: None });
    form(&mut reading, item, notice, DeviceWrong::default()).await
}

/// The device of an address, if it exists where the person may do this.
pub(super) async fn find(reading: &mut Reading, act: Act, id: &str) -> Result<Item, Failure> {
    let id: DeviceId = id.parse().map_err(|_| Failure::Missing)?;
    let row = reading.tx.device(reading.me.org, id).await?.ok_or(Failure::Missing)?;
    let item = Item::of(reading, row).await?;
    allowed(&reading.me, act, scope(&item))?;
    Ok(item)
}

async fn form(reading: &mut Reading, item: Item, notice: Option<Notice>, wrong: DeviceWrong) -> Result<Response, Failure> {
    let (t, row) = (reading.me.t, &item.row);
    let zone = reading.names.zone_at(item.site);
    let waiting = reading.tx.held_of(reading.me.org, row.id, MOST_HELD + 1).await?;
    let mut authors: Vec<PersonId> = waiting.iter().map(|h| h.person).collect();
    let said = reading.tx.said_of_itself(reading.me.org, row.id, EntryType::PERSON_ON_DEVICE).await?;
    let said = said.as_ref().and_then(facts::read);
    authors.extend(said.iter().flat_map(|s| [Some(s.person()), unlocked(s)]).flatten());
    reading.names.meet(&mut *reading.tx, &authors).await?;
    let names = &reading.names;
    let held = waiting.iter().take(MOST_HELD).map(|h| HeldRow {
        kind: kind_words(t, h.entry_type),
        reason: t.reasons.of(h.code),
        who: names.person(h.person),
        arrived: zone.stamp(h.arrived_ms),
    });
    let person = |id: &PersonId| Person { id: id.to_string(), name: names.person(*id) };
    let status = if wrong.name.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = DevicePage {
        id: row.id.to_string(),
        name: row.name.clone(),
        site_id: item.site.to_string(),
        site: names.site(item.site),
        zone: zone.sentence(),
        chip: chip(t, row),
        model: row.model.clone(),
        app: row.app.map_or_else(|| t.devices.unknown.to_owned(), |app| app.to_string()),
        people: item.people.iter().map(person).collect(),
        last_said: said.as_ref().and_then(|said| Some((happened(t, names, said)?, zone.stamp(said.effective_ms)))),
        enrolled: zone.stamp(row.enrolled_ms),
        contact: row.last_contact_ms.map(|ms| zone.stamp(ms)),
        reported: row.reported_through_ms.map(|ms| zone.stamp(ms)),
        revoked: row.revoked_ms.map(|ms| zone.stamp(ms)),
        reason: row.reason.clone().filter(|r| !r.is_empty()).unwrap_or_else(|| t.devices.no_reason.to_owned()),
        is_lost: row.lost,
        held: held.collect(),
        more_held: (waiting.len() > MOST_HELD).then(|| t.counted(t.devices.more_held, MOST_HELD as u64)),
        quarantined: (item.quarantined > 0).then(|| t.counted(t.site.quarantined, item.quarantined)),
        may_change: reading.me.may(Act::Enrol, scope(&item)),
        may_unlock: row.revoked_ms.is_none() && reading.me.may(Act::Unlock, scope(&item)),
        unsent: unsent(reading, &item),
        notice,
        wrong,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Devices), Some(&zone)).await?,
    };
    Ok((status, page(&shown)).into_response())
}

/// Whom somebody let try their PIN again.
fn unlocked(said: &Found) -> Option<PersonId> {
    match said.fact {
        Fact::PersonOnDevice(PersonOnDevice { what: OnDevice::Unlocked(person), .. }) => Some(person),
        _ => None,
    }
}

/// What was said last of people on the device, in words.
fn happened(t: &Strings, names: &Names, said: &Found) -> Option<String> {
    let Fact::PersonOnDevice(PersonOnDevice { what, .. }) = said.fact else { return None };
    let by = names.person(said.person());
    Some(match what {
        OnDevice::SignedOut => fill(t.devices.signed_out, &[("person", &by)]),
        OnDevice::Unlocked(person) => fill(t.devices.was_unlocked, &[("by", &by), ("person", &names.person(person))]),
    })
}

fn back(id: DeviceId, done: &str) -> Response {
    Redirect::to(&format!("/devices/{id}?done={done}")).into_response()
}

/// What a form asked for was done, or somebody had changed the device meanwhile.
pub(super) fn outcome(id: DeviceId, done: &str, result: Result<(), Failure>) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(back(id, done)),
        Err(Failure::Wrong) => Ok(back(id, "no")),
        Err(other) => Err(other),
    }
}

pub async fn rename(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let item = find(&mut reading, Act::Enrol, &id).await?;
    let name = sent.fields.get("name");
    match deeds::rename_device(&console, &sent.me, scope(&item), item.row.id, name).await {
        Ok(()) => Ok(back(item.row.id, "renamed")),
        Err(Failure::Wrong) => {
            let wrong = DeviceWrong { name: Some(sent.me.t.devices.name_wrong), typed_name: name.to_owned() };
            form(&mut reading, item, None, wrong).await
        }
        Err(other) => Err(other),
    }
}

pub async fn found(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let item = find(&mut reading, Act::Enrol, &id).await?;
    drop(reading);
    let (device, scope): (DeviceId, Scope) = (item.row.id, scope(&item));
    outcome(device, "found", deeds::device_found(&console, &sent.me, scope, device).await)
}
