//! `/quarantine`: what the server could not take, and letting it in.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::{EntryHash, EntryType, Scope};
use frontline_protocol::{Code, Entry, limits};

use super::{MOST_QUARANTINED, frame};
use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::{Failure, show as page};
use crate::console::look::names::Names;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::{Quarantine as Words, fill};
use crate::console::view::{Notice, Place, QuarantinePage, QuarantineRow, QuarantinedPage};
use crate::console::zone::Zone;
use crate::store::{Quarantined, ReadTx};

/// Where a quarantined entry belongs: what names no site is the whole organisation's, so that only those
/// with a say there see it.
fn place(one: &Quarantined) -> Scope {
    match one.scope {
        Some(scope @ Scope::Site(_)) => scope,
        _ => Scope::Org,
    }
}

/// What waits where the person may let something in, newest first.
pub async fn waiting(tx: &mut dyn ReadTx, me: &Me) -> Result<Vec<Quarantined>, Failure> {
    let mut all = tx.all_quarantined(me.org, true, MOST_QUARANTINED).await?;
    all.retain(|one| me.may(Act::LetIn, place(one)));
    Ok(all)
}

/// What became of an entry that was let in; the address of the list carries it.
#[derive(Debug, Default, Deserialize)]
pub struct Outcome {
    outcome: Option<String>,
    code: Option<u16>,
}

impl Outcome {
    fn notice(&self, t: &Words) -> Option<Notice> {
        let (tone, text) = match self.outcome.as_deref()? {
            "stored" => ("good", t.stored.to_owned()),
            "remake" => ("good", t.remake.to_owned()),
            "gone" => ("", t.gone.to_owned()),
            "refused" => ("bad", fill(t.refused, &[("reason", Code(self.code.unwrap_or_default()).text())])),
            _ => return None,
        };
        Some(Notice { tone, text, link: None })
    }
}

pub async fn list(State(console): State<Arc<Console>>, me: Me, Query(outcome): Query<Outcome>) -> Result<Response, Failure> {
    if !me.may_anywhere(Act::LetIn) {
        return Err(Failure::Forbidden);
    }
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, &me).await?;
    let waiting = waiting(tx, &me).await?;
    let rows = waiting.iter().map(|one| row(&names, &me, one)).collect();
    let frame = frame(tx, &me, Some(Place::Quarantine), None).await?;
    Ok(page(&QuarantinePage { rows, notice: outcome.notice(&me.t.quarantine), frame }))
}

pub async fn look(State(console): State<Arc<Console>>, me: Me, Path(entry): Path<String>) -> Result<Response, Failure> {
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let one = find(tx, &me, &entry).await?;
    if one.resolved.is_some() {
        return Ok(back("gone", None));
    }
    let names = Names::read(tx, &me).await?;
    let device = tx.device(me.org, one.offered_by).await?.map_or_else(|| me.t.quarantine.unknown.to_owned(), |d| calm(d.name));
    let size = me.t.counted(me.t.quarantine.bytes, one.bytes.len() as u64);
    let frame = frame(tx, &me, Some(Place::Quarantine), None).await?;
    Ok(page(&QuarantinedPage { row: row(&names, &me, &one), device, size, frame }))
}

pub async fn let_in(State(console): State<Arc<Console>>, Path(entry): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let one = find(console.store.read().await?.as_mut(), &sent.me, &entry).await?;
    if one.resolved.is_some() {
        return Ok(back("gone", None));
    }
    super::deeds::let_in(&console, &sent.me, place(&one), one.hash).await.map(|(outcome, code)| back(outcome, code))
}

/// The entry of an address, if it exists and the person may let it in.
async fn find(tx: &mut dyn ReadTx, me: &Me, entry: &str) -> Result<Quarantined, Failure> {
    let hash: EntryHash = entry.parse().map_err(|_| Failure::Missing)?;
    let one = tx.quarantined_hash(me.org, &hash).await?.ok_or(Failure::Missing)?;
    super::allowed(me, Act::LetIn, place(&one))?;
    Ok(one)
}

fn back(outcome: &str, code: Option<Code>) -> Response {
    let code = code.map_or(String::new(), |c| format!("&code={}", c.0));
    Redirect::to(&format!("/quarantine?outcome={outcome}{code}")).into_response()
}

fn row(names: &Names, me: &Me, one: &Quarantined) -> QuarantineRow {
    let t = &me.t.quarantine;
    let site = match one.scope {
        Some(Scope::Site(id)) => names.sites.get(&id),
        _ => None,
    };
    let zone = site.map_or_else(|| Zone::new("UTC", me.now_ms, me.t), |s| names.zone(s));
    // What the author's clocks said, where the entry can be read at all.
    let header = Entry::read(&one.bytes, limits::ENTRY).ok().map(|e| e.header);
    let captured = header.map_or(one.effective_ms, |h| h.moment.server_estimate());
    QuarantineRow {
        id: one.hash.to_string(),
        kind: one.entry_type.map_or(t.unknown, |kind| kind_words(t, kind)),
        reason: one.code.text().to_owned(),
        who: one.person.map_or_else(|| t.unknown.to_owned(), |p| names.person(p)),
        site: site.map_or_else(|| names.plain(t.unknown), |s| names.words(&s.name)),
        zone: zone.name().to_owned(),
        captured: zone.stamp(captured),
        arrived: zone.stamp(one.arrived_ms),
        may_let_in: me.may(Act::LetIn, place(one)),
    }
}

/// What people call the types that phones write.
fn kind_words(t: &Words, kind: EntryType) -> &'static str {
    match kind {
        EntryType::RUN_CHANGED => t.k_run_changed,
        EntryType::RUN_SUBMITTED => t.k_run_submitted,
        EntryType::SIGNED_OFF => t.k_signed_off,
        EntryType::RETURNED => t.k_returned,
        EntryType::COMMENTED => t.k_commented,
        EntryType::FEEDBACK_GIVEN => t.k_feedback,
        EntryType::INTERACTION_OPENED
        | EntryType::INTERACTION_PAUSED
        | EntryType::INTERACTION_RESUMED
        | EntryType::INTERACTION_CLOSED
        | EntryType::INTERACTION_VOIDED => t.k_interaction,
        EntryType::LESSON_PROGRESSED => t.k_lesson,
        other => other.name().unwrap_or(t.unknown),
    }
}
