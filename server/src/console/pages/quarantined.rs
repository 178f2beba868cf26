//! `/quarantine/{entry}`: one refused entry, and letting it in.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use frontline_domain::EntryHash;
use frontline_domain::permission::Act;
use frontline_protocol::Code;

use super::quarantine::{Item, place};
use super::{allowed, deeds, frame};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::view::{Place, QuarantinedPage};
use crate::store::{Quarantined, ReadTx};

pub async fn look(State(console): State<Arc<Console>>, me: Me, Path(entry): Path<String>) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let one = find(&mut *reading.tx, &reading.me, &entry).await?;
    let item = Item::of(&mut reading, one).await?;
    let (t, zone) = (reading.me.t, item.zone(&reading));
    let shown = QuarantinedPage {
        id: item.entry.hash.to_string(),
        kind: item.kind(t),
        reason: t.reasons.of(item.entry.code),
        who: item.who(&reading),
        site: item.site(&reading),
        zone: zone.name().to_owned(),
        captured: zone.stamp(item.captured_ms()),
        arrived: zone.stamp(item.entry.arrived_ms),
        size: t.counted(t.quarantine.bytes, item.entry.bytes.len() as u64),
        resolved: item.entry.resolved.map(|(_, at)| (item.state(t), zone.stamp(at))),
        device_id: item.entry.offered_by.to_string(),
        device: item.device,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Quarantine), None).await?,
    };
    Ok(page(&shown))
}

pub async fn let_in(State(console): State<Arc<Console>>, Path(entry): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let one = find(console.store.read().await?.as_mut(), &sent.me, &entry).await?;
    if one.resolved.is_some() {
        return Ok(back("gone", None));
    }
    deeds::let_in(&console, &sent.me, place(&one), one.hash).await.map(|(outcome, code)| back(outcome, code))
}

/// The entry of an address, if it exists and the person may let it in.
async fn find(tx: &mut dyn ReadTx, me: &Me, entry: &str) -> Result<Quarantined, Failure> {
    let hash: EntryHash = entry.parse().map_err(|_| Failure::Missing)?;
    let one = tx.quarantined_hash(me.org, &hash).await?.ok_or(Failure::Missing)?;
    allowed(me, Act::LetIn, place(&one))?;
    Ok(one)
}

fn back(outcome: &str, code: Option<Code>) -> Response {
    let code = code.map_or(String::new(), |c| format!("&code={}", c.0));
    Redirect::to(&format!("/quarantine?outcome={outcome}{code}")).into_response()
}
