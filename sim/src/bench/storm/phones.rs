//! The phones of a storm: real cores with stores of their own, which captured while there was no network.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use frontline_device::net::Transport;
use frontline_device::sync::{Ended, Report};
use frontline_device::system::{SystemClock, SystemRandom};
use frontline_domain::Clock;
use serde_json::{Value, json};

use super::meter::Meter;
use crate::acknowledged::Acknowledged;
use crate::kills::work::Work;
use crate::phone::folder;
use crate::verbs::Handset;
use crate::world::World;

/// One of them.
pub struct Stormed {
    pub name: String,
    phone: Handset,
    work: Work,
    acknowledged: Acknowledged,
}

/// How it went with one phone.
#[derive(Debug, Default)]
pub struct Drained {
    /// Syncs that the server put off, and that were begun again when their time had come.
    pub put_off: u64,
    /// In words; empty: everything that it had is stored.
    pub problems: Vec<String>,
}

impl Stormed {
    /// Enrols a phone, lets it sync once, and some begin a run of their own.
    pub async fn enrol(
        world: &World,
        dir: &Path,
        meter: &Meter,
        (name, person, site): (String, &str, &str),
        work: Work,
        begins: bool,
    ) -> Result<Stormed, String> {
        let words = |e: &dyn std::fmt::Display| format!("{name}: {e}");
        let dir = folder(dir, &name);
        std::fs::create_dir_all(&dir).map_err(|e| words(&e))?;
        let phone = Handset::open(&dir, Arc::new(SystemClock), Arc::new(SystemRandom)).map_err(|e| words(&e))?;
        let own: Arc<dyn Transport> = Arc::new(meter.beside().map_err(|e| words(&e))?);
        phone.core().use_transport(own);
        let code = world.code(person, site).await?;
        phone.core().enrol(&world.url()?, &code, "storm").await.map_err(|e| words(&e))?;
        phone.core().sync_now().await.map_err(|e| words(&e))?;
        let mut one = Stormed { name, phone, work, acknowledged: Acknowledged::default() };
        if !begins {
            return Ok(one);
        }
        let procedure = one.work.procedures().first().cloned().ok_or("the content has no procedure")?;
        let begun = one.phone.call(&json!({"do": "procedures.start", "procedure": procedure})).await;
        let run = begun["id"].as_str().ok_or_else(|| format!("{}: {}", one.name, begun["message"]))?.to_owned();
        one.work.share(run, &procedure);
        Ok(one)
    }

    /// Captures so many things, each durable when it returns.
    pub async fn capture(&mut self, entries: usize) -> Result<(), String> {
        let mut tries = 0;
        while self.acknowledged.count() < entries {
            let line = self.work.lines(&self.name, 1).remove(0);
            let answer = self.phone.call(&line).await;
            self.acknowledged.hear(&answer);
            self.work.heard(&self.name, &line, &answer);
            tries += 1;
            if tries > 4 * entries + 20 {
                return Err(format!("{}: captures no more: {answer}", self.name));
            }
        }
        Ok(())
    }

    /// Syncs until nothing is left, as a shell does: when the server puts it off, it comes back at that time.
    pub async fn drain(&mut self, until: Instant) -> Drained {
        let mut out = Drained::default();
        loop {
            let report = match self.phone.core().sync(None).await {
                Ok(report) => report,
                Err(e) => {
                    out.problems.push(format!("{}: the sync failed: {e}", self.name));
                    return out;
                }
            };
            match &report.ended {
                Ended::Complete => return self.done(&report, out),
                Ended::Failed(failure) if failure.is_passing() && Instant::now() < until => {
                    out.put_off += 1;
                    let wait = report.not_before_ms.unwrap_or(0).saturating_sub(SystemClock.now().mono_ms);
                    tokio::time::sleep(Duration::from_millis(wait.clamp(10, 60_000))).await;
                }
                ended => {
                    out.problems.push(format!("{}: the sync ended as {}", self.name, ended.name()));
                    return out;
                }
            }
        }
    }

    fn done(&self, report: &Report, mut out: Drained) -> Drained {
        if report.unsent > 0 || !report.done.quarantined.is_empty() || report.done.held > 0 {
            let refused: u64 = report.done.quarantined.values().sum();
            out.problems.push(format!("{}: {} unsent, {} held, {refused} refused", self.name, report.unsent, report.done.held));
        }
        out
    }

    /// What it acknowledged, and what it holds to have become of it.
    pub async fn captures(&mut self) -> (Vec<String>, Vec<Value>) {
        let mut said = self.phone.call(&json!({"do": "device.list", "topic": "sync"})).await;
        let list = said["list"].take();
        (self.acknowledged.all().into_iter().collect(), list.as_array().cloned().unwrap_or_default())
    }
}
