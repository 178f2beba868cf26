//! Ten thousand facts of contacts from one phone through a server to another: the server a process of its own,
//! on loopback, and once more over a line that takes a tenth of a second each way and back.
//!
//! | file | what |
//! |---|---|
//! | [`way`] | the network, which leads to wherever the server is by now, and counts |
//! | [`delay`] | a line with a round trip of so many ms, that counts every byte |
//! | [`ingest`] | what the server alone takes: pages of a thousand, made beforehand |
//! | [`held`] | a phone that holds fifty thousand facts and two thousand runs: opened, and one change |

mod delay;
pub(super) mod held;
pub(super) mod ingest;
mod way;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use frontline_content::Bundle;
use frontline_device::system::{SystemClock, SystemRandom};
use frontline_domain::Clock;
use serde_json::{Map, Value, json};

use super::{figure, median};
use crate::kills::process::Serving;
use crate::phone::folder;
use crate::time::StoryTime;
use crate::verbs::Handset;
use crate::world::World;
use delay::Delaying;
use way::Way;

/// Facts that travel: half of them open a contact, half close it.
const FACTS: usize = 10_000;
/// How often they do: a push and a pull are the median of so many, each of a phone of its own.
const TIMES: usize = 5;
/// Ten times as many, for how the time grows.
const MANY: usize = 100_000;

/// A server of its own, and who speaks with it.
pub(super) struct Stage {
    pub world: World,
    pub way: Arc<Way>,
    pub folder: tempfile::TempDir,
}

impl Stage {
    /// With the sample company published, the server still in this process.
    pub async fn set(content: &Path) -> Result<Stage, String> {
        let bundle = check(content)?;
        let folder = tempfile::tempdir().map_err(words)?;
        let world = World::open(folder.path(), StoryTime::starting(SystemClock.now().wall_ms), 7, &bundle).await?;
        Ok(Stage { world, way: Arc::new(Way::new()?), folder })
    }

    /// A phone of this person, enrolled and synced once.
    pub async fn phone(&self, name: &str, person: &str, site: &str) -> Result<Handset, String> {
        let dir = folder(self.folder.path(), name);
        std::fs::create_dir_all(&dir).map_err(words)?;
        let phone = Handset::open(&dir, Arc::new(SystemClock), Arc::new(SystemRandom)).map_err(words)?;
        phone.core().use_transport(self.way.clone());
        let code = self.world.code(person, site).await?;
        phone.core().enrol(&self.world.url()?, &code, name).await.map_err(words)?;
        phone.core().sync_now().await.map_err(words)?;
        Ok(phone)
    }

    /// The server as a process of its own, from now on. What a device may push a minute is no limit here.
    pub async fn apart(&mut self, program: &Path) -> Result<Serving, String> {
        let data = self.world.hand_over().await;
        let lifted = ["--device-entries", "--org-entries", "--device-mib", "--org-mib"].map(|flag| [flag, "1000000"]);
        let lifted: Vec<String> = lifted.into_iter().flatten().map(str::to_owned).collect();
        let serving = Serving::start_with(program, &data, &lifted).await?;
        self.way.lead_to(&format!("http://{}", serving.addr))?;
        Ok(serving)
    }
}

pub(super) fn words(e: impl std::fmt::Display) -> String {
    e.to_string()
}

fn check(content: &Path) -> Result<Bundle, String> {
    frontline_content::check(content).map_err(|f| format!("the content has {} problems", f.len()))
}

/// Opens and closes contacts, each durable, until so many facts are captured.
pub(super) async fn contacts(phone: &mut Handset, facts: usize) -> Result<(), String> {
    for _ in 0..facts / 2 {
        let opened = ask(phone, json!({"do": "interactions.open", "reason": "refund", "channel": "in-person"})).await?;
        ask(phone, json!({"do": "interactions.close", "id": opened["id"], "reason": "refund", "outcome": "solved"})).await?;
    }
    Ok(())
}

pub(super) async fn ask(phone: &mut Handset, line: Value) -> Result<Value, String> {
    let said = phone.call(&line).await;
    if said["ok"] == json!(true) { Ok(said) } else { Err(said["message"].as_str().unwrap_or("no answer").to_owned()) }
}

/// One sync, and how long it took, s.
pub(super) async fn synced(phone: &mut Handset) -> Result<(Value, f64), String> {
    let start = Instant::now();
    let said = ask(phone, json!({"do": "sync.now"})).await?;
    Ok((said, start.elapsed().as_secs_f64()))
}

/// What is published, and the program that serves.
pub(super) struct Given<'a> {
    pub content: &'a Path,
    pub program: &'a Path,
}

/// Push, pull and what travels, on loopback and over a long line.
pub(super) async fn run(given: &Given<'_>, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut stage = Stage::set(given.content).await?;
    let mut author = stage.phone("author", "ana-pereira", "harbour").await?;
    let mut reader = stage.phone("reader", "ben-okafor", "harbour").await?;
    let mut far_author = stage.phone("far-author", "priya-nair", "harbour").await?;
    let mut others = Vec::new();
    for n in 1..TIMES {
        let mut author = stage.phone(&format!("author-{n}"), "ana-pereira", "harbour").await?;
        contacts(&mut author, FACTS).await?;
        others.push((author, stage.phone(&format!("reader-{n}"), "ben-okafor", "harbour").await?));
    }
    contacts(&mut author, FACTS).await?;
    contacts(&mut far_author, FACTS).await?;
    let serving = stage.apart(given.program).await?;

    // The first meets a server that was started a moment ago, and memory that nobody has touched.
    let (pushed, first_push_s) = synced(&mut author).await?;
    let (pulled, first_pull_s) = synced(&mut reader).await?;
    whole(&pushed, "stored", FACTS)?;
    whole(&pulled, "received", FACTS)?;
    let (mut pushes, mut pulls) = (vec![first_push_s], vec![first_pull_s]);
    for (_, reader) in &mut others {
        let (pulled, pull_s) = synced(reader).await?;
        whole(&pulled, "received", FACTS)?;
        pulls.push(pull_s);
    }
    for (author, _) in &mut others {
        let (pushed, push_s) = synced(author).await?;
        whole(&pushed, "stored", FACTS)?;
        pushes.push(push_s);
    }
    synced(&mut reader).await?;
    let (push_s, pull_s) = (median(&mut pushes), median(&mut pulls));
    out.insert("push_10k_first_s".to_owned(), figure(first_push_s));
    out.insert("pull_10k_first_s".to_owned(), figure(first_pull_s));
    let facts = |said: &Value, field: &str| figure(said[field].as_f64().unwrap_or(0.0) / FACTS as f64);
    out.insert("push_10k_s".to_owned(), figure(push_s));
    out.insert("push_10k_stored".to_owned(), pushed["stored"].clone());
    out.insert("pull_10k_s".to_owned(), figure(pull_s));
    out.insert("pull_10k_received".to_owned(), pulled["received"].clone());
    out.insert("wire_up_b".to_owned(), facts(&pushed, "bytes_up"));
    out.insert("wire_down_b".to_owned(), facts(&pulled, "bytes_down"));
    let floor = flushed(&stage.folder.path().join("floor"), pushed["bytes_up"].as_u64().unwrap_or(0)).map_err(words)?;
    out.insert("push_10k_over_flushed_write".to_owned(), figure(push_s / floor));

    // Nothing new: the one after two that brought both sides to the same place.
    let line = Delaying::open(serving.addr, Duration::ZERO).await.map_err(words)?;
    stage.way.lead_to(&line.url())?;
    synced(&mut author).await?;
    synced(&mut author).await?;
    let before = line.bytes();
    let (idle, idle_s) = synced(&mut author).await?;
    out.insert("idle_b".to_owned(), json!(line.bytes() - before));
    out.insert("idle_round_trips".to_owned(), idle["round_trips"].clone());
    out.insert("idle_ms".to_owned(), figure(idle_s * 1e3));

    let line = Delaying::open(serving.addr, Duration::from_millis(100)).await.map_err(words)?;
    stage.way.lead_to(&line.url())?;
    let (pushed, push_s) = synced(&mut far_author).await?;
    let (pulled, pull_s) = synced(&mut reader).await?;
    whole(&pushed, "stored", FACTS)?;
    whole(&pulled, "received", FACTS)?;
    out.insert("push_10k_rtt100_s".to_owned(), figure(push_s));
    out.insert("push_10k_rtt100_round_trips".to_owned(), pushed["round_trips"].clone());
    out.insert("pull_10k_rtt100_s".to_owned(), figure(pull_s));
    serving.kill().await;
    stage.world.stop().await;
    Ok(())
}

/// How much longer ten times as much takes.
pub(super) async fn growth(given: &Given<'_>, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut stage = Stage::set(given.content).await?;
    let mut few = stage.phone("few", "ana-pereira", "harbour").await?;
    let mut many = stage.phone("many", "priya-nair", "harbour").await?;
    contacts(&mut few, FACTS).await?;
    contacts(&mut many, MANY).await?;
    let serving = stage.apart(given.program).await?;
    let (first, few_s) = synced(&mut few).await?;
    let (pushed, many_s) = synced(&mut many).await?;
    whole(&first, "stored", FACTS)?;
    whole(&pushed, "stored", MANY)?;
    out.insert("push_100k_s".to_owned(), figure(many_s));
    out.insert("push_100k_stored".to_owned(), pushed["stored"].clone());
    out.insert("growth_10x".to_owned(), figure(many_s / few_s));
    serving.kill().await;
    stage.world.stop().await;
    Ok(())
}

/// A figure is of all of it, or is none.
fn whole(said: &Value, what: &str, facts: usize) -> Result<(), String> {
    if said[what] == json!(facts) { Ok(()) } else { Err(format!("{what}: {} of {facts}: {said}", said[what])) }
}

/// Seconds to write so many bytes to a file and flush it to the disk.
fn flushed(path: &Path, bytes: u64) -> std::io::Result<f64> {
    use std::io::Write;
    let start = Instant::now();
    let mut file = std::fs::File::create(path)?;
    file.write_all(&vec![7; usize::try_from(bytes).unwrap_or(0)])?;
    file.sync_all()?;
    Ok(start.elapsed().as_secs_f64())
}
