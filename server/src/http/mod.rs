//! HTTP: the routes, what stands around each of them, and the server that runs them.
//!
//! Start at [`router`]. [`device`] has the routes that devices speak to, [`blobs`] those of pictures, [`content`] the one that
//! publishes, [`health`] those for whoever operates it; [`around`] is what every request passes through.
//!
//! [`serve`] starts and stops a server: [`accept`] takes connections, [`connection`] speaks with one of them,
//! [`activity`] says what it is doing, [`turned_away`] answers those who have too many, [`tls`] reads the certificate. [`front`] is what a server is told of
//! the outside: its [`public`] address, its [`proxies`], its limits; [`peer`] who a request is from.
//! [`places`] bounds the memory that exchanges take, [`rates`] how much of them a device or an organisation may
//! ask for, [`body`] reads and gives bodies within it, [`guesses`] counts wrong codes.

mod accept;
mod activity;
pub mod around;
pub mod blobs;
mod body;
mod connection;
pub mod content;
pub mod device;
pub mod front;
pub mod guesses;
pub mod health;
pub mod peer;
pub mod places;
pub mod proxies;
pub mod public;
pub mod rates;
pub mod serve;
#[cfg(test)]
mod tests;
mod tls;
mod turned_away;

use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{get, post};

use frontline_protocol::{document, enrol, give_back, recover, sync, tus};

use crate::app::AppState;
pub use front::{Front, Limits};
pub use proxies::{Network, Proxies};
pub use public::PublicUrl;
pub use rates::{Rate, RateLimits};
pub use serve::{Options, Running, Server, StartError};

/// Pictures.
fn pictures() -> Router<AppState> {
    let all = Router::new()
        .route(tus::PATH, post(blobs::create).options(blobs::options))
        .route(&format!("{}/{{hash}}", tus::PATH), get(blobs::get).head(blobs::head).patch(blobs::append).options(blobs::options));
    all.layer(map_response(blobs::mark))
}

/// All routes.
pub fn router(app: AppState) -> Router {
    let api = Router::new()
        .route(sync::PATH, post(device::sync))
        .route(document::PATH, post(device::document))
        .route(enrol::PATH, post(device::enrol))
        .route(enrol::AGAIN, post(device::again))
        .route(give_back::PATH, post(device::give_back))
        .route(recover::PATH, post(device::recover))
        .route("/v1/content", post(content::push))
        .route(tus::OFFER, post(content::offer))
        .merge(pictures())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics));
    let all = api.merge(crate::console::router(&app));
    all.layer(from_fn_with_state(app.clone(), around::every)).with_state(app)
}
