//! The manager's console: pages that the server renders whole. No build step, nothing from elsewhere, no
//! script needed; `org` comes from the session only, and every handler asks `domain::permission` first.
//!
//! Where to start: [`pages()`] lists the pages; [`pages`] has a handler per page, which asks [`look`] for what
//! is there and fills the structs of [`view`], which the templates in `server/templates` render. Every word
//! is in [`strings`]; [`session`] says who is signed in, [`sent`] is the only way to change anything.

#![allow(dead_code, reason = "words and pieces of pages that are about to follow")]

mod address;
pub mod assets;
mod calm;
mod cookie;
mod errors;
mod headers;
mod known;
mod language;
mod limit;
mod list;
mod look;
mod pages;
mod password;
mod period;
mod sent;
mod session;
mod sign_in;
mod strings;
mod view;
mod zone;

pub use headers::Https;

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use tokio::sync::Semaphore;

use crate::app::AppState;
use pages::actions::Actions;
use pages::assignments::Assignments;
use pages::content::Content;
use pages::devices::Devices;
use pages::health::Health;
use pages::people::People;
use pages::quarantine::Quarantine;
use pages::runs::Runs;

/// Passwords that are checked at the same time: each takes 19 MiB for a few dozen milliseconds.
const HASHING: usize = 2;

/// Seconds, in the server's milliseconds.
const fn seconds(n: i64) -> i64 {
    n * 1_000
}

/// The server's shared parts, with what only the console keeps in memory.
pub struct Console {
    app: AppState,
    limit: limit::Limit,
    library: look::library::Library,
    summaries: look::runs::Summaries,
    hashing: Semaphore,
}

impl Deref for Console {
    type Target = crate::app::App;
    fn deref(&self) -> &Self::Target {
        &self.app
    }
}

/// Every page, and who answers it.
fn pages() -> Vec<(&'static str, MethodRouter<Arc<Console>>)> {
    vec![
        ("/", get(pages::sites::show)),
        ("/sites/{site}", get(pages::site::show)),
        ("/sites/{site}/enrol", get(pages::enrol::show).post(pages::enrol::make)),
        ("/runs", get(list::show::<Runs>)),
        ("/runs.csv", get(list::export::<Runs>)),
        (pages::answers::PATH, get(list::file::<pages::answers::Answers>)),
        (pages::run_figures::PATH, get(list::file::<pages::run_figures::Figures>)),
        ("/runs/{run}", get(pages::run::show)),
        ("/compare", get(pages::compare::show)),
        ("/weeks", get(pages::weeks::show)),
        ("/failures", get(pages::failures::show)),
        ("/runs/{run}/pictures/{picture}", get(pages::picture::show)),
        ("/pictures/{picture}", get(pages::picture::bytes)),
        ("/actions", get(list::show::<Actions>)),
        ("/actions.csv", get(list::export::<Actions>)),
        ("/actions/{action}", get(pages::action::show)),
        ("/assignments", get(list::show::<Assignments>)),
        ("/assignments.csv", get(list::export::<Assignments>)),
        ("/assignments/{assignment}", get(pages::assignment::show)),
        ("/assignments/{assignment}/withdraw", get(pages::assignment::ask).post(pages::assignment::withdraw)),
        ("/assign", get(pages::assign::show).post(pages::assign::assign)),
        ("/people", get(list::show::<People>)),
        ("/people.csv", get(list::export::<People>)),
        ("/people/new", get(pages::person_new::show).post(pages::person_new::add)),
        ("/people/{person}", get(pages::person::show)),
        ("/people/{person}/give", post(pages::person_roles::give)),
        ("/people/{person}/roles/{grant}", get(pages::person_roles::ask).post(pages::person_roles::end)),
        ("/people/{person}/move", get(pages::person_roles::whither).post(pages::person_roles::move_on)),
        ("/people/{person}/password", get(pages::person_password::show).post(pages::person_password::make)),
        ("/devices", get(list::show::<Devices>)),
        ("/devices.csv", get(list::export::<Devices>)),
        ("/devices/{device}", get(pages::device::show)),
        ("/devices/{device}/rename", post(pages::device::rename)),
        ("/devices/{device}/lost", get(pages::device_end::ask_lost).post(pages::device_end::lost)),
        ("/devices/{device}/unlock/{person}", get(pages::device_unlock::ask).post(pages::device_unlock::unlock)),
        ("/devices/{device}/found", post(pages::device::found)),
        ("/devices/{device}/revoke", get(pages::device_end::ask_revoke).post(pages::device_end::revoke)),
        ("/sync-health", get(list::show::<Health>)),
        ("/sync-health.csv", get(list::export::<Health>)),
        ("/content", get(list::show::<Content>)),
        ("/content.csv", get(list::export::<Content>)),
        ("/content-media/{hash}", get(pages::media::bytes)),
        ("/content/{kind}/{slug}", get(pages::release::show)),
        ("/content/{kind}/{slug}/withdraw", get(pages::release_change::ask_withdraw).post(pages::release_change::withdraw)),
        ("/content/{kind}/{slug}/publish", get(pages::release_change::ask_publish).post(pages::release_change::publish)),
        ("/content/{kind}/{slug}/runs", get(pages::release_runs::show).post(pages::release_runs::decide)),
        ("/content/{kind}/{slug}/draft", get(pages::draft::show).post(pages::draft::decide)),
        ("/drafts", get(pages::draft::list)),
        ("/quarantine", get(list::show::<Quarantine>)),
        ("/quarantine.csv", get(list::export::<Quarantine>)),
        ("/quarantine/{entry}", get(pages::quarantined::look).post(pages::quarantined::let_in)),
        ("/language", post(language::change)),
        ("/sign-out", post(sign_in::sign_out)),
        ("/sign-in", get(sign_in::show).post(sign_in::sign_in)),
        ("/assets/{mark}/{name}", get(assets::serve)),
    ]
}

/// The path of every page, for tests that walk all of them.
pub fn paths() -> Vec<&'static str> {
    pages().into_iter().map(|(path, _)| path).collect()
}

/// The console's routes.
pub fn router(app: &AppState) -> Router<AppState> {
    let console = Arc::new(Console {
        app: app.clone(),
        limit: limit::Limit::default(),
        library: look::library::Library::default(),
        summaries: look::runs::Summaries::default(),
        hashing: Semaphore::new(HASHING),
    });
    let all = pages().into_iter().fold(Router::new(), |all, (path, page)| all.route(path, page)).fallback(errors::nothing);
    all.layer(from_fn_with_state(console.clone(), errors::dress))
        .layer(from_fn_with_state(console.clone(), session::attend))
        .layer(from_fn_with_state(console.clone(), errors::dress))
        .layer(from_fn(headers::protect))
        .with_state(console)
}
