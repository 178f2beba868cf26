//! HTTP: the routes, what stands around each of them, and the server that runs them.
//!
//! Start at [`router`]. [`serve`] starts and stops a server, [`device`] has the two routes that devices
//! speak to, [`content`] the one that publishes, [`health`] those for whoever operates it, [`around`] what
//! every request passes through, [`listen`] the listeners.

pub mod around;
pub mod content;
pub mod device;
pub mod health;
pub mod listen;
pub mod peer;
pub mod serve;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use frontline_protocol::{enrol, sync};

use crate::app::AppState;
pub use serve::{Options, Running, Server, StartError};

/// All routes.
pub fn router(app: AppState) -> Router {
    let api = Router::new()
        .route(sync::PATH, post(device::sync))
        .route(enrol::PATH, post(device::enrol))
        .route("/v1/content", post(content::push))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics));
    let all = api.merge(crate::console::router(&app));
    all.layer(from_fn_with_state(app.clone(), around::every)).with_state(app)
}
