//! `/devices/{id}/lost` and `/revoke`: what it will do, and then doing it, with a reason.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use frontline_domain::permission::Act;

use super::device::{find, outcome};
use super::devices::{Item, scope, unsent};
use super::{deeds, frame};
use crate::admin::devices::MAX_REASON;
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{DeviceEndPage, Place};

pub async fn ask_lost(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    ask(console, me, &id, true).await
}

pub async fn ask_revoke(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    ask(console, me, &id, false).await
}

pub async fn lost(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    end(console, &id, &sent, true).await
}

pub async fn revoke(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    end(console, &id, &sent, false).await
}

async fn ask(console: Arc<Console>, me: Me, id: &str, lost: bool) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let item = find(&mut reading, Act::Enrol, id).await?;
    // What ended is not ended again; a lost one may still be given up.
    if item.row.revoked_ms.is_some() && (lost || !item.row.lost) {
        return outcome(item.row.id, "no", Ok(()));
    }
    form(&mut reading, &item, lost, None, "").await
}

async fn form(reading: &mut Reading, item: &Item, lost: bool, wrong: Option<&'static str>, typed: &str) -> Result<Response, Failure> {
    let (t, row) = (&reading.me.t.devices, &item.row);
    let zone = reading.names.zone_at(item.site);
    let (deed, title, submit) = if lost { ("lost", t.lost_title, t.mark_lost) } else { ("revoke", t.revoke_title, t.sure) };
    let last = if lost { t.e_found } else { t.e_for_good };
    let people = item.people.iter().map(|id| reading.names.person(*id)).collect();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = DeviceEndPage {
        id: row.id.to_string(),
        name: row.name.clone(),
        zone: zone.sentence(),
        deed,
        title: fill(title, &[("name", &row.name)]),
        submit,
        site: reading.names.site(item.site),
        people: reading.names.several(people, 6),
        contact: row.last_contact_ms.map(|ms| zone.stamp(ms)),
        unsent: unsent(reading, item),
        effects: vec![t.e_reads, t.e_unsent, t.e_hands, t.e_people, t.e_figures, last],
        wrong,
        typed: typed.to_owned(),
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Devices), Some(&zone)).await?,
    };
    Ok((status, page(&shown)).into_response())
}

async fn end(console: Arc<Console>, id: &str, sent: &Sent, lost: bool) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let item = find(&mut reading, Act::Enrol, id).await?;
    let reason = sent.fields.get("reason");
    if reason.is_empty() || reason.len() > MAX_REASON || reason.chars().any(char::is_control) {
        return form(&mut reading, &item, lost, Some(sent.me.t.devices.reason_wrong), reason).await;
    }
    drop(reading);
    let (device, scope) = (item.row.id, scope(&item));
    let done = deeds::end_device(&console, &sent.me, scope, device, lost, reason).await;
    outcome(device, if lost { "lost" } else { "revoked" }, done)
}
