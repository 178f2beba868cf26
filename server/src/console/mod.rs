//! The manager's console: pages that the server renders whole. No build step, nothing from elsewhere, no
//! script needed; `org` comes from the session only, and every handler asks `domain::permission` first.
//!
//! Where to start: [`router`] lists the pages; [`pages`] has a handler per page, which asks [`look`] for what
//! is there and fills the structs of [`view`], which the templates in `server/templates` render. Every word
//! is in [`strings`]; [`session`] says who is signed in, [`sent`] is the only way to change anything.

pub mod assets;
mod cookie;
mod errors;
mod headers;
mod limit;
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
use axum::routing::{get, post};
use tokio::sync::Semaphore;

use crate::app::AppState;

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

/// The console's routes.
pub fn router(app: &AppState) -> Router<AppState> {
    let console = Arc::new(Console {
        app: app.clone(),
        limit: limit::Limit::default(),
        library: look::library::Library::default(),
        summaries: look::runs::Summaries::default(),
        hashing: Semaphore::new(HASHING),
    });
    let pages = Router::new()
        .route("/", get(pages::sites::show))
        .route("/sites/{site}", get(pages::site::show))
        .route("/sites/{site}/enrol", get(pages::enrol::show).post(pages::enrol::make))
        .route("/runs/{run}", get(pages::run::show))
        .route("/assign", get(pages::assign::show).post(pages::assign::assign))
        .route("/quarantine", get(pages::quarantine::list))
        .route("/quarantine/{entry}", get(pages::quarantine::look).post(pages::quarantine::let_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in));
    let assets = Router::new().route("/assets/{mark}/{name}", get(assets::serve));
    let all = pages.merge(assets).fallback(errors::nothing);
    all.layer(from_fn_with_state(console.clone(), errors::dress))
        .layer(from_fn_with_state(console.clone(), session::attend))
        .layer(from_fn_with_state(console.clone(), errors::dress))
        .layer(from_fn(headers::protect))
        .with_state(console)
}
