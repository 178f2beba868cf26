//! What a server's memory and time come to over many documents, and over one long one: `cargo run -p
//! frontline-server --example documents [DOCUMENTS] [CHANGES]`, 100,000 and 20,000 where nothing is said. Prints
//! the peak of this process (VmHWM, Linux) on the way: the phones' side is in it, and keeps nothing.

#![allow(clippy::disallowed_methods, reason = "it measures real time")]

use std::time::Instant;

use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::{Clock, Scope};
use frontline_protocol::sync::Cursor;
use frontline_protocol::{Mark, frame, limits};
use frontline_server::judge::runs;
use frontline_server::sync::pages;
use frontline_server::system::SystemClock;

#[path = "../tests/support/mod.rs"]
mod support;

/// Documents of one push, each of two answers.
const AT_ONCE: usize = 500;

#[tokio::main]
async fn main() {
    let number = |n, or| std::env::args().nth(n).map_or(or, |text| text.parse::<usize>().expect("a number"));
    let (documents, changes) = (number(1, 100_000), number(2, 20_000));
    let data = tempfile::tempdir().expect("a directory");
    let town = support::Town::found(data.path(), SystemClock.now().wall_ms).await;
    let mut phone = support::Phone::enrolled(&town, "harbour-1", "Pixel 8a", "ana-pereira", "harbour").await;
    let first = phone.begins("fridge-log").await;
    let mut old = Vec::new();
    println!("documents  peak MB  s");
    let start = Instant::now();
    for done in (0..documents).step_by(AT_ONCE) {
        for n in 0..AT_ONCE.min(documents - done) {
            let mut sheet = phone.again(&first);
            phone.answers(&mut sheet, "milk-fridge", Value::Number(4.into()));
            phone.answers(&mut sheet, "food-fridge", Value::Number(5.into()));
            if n == 0 {
                old.push(sheet);
            }
        }
        // One of long ago, which is in memory no more.
        let at = old.len() / 2;
        phone.answers(&mut old[at], "freezer", Value::Number("-18".parse().expect("a number")));
        phone.syncs().await;
        if (done + AT_ONCE).is_multiple_of(documents.div_ceil(10).next_multiple_of(AT_ONCE)) || done + AT_ONCE >= documents {
            println!("{:9}  {:7}  {:.0}", done + AT_ONCE, peak_mb(), start.elapsed().as_secs_f64());
        }
    }

    first_sync(&town, Scope::Site(phone.site)).await;

    println!("one run of {changes} changes");
    let mut sheet = phone.again(&first);
    let (start, mut quarter) = (Instant::now(), Instant::now());
    for n in 1..=changes {
        let item = ["milk-fridge", "food-fridge"][n % 2];
        phone.answers(&mut sheet, item, Value::Number(u8::try_from(n % 9).unwrap_or(0).into()));
        if n % 100 == 0 || n == changes {
            phone.syncs().await;
        }
        if n.is_multiple_of((changes / 4).max(1)) {
            println!("  up to {n}: {:.1} s, peak {} MB", quarter.elapsed().as_secs_f64(), peak_mb());
            quarter = Instant::now();
        }
    }
    println!("  all of it: {:.1} s", start.elapsed().as_secs_f64());
    let mut tx = town.app.store.read().await.expect("a view");
    let row = tx.doc(town.org, sheet.run.id()).await.expect("read").expect("a document");
    assert_eq!((row.changes, row.scope), (changes as u64, Scope::Site(phone.site)));
    let start = Instant::now();
    let run = runs::load(&mut *tx, town.org, sheet.run.id(), &sheet.form).await.expect("loaded");
    println!(
        "  loading it anew: {:.3} s, {} changes, weighs {} KiB",
        start.elapsed().as_secs_f64(),
        run.change_count(),
        run.weight() / 1_024
    );
}

/// What a device that holds nothing is given of a site's feed: by pages, as each device asks for them; and the same
/// rows packed in pieces four times as large, as they would be kept once and given to everybody (`sync.md` 9).
async fn first_sync(town: &support::Town, scope: Scope) {
    let mut tx = town.app.store.read().await.expect("a view");
    let types = Role::Supervisor.reads();
    let (mut at, mut rows, mut bytes, mut pages) = (Mark::START, Vec::new(), 0, 0);
    let (start, mut reading) = (Instant::now(), 0.0);
    loop {
        let incarnation = tx.incarnation().await.expect("a life");
        let cursors = [Cursor { scope, types, incarnation, at, older: Vec::new() }];
        let cursors = if at == Mark::START { &[][..] } else { &cursors };
        let began = Instant::now();
        let fed = pages::read(
            &mut *tx,
            pages::Of { org: town.org, incarnation, keys: &town.app.keys },
            &[(scope, types)],
            cursors,
            None,
            limits::PAGE,
        )
        .await
        .expect("read");
        reading += began.elapsed().as_secs_f64();
        let Some(page) = fed.pages.into_iter().next() else { break };
        (at, bytes, pages) = (page.to, bytes + frame::pack(&page).len(), pages + 1);
        rows.extend(page.rows);
        if !fed.more {
            break;
        }
    }
    println!(
        "first sync of {} entries by pages: {pages} pages, {} KiB, {:.2} s of the server, {reading:.2} s of it reading",
        rows.len(),
        bytes / 1_024,
        start.elapsed().as_secs_f64()
    );
    let (mut packed, mut piece, mut size, mut pieces) = (0, Vec::new(), 0, 0);
    let start = Instant::now();
    for row in rows {
        size += row.bytes.len();
        piece.push(row);
        if size > 4 * limits::PAGE - (256 << 10) {
            packed += frame::pack(&std::mem::take(&mut piece)).len();
            (size, pieces) = (0, pieces + 1);
        }
    }
    packed += frame::pack(&piece).len();
    println!("  the same in {} larger pieces: {} KiB, {:.2} s to pack once", pieces + 1, packed / 1_024, start.elapsed().as_secs_f64());
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).expect("VmHWM");
    line.split_whitespace().next().expect("a number").parse::<u64>().expect("a number") / 1_000
}
