//! The figures of the demo, each counted from the stores afterwards.

use frontline_content::Bundle;
use frontline_content::words::{self, count_of};
use serde::Serialize;
use serde_json::{Value, json};

use super::mishaps::Mishaps;
use super::shift::Worker;
use super::stage::Options;
use crate::invariants;
use crate::world::World;

#[derive(Debug, Serialize)]
pub struct Figures {
    pub seed: u64,
    pub devices: usize,
    pub people: usize,
    pub sites: usize,
    pub captured: Captured,
    /// Entries of phones that have a number at the server.
    pub stored: u64,
    pub held: u64,
    pub quarantined: u64,
    /// Captured, and neither stored, held, quarantined nor unsent: must be 0.
    pub lost: u64,
    /// Captured and without a receipt on its phone.
    pub receipts_outstanding: u64,
    pub clashes: Clashes,
    pub csat: Csat,
    pub interactions: Interactions,
    pub training: Training,
    /// Phones that were killed before they had the answer to a sync.
    pub kills: u64,
    /// Phones, and servers, that were set back to a backup.
    pub restores: u64,
    pub servers_restored: u64,
    /// People who went to work at another site.
    pub moved: u64,
    pub sync: Sync,
    pub replicas_agree: bool,
    /// What the invariants found wrong, in words; empty.
    pub problems: Vec<String>,
}
#[derive(Debug, Serialize)]
pub struct Captured {
    /// On the phones.
    pub facts: u64,
    pub changes: u64,
    /// Photos and signatures whose bytes are at the server.
    pub blobs: u64,
    /// At the server alone: their phone was set back to a backup that does not know of them.
    pub at_server_alone: u64,
}
#[derive(Debug, Serialize)]
pub struct Clashes {
    pub shown: u64,
    pub settled: u64,
}
#[derive(Debug, Serialize)]
pub struct Csat {
    pub satisfied: u64,
    pub responses: u64,
    pub devices_reported: u64,
    pub devices_expected: u64,
}
#[derive(Debug, Serialize)]
pub struct Interactions {
    pub handled: u64,
    pub median_seconds: u64,
}
/// Attempts at quizzes as the server graded them.
#[derive(Debug, Default, Serialize)]
pub struct Training {
    pub attempts: u64,
    pub passed: u64,
}
#[derive(Debug, Serialize)]
pub struct Sync {
    pub sessions: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// Counts everything.
pub async fn count(
    options: &Options,
    bundle: &Bundle,
    world: &mut World,
    workers: &mut [Worker],
    mishaps: &Mishaps,
) -> Result<Figures, String> {
    let server = world.totals().await?;
    let (open, settled) = world.clashes().await?;
    let mut training = Training::default();
    for module in bundle.releases.iter().filter(|r| r.kind() == "module") {
        let attempts = world.attempts(module.slug.as_str()).await?;
        training.attempts += attempts.len() as u64;
        training.passed += attempts.iter().filter(|a| a["passed"] == json!(true)).count() as u64;
    }
    let mut captured = Captured { facts: 0, changes: 0, blobs: server.blobs, at_server_alone: 0 };
    let (mut outstanding, mut up, mut down, mut sessions) = (0, 0, 0, 0);
    for worker in workers.iter_mut() {
        let status = worker.phone.call(json!({"do": "device.status"})).await;
        let n = |field: &str| status[field].as_u64().unwrap_or(0);
        captured.facts += n("captured_facts");
        captured.changes += n("captured_changes");
        outstanding += n("unsent");
        up += n("bytes_up");
        down += n("bytes_down");
        sessions += n("sync_sessions");
    }
    let mut phones: Vec<(&str, &mut crate::phone::Phone)> = workers.iter_mut().map(|w| (w.name.as_str(), &mut w.phone)).collect();
    let found = invariants::check(world, &mut phones).await?;
    captured.at_server_alone = found.at_server_alone;
    let mut times: Vec<f64> = workers.iter().flat_map(|w| w.sync_ms.iter().copied()).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 - 1.0) * share) as usize).map_or(0.0, |t| (t * 100.0).round() / 100.0);
    Ok(Figures {
        seed: options.seed,
        devices: workers.len(),
        people: bundle.people.len(),
        sites: bundle.sites.len(),
        stored: server.stored,
        held: server.held,
        quarantined: server.quarantined,
        lost: found.lost,
        receipts_outstanding: outstanding,
        clashes: Clashes { shown: open + settled, settled },
        csat: Csat {
            satisfied: server.csat_satisfied,
            responses: server.csat_responses,
            devices_reported: server.devices_reported,
            devices_expected: server.devices_expected,
        },
        interactions: Interactions { handled: server.interactions_handled, median_seconds: server.median_seconds },
        training,
        kills: mishaps.kills,
        restores: mishaps.restores + mishaps.servers_restored,
        servers_restored: mishaps.servers_restored,
        moved: mishaps.moved,
        sync: Sync { sessions, bytes_up: up, bytes_down: down, p50_ms: at(0.5), p99_ms: at(0.99) },
        replicas_agree: found.replicas_agree,
        problems: found.problems,
        captured,
    })
}

impl Figures {
    /// Whether the story ended as it must.
    pub fn holds(&self) -> bool {
        self.lost == 0 && self.replicas_agree && self.problems.is_empty()
    }

    /// The figures for a person.
    pub fn story(&self) -> String {
        let share = |n: u64, d: u64| if d == 0 { "no data".to_owned() } else { format!("{:.0} %", n as f64 * 100.0 / d as f64) };
        let (c, i, s) = (&self.csat, &self.interactions, &self.sync);
        format!(
            "\n  captured      {}, {} and {} on {}; {} more at the server alone\n  stored        {} at the server, {} held, {} in quarantine, {} lost\n  \
             clashes       {} shown, {} settled by a person\n  CSAT          {} of {} satisfied ({}), {} of {} reported\n  \
             interactions  {} handled, median {} s\n  \
             training      {} attempts at quizzes, {} passed\n  mishaps       {} killed amid a sync, {} set back to a backup, {} restored from one, {} moved to another site\n  \
             sync          {}, {} KiB up, {} KiB down, p50 {} ms, p99 {} ms\n  \
             replicas      {}\n",
            words::count(self.captured.facts, "fact", "facts"),
            words::count(self.captured.changes, "answer", "answers"),
            words::count(self.captured.blobs, "photo", "photos"),
            count_of(self.devices, "phone", "phones"),
            self.captured.at_server_alone,
            self.stored,
            self.held,
            self.quarantined,
            self.lost,
            self.clashes.shown,
            self.clashes.settled,
            c.satisfied,
            c.responses,
            share(c.satisfied, c.responses),
            c.devices_reported,
            words::count(c.devices_expected, "device has", "devices have"),
            i.handled,
            i.median_seconds,
            self.training.attempts,
            self.training.passed,
            words::count(self.kills, "phone", "phones"),
            words::count(self.restores - self.servers_restored, "phone", "phones"),
            words::count(self.servers_restored, "server", "servers"),
            words::count(self.moved, "person", "people"),
            words::count(s.sessions, "session", "sessions"),
            s.bytes_up / 1024,
            s.bytes_down / 1024,
            s.p50_ms,
            s.p99_ms,
            if self.replicas_agree { "all phones and the server agree" } else { "DISAGREE" },
        )
    }

    /// The figures for a program.
    pub fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
