//! A shift lead's phone that holds fifty thousand facts and two thousand runs: how long it takes to open it to its
//! first list, in how much memory, and what one change of a colleague costs it.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::delay::Delaying;
use super::{Given, Stage, ask, contacts, figure, synced, words};
use crate::bench::{ffi, leave, median, memory};
use crate::kills::process::Talking;
use crate::phone::folder;
use crate::verbs::Handset;
use frontline_device::system::{SystemClock, SystemRandom};
use std::sync::Arc;

const FACTS: usize = 50_000;
const RUNS: usize = 2_000;
const TIMES: usize = 9;

pub(crate) async fn run(given: &Given<'_>, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut stage = Stage::set(given.content).await?;
    let mut author = stage.phone("author", "ana-pereira", "harbour").await?;
    let mut holder = stage.phone("holder", "ben-okafor", "harbour").await?;
    contacts(&mut author, FACTS).await?;
    for _ in 0..RUNS {
        let run = ask(&mut author, json!({"do": "procedures.start", "procedure": "fridge-log"})).await?;
        ask(&mut author, json!({"do": "procedures.answer", "run": run["id"], "item": "milk-fridge", "value": 4})).await?;
    }
    let serving = stage.apart(given.program).await?;
    synced(&mut author).await?;
    let (pulled, _) = synced(&mut holder).await?;
    out.insert("held_received".to_owned(), pulled["received"].clone());

    let line = Delaying::open(serving.addr, Duration::ZERO).await.map_err(words)?;
    ask(&mut author, json!({"do": "interactions.open", "reason": "refund", "channel": "in-person"})).await?;
    synced(&mut author).await?;
    stage.way.lead_to(&line.url())?;
    let (changed, _) = synced(&mut holder).await?;
    out.insert("one_change_received".to_owned(), changed["received"].clone());
    out.insert("one_change_b".to_owned(), json!(line.bytes()));
    out.insert("one_change_round_trips".to_owned(), changed["round_trips"].clone());
    drop((author, holder));

    let dir = folder(stage.folder.path(), "holder");
    let mut opens = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = Instant::now();
        let mut phone = Handset::open(&dir, Arc::new(SystemClock), Arc::new(SystemRandom)).map_err(words)?;
        ask(&mut phone, json!({"do": "device.list", "topic": "runs", "count": 20})).await?;
        opens.push(start.elapsed().as_secs_f64() * 1e3);
    }
    out.insert("open_ms".to_owned(), figure(median(&mut opens)));
    ffi::first(&dir, out)?;
    leave(&dir, "year")?;
    let mut apart = Talking::start(given.program, &dir)?;
    apart.call(&json!({"do": "device.list", "topic": "runs", "count": 20})).await?;
    apart.call(&json!({"do": "device.list", "topic": "interactions", "count": 20})).await?;
    out.insert("device_rss_mib".to_owned(), figure(apart.pid().map_or(0.0, |pid| memory::rss_of(pid) as f64 / 1_024.0)));
    apart.close().await;
    serving.kill().await;
    stage.world.stop().await;
    Ok(())
}
