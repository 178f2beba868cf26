//! Withdrawing content, or making a version of it current: what it will do, before it is done.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::{ReleaseHash, Scope};

use super::release::Found;
use super::{deeds, frame, release_runs};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Notice, Place, ReleaseChangePage};

/// Which version.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    version: String,
    /// What was not right a moment ago.
    #[serde(default)]
    done: String,
}

impl Chosen {
    fn notice(&self, t: &Strings) -> Option<Notice> {
        (self.done == "reason").then(|| Notice { tone: "bad", text: t.withdrawn.no_reason.to_owned(), link: None })
    }
}

/// Back to the question, where open runs are to be withdrawn without a reason.
fn without_reason(sent: &Sent, to: &str) -> Option<Response> {
    let lacks = sent.fields.get("open_runs") == "withdraw" && sent.fields.get("reason").is_empty();
    lacks.then(|| Redirect::to(to).into_response())
}

/// The content of an address, for somebody who publishes.
async fn find(reading: &mut Reading, kind: &str, slug: &str) -> Result<Found, Failure> {
    let found = Found::read(reading, kind, slug).await?;
    if reading.me.may(Act::Publish, Scope::Org) { Ok(found) } else { Err(Failure::Forbidden) }
}

fn back(found: &Found, done: &str) -> Response {
    Redirect::to(&format!("/content/{}?done={done}", found.path())).into_response()
}

/// `GET /content/{kind}/{slug}/withdraw`.
pub async fn ask_withdraw(
    State(console): State<Arc<Console>>,
    me: Me,
    Path((kind, slug)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let found = find(&mut reading, &kind, &slug).await?;
    if found.published.publication.withdrawn {
        return Ok(back(&found, "gone"));
    }
    let open_runs = release_runs::choice(&mut reading, &found, None).await?;
    let (t, c) = (reading.me.t, &reading.me.t.content);
    let first = match found.kind.as_str() {
        "procedure" => c.e_withdraw_procedure,
        "module" => c.e_withdraw_module,
        _ => c.e_withdraw_other,
    };
    let mut effects = vec![first.to_owned()];
    effects.extend(stays(&reading, &found));
    if found.asked.assignments > 0 {
        effects.push(t.counted(c.e_assignments, found.asked.assignments));
    }
    if found.asked.touchpoints > 0 {
        effects.push(t.counted(c.e_touchpoints, found.asked.touchpoints));
    }
    effects.push(c.e_push.to_owned());
    let shown = ReleaseChangePage {
        title: fill(c.withdraw_title, &[("what", &found.title.text)]),
        name: found.title.clone(),
        path: found.path(),
        action: format!("/content/{}/withdraw", found.path()),
        version: String::new(),
        effects,
        submit: c.do_withdraw,
        danger: true,
        open_runs,
        notice: chosen.notice(t),
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Content), None).await?,
    };
    Ok(page(&shown))
}

/// What stays with the version that it was begun with.
fn stays(reading: &Reading, found: &Found) -> Option<String> {
    let (t, open) = (reading.me.t, found.open());
    let text = if found.kind == "module" { t.content.e_open_attempts } else { t.content.e_open_runs };
    (open > 0).then(|| t.counted(text, open))
}

/// `POST /content/{kind}/{slug}/withdraw`.
pub async fn withdraw(
    State(console): State<Arc<Console>>,
    Path((kind, slug)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let found = find(&mut reading, &kind, &slug).await?;
    drop(reading);
    if let Some(back) = without_reason(&sent, &format!("/content/{}/withdraw?done=reason", found.path())) {
        return Ok(back);
    }
    let open = release_runs::chosen(&sent.fields, &sent.me)?;
    let done = deeds::withdraw_content(&console, &sent.me, &found.kind, &found.slug, &open).await?;
    Ok(back(&found, if done { "withdrawn" } else { "gone" }))
}

/// A version of this name.
fn version(found: &Found, text: &str) -> Result<ReleaseHash, Failure> {
    let hash: ReleaseHash = text.parse().map_err(|_| Failure::Missing)?;
    found.published.versions.iter().find(|v| v.hash == hash).map(|v| v.hash).ok_or(Failure::Missing)
}

/// `GET /content/{kind}/{slug}/publish?version=…`.
pub async fn ask_publish(
    State(console): State<Arc<Console>>,
    me: Me,
    Path((kind, slug)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let found = find(&mut reading, &kind, &slug).await?;
    let hash = version(&found, &chosen.version)?;
    let open_runs = release_runs::choice(&mut reading, &found, Some(hash)).await?;
    let (t, c, n) = (reading.me.t, &reading.me.t.content, found.published.number(hash).to_string());
    let mut effects = vec![fill(c.e_publish, &[("n", &n)])];
    effects.extend(stays(&reading, &found));
    if found.asked.assignments > 0 {
        effects.push(t.counted(c.e_assignments_use, found.asked.assignments));
    }
    effects.push(c.e_push.to_owned());
    let shown = ReleaseChangePage {
        title: fill(c.publish_title, &[("n", &n), ("what", &found.title.text)]),
        name: found.title.clone(),
        path: found.path(),
        action: format!("/content/{}/publish", found.path()),
        version: hash.to_string(),
        effects,
        submit: c.do_publish,
        danger: false,
        open_runs,
        notice: chosen.notice(t),
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Content), None).await?,
    };
    Ok(page(&shown))
}

/// `POST /content/{kind}/{slug}/publish`.
pub async fn publish(
    State(console): State<Arc<Console>>,
    Path((kind, slug)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let found = find(&mut reading, &kind, &slug).await?;
    let hash = version(&found, sent.fields.get("version"))?;
    drop(reading);
    if let Some(back) = without_reason(&sent, &format!("/content/{}/publish?version={hash}&done=reason", found.path())) {
        return Ok(back);
    }
    let open = release_runs::chosen(&sent.fields, &sent.me)?;
    deeds::publish_version(&console, &sent.me, &found.kind, &found.slug, hash, &open).await?;
    Ok(back(&found, "published"))
}
