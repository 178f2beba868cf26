//! The console over some days of made-up work: `cargo run -p frontline-server --example console -- [ADDR]`.
//! Prints one line of JSON: the address, and who can sign in. For looking at it, and for `tests/browser`.

use std::net::SocketAddr;
use std::sync::Arc;

use frontline_domain::Clock;
use frontline_server::system::{SystemClock, SystemRandom};
use frontline_server::{Options, Server};

#[path = "../tests/support/mod.rs"]
mod support;

#[tokio::main]
async fn main() {
    let typed = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listen: SocketAddr = typed.parse().expect("an address such as 127.0.0.1:8080");
    let data = tempfile::tempdir().expect("a directory");
    let now = SystemClock.now().wall_ms;
    let town = support::Town::found(data.path(), now - 3 * 86_400_000).await;
    let told = support::tell(&town, now).await;
    let action = support::mends(&town, &told).await;
    let (email, password) = (support::ADMIN, support::PASSWORD);
    drop(town);
    let options = Options { data: data.path().into(), listen, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), tls: None };
    let running = Server::start(options).await.expect("a server");
    println!(
        r#"{{"url":"http://{}","email":"{email}","password":"{password}","clashed":"{}","lapsed":"{}","action":"{action}"}}"#,
        running.addr, told.clashed, told.lapsed
    );
    let _ = tokio::signal::ctrl_c().await;
    running.shutdown().await;
}
