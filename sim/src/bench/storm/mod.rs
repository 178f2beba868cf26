//! A reconnect storm: a network comes back, and everybody's phones come with it at the same moment. Real device
//! cores, each with its own encrypted store, over real HTTP on loopback, against the real server as a process of
//! its own, whose memory can be told from theirs.
//!
//! [`run`] enrols, captures without a network, lets loose and counts from the server's store afterwards.
//! [`phones`] is one phone of it, [`meter`] the network with a stopwatch.

mod meter;
mod phones;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use frontline_device::net::ServerUrl;
use frontline_device::system::SystemClock;
use frontline_domain::Clock;
use frontline_server::App;
use frontline_server::system::{SystemClock as ServerClock, SystemRandom};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::{figure, median};
use crate::demo::shift::Company;
use crate::invariants::once;
use crate::kills::process::Serving;
use crate::kills::work::Work;
use crate::time::{Seeded, StoryTime};
use crate::world::{World, truth};
use meter::{Meter, Tally};
use phones::{Drained, Stormed};

/// The storm may take so long at the most, s.
const LONGEST: u64 = 600;
const SEED: u64 = 7;
/// Every so many phones one has a checklist of its own on the way.
const RUNS: usize = 10;

/// What is asked for.
pub struct Options {
    pub devices: u16,
    /// Captured on each before the network comes back.
    pub entries: u16,
    /// The program whose `serve` is stormed, and what else it is told.
    pub program: PathBuf,
    pub server: Vec<String>,
    pub content: PathBuf,
}

/// What came of it: figures by name, and what should not be, in words.
pub struct Outcome {
    pub rows: Map<String, Value>,
    pub problems: Vec<String>,
}

/// Raises the storm.
pub async fn run(options: &Options) -> Result<Outcome, String> {
    // Each phone has some files open.
    frontline_server::system::files();
    let bundle = frontline_content::check(&options.content).map_err(|f| format!("the content has {} problems", f.len()))?;
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let time = StoryTime::starting(SystemClock.now().wall_ms);
    let mut world = World::open(folder.path(), time, SEED, &bundle).await?;
    let meter = Meter::new().map_err(|e| e.to_string())?;
    let mut phones = enrolled(&world, folder.path(), &meter, &bundle, options.devices).await?;
    let data = world.hand_over().await;
    phones = captured(phones, options.entries).await?;

    let serving = Serving::start_with(&options.program, &data, &options.server).await?;
    meter.lead_to(format!("http://{}", serving.addr).parse::<ServerUrl>().map_err(|e| e.to_string())?);
    let calm = memory(&serving);
    let start = Instant::now();
    let mut storm = JoinSet::new();
    for mut phone in phones {
        storm.spawn(async move {
            let drained = phone.drain(start + Duration::from_secs(LONGEST)).await;
            (phone, drained)
        });
    }
    let ended = storm.join_all().await;
    let seconds = start.elapsed().as_secs_f64();
    let peak = memory(&serving);
    serving.kill().await;

    let mut problems = Vec::new();
    let (mut phones, mut put_off) = (Vec::new(), 0);
    for (phone, Drained { put_off: again, problems: its }) in ended {
        put_off += again;
        problems.extend(its);
        phones.push(phone);
    }
    let promised = usize::from(options.devices) * usize::from(options.entries);
    let stored = counted(&world, &data, phones, &mut problems).await?;
    let tally = meter.tally();
    if stored != promised {
        problems.push(format!("{stored} of {promised} are stored"));
    }
    problems.extend(tally.broken.iter().map(|(why, n)| format!("{n} exchanges had no answer: {why}")));
    let odd = tally.statuses.iter().find(|(status, _)| !matches!(**status, 200 | 401 | 429 | 503));
    problems.extend(odd.map(|(status, n)| format!("{n} answers with status {status}")));
    let mut rows = rows(&tally, seconds, promised);
    rows.insert("storm_devices".to_owned(), json!(options.devices));
    rows.insert("storm_entries_each".to_owned(), json!(options.entries));
    rows.insert("storm_stored".to_owned(), json!(stored));
    rows.insert("storm_stored_percent".to_owned(), figure(stored as f64 * 100.0 / promised.max(1) as f64));
    rows.insert("storm_put_off".to_owned(), json!(put_off));
    rows.insert("storm_server_calm_mib".to_owned(), json!(calm));
    rows.insert("storm_server_peak_mib".to_owned(), json!(peak));
    world.stop().await;
    Ok(Outcome { rows, problems })
}

/// Phones of people of all sites in turn, several of one person where there are more phones than people.
async fn enrolled(
    world: &World,
    dir: &Path,
    meter: &Meter,
    bundle: &frontline_content::Bundle,
    devices: u16,
) -> Result<Vec<Stormed>, String> {
    let at = |p: &frontline_content::Person| {
        let works = |g: &&frontline_content::Grant| matches!(json!(g.role).as_str(), Some("staff" | "supervisor"));
        p.grants.iter().filter(works).find_map(|g| g.site.clone()).map(|site| (p.slug.to_string(), site.to_string()))
    };
    let people: Vec<(String, String)> = bundle.people.iter().filter_map(at).collect();
    let mut phones = Vec::with_capacity(usize::from(devices));
    for n in 0..usize::from(devices) {
        let (person, site) = people.get(n % people.len().max(1)).ok_or("the content has nobody who works at a site")?;
        let begins = n % RUNS == 0;
        let work = Work::new(Seeded::new(SEED ^ n as u64), Company::of(bundle), site);
        phones.push(Stormed::enrol(world, dir, meter, (format!("phone-{}", n + 1), person.as_str(), site.as_str()), work, begins).await?);
    }
    Ok(phones)
}

async fn captured(phones: Vec<Stormed>, entries: u16) -> Result<Vec<Stormed>, String> {
    let mut capturing = JoinSet::new();
    for mut phone in phones {
        capturing.spawn(async move { phone.capture(usize::from(entries)).await.map(|()| phone) });
    }
    capturing.join_all().await.into_iter().collect()
}

/// How much of what was acknowledged is in the server's store, each once, under the number that its phone says.
async fn counted(world: &World, data: &Path, phones: Vec<Stormed>, problems: &mut Vec<String>) -> Result<usize, String> {
    let books = App::open(data, Arc::new(ServerClock), Arc::new(SystemRandom)).await.map_err(|e| e.to_string())?;
    let stored = once(truth::fed(&books, world.org()).await?, problems);
    let mut count = 0;
    for mut phone in phones {
        let (promised, said) = phone.captures().await;
        let receipts: BTreeMap<&str, Option<u64>> =
            said.iter().filter_map(|one| Some((one["id"].as_str()?, one["number"].as_u64()))).collect();
        for hash in &promised {
            match stored.get(hash) {
                Some((_, number)) if receipts.get(hash.as_str()) == Some(&Some(*number)) => count += 1,
                Some((_, number)) => problems.push(format!("{}: {hash} is number {number}, and its receipt says otherwise", phone.name)),
                None => problems.push(format!("{}: {hash} is not at the server", phone.name)),
            }
        }
    }
    Ok(count)
}

fn rows(tally: &Tally, seconds: f64, promised: usize) -> Map<String, Value> {
    let mut took = tally.took_ms.clone();
    let middle = median(&mut took);
    let high = took.get(took.len().saturating_sub(1) * 99 / 100).copied().unwrap_or(0.0);
    let status = |code: u16| tally.statuses.get(&code).copied().unwrap_or(0);
    let rows = [
        ("storm_drained_s", figure(tally.last_receipt_s)),
        ("storm_entries_per_s", json!((promised as f64 / tally.last_receipt_s).round())),
        ("storm_s", figure(seconds)),
        ("storm_exchanges", json!(took.len())),
        ("storm_exchange_p50_ms", figure(middle)),
        ("storm_exchange_p99_ms", figure(high)),
        ("storm_answers_429", json!(status(429))),
        ("storm_answers_503", json!(status(503))),
        ("storm_unanswered", json!(tally.unanswered())),
        ("storm_retries", json!(tally.retries)),
        ("storm_bytes_up", json!(tally.bytes_up)),
        ("storm_bytes_down", json!(tally.bytes_down)),
    ];
    rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The highest resident memory of the server's process so far, MiB; 0 where the system does not say.
fn memory(serving: &Serving) -> u64 {
    serving.pid().map_or(0, |pid| super::memory::peak_of(pid) / 1_024)
}
