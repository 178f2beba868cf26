//! `/devices/{id}/unlock/{person}`: what it does to let somebody try their PIN again, and then doing it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use frontline_domain::PersonId;
use frontline_domain::permission::Act;

use super::device::{find, outcome};
use super::devices::{Item, scope};
use super::{deeds, frame};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{DeviceUnlockPage, Place};

/// The device, and who is to try again on it.
async fn both(reading: &mut Reading, id: &str, person: &str) -> Result<(Item, PersonId), Failure> {
    let item = find(reading, Act::Unlock, id).await?;
    let person: PersonId = person.parse().map_err(|_| Failure::Missing)?;
    if item.people.contains(&person) { Ok((item, person)) } else { Err(Failure::Missing) }
}

pub async fn ask(State(console): State<Arc<Console>>, me: Me, Path((id, person)): Path<(String, String)>) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let (item, person) = both(&mut reading, &id, &person).await?;
    if item.row.revoked_ms.is_some() {
        return outcome(item.row.id, "no", Ok(()));
    }
    let t = &reading.me.t.devices;
    let zone = reading.names.zone_at(item.site);
    let name = reading.names.person(person);
    let shown = DeviceUnlockPage {
        id: item.row.id.to_string(),
        name: item.row.name.clone(),
        person_id: person.to_string(),
        zone: zone.sentence(),
        title: fill(t.unlock_title, &[("person", &name), ("name", &item.row.name)]),
        site: reading.names.site(item.site),
        person: name,
        contact: item.row.last_contact_ms.map(|ms| zone.stamp(ms)),
        effects: vec![t.u_next, t.u_same, t.u_forgot, t.u_sure],
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Devices), Some(&zone)).await?,
    };
    Ok(page(&shown).into_response())
}

pub async fn unlock(
    State(console): State<Arc<Console>>,
    Path((id, person)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let (item, person) = both(&mut reading, &id, &person).await?;
    drop(reading);
    if item.row.revoked_ms.is_some() {
        return outcome(item.row.id, "no", Ok(()));
    }
    let done = deeds::unlock_pin(&console, &sent.me, scope(&item), item.row.id, person).await;
    outcome(item.row.id, "unlocked", done)
}
