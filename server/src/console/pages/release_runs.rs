//! `/content/{kind}/{slug}/runs`: what becomes of open runs of versions that cannot be begun any more, and the choice of it that
//! pages show which publish a version or take a procedure away (ADR 32).

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::{ReleaseHash, Scope, WithdrawalId};

use super::content::zone;
use super::release::Found;
use super::{deeds, frame};
use crate::admin::content::drafts::KIND;
use crate::admin::content::runs::{Because, OpenRuns};
use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::look::uses;
use crate::console::sent::{Fields, Sent};
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Notice, OpenRunsView, Place, ReleaseRunsPage, WithdrawnRow};
use crate::withdrawn::Withdrawals;

/// What was done a moment ago.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// The choice, with what is known of open runs of all versions but the one that can be begun; none where there can be none.
pub async fn choice(reading: &mut Reading, found: &Found, but: Option<ReleaseHash>) -> Result<Option<OpenRunsView>, Failure> {
    if found.kind != KIND {
        return Ok(None);
    }
    let older: Vec<ReleaseHash> = found.work.keys().copied().filter(|hash| Some(*hash) != but).collect();
    if older.is_empty() {
        return Ok(None);
    }
    let by_site = uses::open_by_site(&mut *reading.tx, &reading.me, &older).await?;
    let (t, w) = (reading.me.t, &reading.me.t.withdrawn);
    let mut sites: Vec<String> = Vec::new();
    for (scope, n) in by_site {
        let Scope::Site(site) = scope else { continue };
        sites.push(fill(&t.counted(w.at_site, n), &[("site", &reading.names.site(site).text)]));
    }
    if sites.is_empty() {
        sites.push(w.none_known.to_owned());
    }
    Ok(Some(OpenRunsView { sites }))
}

/// What somebody chose; a reason that is missing is said on the page again.
pub fn chosen(fields: &Fields, me: &Me) -> Result<OpenRuns, Failure> {
    match fields.get("open_runs") {
        "" | "finish" => Ok(OpenRuns::Finish),
        "withdraw" => Ok(OpenRuns::Withdraw(Because::read(fields.get("reason"), me.person, me.name.clone())?)),
        _ => Err(Failure::Wrong),
    }
}

/// The procedure of an address, for somebody who publishes.
async fn find(reading: &mut Reading, kind: &str, slug: &str) -> Result<Found, Failure> {
    let found = Found::read(reading, kind, slug).await?;
    match reading.me.may(Act::Publish, Scope::Org) {
        true if found.kind == KIND => Ok(found),
        true => Err(Failure::Missing),
        false => Err(Failure::Forbidden),
    }
}

/// `GET /content/{kind}/{slug}/runs`.
pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path((kind, slug)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let found = find(&mut reading, &kind, &slug).await?;
    let current = &found.published.publication;
    let but = (!current.withdrawn).then_some(current.release);
    let choice = choice(&mut reading, &found, but).await?;
    let (t, zone) = (reading.me.t, zone(&reading));
    let w = &t.withdrawn;
    let withdrawals = Withdrawals::read(&mut *reading.tx, reading.me.org).await?;
    let stand = withdrawals.all().iter().filter(|one| one.procedure == found.slug && !one.undone);
    let rows = stand.map(|one| WithdrawnRow {
        id: one.id.to_string(),
        says: fill(w.told, &[("name", &calm(one.by_name.clone())), ("time", &zone.text(one.at_ms)), ("reason", &calm(one.reason.clone()))]),
        of: t.counted(w.of_versions, one.releases.len() as u64),
    });
    let notice = match done.done.as_str() {
        "withdrawn" => Some(("good", w.said_done)),
        "undone" => Some(("good", w.said_undone)),
        "nothing" => Some(("bad", w.said_nothing)),
        "reason" => Some(("bad", w.no_reason)),
        "gone" => Some(("bad", t.content.said_gone)),
        _ => None,
    };
    let shown = ReleaseRunsPage {
        name: found.title.clone(),
        path: found.path(),
        action: format!("/content/{}/runs", found.path()),
        choice,
        rows: rows.collect(),
        notice: notice.map(|(tone, text)| Notice { tone, text: text.to_owned(), link: None }),
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Content), Some(&zone)).await?,
    };
    Ok(page(&shown))
}

/// `POST /content/{kind}/{slug}/runs`: withdrawn, or taken back.
pub async fn decide(
    State(console): State<Arc<Console>>,
    Path((kind, slug)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let found = find(&mut reading, &kind, &slug).await?;
    drop(reading);
    let done = match sent.fields.get("what") {
        "withdraw" => match Because::read(sent.fields.get("reason"), sent.me.person, sent.me.name.clone()) {
            Err(_) => "reason",
            Ok(because) if deeds::withdraw_runs(&console, &sent.me, &found.slug, &because).await? => "withdrawn",
            Ok(_) => "nothing",
        },
        "undo" => {
            let id: WithdrawalId = sent.fields.get("id").parse().map_err(|_| Failure::Wrong)?;
            if deeds::undo_withdrawal(&console, &sent.me, &found.slug, id).await? { "undone" } else { "gone" }
        }
        _ => return Err(Failure::Wrong),
    };
    Ok(Redirect::to(&format!("/content/{}/runs?done={done}", found.path())).into_response())
}
