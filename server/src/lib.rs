//! The central server, as a library: it gathers what devices captured, judges each entry, hands out feeds,
//! and serves the manager's console.
//!
//! Where to start: [`Server::start`] runs it; [`App`] is what everything inside shares. [`store`] keeps,
//! [`judge`] decides (`sync.md` 12 to 21), [`sync`] is the one exchange with devices, [`blobs`] are the pictures, [`admin`] is what
//! people with a say do, [`backup`] and [`ledger`] what outlives a lost machine, [`lists`] keeps what the console pages through, [`http`] is the router, [`local`] the server without sockets, [`console`] the manager's pages. Time and randomness are
//! given; [`system`] is the only file that asks the machine for them.

pub mod admin;
pub mod app;
pub mod backup;
pub mod blobs;
pub mod console;
pub mod contacts;
pub mod customers;
pub mod feed;
mod filled;
pub mod http;
pub mod judge;
pub mod keys;
pub mod ledger;
pub mod lists;
pub mod local;
pub mod metrics;
mod panics;
pub mod pen;
pub mod records;
pub mod recovery;
pub mod store;
pub mod sync;
pub mod system;
pub mod withdrawn;

pub use app::{App, AppState};
pub use http::{Front, Limits, Network, Options, PublicUrl, Rate, RateLimits, Running, Server};

// The world and the phones of `tests/it`, for unit tests that need an organisation with content and people.
#[cfg(test)]
extern crate self as frontline_server;
#[cfg(test)]
#[allow(dead_code, clippy::unwrap_used, reason = "shared with tests/it; a test that can not go on says where")]
#[path = "../tests/it/phone.rs"]
mod phone;
#[cfg(test)]
#[allow(dead_code, clippy::unwrap_used, reason = "shared with tests/it; a test that can not go on says where")]
#[path = "../tests/it/world.rs"]
mod world;
