//! The console over some days of made-up work: `cargo run -p frontline-server --example console -- [ADDR]`.
//! Prints one line of JSON: the address, and who can sign in. For looking at it, and for `tests/browser`.

use std::net::SocketAddr;
use std::sync::Arc;

use frontline_domain::Clock;
use frontline_domain::permission::Role;
use frontline_domain::release::Content;
use frontline_server::system::{SystemClock, SystemRandom};
use frontline_server::{Options, Server};

#[path = "../tests/support/mod.rs"]
mod support;

/// A draft of the fridge log, with something of each way to change.
async fn kept(town: &support::Town) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    let mut bundle = frontline_content::check(&folder).expect("the sample content");
    let release = bundle.releases.iter_mut().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    let Content::Procedure(procedure) = &mut release.content else { panic!("no procedure") };
    procedure.sign_off = Role::Manager.into();
    let items = &mut procedure.form.sections[0].items;
    items.remove(1);
    items[0].required = !items[0].required;
    frontline_server::admin::content::drafts::keep(&town.app, town.org, &bundle, &[]).await.expect("kept");
}

#[tokio::main]
async fn main() {
    let typed = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listen: SocketAddr = typed.parse().expect("an address such as 127.0.0.1:8080");
    let data = tempfile::tempdir().expect("a directory");
    let now = SystemClock.now().wall_ms;
    let town = support::Town::found(data.path(), now - 3 * 86_400_000).await;
    let told = support::tell(&town, now).await;
    let action = support::mends(&town, &told).await;
    let hasty = support::hasty(&town).await;
    kept(&town).await;
    let (email, password) = (support::ADMIN, support::PASSWORD);
    drop(town);
    let options = Options { data: data.path().into(), listen, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), tls: None };
    let running = Server::start(options).await.expect("a server");
    println!(
        r#"{{"url":"http://{}","email":"{email}","password":"{password}","clashed":"{}","lapsed":"{}","action":"{action}","hasty":"{hasty}"}}"#,
        running.addr, told.clashed, told.lapsed
    );
    let _ = tokio::signal::ctrl_c().await;
    running.shutdown().await;
}
